//! Values as numbers: `atoi`, `int`, `int64`, `float64`, `toDecimal`.

use go::numbers::{nearest_int, parse_int_of};

use crate::functions::Arguments;
use crate::functions::cast::{to_float, to_int64};
use crate::run::{Failure, Run};
use crate::value::Value;

pub(super) fn atoi(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    Ok(Value::int(nearest_int(&arguments.string(0)?)))
}

pub(super) fn int(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    Ok(Value::int(to_int64(arguments.value(0)?)))
}

pub(super) fn int64(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    Ok(Value::int64(to_int64(arguments.value(0)?)))
}

pub(super) fn float(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    Ok(Value::float(to_float(arguments.value(0)?)))
}

/// Reads the printed value as a number of base 8.
pub(super) fn from_octal(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let text = run.printed(arguments.value(0)?)?;
    Ok(Value::int64(parse_int_of(&text.to_str(), 8).unwrap_or(0)))
}
