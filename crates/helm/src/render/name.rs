//! Names of releases.

use go::regexp::Pattern;
use graph::Piece;

use crate::run::{Options, Run, Scope};
use crate::value::{Mark, Text, Value};

/// What Helm takes for the name of a release.
const VALID: &str = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
/// The most letters of one.
const LONGEST: usize = 53;

/// Whether Helm takes a text for the name of a release.
#[must_use]
pub fn is_valid_name(name: &str) -> bool {
    let pattern = Pattern::compiled(VALID).ok();
    let found = pattern.and_then(|pattern| pattern.first(name).ok().flatten());
    name.len() <= LONGEST && found.is_some()
}

/// The name that a template makes (`--name-template`), of which parts may not be known.
///
/// # Errors
/// When it can't be read or run.
pub fn name_of(template: &str) -> Result<Vec<Piece>, String> {
    let mut run = Run::new(Scope::default(), Options::default());
    let template = Text::marked(template, Mark::default());
    let made = run.render_text(&template, Value::nil());
    let text = made.map_err(|failure| failure.cause)?;
    let mut start = 0;
    let pieces = text.pieces().iter().map(|piece| {
        let bytes = &text.as_bytes()[start..start + piece.length];
        start += piece.length;
        match piece.mark.unknowns().first() {
            Some(unknown) => Piece::Unknown(unknown.as_ref().clone()),
            None => Piece::Known(String::from_utf8_lossy(bytes).into()),
        }
    });
    let pieces: Vec<Piece> = pieces.collect();
    match pieces.is_empty() && !text.is_empty() {
        true => Ok(vec![Piece::Known(text.to_str().into())]),
        false => Ok(pieces),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_releases_are_like_those_of_hosts() {
        for (name, is_valid) in [
            ("shop", true),
            ("a.b-c", true),
            ("Shop", false),
            ("-a", false),
            ("", false),
        ] {
            assert_eq!(is_valid_name(name), is_valid, "{name}");
        }
        assert!(!is_valid_name(&"a".repeat(54)));
    }

    #[test]
    fn templates_make_names_of_known_and_unknown_pieces() {
        let known = |template| match name_of(template).as_deref() {
            Ok([Piece::Known(text)]) => text.to_string(),
            other => panic!("{other:?}"),
        };
        assert_eq!(known("shop"), "shop");
        assert_eq!(known(r#"{{ "Shop" | lower }}"#), "shop");
        let random = name_of("shop-{{ randAlpha 5 }}").unwrap();
        assert!(
            matches!(random.as_slice(), [Piece::Known(text), Piece::Unknown(_)] if text == "shop-")
        );
        assert!(name_of("{{ nope }}").is_err());
    }
}
