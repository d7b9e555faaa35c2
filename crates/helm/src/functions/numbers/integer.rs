//! Arithmetic of `int64`, which wraps around.

use crate::functions::Arguments;
use crate::functions::cast::to_int64;
use crate::run::{Failure, Run};
use crate::value::Value;

fn folded(arguments: &Arguments, operation: fn(i64, i64) -> i64) -> Result<Value, Failure> {
    let first = to_int64(arguments.value(0)?);
    let others = arguments.from(1).iter().map(to_int64);
    Ok(Value::int64(others.fold(first, operation)))
}

pub(super) fn add(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let numbers = arguments.all().iter().map(to_int64);
    Ok(Value::int64(numbers.fold(0, i64::wrapping_add)))
}

pub(super) fn add_one(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    Ok(Value::int64(to_int64(arguments.value(0)?).wrapping_add(1)))
}

pub(super) fn subtract(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    folded(arguments, i64::wrapping_sub)
}

pub(super) fn multiply(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    folded(arguments, i64::wrapping_mul)
}

pub(super) fn max(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    folded(arguments, i64::max)
}

pub(super) fn min(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    folded(arguments, i64::min)
}

pub(super) fn divide(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    divided(arguments, i64::wrapping_div)
}

pub(super) fn remainder(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    divided(arguments, i64::wrapping_rem)
}

fn divided(arguments: &Arguments, operation: fn(i64, i64) -> i64) -> Result<Value, Failure> {
    match to_int64(arguments.value(1)?) {
        0 => Err(Failure::new("runtime error: integer divide by zero")),
        divisor => Ok(Value::int64(operation(
            to_int64(arguments.value(0)?),
            divisor,
        ))),
    }
}
