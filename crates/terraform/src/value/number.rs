//! Numbers as Terraform computes with them: binary floating point of at least 64 and as a rule 512 bits.

mod decimal;
mod digits;
mod float;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use dashu_int::UBig;
use dashu_int::ops::BitTest as _;

pub use digits::{Digits, Precision};
use float::Float;

/// The bits of a mantissa that was read from decimal digits.
const READ_PRECISION: u32 = 512;
/// The bits of a mantissa that was made from an integer of the machine.
const INTEGER_PRECISION: u32 = 64;
/// The bits of a mantissa that was made from a double.
const DOUBLE_PRECISION: u32 = 53;
/// Numbers of this binary exponent and above are infinite, those below its negative are zero. Terraform's own limit is
/// 2^31, where a number has 600 million digits.
const EXPONENT_LIMIT: i64 = 1 << 20;

/// A number. Each has a precision, which decides how results are rounded and how many digits are written.
///
/// Two numbers are equal to Rust when they are the same point of the line; Terraform's `==` is [`Number::equals`].
///
/// Source: <https://github.com/zclconf/go-cty/blob/main/docs/types.md>, <https://pkg.go.dev/math/big#Float>.
#[derive(Clone, Debug)]
pub struct Number {
    form: Form,
    precision: u32,
}

#[derive(Clone, Debug)]
enum Form {
    /// Every integer of 64 bits has this form.
    Integer(i64),
    /// Terraform writes it as `-0`.
    NegativeZero,
    /// Any other finite number.
    Float(Arc<Float>),
    PositiveInfinity,
    NegativeInfinity,
}

