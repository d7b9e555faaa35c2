//! Scalars as text that is read back as the same value.

use std::fmt::Write as _;

use graph::Data;

use super::CannotEdit;
use crate::resolve::is_text;

/// How much the place of a scalar allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    /// Outside of brackets.
    Block,
    /// In brackets.
    Flow,
    /// In JSON.
    Json,
}

/// The text of a scalar; lists and maps are not scalars.
pub(super) fn scalar(data: &Data, notation: Notation) -> Result<String, CannotEdit> {
    match data {
        Data::Null => Ok("null".to_owned()),
        Data::Bool(value) => Ok(value.to_string()),
        Data::Int(value) => Ok(value.to_string()),
        Data::Float(value) if value.is_finite() => Ok(value.to_string()),
        Data::Float(_) => Err(CannotEdit::NotANumber),
        Data::String(text) => Ok(string(text, notation)),
        Data::List | Data::Map | Data::Unknown(_) | Data::Partial(_) => {
            Err(CannotEdit::UnknownValue)
        }
    }
}

/// Text as a key or value, with quotes only where they are needed.
pub(super) fn string(text: &str, notation: Notation) -> String {
    if notation != Notation::Json && is_plain(text, notation) {
        text.to_owned()
    } else {
        quoted(text, notation)
    }
}

/// The same in the quotes of the text that it replaces, where these can hold it.
pub(super) fn string_like(old: &str, text: &str, notation: Notation) -> String {
    match old.as_bytes().first() {
        Some(b'"') => double_quoted(text),
        Some(b'\'') if is_printable(text) => single_quoted(text),
        _ => string(text, notation),
    }
}

fn quoted(text: &str, notation: Notation) -> String {
    let prefers_single =
        text.contains(['"', '\\']) && notation != Notation::Json && is_printable(text);
    if prefers_single {
        single_quoted(text)
    } else {
        double_quoted(text)
    }
}

/// Whether text without quotes is read as itself, here and by other readers of YAML 1.1 and 1.2.
fn is_plain(text: &str, notation: Notation) -> bool {
    let begins_well = match text.as_bytes() {
        [b'-', b'-', second, ..] => second.is_ascii_alphanumeric(),
        [b'-', second, ..] => second.is_ascii_alphabetic(),
        [first, ..] => {
            first.is_ascii_alphanumeric()
                || matches!(
                    first,
                    b'/' | b'.' | b'_' | b'$' | b'(' | b'~' | b'^' | b'+' | b'\\'
                )
                || *first >= 0x80
        }
        [] => false,
    };
    begins_well
        && is_printable(text)
        && is_text(text)
        && !is_like_time(text)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && text != "<<"
        && (notation == Notation::Block
            || !text.contains([',', '[', ']', '{', '}', '?', ':', '"', '\''])
            || is_flow_safe(text))
}

/// A colon inside a word is no sign of a value, even in brackets.
fn is_flow_safe(text: &str) -> bool {
    !text.contains([',', '[', ']', '{', '}', '?', '"', '\''])
}

/// Dates, times and numbers of base 60, which are text here and something else for other readers of
/// YAML 1.1.
fn is_like_time(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let signs = text
        .bytes()
        .filter(|byte| matches!(byte, b':' | b'-'))
        .count();
    let others = text.bytes().all(|byte| {
        byte.is_ascii_digit()
            || matches!(
                byte,
                b':' | b'-' | b'+' | b'.' | b'_' | b' ' | b'T' | b't' | b'Z'
            )
    });
    digits > 0 && signs > 0 && others
}

/// Whether quotes can hold the text without escapes, on one line.
fn is_printable(text: &str) -> bool {
    text.chars().all(|character| {
        !character.is_control()
            && !matches!(
                character,
                '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
            )
    })
}

fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// The escapes are those that YAML and JSON share.
fn double_quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            other if is_printable(other.encode_utf8(&mut [0; 4])) => out.push(other),
            other => {
                let _ = write!(out, "\\u{:04x}", u32::from(other));
            }
        }
    }
    out.push('"');
    out
}
