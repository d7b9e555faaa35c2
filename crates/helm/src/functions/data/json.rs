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
    Ok(match read_as(run, arguments, Type::MAP)? {
        (value, Some(message)) => match &value.data {
            Data::Map(map) => {
                map.set(Key::from("Error"), Value::string(message));
                value
            }
            _ => error_map(&message),
        },
        (value, None) if value.is_nil() => zero(Type::MAP),
        (value, None) => value,
    })
}

/// Reads a list. What is wrong is its only item.
pub(super) fn read_list(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    Ok(match read_as(run, arguments, Type::LIST)? {
        (_, Some(message)) => error_list(&message),
        (value, None) if value.is_nil() => zero(Type::LIST),
        (value, None) => value,
    })
}

/// A value of a type, or nil, and what is wrong.
fn read_as(
    run: &mut Run,
    arguments: &Arguments,
    wanted: Type,
) -> Result<(Value, Option<String>), Failure> {
    let text = arguments.text(0)?;
    let (value, mistake) = json::read(run, text)?;
    if let Some(mistake) = mistake.as_ref().filter(|mistake| mistake.is_of_syntax()) {
        return Ok((Value::nil(), Some(mistake.to_string())));
    }
    let found = found(text.as_bytes());
    let fits = match wanted {
        Type::Map(_) => found == "object",
        _ => found == "array",
    };
    Ok(match fits || found == "null" {
        true => (value, mistake.map(|mistake| mistake.to_string())),
        false => (Value::nil(), Some(wrong_type(found, wanted))),
    })
}

/// What a text holds, in the words of Go.
fn found(text: &[u8]) -> &'static str {
    match text.trim_ascii_start().first() {
        Some(b'[') => "array",
        Some(b'{') => "object",
        Some(b'"') => "string",
        Some(b't' | b'f') => "bool",
        Some(b'n') => "null",
        _ => "number",
    }
}
