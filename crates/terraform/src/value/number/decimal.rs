//! Numbers from and to decimal digits.

use dashu_int::UBig;
use dashu_int::ops::BitTest as _;

use super::float::Float;
use super::{EXPONENT_LIMIT, Number, READ_PRECISION};

/// Digits that are read one by one. Any more can only decide whether the number is just above what they say.
const DIGIT_LIMIT: usize = 4096;

/// Reads a number as Go's `big.ParseFloat` does with base 10 and 512 bits.
pub(super) fn parse(text: &str) -> Option<Number> {
    let (negative, unsigned) = match text.as_bytes() {
        [b'-', ..] => (true, &text[1..]),
        [b'+', ..] => (false, &text[1..]),
        _ => (false, text),
    };
    if matches!(unsigned, "Inf" | "inf") {
        return Some(Number::infinity(negative));
    }
    let end = unsigned
        .find(['e', 'E', 'p', 'P'])
        .unwrap_or(unsigned.len());
    let (mantissa, exponent) = unsigned.split_at(end);
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{integer}{fraction}");
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let (ten, two) = match exponent.as_bytes() {
        [] => (0, 0),
        [b'e' | b'E', ..] => (parse_exponent(&exponent[1..])?, 0),
        _ => (0, parse_exponent(&exponent[1..])?),
    };
    let ten = ten.saturating_sub(i64::try_from(fraction.len()).ok()?);
    Some(scale(negative, digits.trim_start_matches('0'), ten, two))
}

