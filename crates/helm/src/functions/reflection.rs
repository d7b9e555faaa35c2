//! Types and kinds of values, and whether values are equal in all their parts.
//!
//! Source: <https://masterminds.github.io/sprig/reflection.html>.

use super::equal::deep_equal;
use super::{Arguments, Function, Type};
use crate::run::{Failure, Run};
use crate::value::Value;

/// The functions of this module.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("deepEqual", &[Type::Any, Type::Any], deep_equals).reads_elements(),
    Function::new("kindIs", &[Type::String, Type::Any], kind_is),
    Function::new("kindOf", &[Type::Any], kind_of),
    Function::new("typeIs", &[Type::String, Type::Any], type_is),
    Function::new("typeIsLike", &[Type::String, Type::Any], type_is_like),
    Function::new("typeOf", &[Type::Any], type_of),
];

fn deep_equals(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let (one, other) = (arguments.value(0)?, arguments.value(1)?);
    Ok(Value::bool(deep_equal(run, one, other)?))
}

/// The kind of a value; nil has none.
fn kind(value: &Value) -> &'static str {
    match value.is_nil() {
        true => "invalid",
        false => value.ty().kind(),
    }
}

/// The name of the type of a value, as `%T` prints it.
fn type_name(value: &Value) -> &'static str {
    match value.is_nil() {
        true => "<nil>",
        false => value.ty().name(),
    }
}

fn kind_of(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    Ok(Value::string(kind(arguments.value(0)?)))
}

fn kind_is(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let kind = kind(arguments.value(1)?);
    Ok(Value::bool(
        arguments.text(0)?.as_bytes() == kind.as_bytes(),
    ))
}

fn type_of(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    Ok(Value::string(type_name(arguments.value(0)?)))
}

fn type_is(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let name = type_name(arguments.value(1)?);
    Ok(Value::bool(
        arguments.text(0)?.as_bytes() == name.as_bytes(),
    ))
}

/// The same for the type that a pointer points to.
fn type_is_like(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let name = type_name(arguments.value(1)?);
    let wanted = arguments.string(0)?;
    let is_pointed_to = name.strip_prefix('*') == Some(wanted.as_ref());
    Ok(Value::bool(is_pointed_to || name == wanted))
}
