//! Finite binary numbers of any size, with exact sums and products and rounding half to even.

use std::cmp::Ordering;

use dashu_int::UBig;
use dashu_int::ops::{BitTest as _, DivRem as _};

/// A finite number: the mantissa times two to the power of the exponent. The mantissa is odd, or zero with exponent 0.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Float {
    pub(super) negative: bool,
    mantissa: UBig,
    exponent: i64,
}

impl Float {
    pub(super) fn new(negative: bool, mantissa: UBig, exponent: i64) -> Self {
        let Some(zeros) = mantissa.trailing_zeros() else {
            return Self::zero(negative);
        };
        Self {
            negative,
            mantissa: mantissa >> zeros,
            exponent: exponent.saturating_add(signed(zeros)),
        }
    }

    pub(super) fn zero(negative: bool) -> Self {
        Self {
            negative,
            mantissa: UBig::ZERO,
            exponent: 0,
        }
    }

    /// The number that a finite double is.
    pub(super) fn from_f64(number: f64) -> Self {
        let bits = number.to_bits();
        let fraction = bits & ((1 << 52) - 1);
        let exponent = i64::try_from((bits >> 52) & 0x7ff).expect("the exponent has eleven bits");
        let (mantissa, exponent) = match exponent {
            0 => (fraction, -1074),
            _ => (fraction | (1 << 52), exponent - 1075),
        };
        Self::new(number.is_sign_negative(), mantissa.into(), exponent)
    }

    /// The nearest double.
    pub(super) fn to_f64(&self) -> f64 {
        let top = self.top();
        let precision = (top + 1074).min(53);
        let magnitude = if self.is_zero() || precision < 0 {
            0.0
        } else if top > 1024 {
            f64::INFINITY
        } else {
            self.clone()
                .rounded(u32::try_from(precision).unwrap_or_default())
                .small_to_f64()
        };
        if self.negative { -magnitude } else { magnitude }
    }

    /// The double of a number whose mantissa has at most 53 bits and that is no smaller than the smallest double.
    fn small_to_f64(&self) -> f64 {
        let mantissa = u64::try_from(&self.mantissa).map_or(f64::NAN, |mantissa| mantissa as f64);
        let half = i32::try_from(self.exponent / 2).unwrap_or_default();
        let rest = i32::try_from(self.exponent - self.exponent / 2).unwrap_or_default();
        mantissa * 2_f64.powi(half) * 2_f64.powi(rest)
    }

    pub(super) fn to_i64(&self) -> Option<i64> {
        if !self.is_integer() || self.top() > 64 {
            return None;
        }
        let magnitude = &self.mantissa << unsigned(self.exponent);
        let magnitude = i128::try_from(magnitude).ok()?;
        i64::try_from(if self.negative { -magnitude } else { magnitude }).ok()
    }

    pub(super) fn is_zero(&self) -> bool {
        self.mantissa == UBig::ZERO
    }

    pub(super) fn is_integer(&self) -> bool {
        self.exponent >= 0
    }

    /// The bits of the mantissa: the precision that the number needs.
    pub(super) fn bits(&self) -> usize {
        self.mantissa.bit_len()
    }

    /// The bits of the number's integer part.
    pub(super) fn integer_bits(&self) -> usize {
        unsigned(self.top())
    }

    /// The exponent of the first power of two above the number.
    pub(super) fn top(&self) -> i64 {
        self.exponent.saturating_add(signed(self.bits()))
    }

    /// The digits of the number when it is written without a binary point: the mantissa times `5^scale` is the number
    /// times `10^scale`.
    pub(super) fn scaled(&self) -> (UBig, usize) {
        if self.is_integer() {
            return (&self.mantissa << unsigned(self.exponent), 0);
        }
        let scale = unsigned(-self.exponent);
        (&self.mantissa * UBig::from(5_u8).pow(scale), scale)
    }

