//! Arithmetic of `float64`: `ceil`, `floor`, `round`, `maxf`, `minf`.

use crate::functions::Arguments;
use crate::functions::cast::to_float;
use crate::run::{Failure, Run};
use crate::value::{Data, Value};

pub(super) fn ceil(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    Ok(Value::float(to_float(arguments.value(0)?).ceil()))
}

pub(super) fn floor(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    Ok(Value::float(to_float(arguments.value(0)?).floor()))
}

pub(super) fn max(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    extreme(arguments, |one, other| match one == other {
        true if one == 0.0 && one.is_sign_negative() => other,
        true => one,
        false => one.max(other),
    })
}

pub(super) fn min(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    extreme(arguments, |one, other| match one == other {
        true if other == 0.0 && other.is_sign_negative() => other,
        true => one,
        false => one.min(other),
    })
}

/// The extreme of all; one that is no number makes the result none, unless infinity decides before.
fn extreme(arguments: &Arguments, choose: fn(f64, f64) -> f64) -> Result<Value, Failure> {
    let first = to_float(arguments.value(0)?);
    let others = arguments.from(1).iter().map(to_float);
    let chosen = others.fold(first, |one, other| {
        let extreme = choose(one, other);
        match one.is_nan() || other.is_nan() {
            true if extreme.is_infinite() && extreme == choose(extreme, -extreme) => extreme,
            true => f64::NAN,
            false => extreme,
        }
    });
    Ok(Value::float(chosen))
}

/// Rounds up where the rest is no less than a half, or than what is given.
pub(super) fn round(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let places = arguments.integer(1)?;
    let least = match arguments.from(2).first().map(|value| &value.data) {
        Some(Data::Float(least)) => *least,
        _ => 0.5,
    };
    // No number has more than 308 digits, and infinity is what Go has beyond, too.
    let places = i32::try_from(places.clamp(-1000, 1000)).unwrap_or(0);
    let power = 10.0_f64.powi(places);
    let shifted = power * to_float(arguments.value(0)?);
    let rounded = match shifted.fract() >= least {
        true => shifted.ceil(),
        false => shifted.floor(),
    };
    Ok(Value::float(rounded / power))
}
