//! What a string contains: `endswith`, `startswith`, `strcontains`.

use crate::functions::arguments::{computed_from, string, unknown};
use crate::functions::{Environment, Failure};
use crate::value::{Data, Type, Unknown, Value};

pub(super) fn ends_with(
    environment: &Environment<'_>,
    arguments: &[Value],
) -> Result<Value, Failure> {
    let ends = string(arguments, 0)?.ends_with(string(arguments, 1)?);
    Ok(computed_from(environment, &arguments[0], Data::Bool(ends)))
}

pub(super) fn contains(
    environment: &Environment<'_>,
    arguments: &[Value],
) -> Result<Value, Failure> {
    let contains = string(arguments, 0)?.contains(string(arguments, 1)?);
    Ok(computed_from(
        environment,
        &arguments[0],
        Data::Bool(contains),
    ))
}

/// Decides for an unknown string too where enough of its beginning is known.
pub(super) fn starts_with(
    environment: &Environment<'_>,
    arguments: &[Value],
) -> Result<Value, Failure> {
    let whole = &arguments[0];
    let prefix = string(arguments, 1)?;
    let data = match whole.unknown() {
        None => Data::Bool(string(arguments, 0)?.starts_with(prefix)),
        Some(known) => match begins_with(known, prefix) {
            Some(begins) => Data::Bool(begins),
            None => return Ok(unknown(environment, Type::Bool, whole)),
        },
    };
    Ok(computed_from(environment, whole, data))
}

fn begins_with(unknown: &Unknown, prefix: &str) -> Option<bool> {
    let known = unknown.known.prefix.as_str();
    if known.starts_with(prefix) {
        return Some(true);
    }
    (known.len() >= prefix.len()).then_some(false)
}