impl Number {
    /// Reads a decimal number as Terraform reads it from a string or a literal. That accepts `Inf`, and `1p3` for 8.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        decimal::parse(text)
    }

    /// Reads an integer of a base from 2 to 62 as `parseint` does.
    #[must_use]
    pub fn parse_integer(text: &str, base: u32) -> Option<Self> {
        let (negative, digits) = match text.as_bytes() {
            [b'-', digits @ ..] => (true, digits),
            [b'+', digits @ ..] => (false, digits),
            digits => (false, digits),
        };
        let values = digits
            .iter()
            .map(|digit| digit_value(*digit, base))
            .collect::<Option<Vec<_>>>()
            .filter(|values| !values.is_empty())?;
        let mantissa = UBig::from_digits(base.into(), &values).ok()?;
        let bits = u32::try_from(mantissa.bit_len()).ok()?;
        let float = Float::new(negative, mantissa, 0).without_negative_zero();
        Some(Self::round(float, bits.max(INTEGER_PRECISION)))
    }

    /// The number as an integer of 64 bits, where it is one.
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        match self.form {
            Form::Integer(integer) => Some(integer),
            Form::NegativeZero => Some(0),
            Form::Float(_) | Form::PositiveInfinity | Form::NegativeInfinity => None,
        }
    }

    /// The nearest double.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        match &self.form {
            Form::PositiveInfinity => f64::INFINITY,
            Form::NegativeInfinity => f64::NEG_INFINITY,
            Form::NegativeZero => -0.0,
            Form::Integer(integer) => Float::from(*integer).to_f64(),
            Form::Float(float) => float.to_f64(),
        }
    }

    /// From a double; none for NaN.
    #[must_use]
    pub fn from_f64(number: f64) -> Option<Self> {
        let form = match number {
            _ if number.is_nan() => return None,
            f64::INFINITY => Form::PositiveInfinity,
            f64::NEG_INFINITY => Form::NegativeInfinity,
            _ => return Some(Self::round(Float::from_f64(number), DOUBLE_PRECISION)),
        };
        let precision = DOUBLE_PRECISION;
        Some(Self { form, precision })
    }

    /// Whether it has no fraction. Infinities are no integers.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        match &self.form {
            Form::Integer(_) | Form::NegativeZero => true,
            Form::Float(float) => float.is_integer(),
            Form::PositiveInfinity | Form::NegativeInfinity => false,
        }
    }

    /// Whether it is infinite: `1 / 0` is.
    #[must_use]
    pub fn is_infinite(&self) -> bool {
        matches!(self.form, Form::PositiveInfinity | Form::NegativeInfinity)
    }

    /// Whether it is zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        matches!(self.form, Form::Integer(0) | Form::NegativeZero)
    }

    /// Whether it is below zero, or the zero with that sign.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match &self.form {
            Form::Integer(integer) => *integer < 0,
            Form::NegativeZero | Form::NegativeInfinity => true,
            Form::Float(float) => float.negative,
            Form::PositiveInfinity => false,
        }
    }

    /// Whether Terraform's `==` holds: integers by value, others by the digits that they are written with.
    #[must_use]
    pub fn equals(&self, other: &Self) -> bool {
        if self.is_integer() || other.is_integer() {
            return self == other;
        }
        self.is_negative() == other.is_negative()
            && ((self == other && self.precision == other.precision)
                || self.to_string() == other.to_string())
    }

    /// The sum; none where Terraform fails: for infinities of different sign.
    #[must_use]
    pub fn add(&self, other: &Self) -> Option<Self> {
        let precision = self.precision.max(other.precision);
        if let (Form::Integer(one), Form::Integer(two)) = (&self.form, &other.form)
            && let Some(sum) = one.checked_add(*two)
        {
            return Some(Self::integer(sum, precision));
        }
        match (self.finite(), other.finite()) {
            (Some(one), Some(two)) => Some(Self::round(one.add(&two), precision)),
            (None, None) if self.is_negative() != other.is_negative() => None,
            (None, _) => Some(self.clone()),
            (_, None) => Some(other.clone()),
        }
    }

    /// The difference; none where Terraform fails: for infinities of one sign.
    #[must_use]
    pub fn subtract(&self, other: &Self) -> Option<Self> {
        self.add(&other.negate())
    }

    /// The product; none where Terraform fails: for zero and an infinity.
    #[must_use]
    pub fn multiply(&self, other: &Self) -> Option<Self> {
        let precision = self.precision.max(other.precision);
        if let (Form::Integer(one), Form::Integer(two)) = (&self.form, &other.form)
            && let Some(product) = one.checked_mul(*two).filter(|product| *product != 0)
        {
            let exact = precision.max(INTEGER_PRECISION);
            return Some(Self::integer(product, exact).narrowed(precision));
        }
        let negative = self.is_negative() != other.is_negative();
        let (Some(one), Some(two)) = (self.finite(), other.finite()) else {
            let defined = !self.is_zero() && !other.is_zero();
            return defined.then(|| Self::infinity(negative));
        };
        let product = one.multiply(&two).rounded(READ_PRECISION);
        let needed = u32::try_from(product.bits()).unwrap_or(READ_PRECISION);
        Some(Self::round(product, precision.max(needed)))
    }

    /// The quotient; none where Terraform fails: for two zeros and for two infinities. That of another number and zero
    /// is infinite.
    #[must_use]
    pub fn divide(&self, other: &Self) -> Option<Self> {
        let precision = self.precision.max(other.precision);
        let negative = self.is_negative() != other.is_negative();
        match (self.finite(), other.finite()) {
            (None, None) => None,
            (Some(_), Some(_)) if self.is_zero() && other.is_zero() => None,
            (None, Some(_)) => Some(Self::infinity(negative)),
            (Some(_), Some(_)) if other.is_zero() => Some(Self::infinity(negative)),
            (Some(_), None) => Some(Self::round(Float::zero(negative), precision)),
            (Some(one), Some(two)) => Some(Self::round(one.divide(&two, precision), precision)),
        }
    }

    /// The remainder, with the dividend's sign; the dividend where the divisor is zero; none where Terraform fails: for
    /// infinities.
    #[must_use]
    pub fn modulo(&self, other: &Self) -> Option<Self> {
        if self.is_infinite() || other.is_infinite() {
            return None;
        }
        if other.is_zero() {
            return Some(self.clone());
        }
        let quotient = self.divide(other)?.truncate();
        let quotient = Self::round(quotient.finite()?, self.precision);
        let product = Self::round(
            quotient.finite()?.multiply(&other.finite()?),
            self.precision,
        );
        let remainder = self.finite()?.add(&product.negate().finite()?);
        Some(Self::round(remainder, self.precision))
    }

    /// The number with the other sign.
    #[must_use]
    pub fn negate(&self) -> Self {
        let form = match &self.form {
            Form::Integer(0) => Form::NegativeZero,
            Form::NegativeZero => Form::Integer(0),
            Form::PositiveInfinity => Form::NegativeInfinity,
            Form::NegativeInfinity => Form::PositiveInfinity,
            Form::Integer(integer) if *integer != i64::MIN => Form::Integer(-integer),
            Form::Integer(integer) => {
                return Self::round(Float::from(*integer).negate(), self.precision);
            }
            Form::Float(float) => return Self::round(float.negate(), self.precision),
        };
        let precision = self.precision;
        Self { form, precision }
    }

    /// The number without its sign.
    #[must_use]
    pub fn absolute(&self) -> Self {
        if self.is_negative() {
            self.negate()
        } else {
            self.clone()
        }
    }

    /// The greatest integer that is not above it.
    #[must_use]
    pub fn floor(&self) -> Self {
        let truncated = self.truncate();
        if self.is_integer() || self.is_infinite() || !self.is_negative() {
            return truncated;
        }
        truncated.step(-1)
    }

    /// The least integer that is not below it.
    #[must_use]
    pub fn ceil(&self) -> Self {
        let truncated = self.truncate();
        if self.is_integer() || self.is_infinite() || self.is_negative() {
            return truncated;
        }
        truncated.step(1)
    }

    /// The integer between it and zero that is nearest to it.
    #[must_use]
    pub fn truncate(&self) -> Self {
        match &self.form {
            Form::Float(float) => Self::exact_integer(float.truncate()),
            Form::NegativeZero => Self::from(0_i64),
            Form::Integer(_) | Form::PositiveInfinity | Form::NegativeInfinity => self.clone(),
        }
    }

    /// The number as Go's `%.10g` writes it, which decides the order of sets of objects.
    pub(super) fn set_key(&self) -> String {
        match self.finite() {
            Some(float) => decimal::general(&float, 10),
            None => self.to_string(),
        }
    }

    fn step(&self, by: i64) -> Self {
        self.finite().map_or_else(
            || self.clone(),
            |float| Self::exact_integer(float.add(&by.into())),
        )
    }

    fn exact_integer(float: Float) -> Self {
        let positive_zero = float.without_negative_zero();
        let bits = u32::try_from(positive_zero.integer_bits()).unwrap_or(u32::MAX);
        Self::round(positive_zero, bits.max(INTEGER_PRECISION))
    }

    fn infinity(negative: bool) -> Self {
        let form = if negative {
            Form::NegativeInfinity
        } else {
            Form::PositiveInfinity
        };
        let precision = READ_PRECISION;
        Self { form, precision }
    }

    fn integer(integer: i64, precision: u32) -> Self {
        let form = Form::Integer(integer);
        Self { form, precision }.narrowed(precision)
    }

    /// Rounds an integer where the precision is less than its bits.
    fn narrowed(self, precision: u32) -> Self {
        match self.form {
            Form::Integer(integer)
                if precision < INTEGER_PRECISION && integer.unsigned_abs() >> precision > 0 =>
            {
                Self::round(integer.into(), precision)
            }
            form => Self { form, precision },
        }
    }

    /// Rounds half to even, and gives the number its form.
    fn round(float: Float, precision: u32) -> Self {
        let float = float.rounded(precision);
        let top = float.top();
        let form = match float.to_i64() {
            Some(0) if float.negative => Form::NegativeZero,
            Some(integer) => Form::Integer(integer),
            None if top > EXPONENT_LIMIT => return Self::infinity(float.negative),
            None if top < -EXPONENT_LIMIT => Form::Integer(0),
            None => Form::Float(Arc::new(float)),
        };
        Self { form, precision }
    }

    fn finite(&self) -> Option<Float> {
        match &self.form {
            Form::Integer(integer) => Some((*integer).into()),
            Form::NegativeZero => Some(Float::zero(true)),
            Form::Float(float) => Some(Float::clone(float)),
            Form::PositiveInfinity | Form::NegativeInfinity => None,
        }
    }
}

