//! `regex` and `regexall`: patterns in the syntax of Go's `regexp`.
//!
//! The syntax is read here and not by the `regex` crate, because the same text means other things to the two: `\d` and
//! `\b` are ASCII to Go, `a**` and `(?x)` are mistakes, `[a&&b]` has no operator. The crate's engine then agrees with
//! Go.
//!
//! Source: <https://developer.hashicorp.com/terraform/language/functions/regex>, <https://pkg.go.dev/regexp/syntax>.

mod class;
mod escape;
mod groups;
mod parse;
mod pattern;
mod scripts;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use super::arguments::{computed_from, string, string_parameter};
use super::{Environment, Failure, Function, Parameter};
use crate::value::{Data, Type, Value};

pub(super) use class::category;
pub(super) use pattern::{Found, Pattern};

use groups::result_type;

/// The functions of this module.
pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        name: "regex",
        parameters: PARAMETERS,
        variadic: None,
        returns: |arguments| match arguments[0].as_str() {
            Some(pattern) => result_type(pattern),
            None => Ok(Type::Dynamic),
        },
        not_null: true,
        compute: regex,
    },
    Function {
        name: "regexall",
        parameters: PARAMETERS,
        variadic: None,
        returns: |arguments| match arguments[0].as_str() {
            Some(pattern) => Ok(Type::list(result_type(pattern)?)),
            None => Ok(Type::list(Type::Dynamic)),
        },
        not_null: true,
        compute: regex_all,
    },
];

const PARAMETERS: &[Parameter] = &[string_parameter("pattern"), string_parameter("string")];

fn regex(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let pattern = compile(arguments)?;
    let whole = string(arguments, 1)?;
    let found = pattern
        .first(whole)?
        .ok_or_else(|| Failure::Call("the pattern is nowhere in the string".into()))?;
    Ok(pattern.result(environment, &arguments[1], &found))
}

fn regex_all(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let pattern = compile(arguments)?;
    let found = pattern.all(string(arguments, 1)?)?;
    let items = found
        .iter()
        .map(|found| pattern.result(environment, &arguments[1], found));
    let data = Data::List(pattern.result_type(), items.collect());
    Ok(computed_from(environment, &arguments[1], data))
}

fn compile(arguments: &[Value]) -> Result<Rc<Pattern>, Failure> {
    Pattern::compiled(string(arguments, 0)?).map_err(groups::invalid)
}