    pub(super) fn negate(&self) -> Self {
        let negative = !self.negative;
        Self {
            negative,
            ..self.clone()
        }
    }

    pub(super) fn without_negative_zero(mut self) -> Self {
        self.negative &= !self.is_zero();
        self
    }

    /// The exact sum. Two zeros of one sign keep it.
    pub(super) fn add(&self, other: &Self) -> Self {
        if self.is_zero() && other.is_zero() {
            return Self::zero(self.negative && other.negative);
        }
        let exponent = self.exponent.min(other.exponent);
        let (one, two) = (self.aligned(exponent), other.aligned(exponent));
        let (negative, mantissa) = match (self.negative == other.negative, one >= two) {
            (true, _) => (self.negative, one + two),
            (false, true) => (self.negative, one - two),
            (false, false) => (other.negative, two - one),
        };
        Self::new(negative, mantissa, exponent).without_negative_zero()
    }

    /// The exact product.
    pub(super) fn multiply(&self, other: &Self) -> Self {
        Self::new(
            self.negative != other.negative,
            &self.mantissa * &other.mantissa,
            self.exponent.saturating_add(other.exponent),
        )
    }

    /// A number that rounds as the quotient does to the precision. The divisor is not zero.
    pub(super) fn divide(&self, other: &Self, precision: u32) -> Self {
        let shift = (precision as usize + 2 + other.bits()).saturating_sub(self.bits());
        let (quotient, rest) = (&self.mantissa << shift).div_rem(&other.mantissa);
        // The last bit stands for all that come after it.
        let last = UBig::from(u8::from(rest != UBig::ZERO));
        Self::new(
            self.negative != other.negative,
            (quotient << 1) + last,
            self.exponent - other.exponent - signed(shift) - 1,
        )
    }

    /// Without its fraction.
    pub(super) fn truncate(&self) -> Self {
        if self.is_integer() {
            return self.clone();
        }
        Self::new(self.negative, &self.mantissa >> unsigned(-self.exponent), 0)
    }

    /// Rounded half to even.
    pub(super) fn rounded(self, precision: u32) -> Self {
        let Some(shift) = self
            .bits()
            .checked_sub(precision as usize)
            .filter(|shift| *shift > 0)
        else {
            return self;
        };
        let half = self.mantissa.bit(shift - 1);
        let above_half = shift > 1;
        let mut kept = &self.mantissa >> shift;
        if half && (above_half || kept.bit(0)) {
            kept += UBig::ONE;
        }
        Self::new(self.negative, kept, self.exponent + signed(shift))
    }

    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let sign = |float: &Self| match (float.is_zero(), float.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let signs = sign(self).cmp(&sign(other));
        if signs.is_ne() || self.is_zero() {
            return signs;
        }
        let exponent = self.exponent.min(other.exponent);
        let magnitudes = self
            .top()
            .cmp(&other.top())
            .then_with(|| self.aligned(exponent).cmp(&other.aligned(exponent)));
        if self.negative {
            magnitudes.reverse()
        } else {
            magnitudes
        }
    }

    /// The mantissa for an exponent that is not above the number's own.
    fn aligned(&self, exponent: i64) -> UBig {
        if self.is_zero() {
            return UBig::ZERO;
        }
        &self.mantissa << unsigned(self.exponent - exponent)
    }

    /// The mantissa with exactly as many bits as the precision and one more, and the exponent that belongs to it.
    pub(super) fn with_half_unit(&self, precision: u32) -> (UBig, i64) {
        let shift = (precision as usize + 1).saturating_sub(self.bits());
        (&self.mantissa << shift, self.exponent - signed(shift))
    }
}

impl From<i64> for Float {
    fn from(number: i64) -> Self {
        Self::new(number < 0, number.unsigned_abs().into(), 0)
    }
}

/// Counts of bits and exponents are far below the limits of either type: numbers are bounded when they are made.
fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn unsigned(exponent: i64) -> usize {
    usize::try_from(exponent).unwrap_or_default()
}
