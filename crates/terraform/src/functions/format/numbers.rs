//! Numbers as Go's `fmt` and `math/big` write them.
//!
//! Source: <https://pkg.go.dev/math/big#Float.Format>, <https://pkg.go.dev/math/big#Int.Format>.

use dashu_int::IBig;

use super::verb::{Verb, failure};
use crate::functions::Failure;
use crate::value::{Digits, Number, Precision};

/// A number as `%v` writes it: with as few digits as tell it from others, and an exponent where it is large or small.
pub(super) fn shortest(number: &Number) -> String {
    let (sign, magnitude) = match number.digits(Precision::Shortest) {
        Some(digits) => ("", general(&digits, None, 'e')),
        None => ("+", "Inf".into()),
    };
    let sign = if number.is_negative() { "-" } else { sign };
    format!("{sign}{magnitude}")
}

/// A number as `%e`, `%f` and `%g` write it.
pub(super) fn float(verb: &Verb, number: &Number) -> String {
    let magnitude = magnitude(verb, number);
    let sign = match (number.is_negative(), verb.flags.plus, verb.flags.space) {
        (true, ..) => "-",
        (false, true, _) => "+",
        (false, false, true) => " ",
        _ => "",
    };
    let (sign, fills) = match number.is_infinite() {
        true if sign.is_empty() => ("+", false),
        true => (sign, false),
        false => (sign, verb.flags.zero),
    };
    let length = sign.len() + magnitude.len();
    let missing = verb.width.unwrap_or(0).saturating_sub(length);
    match (fills, verb.flags.minus) {
        (true, _) => format!("{sign}{}{magnitude}", zeros(missing)),
        (false, true) => format!("{sign}{magnitude}{}", " ".repeat(missing)),
        (false, false) => format!("{}{sign}{magnitude}", " ".repeat(missing)),
    }
}

fn magnitude(verb: &Verb, number: &Number) -> String {
    let places = verb.precision.unwrap_or(6);
    let precision = match verb.letter {
        b'e' | b'E' => Precision::Significant(places + 1),
        b'f' => Precision::Fraction(places),
        _ => match verb.precision {
            Some(count) => Precision::Significant(count.max(1)),
            None => Precision::Shortest,
        },
    };
    let Some(digits) = number.digits(precision) else {
        return "Inf".into();
    };
    match verb.letter {
        b'e' => exponential(&digits, places, 'e'),
        b'E' => exponential(&digits, places, 'E'),
        b'f' => plain(&digits, places),
        b'g' => general(&digits, verb.precision, 'e'),
        _ => general(&digits, verb.precision, 'E'),
    }
}

fn general(digits: &Digits, precision: Option<usize>, letter: char) -> String {
    let count = digits.digits.len();
    let signed_count = i64::try_from(count).unwrap_or(i64::MAX);
    let limit = match precision.map(|precision| precision.max(1)) {
        None => 6,
        Some(precision) if precision > count && signed_count >= digits.point => signed_count,
        Some(precision) => i64::try_from(precision).unwrap_or(i64::MAX),
    };
    let exponent = digits.point - 1;
    if exponent < -4 || exponent >= limit {
        return exponential(digits, count.saturating_sub(1), letter);
    }
    plain(digits, distance(signed_count - digits.point))
}

fn exponential(digits: &Digits, places: usize, letter: char) -> String {
    let (first, rest) = match digits.digits.split_at_checked(1) {
        Some((first, rest)) if !first.is_empty() => (first, rest),
        _ => ("0", ""),
    };
    let exponent = if digits.digits.is_empty() {
        0
    } else {
        digits.point - 1
    };
    let sign = if exponent < 0 { '-' } else { '+' };
    let exponent = exponent.abs();
    let fraction = match places {
        0 => String::new(),
        _ => format!(".{rest}{}", zeros(places.saturating_sub(rest.len()))),
    };
    format!("{first}{fraction}{letter}{sign}{exponent:02}")
}

fn plain(digits: &Digits, places: usize) -> String {
    let Digits { digits, point } = digits;
    let before = distance(*point).min(digits.len());
    let (integer, fraction) = digits.split_at(before);
    let integer = match integer {
        "" => "0".into(),
        _ => format!("{integer}{}", zeros(distance(*point) - before)),
    };
    if places == 0 {
        return integer;
    }
    let leading = distance(point.saturating_neg()).min(places);
    let kept = &fraction[..fraction.len().min(places - leading)];
    let missing = places - leading - kept.len();
    format!("{integer}.{}{kept}{}", zeros(leading), zeros(missing))
}

/// What Go writes where it takes the width or the precision for no number, and so finds no verb.
pub(super) fn unwritten(number: &Number, is_whole: bool) -> Result<String, Failure> {
    let (ty, number) = match is_whole {
        true => ("Int", whole(number)?.to_string()),
        false => ("Float", shortest(number)),
    };
    Ok(format!("%!(NOVERB)%!(EXTRA *big.{ty}={number})"))
}

fn whole(number: &Number) -> Result<IBig, Failure> {
    let integer = number.to_integer();
    integer.ok_or_else(|| failure("a whole number is needed"))
}

/// A whole number as `%d`, `%b`, `%o` and `%x` write it.
pub(super) fn integer(verb: &Verb, number: &Number) -> Result<String, Failure> {
    let integer = whole(number)?;
    let (base, prefix) = match verb.letter {
        b'b' => (2, "0b"),
        b'o' => (8, "0"),
        b'x' => (16, "0x"),
        b'X' => (16, "0X"),
        _ => (10, ""),
    };
    let prefix = if verb.flags.sharp { prefix } else { "" };
    let sign = match (integer < IBig::ZERO, verb.flags.plus, verb.flags.space) {
        (true, ..) => "-",
        (false, true, _) => "+",
        (false, false, true) => " ",
        _ => "",
    };
    let (_, magnitude) = integer.into_parts();
    let mut digits = magnitude.in_radix(base).to_string();
    if verb.letter == b'X' {
        digits.make_ascii_uppercase();
    }
    if digits == "0" && verb.precision == Some(0) {
        return Ok(String::new());
    }
    Ok(fill(verb, &format!("{sign}{prefix}"), &digits))
}

/// Puts zeros before the digits for the precision, or else for the width where that is asked for, or spaces around.
fn fill(verb: &Verb, head: &str, digits: &str) -> String {
    let least = verb.precision.unwrap_or(0).max(digits.len());
    let missing = verb.width.unwrap_or(0).saturating_sub(head.len() + least);
    let fills = verb.flags.zero && !verb.flags.minus && verb.precision.is_none();
    let least = if fills { least + missing } else { least };
    let written = format!("{head}{}{digits}", zeros(least - digits.len()));
    match (fills, verb.flags.minus) {
        (true, _) => written,
        (false, true) => format!("{written}{}", " ".repeat(missing)),
        (false, false) => format!("{}{written}", " ".repeat(missing)),
    }
}

fn zeros(count: usize) -> String {
    "0".repeat(count)
}

fn distance(places: i64) -> usize {
    usize::try_from(places).unwrap_or(0)
}
