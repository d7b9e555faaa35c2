//! What a scalar means to the library that kustomize reads and writes YAML with, which is version 3 of Go's.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use go::numbers::{parse_float, parse_int, parse_int_of, parse_uint};
use smol_str::SmolStr;

use super::folded::refolded;
use super::{Scalar, Style, Tag};

/// What a scalar means.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Resolved {
    Null,
    Bool(bool),
    Int(i64),
    Unsigned(u64),
    Float(f64),
    String(SmolStr),
}

/// The meaning of a scalar where kustomize prints it.
///
/// # Errors
/// When its text and its tag contradict each other.
pub(crate) fn resolve(scalar: &Scalar) -> Result<Resolved, String> {
    let text = || {
        Resolved::String(match scalar.style {
            Style::Folded => refolded(&scalar.text),
            _ => scalar.text.clone(),
        })
    };
    let is_open = match &scalar.tag {
        Tag::String | Tag::Other(_) => return Ok(text()),
        Tag::Open if matches!(scalar.style, Style::Quoted | Style::Folded) => return Ok(text()),
        // In brackets, what is left out is written with quotes, and read as a text then.
        Tag::Null if scalar.style == Style::LeftOut => return Ok(text()),
        Tag::Binary => return binary(&scalar.text),
        tag => *tag == Tag::Open,
    };
    let (tag, resolved) = plain(&scalar.text);
    // The tag is not written where the text says the same, and what has quotes is read as a text then.
    if tag == scalar.tag && matches!(scalar.style, Style::Quoted | Style::Folded) {
        return Ok(text());
    }
    match (&scalar.tag, resolved) {
        (_, resolved) if is_open || tag == scalar.tag => Ok(resolved),
        #[expect(clippy::cast_precision_loss, reason = "Go rounds as well")]
        (Tag::Float, Resolved::Int(number)) => Ok(Resolved::Float(number as f64)),
        #[expect(clippy::cast_precision_loss, reason = "Go rounds as well")]
        (Tag::Float, Resolved::Unsigned(number)) => Ok(Resolved::Float(number as f64)),
        _ => Err("the text is not what its tag says".to_owned()),
    }
}

/// Whether a text without quotes is a text, and no number or the like.
pub(crate) fn is_text(text: &str) -> bool {
    plain(text).0 == Tag::String
}

/// The tag and the meaning of a text without quotes.
pub(super) fn plain(text: &str) -> (Tag, Resolved) {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return (Tag::Null, Resolved::Null),
        "true" | "True" | "TRUE" => return (Tag::Bool, Resolved::Bool(true)),
        "false" | "False" | "FALSE" => return (Tag::Bool, Resolved::Bool(false)),
        ".nan" | ".NaN" | ".NAN" => return (Tag::Float, Resolved::Float(f64::NAN)),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => {
            return (Tag::Float, Resolved::Float(f64::INFINITY));
        }
        "-.inf" | "-.Inf" | "-.INF" => return (Tag::Float, Resolved::Float(f64::NEG_INFINITY)),
        _ => {}
    }
    let number = match text.as_bytes()[0] {
        b'.' => parse_float(text)
            .ok()
            .filter(|_| is_number(text))
            .map(Resolved::Float),
        b'0'..=b'9' | b'+' | b'-' => {
            if let Some(time) = timestamp(text) {
                return (Tag::Timestamp, Resolved::String(time));
            }
            number(&text.replace('_', ""))
        }
        _ => None,
    };
    match number {
        Some(number @ Resolved::Float(_)) => (Tag::Float, number),
        Some(number) => (Tag::Int, number),
        None => (Tag::String, Resolved::String(text.into())),
    }
}

fn number(text: &str) -> Option<Resolved> {
    if let Ok(number) = parse_int(text) {
        return Some(Resolved::Int(number));
    }
    // Unlike signed ones, unsigned numbers have no sign in front of them.
    if text.starts_with(|first: char| first.is_ascii_digit())
        && let Ok(number) = parse_uint(text)
    {
        return Some(Resolved::Unsigned(number));
    }
    if is_number(text) {
        return parse_float(text).ok().map(Resolved::Float);
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text),
    };
    let (base, digits) = match (digits.strip_prefix("0b"), digits.strip_prefix("0o")) {
        (Some(digits), _) => (2, digits),
        (_, Some(digits)) => (8, digits),
        _ => return None,
    };
    parse_int_of(&format!("{sign}{digits}"), base)
        .ok()
        .map(Resolved::Int)
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_exponent = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !digits.is_empty() && is_digits(digits)
    });
    let has_digits = !whole.is_empty() || !fraction.is_empty();
    has_digits && is_digits(whole) && is_digits(fraction) && is_exponent
}

const TIMESTAMPS: [&str; 4] = [
    "2006-1-2T15:4:5.999999999Z07:00",
    "2006-1-2t15:4:5.999999999Z07:00",
    "2006-1-2 15:4:5.999999999",
    "2006-1-2",
];

/// A point in time as it is printed, if the text is one.
fn timestamp(text: &str) -> Option<SmolStr> {
    let year = text.bytes().take_while(u8::is_ascii_digit).count();
    if year != 4 || !text[year..].starts_with('-') {
        return None;
    }
    let mut layouts = TIMESTAMPS.iter();
    let time = layouts.find_map(|layout| go::time::parse(layout, text).ok())?;
    Some(time.format("2006-01-02T15:04:05.999999999Z07:00").into())
}

fn binary(text: &str) -> Result<Resolved, String> {
    let text: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    let bytes = STANDARD
        .decode(text)
        .map_err(|_| "the text is not Base64 as its tag says".to_owned())?;
    Ok(Resolved::String(
        String::from_utf8_lossy(&bytes).as_ref().into(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_texts_mean_what_version_3_of_the_library_takes_them_for() {
        let int = Resolved::Int;
        let text = |text: &str| Resolved::String(text.into());
        for (written, meaning) in [
            ("yes", text("yes")),
            ("True", Resolved::Bool(true)),
            ("~", Resolved::Null),
            ("0755", int(493)),
            ("0o7", int(7)),
            ("1_000", int(1000)),
            ("08", Resolved::Float(8.0)),
            ("-0b11", int(-3)),
            ("1e3", Resolved::Float(1000.0)),
            ("18446744073709551615", Resolved::Unsigned(u64::MAX)),
            ("+1", int(1)),
            (".5", Resolved::Float(0.5)),
            (".x", text(".x")),
            ("1.2.3", text("1.2.3")),
            ("2020-01-02", text("2020-01-02T00:00:00Z")),
            ("12:30", text("12:30")),
            ("-", text("-")),
        ] {
            assert_eq!(resolve(&Scalar::open(written)), Ok(meaning), "{written}");
        }
    }

    #[test]
    fn tags_and_quotes_say_what_a_text_means() {
        let tagged = |text, tag| resolve(&Scalar::tagged(text, tag)).ok();
        assert_eq!(tagged("1", Tag::String), Some(Resolved::String("1".into())));
        assert_eq!(tagged("1", Tag::Float), Some(Resolved::Float(1.0)));
        assert_eq!(tagged("x", Tag::Int), None);
        assert_eq!(
            tagged("aGk=", Tag::Binary),
            Some(Resolved::String("hi".into()))
        );
        let quoted = Scalar {
            style: Style::Quoted,
            ..Scalar::open("1")
        };
        assert_eq!(resolve(&quoted), Ok(Resolved::String("1".into())));
    }
}
