//! Values as text, with the places of what they hold.

use crate::run::{Failure, Run};
use crate::value::{Data, Text, Value};

/// A value as Sprig's functions take it for text: a string as it is, and others as they are printed.
pub(super) fn told(run: &mut Run, value: &Value) -> Result<Text, Failure> {
    match &value.data {
        Data::String(text) => Ok(text.or_marked(&value.mark)),
        Data::Bytes(bytes) => Ok(Text::marked(bytes, value.mark.clone())),
        _ => run.printed(value),
    }
}
