//! `toToml` and `fromToml`.

use super::error_map;
use crate::functions::Arguments;
use crate::read::toml;
use crate::run::{Failure, Run};
use crate::value::Value;
use crate::write::Unwritable;
use crate::write::toml::write as written;

/// What can't be written is told in the place of the text.
pub(super) fn write(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let value = arguments.value(0)?;
    match written(run, value) {
        Ok(text) => Ok(Value::text(text)),
        // The library falls over nil instead of refusing it.
        Err(Unwritable::Refused(why)) if value.is_nil() => Err(Failure::new(why)),
        Err(Unwritable::Refused(why)) => Ok(Value::string(why)),
        Err(Unwritable::Failure(failure)) => Err(failure),
    }
}

/// Reads a map. What is wrong stands in it under `Error`.
pub(super) fn read_map(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    Ok(match toml::read(run, arguments.text(0)?)? {
        Ok(value) => value,
        Err(message) => error_map(&message),
    })
}
