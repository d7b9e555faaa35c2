//! What scalars mean to go-cty-yaml.
//!
//! Source: <https://github.com/zclconf/go-cty-yaml/blob/main/resolve.go>: YAML 1.1 for truth values, YAML 1.2 for numbers.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::functions::time::Timestamp;
use crate::value::{Data, Number, Type};

const CORE: &str = "tag:yaml.org,2002:";

/// A scalar that must be resolved.
pub(super) struct Scalar<'a> {
    /// Its text.
    pub(super) text: &'a str,
    /// Its tag, in full.
    pub(super) tag: Option<&'a str>,
    /// Whether it stands in quotes.
    pub(super) quoted: bool,
}

/// What a scalar means; none of text.
///
/// # Errors
/// Why it means nothing, as a fragment.
pub(super) fn resolve(scalar: &Scalar<'_>) -> Result<Option<Data>, String> {
    let mut tag = known_tag(scalar.tag)?;
    if hints(scalar.text) && !matches!(tag, "str" | "binary") {
        if scalar.quoted {
            return Ok(None);
        }
        if let Some(data) = word(scalar.text) {
            return Ok(Some(data));
        }
        if tag.is_empty() && matches!(scalar.text, ".nan" | ".NaN" | ".NAN") {
            return Err("numbers can't be NaN".to_owned());
        }
        match numeric(scalar.text, tag) {
            Numeric::Value(data) => return Ok(Some(data)),
            Numeric::Number => tag = "int",
            Numeric::Other => {}
        }
    }
    by_tag(tag, scalar.text)
}

/// The tag's name, if it is one of those that scalars may have.
fn known_tag(tag: Option<&str>) -> Result<&str, String> {
    let Some(tag) = tag else { return Ok("") };
    match tag.strip_prefix(CORE) {
        Some(name @ ("str" | "bool" | "int" | "float" | "null" | "timestamp" | "binary")) => {
            Ok(name)
        }
        _ => Err(format!("the tag `{tag}` is not supported")),
    }
}

/// Whether the first character tells that a scalar may be more than text.
fn hints(text: &str) -> bool {
    text.bytes()
        .next()
        .is_none_or(|byte| byte.is_ascii_digit() || b"+-.yYnNtTfFoO~".contains(&byte))
}

fn word(text: &str) -> Option<Data> {
    let data = match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Data::Bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Data::Bool(false)
        }
        "" | "~" | "null" | "Null" | "NULL" => Data::Null(Type::Dynamic),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => return infinity(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => return infinity(f64::NEG_INFINITY),
        _ => return None,
    };
    Some(data)
}

fn infinity(infinity: f64) -> Option<Data> {
    Number::from_f64(infinity).map(Data::Number)
}

enum Numeric {
    Value(Data),
    /// Written as a number: its tag does not matter.
    Number,
    Other,
}

fn numeric(text: &str, tag: &str) -> Numeric {
    match text.bytes().next() {
        Some(b'.') => number(text).map_or(Numeric::Other, Numeric::Value),
        Some(b'0'..=b'9' | b'+' | b'-') => {
            if let Some(time) = Timestamp::read(text).filter(|_| matches!(tag, "" | "timestamp")) {
                Numeric::Value(Data::string(time.to_string()))
            } else if is_integer(text) || is_float(text) {
                Numeric::Number
            } else {
                Numeric::Other
            }
        }
        _ => Numeric::Other,
    }
}

fn by_tag(tag: &str, text: &str) -> Result<Option<Data>, String> {
    let mismatch = || format!("the text of a scalar is not what its tag `!!{tag}` says");
    match tag {
        "binary" if STANDARD.decode(text.replace(['\r', '\n'], "")).is_err() => Err(mismatch()),
        "bool" => match word(text) {
            Some(data @ Data::Bool(_)) => Ok(Some(data)),
            _ => Err(mismatch()),
        },
        "int" | "float" => {
            let plain = text.replace('_', "");
            let value = number(&plain).or_else(|| prefixed(&plain));
            value.map(Some).ok_or_else(mismatch)
        }
        "timestamp" => {
            let time = Timestamp::read(text).ok_or_else(mismatch)?;
            Ok(Some(Data::string(time.to_string())))
        }
        "null" => Ok(Some(Data::Null(Type::Dynamic))),
        _ => Ok(None),
    }
}

/// A decimal number.
fn number(text: &str) -> Option<Data> {
    Number::parse(text).map(Data::Number)
}

/// A hexadecimal or octal number of at most 64 bits.
fn prefixed(text: &str) -> Option<Data> {
    let (radix, digits) = match text.get(..2)? {
        "0x" => (16, &text[2..]),
        "0o" => (8, &text[2..]),
        _ => return None,
    };
    let is_digits = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let value = is_digits.then(|| u64::from_str_radix(digits, radix).ok())??;
    number(&value.to_string())
}

fn is_integer(text: &str) -> bool {
    let only = |digits: &str, is: fn(&u8) -> bool| {
        !digits.is_empty() && digits.bytes().all(|byte| is(&byte))
    };
    if let Some(digits) = text.strip_prefix("0x") {
        return only(digits, u8::is_ascii_hexdigit);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return only(digits, |byte| matches!(byte, b'0'..=b'7'));
    }
    only(
        text.strip_prefix(['-', '+']).unwrap_or(text),
        u8::is_ascii_digit,
    )
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
fn is_float(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent_is_right = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    let some_digit = !(whole.is_empty() && fraction.is_empty());
    some_digit && digits(whole) && digits(fraction) && exponent_is_right
}
