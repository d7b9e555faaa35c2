//! `replace`: text, or matches of a pattern, by other text.

use std::ops::Range;

use go::regexp::{Pattern, Replacement};

use crate::functions::arguments::{computed_from, string};
use crate::functions::pieces::{changed_piece, check_length, known_piece, pieces_of, unknown_text};
use crate::functions::{Environment, Failure};
use crate::value::{Data, Shape, TextPiece, Value};

pub(super) fn replace(
    environment: &Environment<'_>,
    arguments: &[Value],
) -> Result<Value, Failure> {
    let whole = &arguments[0];
    let (search, replacement) = (string(arguments, 1)?, string(arguments, 2)?);
    if let Some(unknown) = whole.unknown() {
        let pieces = pieces_of(unknown).filter(|pieces| is_within_pieces(pieces, search));
        let shape = pieces.map(|pieces| replace_in(pieces, search, replacement));
        return Ok(unknown_text(environment, whole, unknown, shape));
    }
    let text = string(arguments, 0)?;
    let replaced = match pattern(search) {
        Some(pattern) => replace_matches(text, pattern, replacement)?,
        None => replace_text(text, search, replacement)?,
    };
    Ok(computed_from(environment, whole, Data::string(replaced)))
}

/// The pattern between slashes.
fn pattern(search: &str) -> Option<&str> {
    search.strip_prefix('/')?.strip_suffix('/')
}

fn replace_text(text: &str, search: &str, replacement: &str) -> Result<String, Failure> {
    let count = text.matches(search).count();
    check_length(
        text.len()
            .saturating_add(count.saturating_mul(replacement.len())),
    )?;
    Ok(text.replace(search, replacement))
}

fn replace_matches(text: &str, pattern: &str, replacement: &str) -> Result<String, Failure> {
    let pattern = Pattern::compiled(pattern)
        .map_err(|invalid| Failure::Call(format!("the pattern is invalid: {}", invalid.0)))?;
    let replacement = Replacement::read(replacement, &pattern);
    let mut replaced = String::new();
    let mut done = 0;
    for found in pattern.all(text)? {
        let Range { start, end } = found.whole();
        replaced.push_str(&text[done..start]);
        replacement.push_to(&mut replaced, text, &found);
        check_length(replaced.len())?;
        done = end;
    }
    replaced.push_str(&text[done..]);
    check_length(replaced.len())?;
    Ok(replaced)
}

/// Whether the text that is searched for stands within one piece, wherever it is found: it is no pattern, and no known
/// piece has only a part of it.
fn is_within_pieces(pieces: &[TextPiece], search: &str) -> bool {
    let is_split = |text: &str| {
        let mut splits = search
            .char_indices()
            .skip(1)
            .map(|(at, _)| search.split_at(at));
        splits.any(|(head, tail)| text.ends_with(head) || text.starts_with(tail))
            || (search.len() > text.len() && search.contains(text))
    };
    let is_whole = |piece: &TextPiece| match piece {
        TextPiece::Known { text, .. } => !is_split(text),
        TextPiece::Unknown(_) => true,
    };
    !search.is_empty() && pattern(search).is_none() && pieces.iter().all(is_whole)
}

fn replace_in(pieces: &[TextPiece], search: &str, replacement: &str) -> Shape {
    let replaced = pieces.iter().map(|piece| match piece {
        TextPiece::Known { text, origin, .. } => {
            known_piece(text.replace(search, replacement), origin)
        }
        TextPiece::Unknown(value) => changed_piece(value),
    });
    Shape::Text(replaced.collect())
}