fn parse_exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let plain = digits.bytes().all(|digit| digit.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

/// The digits times `10^ten` times `2^two`.
fn scale(negative: bool, digits: &str, ten: i64, two: i64) -> Number {
    let kept = digits.len().min(DIGIT_LIMIT);
    let dropped = i64::try_from(digits.len() - kept).unwrap_or(i64::MAX);
    let ten = ten.saturating_add(dropped);
    let (kept, rest) = digits.split_at(kept);
    let (kept, ten) = match rest.bytes().any(|digit| digit != b'0') {
        true => (format!("{kept}1"), ten.saturating_sub(1)),
        false => (kept.to_owned(), ten),
    };
    let Ok(mantissa) = UBig::from_str_radix(&kept, 10) else {
        return Number::round(Float::zero(negative), READ_PRECISION);
    };
    // A decimal digit is more than three binary ones, so these are beyond the limit whatever the mantissa is.
    let exponent = ten.saturating_mul(3).saturating_add(two);
    if exponent.max(ten) > EXPONENT_LIMIT {
        return Number::infinity(negative);
    }
    if exponent.min(ten) < -2 * EXPONENT_LIMIT {
        return Number::round(Float::zero(negative), READ_PRECISION);
    }
    let five = UBig::from(5_u8).pow(usize::try_from(ten.unsigned_abs()).unwrap_or(usize::MAX));
    let float = match ten >= 0 {
        true => Float::new(negative, mantissa * five, ten.saturating_add(two)),
        false => {
            let mantissa = Float::new(negative, mantissa, ten.saturating_add(two));
            mantissa.divide(&Float::new(false, five, 0), READ_PRECISION)
        }
    };
    Number::round(float, READ_PRECISION)
}

/// Decimal digits and the place of the point: the number is `0.digits * 10^point`.
pub(super) struct Decimal {
    pub(super) digits: Vec<u8>,
    pub(super) point: i64,
}

impl Decimal {
    pub(super) fn new(float: &Float) -> Self {
        let (scaled, scale) = float.scaled();
        let mut digits = scaled.to_string().into_bytes();
        let point = length(&digits) - i64::try_from(scale).unwrap_or(i64::MAX);
        let end = digits.iter().rposition(|digit| *digit != b'0');
        digits.truncate(end.map_or(0, |end| end + 1));
        Self { digits, point }
    }

    fn round_down(&mut self, count: usize) {
        self.digits.truncate(count);
        while self.digits.last() == Some(&b'0') {
            self.digits.pop();
        }
    }

    fn round_up(&mut self, count: usize) {
        self.digits.truncate(count);
        while self.digits.last() == Some(&b'9') {
            self.digits.pop();
        }
        match self.digits.last_mut() {
            Some(digit) => *digit += 1,
            None => {
                self.digits.push(b'1');
                self.point += 1;
            }
        }
    }

    /// Rounds half to even.
    pub(super) fn round(&mut self, count: usize) {
        let Some(next) = self.digits.get(count) else {
            return;
        };
        let halfway = *next == b'5' && self.digits.len() == count + 1;
        let odd = count > 0 && self.digits[count - 1] % 2 == 1;
        if (halfway && odd) || (!halfway && *next >= b'5') {
            self.round_up(count);
        } else {
            self.round_down(count);
        }
    }

    /// Without an exponent.
    fn plain(&self, negative: bool) -> String {
        let sign = if negative { "-" } else { "" };
        let digits = String::from_utf8_lossy(&self.digits);
        let zeros = |count: i64| "0".repeat(usize::try_from(count).unwrap_or_default());
        let after = length(&self.digits) - self.point;
        if self.digits.is_empty() {
            format!("{sign}0")
        } else if self.point <= 0 {
            format!("{sign}0.{}{digits}", zeros(-self.point))
        } else if after <= 0 {
            format!("{sign}{digits}{}", zeros(-after))
        } else {
            let (integer, fraction) =
                digits.split_at(usize::try_from(self.point).unwrap_or_default());
            format!("{sign}{integer}.{fraction}")
        }
    }

    fn exponential(&self, negative: bool) -> String {
        let sign = if negative { "-" } else { "" };
        let digits = String::from_utf8_lossy(&self.digits);
        let (first, rest) = digits.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        let exponent = self.point - 1;
        let exponent_sign = if exponent < 0 { '-' } else { '+' };
        format!(
            "{sign}{first}{point}{rest}e{exponent_sign}{:02}",
            exponent.abs()
        )
    }
}

/// The shortest decimal that rounds to the number at the precision, as Go's `Float.Text('f', -1)` writes it.
pub(super) fn shortest(float: &Float, precision: u32) -> String {
    let mut decimal = Decimal::new(float);
    if !float.is_zero() {
        shorten(&mut decimal, float, precision);
    }
    decimal.plain(float.negative)
}

/// Cuts the digits off as soon as what is left lies between the halfway points to the number's neighbors.
///
/// Source: <https://pkg.go.dev/math/big#Float.Text>; the method is that of Go's `roundShortest`.
pub(super) fn shorten(decimal: &mut Decimal, float: &Float, precision: u32) {
    let (mantissa, exponent) = float.with_half_unit(precision);
    let inclusive = !mantissa.bit(1);
    let neighbor = |mantissa: UBig| Decimal::new(&Float::new(false, mantissa, exponent)).digits;
    let lower = neighbor(&mantissa - UBig::ONE);
    let upper = neighbor(mantissa + UBig::ONE);
    for index in 0..decimal.digits.len() {
        let digit = decimal.digits[index];
        let low = lower.get(index).copied().unwrap_or(b'0');
        let high = upper.get(index).copied().unwrap_or(b'0');
        let down = low != digit || (inclusive && index + 1 == lower.len());
        let up = digit != high && (inclusive || digit + 1 < high || index + 1 < upper.len());
        match (down, up) {
            (true, true) => return decimal.round(index + 1),
            (true, false) => return decimal.round_down(index + 1),
            (false, true) => return decimal.round_up(index + 1),
            (false, false) => {}
        }
    }
}

/// As Go's `%.{digits}g`.
pub(super) fn general(float: &Float, count: usize) -> String {
    let mut decimal = Decimal::new(float);
    decimal.round(count);
    let length = length(&decimal.digits);
    let mut limit = i64::try_from(count).unwrap_or(i64::MAX);
    if limit > length && length >= decimal.point {
        limit = length;
    }
    let exponent = decimal.point - 1;
    if !decimal.digits.is_empty() && (exponent < -4 || exponent >= limit) {
        return decimal.exponential(float.negative);
    }
    decimal.plain(float.negative)
}

fn length(digits: &[u8]) -> i64 {
    i64::try_from(digits.len()).unwrap_or(i64::MAX)
}
