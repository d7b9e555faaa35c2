//! Constants that are numbers. Go keeps every type that can hold the number; where it stands decides which one counts.

use smol_str::SmolStr;

use super::quoted::{Unit, quote, unquote_char};
use super::token::TokenKind;

/// A number as it was written, in every type that can hold it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Number {
    /// As an integer with a sign.
    pub int: Option<i64>,
    /// As an integer without a sign.
    pub uint: Option<u64>,
    /// As a floating-point number.
    pub float: Option<f64>,
    /// As a complex number.
    pub complex: Option<(f64, f64)>,
    /// The text.
    pub text: SmolStr,
}

impl Number {
    /// Whether a context without a type makes a floating-point number of it.
    #[must_use]
    pub fn is_written_as_float(&self) -> bool {
        if !self.text.contains(['.', 'e', 'E', 'p', 'P']) {
            return false;
        }
        let lower = self.text.to_ascii_lowercase();
        let is_hexadecimal = lower.starts_with("0x") && lower.len() > 2 && !lower.contains('p');
        self.float.is_some()
            && !is_hexadecimal
            && !lower.starts_with('\'')
            && lower.contains(['.', 'e', 'p'])
    }

    /// Reads the text of a token.
    pub(super) fn read(kind: TokenKind, text: &str) -> Result<Self, String> {
        let number = match kind {
            TokenKind::CharConstant => read_char(text)?,
            TokenKind::Complex => read_complex(text)?,
            _ => read_simple(text)?,
        };
        Ok(Self {
            text: text.into(),
            ..number
        })
    }
}

fn read_char(text: &str) -> Result<Number, String> {
    let invalid = || "invalid syntax".to_owned();
    let inner = text.get(1..).ok_or_else(invalid)?;
    let (unit, tail) = unquote_char(inner, '\'').ok_or_else(invalid)?;
    if tail != "'" {
        return Err(format!("malformed character constant: {text}"));
    }
    let code = match unit {
        Unit::Char(letter) => u32::from(letter),
        Unit::Byte(byte) => u32::from(byte),
    };
    Ok(Number {
        int: Some(i64::from(code)),
        uint: Some(u64::from(code)),
        float: Some(f64::from(code)),
        ..Number::default()
    })
}

/// Reads `1+2i`.
fn read_complex(text: &str) -> Result<Number, String> {
    let syntax_error = || "syntax error scanning complex number".to_owned();
    let inner = text.strip_suffix('i').ok_or_else(syntax_error)?;
    let split = second_sign(inner).ok_or_else(syntax_error)?;
    let (real, imaginary) = inner.split_at(split);
    if imaginary.len() < 2 {
        return Err(syntax_error());
    }
    Ok(complex(part(real)?, part(imaginary)?))
}

/// Where the imaginary part begins: at the last sign that is not that of an exponent.
fn second_sign(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (1..bytes.len()).rfind(|index| {
        matches!(bytes[*index], b'+' | b'-') && !b"eEpP".contains(&bytes[*index - 1])
    })
}

fn part(text: &str) -> Result<f64, String> {
    float(text).ok_or_else(|| {
        let text = quote(text.as_bytes());
        format!("strconv.ParseFloat: parsing {text}: invalid syntax")
    })
}

/// A complex number, and what else holds it if it has no imaginary part.
fn complex(real: f64, imaginary: f64) -> Number {
    let is_real = imaginary == 0.0;
    Number {
        int: integral(real).filter(|_| is_real),
        uint: unsigned(real).filter(|_| is_real),
        float: is_real.then_some(real),
        complex: Some((real, imaginary)),
        text: SmolStr::default(),
    }
}

fn read_simple(text: &str) -> Result<Number, String> {
    if let Some(digits) = short_decimal(text) {
        return Ok(Number {
            int: i64::try_from(digits).ok(),
            uint: Some(digits),
            float: Some(digits as f64),
            ..Number::default()
        });
    }
    if let Some(imaginary) = text.strip_suffix('i').and_then(float) {
        return Ok(complex(0.0, imaginary));
    }
    let magnitude = text.trim_start_matches(['+', '-']);
    let is_signed = magnitude.len() + 1 == text.len();
    let digits = (magnitude.len() == text.len() || is_signed).then(|| integer(magnitude));
    let digits = digits.flatten();
    let mut number = Number {
        int: digits.and_then(|digits| signed(digits, text.starts_with('-'))),
        uint: digits.filter(|digits| !is_signed || *digits == 0),
        ..Number::default()
    };
    if let Some(int) = number.int {
        number.float = Some(int as f64);
    } else if let Some(uint) = number.uint {
        number.float = Some(uint as f64);
    } else if let Some(float) = float(text) {
        if !text.contains(['.', 'e', 'E', 'p', 'P']) {
            return Err(format!("integer overflow: {}", quote(text.as_bytes())));
        }
        number.float = Some(float);
        number.int = integral(float);
        number.uint = unsigned(float);
    }
    if number.float.is_none() {
        return Err(format!("illegal number syntax: {}", quote(text.as_bytes())));
    }
    Ok(number)
}

