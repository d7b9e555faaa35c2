//! Numbers as whole numbers of any size and as decimal digits, for functions that count and write digit by digit.

use dashu_int::IBig;

use super::Number;
use super::decimal::{Decimal, shorten};

/// How many digits of a number are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// As few as tell it from every other number of its precision.
    Shortest,
    /// At most so many, the last of them rounded.
    Significant(usize),
    /// At most so many behind the point, the last of them rounded.
    Fraction(usize),
}

/// The digits of a number, which is `0.digits` times ten to the power of `point`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digits {
    /// Decimal digits without zeros at either end; none for zero.
    pub digits: String,
    /// How many of them stand before the point.
    pub point: i64,
}

impl Number {
    /// The number as a whole number of any size, where it is one.
    #[must_use]
    pub fn to_integer(&self) -> Option<IBig> {
        if let Some(integer) = self.to_i64() {
            return Some(integer.into());
        }
        let float = self.finite().filter(|_| self.is_integer())?;
        let (magnitude, _) = float.scaled();
        let integer = IBig::from(magnitude);
        Some(if float.negative { -integer } else { integer })
    }

    /// The digits of the number without its sign, rounded half to even; none where it is infinite.
    #[must_use]
    pub fn digits(&self, precision: Precision) -> Option<Digits> {
        let float = self.finite()?;
        let mut decimal = Decimal::new(&float);
        match precision {
            Precision::Shortest if float.is_zero() => {}
            Precision::Shortest => shorten(&mut decimal, &float, self.precision),
            Precision::Significant(count) => decimal.round(count),
            Precision::Fraction(count) => {
                let count = i64::try_from(count).unwrap_or(i64::MAX);
                // Go rounds nothing where the number begins behind the last digit that is wanted.
                if let Ok(count) = usize::try_from(decimal.point.saturating_add(count)) {
                    decimal.round(count);
                }
            }
        }
        Some(Digits {
            digits: String::from_utf8_lossy(&decimal.digits).into_owned(),
            point: decimal.point,
        })
    }
}
