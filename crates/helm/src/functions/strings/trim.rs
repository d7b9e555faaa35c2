//! Texts without their ends: `trim`, `trimAll`, `trimPrefix`, `trimSuffix`, and without blanks: `nospace`.

use std::collections::HashSet;

use go::runes;

use crate::functions::Arguments;
use crate::run::{Failure, Run};
use crate::value::{TextBuilder, Value};

pub(super) fn trim(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    trimmed(arguments, 0, char::is_whitespace)
}

pub(super) fn trim_all(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let letters: HashSet<char> = runes(arguments.text(0)?.as_bytes())
        .map(|(_, letter)| letter)
        .collect();
    trimmed(arguments, 1, |letter| letters.contains(&letter))
}

fn trimmed(
    arguments: &Arguments,
    index: usize,
    is_trimmed: impl Fn(char) -> bool,
) -> Result<Value, Failure> {
    let text = arguments.text(index)?;
    let mut kept = runes(text.as_bytes()).filter(|(_, letter)| !is_trimmed(*letter));
    let first = kept.next().map(|(range, _)| range);
    let last = kept.last().map(|(range, _)| range).or(first.clone());
    let range = match (first, last) {
        (Some(first), Some(last)) => first.start..last.end,
        _ => 0..0,
    };
    Ok(Value::text(text.slice(range)))
}

pub(super) fn trim_prefix(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let (prefix, text) = (arguments.text(0)?, arguments.text(1)?);
    let start = match text.as_bytes().starts_with(prefix.as_bytes()) {
        true => prefix.len(),
        false => 0,
    };
    Ok(Value::text(text.slice(start..text.len())))
}

pub(super) fn trim_suffix(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let (suffix, text) = (arguments.text(0)?, arguments.text(1)?);
    let kept = text.as_bytes().strip_suffix(suffix.as_bytes());
    let length = kept.map_or(text.len(), <[u8]>::len);
    Ok(Value::text(text.slice(0..length)))
}

/// Takes each byte for a character of Latin-1, as Sprig does: other letters don't survive it where there is a blank.
pub(super) fn without_blanks(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let text = arguments.text(0)?;
    let is_blank = |byte: u8| char::from(byte).is_whitespace();
    if !text.as_bytes().iter().any(|byte| is_blank(*byte)) {
        return Ok(arguments.value(0)?.clone());
    }
    run.room_for(text.len())?;
    let mut builder = TextBuilder::default();
    for (at, byte) in text.as_bytes().iter().enumerate() {
        if !is_blank(*byte) {
            builder.push_instead(char::from(*byte).to_string(), text, at..at + 1);
        }
    }
    Ok(Value::text(builder.finish()))
}
