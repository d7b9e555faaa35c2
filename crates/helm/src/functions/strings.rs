//! Functions on strings.

use super::{Arguments, Function};
use crate::run::{Failure, Run};
use crate::value::{Text, TextBuilder, Type, Value};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("nindent", &[Type::INT, Type::String], nindent),
    Function::new("trimSuffix", &[Type::String, Type::String], trim_suffix),
    Function::new("upper", &[Type::String], upper),
];

fn nindent(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let text = arguments.text(1)?;
    let width = usize::try_from(arguments.integer(0)?)
        .map_err(|_| Failure::new("strings: negative Repeat count"))?;
    let lines = text.split(b"\n");
    run.room_for(width.saturating_mul(lines.len()).saturating_add(text.len()))?;
    let spaces = Text::from(" ".repeat(width));
    let mut builder = TextBuilder::default();
    for line in &lines {
        builder.push(&Text::from("\n"));
        builder.push(&spaces);
        builder.push(line);
    }
    Ok(Value::text(builder.finish()))
}

fn trim_suffix(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let (suffix, text) = (arguments.text(0)?, arguments.text(1)?);
    let kept = text.as_bytes().strip_suffix(suffix.as_bytes());
    let length = kept.map_or(text.len(), <[u8]>::len);
    Ok(Value::text(text.slice(0..length)))
}

fn upper(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let text = arguments.text(0)?;
    let mut builder = TextBuilder::default();
    for (start, letter) in text.to_str().char_indices() {
        let range = start..start + letter.len_utf8();
        builder.push_instead(letter.to_uppercase().to_string(), text, range);
    }
    Ok(Value::text(builder.finish()))
}
