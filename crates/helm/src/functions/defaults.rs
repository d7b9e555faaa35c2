//! Values in place of empty ones, and choices.
//!
//! Source: <https://masterminds.github.io/sprig/defaults.html>.

use super::{Arguments, Function, Type};
use crate::run::{Failure, Run};
use crate::value::{Data, Mark, Value};

/// The functions of this module.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("all", &[], all).variadic(Type::Any),
    Function::new("any", &[], any).variadic(Type::Any),
    Function::new("coalesce", &[], coalesce)
        .variadic(Type::Any)
        .keeps_origins(),
    Function::new("default", &[Type::Any], default)
        .variadic(Type::Any)
        .keeps_origins(),
    Function::new("empty", &[Type::Any], empty),
    Function::new("ternary", &[Type::Any, Type::Any, Type::Bool], ternary).keeps_origins(),
];

/// Whether a value is empty to Sprig. If that rests on what can't be known, it is a decision.
pub(super) fn is_empty(run: &mut Run, value: &Value) -> bool {
    match &value.data {
        // A pointer to a struct is something; the language has it so for every struct.
        Data::Object(_) => false,
        _ => !run.truth(value),
    }
}

fn default(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let default = arguments.value(0)?;
    match arguments.from(1).first() {
        Some(given) if !is_empty(run, given) => Ok(given.clone()),
        Some(empty) => Ok(default.clone().in_place_of(&empty.whole_mark())),
        None => Ok(default.clone()),
    }
}

fn empty(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    Ok(Value::bool(is_empty(run, arguments.value(0)?)))
}

fn coalesce(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let mut empty = Mark::default();
    for value in arguments.all() {
        if !is_empty(run, value) {
            return Ok(value.clone().in_place_of(&empty));
        }
        empty = empty.union(&value.whole_mark());
    }
    Ok(Value::default())
}

fn all(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let mut values = arguments.all().iter();
    Ok(Value::bool(values.all(|value| !is_empty(run, value))))
}

fn any(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let mut values = arguments.all().iter();
    Ok(Value::bool(values.any(|value| !is_empty(run, value))))
}

fn ternary(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let index = if run.truth(arguments.value(2)?) { 0 } else { 1 };
    Ok(arguments.value(index)?.clone())
}
