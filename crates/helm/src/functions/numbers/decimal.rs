//! Arithmetic of floats by way of decimal numbers, so that 0.1 and 0.2 are 0.3: `addf`, `subf`, `mulf`, `divf`.
//!
//! Source: <https://pkg.go.dev/github.com/shopspring/decimal>.

use dashu_int::IBig;
use dashu_int::ops::{Abs, BitTest, DivRem};

use crate::functions::Arguments;
use crate::functions::cast::to_float;
use crate::run::{Failure, Run};
use crate::value::Value;
use go::float::format_float;

/// The places behind the point that a quotient has at most.
const PLACES: i32 = 16;

/// A whole number times a power of ten.
#[derive(Clone, Debug)]
struct Decimal {
    digits: IBig,
    exponent: i32,
}

type Operation = fn(&Decimal, &Decimal) -> Result<Decimal, Failure>;

pub(super) fn add_one(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let one = [Value::int(1)];
    folded(run, to_float(arguments.value(0)?), &one, Decimal::plus)
}

pub(super) fn add(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    folded(run, 0.0, arguments.all(), Decimal::plus)
}

pub(super) fn subtract(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let first = to_float(arguments.value(0)?);
    folded(run, first, arguments.from(1), |one, other| {
        let negative = Decimal {
            digits: -other.digits.clone(),
            exponent: other.exponent,
        };
        one.plus(&negative)
    })
}

pub(super) fn multiply(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let first = to_float(arguments.value(0)?);
    folded(run, first, arguments.from(1), |one, other| {
        Ok(Decimal {
            digits: &one.digits * &other.digits,
            exponent: one.exponent + other.exponent,
        })
    })
}

pub(super) fn divide(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let first = to_float(arguments.value(0)?);
    folded(run, first, arguments.from(1), Decimal::over)
}

fn folded(
    run: &mut Run,
    first: f64,
    others: &[Value],
    operation: Operation,
) -> Result<Value, Failure> {
    let mut result = Decimal::of(first)?;
    for other in others {
        // Each factor makes the number longer.
        run.spend(1 + result.digits.bit_len() as u64 / 64)?;
        result = operation(&result, &Decimal::of(to_float(other))?)?;
    }
    Ok(Value::float(result.to_float()))
}

impl Decimal {
    /// The number with the fewest digits that is read as this float.
    fn of(number: f64) -> Result<Self, Failure> {
        if !number.is_finite() {
            let sign = if number == f64::INFINITY { "+" } else { "" };
            let number = format_float(number, 'g', None);
            return Err(Failure::new(format!(
                "Cannot create a Decimal from {sign}{number}"
            )));
        }
        let written = format!("{number:e}");
        let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let places = i32::try_from(fraction.len()).unwrap_or(0);
        let exponent: i32 = exponent.parse().unwrap_or(0);
        Ok(Self {
            digits: format!("{whole}{fraction}").parse().unwrap_or_default(),
            exponent: exponent - places,
        })
    }

    fn to_float(&self) -> f64 {
        let written = format!("{}e{}", self.digits, self.exponent);
        written.parse().unwrap_or(0.0)
    }

    fn plus(&self, other: &Self) -> Result<Self, Failure> {
        let exponent = self.exponent.min(other.exponent);
        Ok(Self {
            digits: self.scaled(exponent) + other.scaled(exponent),
            exponent,
        })
    }

    /// The digits for a smaller exponent.
    fn scaled(&self, exponent: i32) -> IBig {
        &self.digits * power_of_ten(self.exponent - exponent)
    }

    fn over(&self, other: &Self) -> Result<Self, Failure> {
        if other.digits == IBig::ZERO {
            return Err(Failure::new("decimal division by 0"));
        }
        let shift = self.exponent - other.exponent + PLACES;
        let dividend = &self.digits * power_of_ten(shift);
        let divisor = &other.digits * power_of_ten(-shift);
        let is_negative = (dividend < IBig::ZERO) != (divisor < IBig::ZERO);
        let (quotient, rest) = dividend.div_rem(&divisor);
        let away = if is_negative { -IBig::ONE } else { IBig::ONE };
        let digits = match rest.abs() * 2 < divisor.abs() {
            true => quotient,
            false => quotient + away,
        };
        Ok(Self {
            digits,
            exponent: -PLACES,
        })
    }
}

/// A power of ten; 1 for negative exponents.
fn power_of_ten(exponent: i32) -> IBig {
    IBig::from(10).pow(usize::try_from(exponent).unwrap_or(0))
}
