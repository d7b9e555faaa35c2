//! The ends of strings: `chomp`, `trim`, `trimprefix`, `trimspace`, `trimsuffix`.

use crate::functions::arguments::{computed_from, string};
use crate::functions::pieces::{changed_piece, known_piece, pieces_of, unknown_text};
use crate::functions::{Environment, Failure};
use crate::value::{Data, Shape, TextPiece, Value};

pub(super) fn chomp(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let end = |text: &str| trimmed(text.trim_end_matches(['\r', '\n']));
    Ok(change(environment, &arguments[0], &[(Side::End, &end)]))
}

pub(super) fn trim(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let cut = string(arguments, 1)?;
    let trimmed = string(arguments, 0)?.trim_matches(|character| cut.contains(character));
    Ok(computed_from(
        environment,
        &arguments[0],
        Data::string(trimmed),
    ))
}

pub(super) fn space(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let start = |text: &str| trimmed(text.trim_start());
    let end = |text: &str| trimmed(text.trim_end());
    let sides: [SideChange<'_>; 2] = [(Side::Start, &start), (Side::End, &end)];
    Ok(change(environment, &arguments[0], &sides))
}

pub(super) fn prefix(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let prefix = string(arguments, 1)?;
    let strip = |text: &str| match text.strip_prefix(prefix) {
        Some(rest) => Change::To(rest.into()),
        None if prefix.starts_with(text) => Change::Undecided,
        None => Change::To(text.into()),
    };
    Ok(change(environment, &arguments[0], &[(Side::Start, &strip)]))
}

pub(super) fn suffix(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let suffix = string(arguments, 1)?;
    let strip = |text: &str| match text.strip_suffix(suffix) {
        Some(rest) => Change::To(rest.into()),
        None if suffix.ends_with(text) => Change::Undecided,
        None => Change::To(text.into()),
    };
    Ok(change(environment, &arguments[0], &[(Side::End, &strip)]))
}

#[derive(Clone, Copy)]
enum Side {
    Start,
    End,
}

/// What becomes of a text at an end of a string.
enum Change {
    To(String),
    /// Nothing is left, and what stands next to it is trimmed too.
    Consumed,
    /// That depends on what stands next to it.
    Undecided,
}

type SideChange<'a> = (Side, &'a dyn Fn(&str) -> Change);

fn trimmed(rest: &str) -> Change {
    if rest.is_empty() {
        Change::Consumed
    } else {
        Change::To(rest.into())
    }
}

fn change(environment: &Environment<'_>, whole: &Value, sides: &[SideChange<'_>]) -> Value {
    match whole.unknown() {
        Some(unknown) => {
            let shape = pieces_of(unknown).and_then(|pieces| change_pieces(pieces, sides));
            unknown_text(environment, whole, unknown, shape)
        }
        None => {
            let mut text = whole.as_str().unwrap_or_default().to_owned();
            for (_, change) in sides {
                match change(&text) {
                    Change::To(changed) => text = changed,
                    Change::Consumed => text.clear(),
                    Change::Undecided => {}
                }
            }
            computed_from(environment, whole, Data::string(text))
        }
    }
}

fn change_pieces(pieces: &[TextPiece], sides: &[SideChange<'_>]) -> Option<Shape> {
    let mut pieces = pieces.to_vec();
    for (side, change) in sides {
        match side {
            Side::Start => change_end(pieces.iter_mut(), change)?,
            Side::End => change_end(pieces.iter_mut().rev(), change)?,
        }
    }
    Some(Shape::Text(pieces.into()))
}

/// Changes the pieces at one end, which comes first; nothing where that is undecided.
fn change_end<'a>(
    pieces: impl Iterator<Item = &'a mut TextPiece>,
    change: impl Fn(&str) -> Change,
) -> Option<()> {
    for piece in pieces {
        match piece {
            TextPiece::Unknown(value) => {
                *piece = changed_piece(value);
                break;
            }
            TextPiece::Known { text, origin, .. } => match change(text) {
                Change::Undecided => return None,
                Change::Consumed => *piece = known_piece("", origin),
                Change::To(changed) => {
                    *piece = known_piece(changed, origin);
                    break;
                }
            },
        }
    }
    Some(())
}
