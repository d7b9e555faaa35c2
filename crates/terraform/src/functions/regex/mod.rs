//! `regex` and `regexall`: patterns in the syntax of Go's `regexp`.
//!
//! Source: <https://developer.hashicorp.com/terraform/language/functions/regex>, <https://pkg.go.dev/regexp/syntax>.

mod groups;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use go::regexp::Pattern;

use super::arguments::{computed_from, string, string_parameter};
use super::{Environment, Failure, Function, Parameter};
use crate::value::{Data, Type, Value};

use groups::{result, result_type, results_of};

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
    Ok(result(&pattern, environment, &arguments[1], &found))
}

fn regex_all(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let pattern = compile(arguments)?;
    let found = pattern.all(string(arguments, 1)?)?;
    let items = found
        .iter()
        .map(|found| result(&pattern, environment, &arguments[1], found));
    let data = Data::List(results_of(&pattern), items.collect());
    Ok(computed_from(environment, &arguments[1], data))
}

fn compile(arguments: &[Value]) -> Result<Rc<Pattern>, Failure> {
    Pattern::compiled(string(arguments, 0)?).map_err(groups::invalid)
}
