//! `format` and `formatlist`: values written by verbs.
//!
//! Source: <https://developer.hashicorp.com/terraform/language/functions/format>,
//! <https://developer.hashicorp.com/terraform/language/functions/formatlist>.

mod list;
mod numbers;
#[cfg(test)]
mod tests;
mod verb;
mod write;

use smol_str::SmolStr;

use super::arguments::{any_parameter, returns_string, returns_strings, string, string_parameter};
use super::pieces::{Pieces, because};
use super::{Environment, Failure, Function, Parameter};
use crate::value::{Data, Type, Value, safe_prefix};

use write::write;

/// The functions of this module.
pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        name: "format",
        parameters: &[string_parameter("format")],
        variadic: Some(ARGUMENTS),
        returns: returns_string,
        not_null: true,
        compute: format,
    },
    Function {
        name: "formatlist",
        parameters: &[string_parameter("format")],
        variadic: Some(ARGUMENTS),
        returns: returns_strings,
        not_null: true,
        compute: list::format_list,
    },
];

const ARGUMENTS: Parameter = any_parameter("args").or_null().or_unknown();

fn format(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let (layout, values) = (&arguments[0], &arguments[1..]);
    let Some(unknown) = values.iter().find_map(Value::first_unknown) else {
        return Ok(write(layout, values)?.known(environment));
    };
    let shape = write(layout, values).ok().and_then(Pieces::shape);
    let mut result = because(unknown, Type::String);
    result.known.not_null = true;
    result.known.prefix = beginning(string(arguments, 0)?);
    result.shape = shape;
    Ok(Value::new(
        Data::Unknown(result.into()),
        environment.origin.clone(),
    ))
}

/// What the result begins with, although values are unknown: what stands before the first percent sign.
fn beginning(layout: &str) -> SmolStr {
    layout
        .split_once('%')
        .map(|(before, _)| safe_prefix(before))
        .unwrap_or_default()
}
