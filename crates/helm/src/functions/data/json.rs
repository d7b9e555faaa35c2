//! `toJson`, `fromJson` and their variants.

use super::{error_list, error_map, or_empty, or_fail, wrong_type};
use crate::functions::{Arguments, Type, zero};
use crate::read::json;
use crate::run::{Failure, Run};
use crate::value::{Data, Key, Value};
use crate::write::json::{Style, write as written};

const COMPACT: Style = Style {
    escapes_html: true,
    has_lines: false,
};
const PRETTY: Style = Style {
    escapes_html: true,
    has_lines: true,
};
const RAW: Style = Style {
    escapes_html: false,
    has_lines: false,
};

pub(super) fn write(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    or_empty(written(run, arguments.value(0)?, COMPACT))
}

pub(super) fn write_pretty(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    or_empty(written(run, arguments.value(0)?, PRETTY))
}

pub(super) fn write_or_fail(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    or_fail(written(run, arguments.value(0)?, COMPACT))
}

pub(super) fn write_pretty_or_fail(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    or_fail(written(run, arguments.value(0)?, PRETTY))
}

pub(super) fn write_raw(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    or_fail(written(run, arguments.value(0)?, RAW))
}

/// Reads any value.
pub(super) fn read(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let (value, mistake) = json::read(run, arguments.text(0)?)?;
    match mistake {
        Some(mistake) => Err(Failure::new(mistake.to_string())),
        None => Ok(value),
    }
}

/// Reads a map. What is wrong stands in it under `Error`.
pub(super) fn read_map(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let (value, mistake) = json::read(run, arguments.text(0)?)?;
    Ok(match (&value.data, mistake) {
        (Data::Map(map), Some(mistake)) => {
            map.set(Key::from("Error"), Value::string(mistake.to_string()));
            value
        }
        (Data::Map(_), None) => value,
        (_, Some(mistake)) => error_map(&mistake.to_string()),
        (Data::Nil, None) => zero(Type::MAP),
        (_, None) => error_map(&wrong_type(&value, Type::MAP)),
    })
}

/// Reads a list. What is wrong is its only item.
pub(super) fn read_list(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let (value, mistake) = json::read(run, arguments.text(0)?)?;
    Ok(match (&value.data, mistake) {
        (_, Some(mistake)) => error_list(&mistake.to_string()),
        (Data::List(_), None) => value,
        (Data::Nil, None) => zero(Type::LIST),
        (_, None) => error_list(&wrong_type(&value, Type::LIST)),
    })
}
