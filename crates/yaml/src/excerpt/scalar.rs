//! Values in the plain form of which excerpts are made.

use crate::resolve::{Scalar, Tag, resolve};

/// What stands on a line behind a key or dash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Nothing.
    Missing,
    /// A value that ends there.
    Whole,
    /// Words without quotes, which the next lines may continue.
    Plain,
    /// Text in this quote, which the next lines continue.
    Quoted(u8),
    /// The sign that lines follow.
    Lines,
}

/// What stands there, unless that is not plain.
pub(super) fn value(text: &str) -> Option<Value> {
    let text = text.trim_end_matches(' ');
    match text {
        "" => return Some(Value::Missing),
        "{}" | "[]" => return Some(Value::Whole),
        "|" | "|-" | "|+" | ">" | ">-" | ">+" => return Some(Value::Lines),
        _ => {}
    }
    match text.as_bytes()[0] {
        b'#' => Some(Value::Missing),
        quote @ (b'"' | b'\'') => {
            let is_closed = closes(text.get(1..)?, quote)?;
            Some(if is_closed {
                Value::Whole
            } else {
                Value::Quoted(quote)
            })
        }
        b'[' => is_row(text).then_some(Value::Whole),
        _ => plain(text),
    }
}

/// Whether nothing but a comment follows a value.
fn ends(text: &str) -> bool {
    text.is_empty() || text.starts_with(' ') && text.trim_start_matches(' ').starts_with('#')
}

fn plain(text: &str) -> Option<Value> {
    let first = text.as_bytes()[0];
    let is_sign =
        b"-:".contains(&first) && text.as_bytes().get(1).is_some_and(|next| *next != b' ');
    if !(is_sign || first.is_ascii_alphanumeric() || b"/_.(^$+<=~;\\".contains(&first)) {
        return None;
    }
    let comment = words_end(text)?;
    let words = match comment {
        Some(at) => text[..at].trim_end_matches(' '),
        None => text,
    };
    let is_plain = !words.ends_with(':') && is_of_json(words);
    is_plain.then_some(if comment.is_some() {
        Value::Whole
    } else {
        Value::Plain
    })
}

/// Whether a line continues words without quotes.
pub(super) fn continues(text: &str) -> bool {
    let text = text.trim_end_matches(' ');
    !text.starts_with('#') && words_end(text) == Some(None) && !text.ends_with(':')
}

/// Where words without quotes are followed by a comment, if they are; nothing if one of them ends in a colon, as a key does.
fn words_end(text: &str) -> Option<Option<usize>> {
    let mut pairs = text.as_bytes().windows(2);
    let sign = pairs.position(|pair| matches!(pair, b": " | b" #"));
    match sign {
        Some(at) if text.as_bytes()[at] == b':' => None,
        sign => Some(sign),
    }
}

/// Whether JSON can hold a value that is written so.
fn is_of_json(text: &str) -> bool {
    match resolve(Tag::Plain, text) {
        Scalar::Float(number) => number.is_finite(),
        Scalar::Mismatch(_) => false,
        _ => true,
    }
}

/// Whether a line closes a text in quotes and ends there; nothing if it is not plain.
pub(super) fn closes(text: &str, quote: u8) -> Option<bool> {
    match quoted(text, quote)? {
        Some(end) => ends(text.get(end..)?).then_some(true),
        None => Some(false),
    }
}

/// Behind which byte of its line a text in quotes ends, if it does, where the first quote is left out; nothing if it has
/// escapes that are not plain.
fn quoted(text: &str, quote: u8) -> Option<Option<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += match (*byte, bytes.get(at + 1)) {
            (b'\\', Some(b'"' | b'\\' | b'n' | b't')) if quote == b'"' => 2,
            (b'\\', _) if quote == b'"' => return None,
            (b'\'', Some(b'\'')) if quote == b'\'' => 2,
            (byte, _) if byte == quote => return Some(Some(at + 1)),
            _ => 1,
        };
    }
    Some(None)
}

/// Whether it is a list of names and texts in quotes, in brackets on one line.
fn is_row(text: &str) -> bool {
    let inner = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'));
    inner.is_some_and(|inner| inner.split(',').all(|item| is_item(item.trim_matches(' '))))
}

fn is_item(text: &str) -> bool {
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./".contains(&byte);
    match text.as_bytes().first() {
        Some(quote @ (b'"' | b'\'')) => {
            let rest = &text[1..];
            quoted(rest, *quote) == Some(Some(rest.len()))
        }
        Some(first) if first.is_ascii_alphanumeric() => {
            text.bytes().all(is_of_name) && is_of_json(text)
        }
        _ => false,
    }
}
