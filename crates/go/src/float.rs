//! Floating-point numbers with the digits that Go's `strconv` gives.

/// No `float64` has more digits than this behind its point or in all; behind them there are only zeros.
const MOST_DIGITS: usize = 1_100;

/// A number as Go's `strconv.FormatFloat` writes it, without precision with as few digits as tell it from others. The formats
/// are `e`, `E`, `f`, `g`, `G`, `b`, `x` and `X`.
#[must_use]
pub fn format_float(number: f64, format: char, precision: Option<usize>) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    let sign = if number.is_sign_negative() { "-" } else { "" };
    let magnitude = number.abs();
    if magnitude.is_infinite() {
        return format!("{sign}Inf");
    }
    let digits = match format {
        'e' | 'E' => scientific(magnitude, precision, format),
        'f' => fixed(magnitude, precision),
        'b' => binary(magnitude),
        'x' | 'X' => hexadecimal(magnitude, precision, format),
        _ => general(magnitude, precision, format),
    };
    format!("{sign}{digits}")
}

/// A number as `encoding/json` writes it, which has an exponent only for very small and very large ones; none for what JSON can't
/// hold.
#[must_use]
pub fn json(number: f64) -> Option<String> {
    if !number.is_finite() {
        return None;
    }
    let magnitude = number.abs();
    if magnitude != 0.0 && !(1e-6..1e21).contains(&magnitude) {
        return Some(format_float(number, 'e', None).replace("e-0", "e-"));
    }
    Some(number.to_string())
}

/// The significant digits of a number, without zeros at the end, and its exponent of ten. With a precision there are at
/// most so many digits.
fn decimal(number: f64, precision: Option<usize>) -> (String, i32) {
    let shown = match precision {
        Some(precision) => {
            let behind = precision.clamp(1, MOST_DIGITS) - 1;
            format!("{number:.behind$e}")
        }
        None => format!("{number:e}"),
    };
    let (mantissa, exponent) = shown.split_once('e').unwrap_or((&shown, "0"));
    let digits = mantissa.replace('.', "");
    let digits = digits.trim_end_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    (digits.to_owned(), exponent.parse().unwrap_or_default())
}

fn scientific(number: f64, precision: Option<usize>, format: char) -> String {
    let (digits, exponent) = decimal(number, precision.map(|precision| precision + 1));
    let wanted = precision.unwrap_or(digits.len() - 1);
    scientific_digits(&digits, exponent, wanted, format)
}

/// One digit, a point, `wanted` more digits, and an exponent of at least two digits.
fn scientific_digits(digits: &str, exponent: i32, wanted: usize, format: char) -> String {
    let (first, rest) = digits.split_at(1);
    let mut shown = first.to_owned();
    if wanted > 0 {
        let zeros = "0".repeat(wanted.saturating_sub(rest.len()));
        shown.push_str(&format!(".{rest}{zeros}"));
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    shown.push_str(&format!("{format}{sign}{:02}", exponent.unsigned_abs()));
    shown
}

fn fixed(number: f64, precision: Option<usize>) -> String {
    let Some(precision) = precision else {
        return number.to_string();
    };
    let exact = precision.min(MOST_DIGITS);
    let mut shown = format!("{number:.exact$}");
    shown.push_str(&"0".repeat(precision - exact));
    shown
}

/// As `e` if the exponent is small or large, else as `f`.
fn general(number: f64, precision: Option<usize>, format: char) -> String {
    let precision = precision.map(|precision| precision.max(1));
    let (digits, exponent) = decimal(number, precision);
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let limit = match precision.map(|precision| i32::try_from(precision).unwrap_or(i32::MAX)) {
        None => 6,
        Some(precision) if precision > count && count > exponent => count,
        Some(precision) => precision,
    };
    if exponent < -4 || exponent >= limit {
        let letter = if format == 'G' { 'E' } else { 'e' };
        return scientific_digits(&digits, exponent, digits.len() - 1, letter);
    }
    let behind = usize::try_from(count - 1 - exponent).unwrap_or_default();
    fixed_digits(&digits, exponent, behind)
}

/// Digits with the point where the exponent says, and so many behind it.
fn fixed_digits(digits: &str, exponent: i32, behind: usize) -> String {
    let whole_length = usize::try_from(exponent + 1).unwrap_or_default();
    let mut whole: String = digits.chars().take(whole_length).collect();
    whole.push_str(&"0".repeat(whole_length.saturating_sub(digits.len())));
    if whole.is_empty() {
        whole.push('0');
    }
    if behind == 0 {
        return whole;
    }
    let zeros = usize::try_from(-(exponent + 1)).unwrap_or_default();
    let rest: String = digits.chars().skip(whole_length).collect();
    format!("{whole}.{}{rest}", "0".repeat(zeros))
}

/// The mantissa and the exponent of two.
fn parts(number: f64) -> (u64, i32) {
    let bits = number.to_bits();
    let exponent = i32::try_from((bits >> 52) & 0x7ff).unwrap_or_default();
    let mantissa = bits & ((1 << 52) - 1);
    if exponent == 0 {
        (mantissa, -1074)
    } else {
        (mantissa | 1 << 52, exponent - 1075)
    }
}

fn binary(number: f64) -> String {
    let (mantissa, exponent) = parts(number);
    format!("{mantissa}p{exponent:+}")
}

/// `0x1.8p+03`.
fn hexadecimal(number: f64, precision: Option<usize>, format: char) -> String {
    let (mut mantissa, mut exponent) = parts(number);
    if mantissa == 0 {
        exponent = 0;
    } else {
        exponent += 52;
        // One bit before the point, 60 behind it.
        let shift = mantissa.leading_zeros() - 11;
        mantissa <<= shift + 8;
        exponent -= i32::try_from(shift).unwrap_or_default();
    }
    if let Some(precision) = precision.filter(|precision| *precision < 15) {
        let dropped = 60 - 4 * u32::try_from(precision).unwrap_or_default();
        let (rest, half) = (mantissa & ((1 << dropped) - 1), 1 << (dropped - 1));
        mantissa >>= dropped;
        if rest > half || rest == half && mantissa & 1 == 1 {
            mantissa += 1;
        }
        mantissa <<= dropped;
        if mantissa >> 61 != 0 {
            mantissa >>= 1;
            exponent += 1;
        }
    }
    let digits = format!("{:015x}", mantissa & ((1 << 60) - 1));
    let digits = match precision {
        None => digits.trim_end_matches('0').to_owned(),
        Some(precision) => format!("{digits:0<precision$}")[..precision].to_owned(),
    };
    let point = if digits.is_empty() { "" } else { "." };
    let sign = if exponent < 0 { '-' } else { '+' };
    let shown = format!(
        "0x{}{point}{digits}p{sign}{:02}",
        mantissa >> 60,
        exponent.unsigned_abs()
    );
    if format == 'X' {
        shown.to_uppercase()
    } else {
        shown
    }
}
