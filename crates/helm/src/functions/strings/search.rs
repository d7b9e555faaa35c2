//! What a text contains: `contains`, `hasPrefix`, `hasSuffix`.

use crate::functions::Arguments;
use crate::run::{Failure, Run};
use crate::value::Value;

pub(super) fn contains(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let (part, text) = (arguments.text(0)?, arguments.text(1)?);
    run.room_for(text.len())?;
    Ok(Value::bool(text.find(part.as_bytes(), 0).is_some()))
}

pub(super) fn has_prefix(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let (part, text) = (arguments.text(0)?, arguments.text(1)?);
    Ok(Value::bool(text.as_bytes().starts_with(part.as_bytes())))
}

pub(super) fn has_suffix(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let (part, text) = (arguments.text(0)?, arguments.text(1)?);
    Ok(Value::bool(text.as_bytes().ends_with(part.as_bytes())))
}
