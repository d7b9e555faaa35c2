//! The layout language of `formatdate`.
//!
//! Source: <https://developer.hashicorp.com/terraform/language/functions/formatdate>.

use go::time::{MONTHS, WEEKDAYS};

use super::timestamp::{Civil, Timestamp};

/// The timestamp in a layout; what is wrong with the layout otherwise.
pub(super) fn format(timestamp: &Timestamp, layout: &str) -> Result<String, String> {
    let civil = timestamp.civil();
    let mut formatted = String::new();
    let mut rest = layout;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' => {
                let length = quoted(rest);
                formatted.push_str(&unquote(&rest[..length])?);
                length
            }
            _ if first.is_ascii_alphabetic() => {
                let length = rest.len() - rest.trim_start_matches(first).len();
                formatted.push_str(&field(timestamp, &civil, first, length)?);
                length
            }
            _ => {
                formatted.push(first);
                first.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    Ok(formatted)
}

/// The length of a quoted text. Two quotes alone stand for one, and so do two within.
fn quoted(text: &str) -> usize {
    let bytes = text.as_bytes();
    if bytes.get(1) == Some(&b'\'') {
        return 2;
    }
    let mut index = 1;
    while index < bytes.len() {
        match (bytes[index], bytes.get(index + 1)) {
            (b'\'', Some(b'\'')) => index += 2,
            (b'\'', _) => return index + 1,
            _ => index += 1,
        }
    }
    bytes.len()
}

fn unquote(token: &str) -> Result<String, String> {
    if token == "''" {
        return Ok("'".into());
    }
    let inner = token[1..]
        .strip_suffix('\'')
        .ok_or("a quote is not closed")?;
    // A text that ends with two quotes and is not closed is taken for closed, with one of them in it.
    Ok(inner.replace("''", "'"))
}

fn field(
    timestamp: &Timestamp,
    civil: &Civil,
    letter: char,
    length: usize,
) -> Result<String, String> {
    let hour = match civil.hour % 12 {
        0 => 12,
        hour => hour,
    };
    let field = match (letter, length) {
        ('Y', 2) => Some(format!("{:02}", civil.year % 100)),
        ('Y', 4) => Some(format!("{:04}", civil.year)),
        ('M', 3 | 4) => named(&MONTHS, civil.month - 1, length),
        ('E', 3 | 4) => named(&WEEKDAYS, civil.weekday, length),
        ('M', _) => padded(civil.month, length),
        ('D', _) => padded(civil.day, length),
        ('h', _) => padded(civil.hour, length),
        ('H', _) => padded(hour, length),
        ('m', _) => padded(civil.minute, length),
        ('s', _) => padded(civil.second, length),
        ('A', 2) => Some(if civil.hour < 12 { "AM" } else { "PM" }.into()),
        ('a', 2) => Some(if civil.hour < 12 { "am" } else { "pm" }.into()),
        ('Z', 1) if timestamp.is_universal() => Some("Z".into()),
        ('Z', 3) if timestamp.is_universal() => Some("UTC".into()),
        ('Z', 1 | 5) => Some(timestamp.offset(":")),
        ('Z', 3 | 4) => Some(timestamp.offset("")),
        _ => None,
    };
    field.ok_or_else(|| "letters of the layout name no part of a date".into())
}

fn padded(number: u8, length: usize) -> Option<String> {
    match length {
        1 => Some(number.to_string()),
        2 => Some(format!("{number:02}")),
        _ => None,
    }
}

fn named(names: &[&str], index: u8, length: usize) -> Option<String> {
    let name = names.get(usize::from(index))?;
    let end = if length == 3 { 3 } else { name.len() };
    name.get(..end).map(str::to_owned)
}
