//! Lines further to the right: `indent`, `nindent`.

use crate::functions::Arguments;
use crate::run::{Failure, Run};
use crate::value::{Text, TextBuilder, Value};

pub(super) fn indent(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    indented(run, arguments, "")
}

pub(super) fn nindent(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    indented(run, arguments, "\n")
}

fn indented(run: &mut Run, arguments: &Arguments, before: &str) -> Result<Value, Failure> {
    let text = arguments.text(1)?;
    let width = super::join::count(arguments.integer(0)?)?;
    let lines = text.as_bytes().split(|byte| *byte == b'\n').count();
    run.room_for(width.saturating_mul(lines).saturating_add(text.len()))?;
    let spaces = Text::from(" ".repeat(width));
    let mut builder = TextBuilder::default();
    builder.push(&Text::from(before));
    builder.push(&spaces);
    let mut start = 0;
    while let Some(end) = text.find(b"\n", start) {
        builder.push_range(text, start..end + 1);
        builder.push(&spaces);
        start = end + 1;
    }
    builder.push_range(text, start..text.len());
    Ok(Value::text(builder.finish()))
}
