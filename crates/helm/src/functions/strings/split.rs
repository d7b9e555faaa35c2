//! Lists and maps of texts: `split`, `splitList`, `splitn`, `toStrings`, `sortAlpha`.

use crate::functions::Arguments;
use crate::functions::text::told;
use crate::run::{Failure, Run};
use crate::value::{Data, Key, Map, MapType, Text, Value};

/// The most texts that one text is split into.
const MOST_PARTS: usize = 1_000_000;

pub(super) fn split(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let parts = parts(run, arguments.text(0)?, None, arguments.text(1)?)?;
    Ok(numbered(parts))
}

pub(super) fn split_some(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let most = arguments.integer(1)?;
    // A negative number is no bound.
    let most = usize::try_from(most).ok();
    let parts = parts(run, arguments.text(0)?, most, arguments.text(2)?)?;
    Ok(numbered(parts))
}

pub(super) fn split_list(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let parts = parts(run, arguments.text(0)?, None, arguments.text(1)?)?;
    Ok(Value::strings(parts))
}

/// `_0`, `_1` … in a map.
fn numbered(parts: Vec<Text>) -> Value {
    let entry = |(index, part)| {
        let key = format!("_{index}");
        (Key::from(key.as_str()), Value::text(part))
    };
    let entries = parts.into_iter().enumerate().map(entry);
    Value::new(Data::Map(Map::new(&MapType::STRINGS, entries)))
}

fn parts(
    run: &mut Run,
    separator: &Text,
    most: Option<usize>,
    text: &Text,
) -> Result<Vec<Text>, Failure> {
    run.room_for(text.len())?;
    // A character that is a part by itself has at least one byte.
    let places = text.len() / separator.len().max(1);
    let most_parts = places.min(most.unwrap_or(usize::MAX));
    if most_parts > MOST_PARTS {
        return Err(Failure::bound(format!(
            "there are more than {MOST_PARTS} parts"
        )));
    }
    run.spend(most_parts as u64)?;
    Ok(match most {
        Some(0) => Vec::new(),
        most => split_at(separator, most.unwrap_or(usize::MAX), text),
    })
}

fn split_at(separator: &Text, most: usize, text: &Text) -> Vec<Text> {
    if separator.is_empty() {
        return characters(most, text);
    }
    let mut parts = Vec::new();
    let mut start = 0;
    while parts.len() + 1 < most
        && let Some(found) = text.find(separator.as_bytes(), start)
    {
        parts.push(text.slice(start..found));
        start = found + separator.len();
    }
    parts.push(text.slice(start..text.len()));
    parts
}

/// Each character by itself, the last with all that is left.
fn characters(most: usize, text: &Text) -> Vec<Text> {
    let mut ranges: Vec<_> = go::runes(text.as_bytes()).map(|(range, _)| range).collect();
    if ranges.len() > most {
        ranges.truncate(most);
        if let Some(last) = ranges.last_mut() {
            last.end = text.len();
        }
    }
    ranges.into_iter().map(|range| text.slice(range)).collect()
}

pub(super) fn to_strings(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    Ok(Value::strings(strings_of(run, arguments.value(0)?)?))
}

/// The items of a list as texts, without those that are nil; or else the value itself as the only text.
pub(in crate::functions) fn strings_of(run: &mut Run, value: &Value) -> Result<Vec<Text>, Failure> {
    match &value.data {
        Data::Nil => Ok(Vec::new()),
        Data::List(list) => {
            run.spend(list.len() as u64)?;
            let items = list.items().iter().filter(|item| !item.is_nil());
            items.map(|item| told(run, item)).collect()
        }
        Data::Bytes(bytes) => {
            run.spend(bytes.len() as u64)?;
            let mark = &value.mark;
            let bytes = bytes.iter();
            Ok(bytes
                .map(|byte| Text::marked(byte.to_string(), mark.clone()))
                .collect())
        }
        _ => Ok(vec![told(run, value)?]),
    }
}

pub(super) fn sorted(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let value = arguments.value(0)?;
    let mut texts = match &value.data {
        Data::Nil => vec![told(run, value)?],
        _ => strings_of(run, value)?,
    };
    texts.sort_by(|one, other| one.as_bytes().cmp(other.as_bytes()));
    Ok(Value::strings(texts))
}
