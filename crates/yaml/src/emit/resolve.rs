//! What a scalar without quotes is taken for by the library.

use crate::is_text;

/// Whether a string is still a string without quotes.
pub(super) fn is_string(text: &str) -> bool {
    is_text(text) && !is_timestamp(text) && !is_base_60(text)
}

const TIMESTAMPS: [&str; 4] = [
    "2006-1-2T15:4:5.999999999Z07:00",
    "2006-1-2t15:4:5.999999999Z07:00",
    "2006-1-2 15:4:5.999999999",
    "2006-1-2",
];

/// Whether a text is a point in time. Readers take it for text nevertheless.
fn is_timestamp(text: &str) -> bool {
    let year = text.bytes().take_while(u8::is_ascii_digit).count();
    let begins = year == 4 && text[year..].starts_with('-');
    let mut layouts = TIMESTAMPS.iter();
    begins && layouts.any(|layout| go::time::parse(layout, text).is_ok())
}

/// Whether a text is a number of base 60 to YAML 1.1, such as `1:30`.
fn is_base_60(text: &str) -> bool {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let mut parts = text.split(':');
    let is_digits = |text: &str| {
        let mut bytes = text.bytes();
        bytes.all(|byte| byte.is_ascii_digit() || byte == b'_')
    };
    let begins = |first: &str| first.starts_with(|digit: char| digit.is_ascii_digit());
    let is_first = |first: &str| begins(first) && is_digits(first);
    if !parts.next().is_some_and(is_first) {
        return false;
    }
    let mut rest: Vec<&str> = parts.collect();
    let Some(last) = rest.pop() else {
        return false;
    };
    let (last, fraction) = last.split_once('.').unwrap_or((last, ""));
    let is_sixtieth = |part: &str| match part.as_bytes() {
        [digit] | [b'0'..=b'5', digit] => digit.is_ascii_digit(),
        _ => false,
    };
    is_sixtieth(last) && is_digits(fraction) && rest.into_iter().all(is_sixtieth)
}
