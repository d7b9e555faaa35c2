//! The functions of the provider that Terraform has built in.
//!
//! Source: <https://developer.hashicorp.com/terraform/language/functions/terraform-encode_tfvars>.

use super::hcl::Lines;
use super::tfvars;
use crate::functions::arguments::{
    any_parameter, computed_from, returns_any, returns_string, string_parameter,
};
use crate::functions::files::is_identifier;
use crate::functions::results::{refined, unknown_result};
use crate::functions::{Environment, Failure, Function};
use crate::value::{Data, Type, Value};

/// The functions of this file.
pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        name: "decode_tfvars",
        parameters: &[string_parameter("src")],
        variadic: None,
        returns: returns_any,
        not_null: false,
        compute: |environment, arguments| tfvars::decode(environment, &arguments[0]),
    },
    Function {
        name: "encode_expr",
        parameters: &[any_parameter("value").or_unknown().or_dynamic()],
        variadic: None,
        returns: returns_string,
        not_null: true,
        compute: encode_expr,
    },
    Function {
        name: "encode_tfvars",
        parameters: &[any_parameter("value").or_unknown().or_dynamic()],
        variadic: None,
        returns: returns_string,
        not_null: true,
        compute: encode_tfvars,
    },
];

fn encode_expr(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let argument = &arguments[0];
    if !argument.is_wholly_known() {
        let result = unknown_result(environment, Type::String, arguments, None);
        return Ok(refined(result, |known| {
            known.prefix = prefix(argument).into();
        }));
    }
    let mut lines = Lines::default();
    lines.value(argument);
    Ok(computed_from(
        environment,
        argument,
        Data::string(lines.finish()),
    ))
}

/// How the expression of a value begins that is partly unknown.
fn prefix(value: &Value) -> &'static str {
    let may_be_null = value
        .unknown()
        .is_some_and(|unknown| !unknown.known.not_null);
    match value.ty() {
        _ if may_be_null => "",
        Type::String => "\"",
        Type::Object(_) | Type::Map(_) => "{",
        Type::Tuple(_) | Type::List(_) | Type::Set(_) => "[",
        _ => "",
    }
}

fn encode_tfvars(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let argument = &arguments[0];
    if !argument.is_wholly_known() {
        return Ok(unknown_result(environment, Type::String, arguments, None));
    }
    let entries = argument
        .as_entries()
        .ok_or_else(|| Failure::call("the variables must be an object or a map"))?;
    let mut lines = Lines::default();
    for (name, value) in entries.iter() {
        if !is_identifier(name) {
            return Err(Failure::call("a key is no name that a variable can have"));
        }
        lines.attribute(name, value);
    }
    Ok(computed_from(
        environment,
        argument,
        Data::string(lines.finish()),
    ))
}
