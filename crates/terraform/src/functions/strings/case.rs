//! Letters: `lower`, `title`, `upper`.

use go::letters::{to_lower, to_upper};

use crate::functions::arguments::{computed_from, string};
use crate::functions::pieces::map;
use crate::functions::{Environment, Failure};
use crate::value::{Data, Value};

pub(super) fn lower(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let lower = |text: &str| text.chars().map(to_lower).collect();
    Ok(map(environment, &arguments[0], lower))
}

pub(super) fn upper(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let upper = |text: &str| text.chars().map(to_upper).collect();
    Ok(map(environment, &arguments[0], upper))
}

pub(super) fn title(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let titled = go::letters::title(string(arguments, 0)?);
    Ok(computed_from(
        environment,
        &arguments[0],
        Data::string(titled),
    ))
}
