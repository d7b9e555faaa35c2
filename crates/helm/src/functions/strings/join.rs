//! Texts made of others: `cat`, `join`, `quote`, `squote`, `repeat`, `replace`, `plural`.

use crate::functions::Arguments;
use crate::functions::text::told;
use crate::run::{Failure, Run};
use crate::value::{Text, TextBuilder, Value};

pub(super) fn cat(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let texts = each_not_nil(run, arguments, Run::printed)?;
    Ok(Value::text(Text::join(&texts, &Text::from(" "))))
}

pub(super) fn quote(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let texts = each_not_nil(run, arguments, |run, value| {
        let text = told(run, value)?;
        run.printed_as(&Value::text(text), "%q")
    })?;
    Ok(Value::text(Text::join(&texts, &Text::from(" "))))
}

pub(super) fn single_quote(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let mark = Text::from("'");
    let texts = each_not_nil(run, arguments, |run, value| {
        let text = run.printed(value)?;
        Ok(Text::join([&mark, &text, &mark], &Text::default()))
    })?;
    Ok(Value::text(Text::join(&texts, &Text::from(" "))))
}

fn each_not_nil(
    run: &mut Run,
    arguments: &Arguments,
    mut text: impl FnMut(&mut Run, &Value) -> Result<Text, Failure>,
) -> Result<Vec<Text>, Failure> {
    let values = arguments.all().iter().filter(|value| !value.is_nil());
    values.map(|value| text(run, value)).collect()
}

pub(super) fn join(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let separator = arguments.text(0)?;
    let texts = super::strings_of(run, arguments.value(1)?)?;
    let length: usize = texts.iter().map(Text::len).sum();
    run.room_for(length.saturating_add(separator.len().saturating_mul(texts.len())))?;
    Ok(Value::text(Text::join(&texts, separator)))
}

pub(super) fn repeat(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let (count, text) = (count(arguments.integer(0)?)?, arguments.text(1)?);
    run.room_for(count.saturating_mul(text.len()))?;
    if text.is_empty() {
        return Ok(Value::text(Text::default()));
    }
    let mut builder = TextBuilder::default();
    for _ in 0..count {
        builder.push(text);
    }
    Ok(Value::text(builder.finish()))
}

/// A number of repetitions.
pub(super) fn count(number: i64) -> Result<usize, Failure> {
    usize::try_from(number).map_err(|_| Failure::new("strings: negative Repeat count"))
}

pub(super) fn replace(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let (old, new, text) = (arguments.text(0)?, arguments.text(1)?, arguments.text(2)?);
    let most = match old.len() {
        0 => text.len() + 1,
        length => text.len() / length,
    };
    run.room_for(most.saturating_mul(new.len()).saturating_add(text.len()))?;
    if !old.is_empty() {
        return Ok(Value::text(text.replace(old.as_bytes(), new)));
    }
    // Nothing stands before each character, and behind the last.
    let mut builder = TextBuilder::default();
    for (range, _) in go::runes(text.as_bytes()) {
        builder.push(new);
        builder.push_range(text, range);
    }
    builder.push(new);
    Ok(Value::text(builder.finish()))
}

pub(super) fn plural(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let chosen = match arguments.integer(2)? {
        1 => arguments.value(0)?,
        _ => arguments.value(1)?,
    };
    Ok(chosen.clone())
}
