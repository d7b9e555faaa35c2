//! Numbers as `strconv` reads them.

use std::borrow::Cow;

/// Why a text is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotNumber {
    /// It is none.
    #[error("invalid syntax")]
    Syntax,
    /// It is too large.
    #[error("value out of range")]
    Range,
}

/// Reads an integer whose prefix says its base (`0x`, `0b`, `0o`, `0`), with underscores between digits.
///
/// # Errors
/// When it is none, or too large.
pub fn parse_int(text: &str) -> Result<i64, NotNumber> {
    let (is_negative, digits) = sign(text);
    signed(is_negative, parse_uint(digits)?)
}

/// Reads an integer of base 10; one that is too large is the nearest that is not, and what is none is 0.
#[must_use]
pub fn nearest_int(text: &str) -> i64 {
    match parse_int_of(text, 10) {
        Ok(number) => number,
        Err(NotNumber::Syntax) => 0,
        Err(NotNumber::Range) if text.starts_with('-') => i64::MIN,
        Err(NotNumber::Range) => i64::MAX,
    }
}

/// Reads an integer of one base, without a prefix.
///
/// # Errors
/// When it is none, or too large.
pub fn parse_int_of(text: &str, base: u32) -> Result<i64, NotNumber> {
    let (is_negative, digits) = sign(text);
    signed(is_negative, magnitude(digits, base)?)
}

/// Reads an integer without a sign whose prefix says its base.
///
/// # Errors
/// When it is none, or too large.
pub fn parse_uint(text: &str) -> Result<u64, NotNumber> {
    let (base, digits) = based(text);
    if !digits.contains('_') {
        return magnitude(digits, base);
    }
    let is_prefixed = digits.len() < text.len();
    let follows_prefix = digits.starts_with('_') && is_prefixed;
    let inner = if follows_prefix { &digits[1..] } else { digits };
    if inner.starts_with('_') || inner.ends_with('_') || inner.contains("__") {
        return Err(NotNumber::Syntax);
    }
    magnitude(&inner.replace('_', ""), base)
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

fn signed(is_negative: bool, magnitude: u64) -> Result<i64, NotNumber> {
    let number = i128::from(magnitude);
    let number = if is_negative { -number } else { number };
    i64::try_from(number).map_err(|_| NotNumber::Range)
}

fn based(text: &str) -> (u32, &str) {
    let prefix = text.get(..2).map(str::to_ascii_lowercase);
    match prefix.as_deref() {
        Some("0x") => (16, &text[2..]),
        Some("0b") => (2, &text[2..]),
        Some("0o") => (8, &text[2..]),
        _ if text.len() > 1 && text.starts_with('0') => (8, &text[1..]),
        _ => (10, text),
    }
}

fn magnitude(digits: &str, base: u32) -> Result<u64, NotNumber> {
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(base)) {
        return Err(NotNumber::Syntax);
    }
    u64::from_str_radix(digits, base).map_err(|_| NotNumber::Range)
}

/// Reads a number with a fraction or an exponent, `Inf`, `NaN`, or one of base 16.
///
/// # Errors
/// When it is none, or too large.
pub fn parse_float(text: &str) -> Result<f64, NotNumber> {
    let plain = without_underscores(text).ok_or(NotNumber::Syntax)?;
    let text = plain.as_ref();
    let (is_negative, magnitude) = sign(text);
    let number = match magnitude.to_ascii_lowercase().as_str() {
        "inf" | "infinity" => f64::INFINITY,
        // Go takes no sign before it.
        "nan" if magnitude.len() == text.len() => f64::NAN,
        lower => match lower.strip_prefix("0x") {
            Some(digits) => hexadecimal(digits)?,
            None => decimal(lower)?,
        },
    };
    Ok(if is_negative { -number } else { number })
}

/// The text without underscores, each of which stands between digits, or behind a prefix.
fn without_underscores(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('_') {
        return Some(Cow::Borrowed(text));
    }
    let bytes = text.as_bytes();
    let is_prefix = |at: usize| at == 1 && matches!(bytes[at], b'x' | b'X');
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    let is_right = |at: usize| {
        let before = at.checked_sub(1);
        is_digit(at + 1) && before.is_some_and(|before| is_digit(before) || is_prefix(before))
    };
    let mut underscores = text.match_indices('_');
    let is_right = underscores.all(|(at, _)| is_right(at));
    is_right.then(|| Cow::Owned(text.replace('_', "")))
}

fn decimal(text: &str) -> Result<f64, NotNumber> {
    let is_of_number =
        |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'+' | b'-');
    let begins = text.starts_with(|first: char| first.is_ascii_digit() || first == '.');
    if !begins || !text.bytes().all(is_of_number) {
        return Err(NotNumber::Syntax);
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_infinite() => Err(NotNumber::Range),
        Ok(number) => Ok(number),
        Err(_) => Err(NotNumber::Syntax),
    }
}

/// `1.8p3`, with an exponent of two that can't be missing.
fn hexadecimal(text: &str) -> Result<f64, NotNumber> {
    let (mantissa, exponent) = text.split_once('p').ok_or(NotNumber::Syntax)?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut number = 0.0_f64;
    for digit in whole.chars().chain(fraction.chars()) {
        let digit = digit.to_digit(16).ok_or(NotNumber::Syntax)?;
        number = number * 16.0 + f64::from(digit);
    }
    let places = i32::try_from(fraction.len()).map_err(|_| NotNumber::Range)?;
    let exponent: i32 = exponent.parse().map_err(|_| NotNumber::Syntax)?;
    let number = number * 2.0_f64.powi(exponent.saturating_sub(places.saturating_mul(4)));
    match whole.is_empty() && fraction.is_empty() {
        true => Err(NotNumber::Syntax),
        false if number.is_infinite() => Err(NotNumber::Range),
        false => Ok(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_read_by_their_prefix() {
        for (text, expected) in [
            ("12", Ok(12)),
            ("-0x1F", Ok(-31)),
            ("+0b11", Ok(3)),
            ("0o17", Ok(15)),
            ("017", Ok(15)),
            ("0", Ok(0)),
            ("0x_1_f", Ok(31)),
            ("0_7", Ok(7)),
            ("1_000", Ok(1000)),
            ("_1", Err(NotNumber::Syntax)),
            ("0x__1", Err(NotNumber::Syntax)),
            ("08", Err(NotNumber::Syntax)),
            ("", Err(NotNumber::Syntax)),
            ("-", Err(NotNumber::Syntax)),
            ("+-1", Err(NotNumber::Syntax)),
            ("-9223372036854775808", Ok(i64::MIN)),
            ("9223372036854775808", Err(NotNumber::Range)),
        ] {
            assert_eq!(parse_int(text), expected, "{text}");
        }
    }

    #[test]
    fn floats_are_read() {
        for (text, expected) in [
            ("1.5e3", Ok(1500.0)),
            (".5", Ok(0.5)),
            ("5.", Ok(5.0)),
            ("-0x1.8p1", Ok(-3.0)),
            ("+Inf", Ok(f64::INFINITY)),
            ("1e999", Err(NotNumber::Range)),
            (".", Err(NotNumber::Syntax)),
            ("1_0.5", Ok(10.5)),
            ("1_.5", Err(NotNumber::Syntax)),
            ("0x1", Err(NotNumber::Syntax)),
            ("e5", Err(NotNumber::Syntax)),
            ("-nan", Err(NotNumber::Syntax)),
        ] {
            assert_eq!(parse_float(text), expected, "{text}");
        }
    }
}