/// A number as most of them are: a few digits, and no zero in front of others.
fn short_decimal(text: &str) -> Option<u64> {
    let is_decimal = text.bytes().all(|byte| byte.is_ascii_digit());
    let is_short = text.len() < 16 && (text.len() == 1 || !text.starts_with('0'));
    (is_decimal && is_short).then(|| text.parse().ok())?
}

fn signed(digits: u64, is_negative: bool) -> Option<i64> {
    let number = i128::from(digits);
    i64::try_from(if is_negative { -number } else { number }).ok()
}

fn integral(number: f64) -> Option<i64> {
    let is_integral = number.trunc() == number && number.abs() < 9.3e18;
    (is_integral && i128::from(number as i64) == number as i128).then_some(number as i64)
}

fn unsigned(number: f64) -> Option<u64> {
    (number.trunc() == number && (0.0..1.9e19).contains(&number) && number as u64 as f64 == number)
        .then_some(number as u64)
}

/// The digits of an integer with Go's prefixes and underscores.
fn integer(text: &str) -> Option<u64> {
    if !underscores_separate_digits(text) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let (digits, radix) = if let Some(digits) = lower.strip_prefix("0x") {
        (digits, 16)
    } else if let Some(digits) = lower.strip_prefix("0b") {
        (digits, 2)
    } else if let Some(digits) = lower.strip_prefix("0o") {
        (digits, 8)
    } else if lower.len() > 1 && lower.starts_with('0') {
        (&lower[1..], 8)
    } else {
        (lower.as_str(), 10)
    };
    let digits = digits.replace('_', "");
    let is_number = digits.chars().all(|digit| digit.is_digit(radix));
    is_number.then(|| u64::from_str_radix(&digits, radix).ok())?
}

/// A floating-point number, decimal or hexadecimal; nothing if it is too large.
fn float(text: &str) -> Option<f64> {
    let magnitude = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !underscores_separate_digits(magnitude) {
        return None;
    }
    let digits = magnitude.to_ascii_lowercase().replace('_', "");
    let number = match digits.strip_prefix("0x") {
        Some(digits) => hexadecimal(digits)?,
        None => {
            let is_decimal = digits.contains(|letter: char| letter.is_ascii_digit())
                && digits.chars().all(|letter| {
                    letter.is_ascii_digit() || matches!(letter, '.' | 'e' | '+' | '-')
                });
            is_decimal.then(|| digits.parse::<f64>().ok())??
        }
    };
    let number = if text.starts_with('-') {
        -number
    } else {
        number
    };
    number.is_finite().then_some(number)
}

/// `1.8p3`: the exponent of two is a must.
fn hexadecimal(text: &str) -> Option<f64> {
    let (mantissa, exponent) = text.split_once('p')?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    if digits.is_empty()
        || digits.len() > 16
        || !digits.chars().all(|digit| digit.is_ascii_hexdigit())
    {
        return None;
    }
    let number = u64::from_str_radix(&digits, 16).ok()? as f64;
    let exponent: i32 = exponent.parse().ok()?;
    let exponent = exponent.clamp(-5_000, 5_000) - 4 * i32::try_from(fraction.len()).ok()?;
    // Two steps, so that neither leaves the range where the result does not.
    let half = exponent / 2;
    Some(number * 2f64.powi(half) * 2f64.powi(exponent - half))
}

/// Whether each underscore stands between digits, or between a prefix and a digit.
fn underscores_separate_digits(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let has_prefix = ["0x", "0o", "0b"]
        .iter()
        .any(|prefix| lower.starts_with(prefix));
    let is_octal = lower.starts_with('0') && !has_prefix;
    let body = if has_prefix {
        &lower[2..]
    } else {
        lower.as_str()
    };
    let is_digit = |letter: char| {
        letter.is_ascii_digit() || (lower.starts_with("0x") && letter.is_ascii_hexdigit())
    };
    let mut before = if has_prefix || is_octal { '0' } else { '!' };
    for letter in body.chars() {
        if letter == '_' && !is_digit(before) || before == '_' && !is_digit(letter) {
            return false;
        }
        before = letter;
    }
    before != '_'
}