fn digit_value(digit: u8, base: u32) -> Option<dashu_int::Word> {
    let value = match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'z' => digit - b'a' + 10,
        b'A'..=b'Z' if base <= 36 => digit - b'A' + 10,
        b'A'..=b'Z' => digit - b'A' + 36,
        _ => return None,
    };
    (u32::from(value) < base).then_some(value.into())
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Self::integer(number, INTEGER_PRECISION)
    }
}

impl From<usize> for Number {
    fn from(number: usize) -> Self {
        Self::round(Float::new(false, number.into(), 0), INTEGER_PRECISION)
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        match (&self.form, &other.form) {
            (Form::Float(one), Form::Float(two)) => one == two,
            (Form::PositiveInfinity, Form::PositiveInfinity)
            | (Form::NegativeInfinity, Form::NegativeInfinity) => true,
            _ => self.to_i64().is_some() && self.to_i64() == other.to_i64(),
        }
    }
}

impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match &self.form {
            Form::Integer(integer) => integer.hash(state),
            Form::NegativeZero => 0_i64.hash(state),
            Form::Float(float) => float.hash(state),
            Form::PositiveInfinity | Form::NegativeInfinity => self.is_negative().hash(state),
        }
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        if let (Some(one), Some(two)) = (self.to_i64(), other.to_i64()) {
            return one.cmp(&two);
        }
        match (self.finite(), other.finite()) {
            (Some(one), Some(two)) => one.compare(&two),
            (Some(_), None) if other.is_negative() => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => other.cmp(self).reverse(),
            (None, None) => other.is_negative().cmp(&self.is_negative()),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// As Terraform converts a number to a string: the shortest decimal that reads as the number, never with an exponent.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.form {
            Form::PositiveInfinity => f.write_str("+Inf"),
            Form::NegativeInfinity => f.write_str("-Inf"),
            Form::NegativeZero => f.write_str("-0"),
            Form::Integer(integer) if self.precision >= INTEGER_PRECISION => write!(f, "{integer}"),
            Form::Integer(integer) => {
                f.write_str(&decimal::shortest(&(*integer).into(), self.precision))
            }
            Form::Float(float) => f.write_str(&decimal::shortest(float, self.precision)),
        }
    }
}

#[cfg(test)]
mod tests;
