//! Functions of dates and times.
//!
//! Source: <https://developer.hashicorp.com/terraform/language/functions>, section "Date and Time Functions".

mod layout;
#[cfg(test)]
mod tests;
mod timestamp;

use std::cmp::Ordering;

use super::arguments::{computed_from, returns_number, returns_string, string, string_parameter};
use super::{Environment, Failure, Function, Parameter};
use crate::value::{Cause, Data, Number, Type, Unknown, Value};

use timestamp::{Strictness, Timestamp};

/// The functions of this module.
pub(super) const FUNCTIONS: &[Function] = &[
    row(
        "formatdate",
        &[string_parameter("format"), string_parameter("time")],
        format_date,
    ),
    row("plantimestamp", &[], |environment, _| {
        Ok(now(environment, "plantimestamp"))
    }),
    Function {
        not_null: false,
        ..row(
            "timeadd",
            &[string_parameter("timestamp"), string_parameter("duration")],
            add,
        )
    },
    Function {
        returns: returns_number,
        ..row(
            "timecmp",
            &[
                string_parameter("timestamp_a"),
                string_parameter("timestamp_b"),
            ],
            compare,
        )
    },
    row("timestamp", &[], |environment, _| {
        Ok(now(environment, "timestamp"))
    }),
];

const fn row(
    name: &'static str,
    parameters: &'static [Parameter],
    compute: super::Compute,
) -> Function {
    Function {
        name,
        parameters,
        variadic: None,
        returns: returns_string,
        not_null: true,
        compute,
    }
}

fn format_date(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let timestamp = timestamp(arguments, 1, Strictness::Rfc3339)?;
    let formatted = layout::format(&timestamp, string(arguments, 0)?)
        .map_err(|message| Failure::Argument { index: 0, message })?;
    Ok(computed_from(
        environment,
        &arguments[1],
        Data::string(formatted),
    ))
}

fn add(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    // Terraform blames the call, not the argument.
    let timestamp = Timestamp::parse(string(arguments, 0)?, Strictness::Rfc3339)
        .ok_or_else(|| Failure::Call(NO_TIMESTAMP.into()))?;
    let duration = go::duration::parse(string(arguments, 1)?)
        .ok_or_else(|| Failure::Call("this is no duration such as `1h30m`".into()))?;
    let sum = timestamp.plus(duration).to_string();
    Ok(computed_from(environment, &arguments[0], Data::string(sum)))
}

fn compare(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let one = timestamp(arguments, 0, Strictness::Go)?;
    let two = timestamp(arguments, 1, Strictness::Go)?;
    let order = match one.instant().cmp(&two.instant()) {
        Ordering::Less => -1_i64,
        Ordering::Equal => 0,
        Ordering::Greater => 1,
    };
    let data = Data::Number(Number::from(order));
    Ok(computed_from(environment, &arguments[0], data))
}

const NO_TIMESTAMP: &str = "this is no timestamp such as `2006-01-02T15:04:05Z`";

fn timestamp(
    arguments: &[Value],
    index: usize,
    strictness: Strictness,
) -> Result<Timestamp, Failure> {
    Timestamp::parse(string(arguments, index)?, strictness)
        .ok_or_else(|| Failure::argument(index, NO_TIMESTAMP))
}

/// The time of the run, which no input says.
fn now(environment: &Environment<'_>, name: &str) -> Value {
    let place = Some(environment.origin.span);
    let mut unknown = Unknown::new(Type::String, Cause::Impure(name.into()), place);
    unknown.known.not_null = true;
    Value::new(Data::Unknown(unknown.into()), environment.origin.clone())
}
