//! `toYaml`, `fromYaml` and their variants.

use super::{error_list, error_map, or_empty, wrong_type};
use crate::functions::{Arguments, Type};
use crate::read::yaml;
use crate::run::{Failure, Run};
use crate::value::{Data, Value};
use crate::write::yaml::{write as written, write_pretty as written_pretty};

pub(super) fn write(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    or_empty(written(run, arguments.value(0)?))
}

pub(super) fn write_pretty(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    or_empty(written_pretty(run, arguments.value(0)?))
}

/// Reads a map. What is wrong stands in it under `Error`.
pub(super) fn read_map(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    Ok(match read(run, arguments, Type::MAP)? {
        Ok(value) if value.is_nil() => Value::map([]).marked(value.mark),
        Ok(value) => value,
        Err(message) => error_map(&message),
    })
}

/// Reads a list. What is wrong is its only item.
pub(super) fn read_list(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    Ok(match read(run, arguments, Type::LIST)? {
        Ok(value) if value.is_nil() => Value::list([]).marked(value.mark),
        Ok(value) => value,
        Err(message) => error_list(&message),
    })
}

fn read(
    run: &mut Run,
    arguments: &Arguments,
    wanted: Type,
) -> Result<Result<Value, String>, Failure> {
    let value = match yaml::read(run, arguments.text(0)?)? {
        Ok(value) => value,
        Err(message) => {
            return Ok(Err(format!(
                "error converting YAML to JSON: yaml: {message}"
            )));
        }
    };
    let found = match value.data {
        Data::Map(_) if wanted == Type::MAP => return Ok(Ok(value)),
        Data::List(_) if wanted == Type::LIST => return Ok(Ok(value)),
        Data::Nil => return Ok(Ok(value)),
        Data::Map(_) => "object",
        Data::List(_) => "array",
        Data::Bool(_) => "bool",
        Data::Float(_) => "number",
        _ => "string",
    };
    Ok(Err(format!(
        "error unmarshaling JSON: while decoding JSON: {}",
        wrong_type(found, wanted)
    )))
}
