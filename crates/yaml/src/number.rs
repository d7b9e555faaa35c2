//! Numbers as Go's `strconv` reads and writes them.

use graph::Data;

/// `strconv.ParseInt(text, 0, 64)` or else `strconv.ParseUint(text, 0, 64)`, and the forms `0b-1`
/// and `0b+1`, which `goyaml.v2` takes because it cuts the prefix off before it reads the sign.
pub(crate) fn integer(text: &str) -> Option<i128> {
    if let Some(digits) = text
        .strip_prefix("0b")
        .filter(|digits| digits.starts_with(['+', '-']))
    {
        return signed(digits, 2);
    }
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let value = i128::from(magnitude(digits)?);
    let value = if negative { -value } else { value };
    let least = i128::from(i64::MIN);
    let greatest = if text.starts_with('+') {
        i128::from(i64::MAX)
    } else {
        i128::from(u64::MAX)
    };
    (least <= value && value <= greatest).then_some(value)
}

fn signed(text: &str, radix: u32) -> Option<i128> {
    i64::from_str_radix(text, radix).ok().map(i128::from)
}

fn magnitude(digits: &str) -> Option<u64> {
    let (radix, digits) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &digits[2..]),
        [b'0', b'o' | b'O', ..] => (8, &digits[2..]),
        [b'0', b'b' | b'B', ..] => (2, &digits[2..]),
        [b'0', _, ..] => (8, &digits[1..]),
        _ => (10, digits),
    };
    // Rust takes a sign here, Go does not.
    digits
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric())
        .then(|| u64::from_str_radix(digits, radix).ok())?
}

/// Whether `text` has the form of a floating-point number in YAML:
/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`.
fn style_of_float(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent_is_right = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    let some_digit = !whole.is_empty() || fraction.is_some_and(|fraction| !fraction.is_empty());
    some_digit && digits(whole) && fraction.is_none_or(digits) && exponent_is_right
}

/// `strconv.ParseFloat(text, 64)` of decimal notation; a number that is too large is none.
pub(crate) fn float(text: &str) -> Option<f64> {
    if !style_of_float(text) {
        return None;
    }
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

/// The same, where underscores may stand between digits.
pub(crate) fn float_with_underscores(text: &str) -> Option<f64> {
    if !text.contains('_') {
        return float(text);
    }
    let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = text.as_bytes();
    let separates = |at: usize| at > 0 && digit(bytes.get(at - 1)) && digit(bytes.get(at + 1));
    let right = bytes
        .iter()
        .enumerate()
        .all(|(at, byte)| *byte != b'_' || separates(at));
    right.then(|| float(&text.replace('_', "")))?
}

/// A finite number as it is read back from the JSON that Go writes for it: whole numbers lose their
/// point.
pub(crate) fn json_number(value: f64) -> Data {
    // Go writes larger numbers with an exponent, which makes them floating-point numbers again.
    if value.abs() >= 1e21 || value.fract() != 0.0 {
        return Data::Float(value);
    }
    // Like Go, Rust writes the shortest digits that give the number back, and then zeros.
    format!("{value}")
        .parse()
        .map_or(Data::Float(value), Data::Int)
}

/// The key that `sigs.k8s.io/yaml` makes of a number: `strconv.FormatFloat(value, 'g', -1, 32)`.
pub(crate) fn float_key(value: f64) -> String {
    let value = value as f32;
    if value.is_nan() {
        return ".nan".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    let scientific = format!("{value:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if (-4..6).contains(&exponent) {
        return format!("{value}");
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}
