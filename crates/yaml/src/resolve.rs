//! What a scalar means: the rules of `goyaml.v2` as `sigs.k8s.io/yaml` uses it to turn YAML into
//! JSON.
//!
//! <https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v2/resolve.go> is the definition. It
//! follows YAML 1.1 where that differs from YAML 1.2, except for numbers of base 60, and takes Go's
//! notations of integers.

use std::ops::RangeInclusive;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::number::{float, float_with_underscores, integer};

/// The tag of a scalar, as far as it changes what the scalar means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    /// A plain scalar without a tag.
    Plain,
    /// Quotes, a block scalar or a tag that is not known: always text.
    Text,
    /// `!!bool`.
    Bool,
    /// `!!int`.
    Int,
    /// `!!float`.
    Float,
    /// `!!null`.
    Null,
    /// `!!timestamp`.
    Timestamp,
    /// `!!binary`.
    Binary,
}

/// The meaning of a scalar.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Scalar {
    Null,
    Bool(bool),
    Int(i64),
    /// A whole number that only fits without a sign.
    Unsigned(u64),
    Float(f64),
    /// The text of the scalar as it is.
    Text,
    /// Bytes of `!!binary`, which JSON can hold as text only.
    Binary(String),
    /// The tag and the text contradict each other.
    Mismatch(&'static str),
}

/// The meaning of the scalar `text` with `tag`.
pub(crate) fn resolve(tag: Tag, text: &str) -> Scalar {
    match tag {
        Tag::Text => Scalar::Text,
        Tag::Plain => plain(text),
        Tag::Binary => binary(text),
        Tag::Timestamp if is_timestamp(text) => Scalar::Text,
        Tag::Bool | Tag::Int | Tag::Float | Tag::Null | Tag::Timestamp => tagged(tag, plain(text)),
    }
}

/// Whether a plain scalar with this text is read as text.
#[must_use]
pub fn is_text(text: &str) -> bool {
    plain(text) == Scalar::Text
}

fn tagged(tag: Tag, scalar: Scalar) -> Scalar {
    match (tag, &scalar) {
        (Tag::Bool, Scalar::Bool(_))
        | (Tag::Int, Scalar::Int(_) | Scalar::Unsigned(_))
        | (Tag::Float, Scalar::Float(_))
        | (Tag::Null, Scalar::Null) => scalar,
        (Tag::Float, Scalar::Int(value)) => Scalar::Float(*value as f64),
        (Tag::Bool, _) => Scalar::Mismatch("the text is not a truth value as its tag says"),
        (Tag::Int, _) => Scalar::Mismatch("the text is not a whole number as its tag says"),
        (Tag::Null, _) => Scalar::Mismatch("the text is not null as its tag says"),
        (Tag::Timestamp, _) => Scalar::Mismatch("the text is not a time as its tag says"),
        _ => Scalar::Mismatch("the text is not a number as its tag says"),
    }
}

fn plain(text: &str) -> Scalar {
    let Some(first) = text.bytes().next() else {
        return Scalar::Null;
    };
    match first {
        b'0'..=b'9' | b'+' | b'-' => number(text),
        b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~' => word(text),
        b'.' => dotted(text),
        _ => Scalar::Text,
    }
}

fn word(text: &str) -> Scalar {
    match text {
        "~" | "null" | "Null" | "NULL" => Scalar::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Scalar::Bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Scalar::Bool(false)
        }
        _ => Scalar::Text,
    }
}

fn dotted(text: &str) -> Scalar {
    match text {
        ".nan" | ".NaN" | ".NAN" => Scalar::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" => Scalar::Float(f64::INFINITY),
        _ => float_with_underscores(text).map_or(Scalar::Text, Scalar::Float),
    }
}

fn number(text: &str) -> Scalar {
    match text {
        "+.inf" | "+.Inf" | "+.INF" => return Scalar::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => return Scalar::Float(f64::NEG_INFINITY),
        _ => {}
    }
    if text.contains('_') {
        number_without_underscores(&text.replace('_', ""))
    } else {
        number_without_underscores(text)
    }
}

fn number_without_underscores(text: &str) -> Scalar {
    if let Some(value) = integer(text) {
        return i64::try_from(value).map_or_else(
            |_| u64::try_from(value).map_or(Scalar::Text, Scalar::Unsigned),
            Scalar::Int,
        );
    }
    float(text).map_or(Scalar::Text, Scalar::Float)
}

/// Go's JSON encoder writes every byte that is not UTF-8 as one replacement character.
fn binary(text: &str) -> Scalar {
    let written: String = text
        .chars()
        .filter(|character| !matches!(character, '\r' | '\n'))
        .collect();
    let Ok(bytes) = STANDARD.decode(written) else {
        return Scalar::Mismatch("the text is not base64 as its tag says");
    };
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        out.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
    }
    Scalar::Binary(out)
}

/// The four layouts of <https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v2/resolve.go>,
/// by shape.
fn is_timestamp(text: &str) -> bool {
    let (date, time) = match text.find(['T', 't', ' ']) {
        Some(at) => (&text[..at], Some(&text[at..])),
        None => (text, None),
    };
    is_date(date) && time.is_none_or(is_time)
}

fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut part = |lengths: RangeInclusive<usize>, values: RangeInclusive<u32>| {
        number_in(parts.next()?, &lengths, &values)
    };
    let (year, month, day) = (
        part(4..=4, 0..=9999),
        part(1..=2, 1..=12),
        part(1..=2, 1..=31),
    );
    let (Some(year), Some(month), Some(day)) = (year, month, day) else {
        return false;
    };
    let days = match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    day <= days && parts.next().is_none()
}

/// `text` begins with the letter or space that parts it from the date; only after a letter stands a
/// zone.
fn is_time(text: &str) -> bool {
    let zoned = !text.starts_with(' ');
    let text = &text[1..];
    let clock = if let Some(clock) = text.strip_suffix('Z') {
        if !zoned {
            return false;
        }
        clock
    } else if zoned {
        let Some(at) = text.rfind(['+', '-']) else {
            return false;
        };
        if !is_zone(&text[at + 1..]) {
            return false;
        }
        &text[..at]
    } else {
        text
    };
    let (clock, fraction) = clock
        .split_once('.')
        .map_or((clock, None), |(clock, fraction)| (clock, Some(fraction)));
    let mut parts = clock.split(':');
    let mut part =
        |values| number_in(parts.next().unwrap_or_default(), &(1..=2), &values).is_some();
    part(0..=23)
        && part(0..=59)
        && part(0..=59)
        && parts.next().is_none()
        && fraction.is_none_or(|fraction| {
            !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit())
        })
}

fn is_zone(text: &str) -> bool {
    let Some((hours, minutes)) = text.split_once(':') else {
        return false;
    };
    number_in(hours, &(2..=2), &(0..=24)).is_some()
        && number_in(minutes, &(2..=2), &(0..=60)).is_some()
}

fn number_in(
    text: &str,
    lengths: &RangeInclusive<usize>,
    values: &RangeInclusive<u32>,
) -> Option<u32> {
    let is_written_right =
        lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_written_right
        .then(|| text.parse().ok())?
        .filter(|value| values.contains(value))
}
