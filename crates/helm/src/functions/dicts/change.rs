//! Changed maps: `set`, `unset`, `pick`, `omit`.

use crate::functions::Arguments;
use crate::run::{Failure, Run};
use crate::value::{Key, Map, Value};

/// Changes the map itself, which all who hold it see.
pub(super) fn set(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    run.spend(1)?;
    let key = arguments.text(1)?;
    let mark = arguments.value(1)?.mark.union(&key.mark());
    let key = Key::marked(key.to_str(), mark);
    match arguments.map(0)?.set(key, arguments.value(2)?.clone()) {
        true => Ok(arguments.value(0)?.clone()),
        false => Err(Failure::new("assignment to entry in nil map")),
    }
}

pub(super) fn unset(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    arguments.map(0)?.remove(&arguments.string(1)?);
    Ok(arguments.value(0)?.clone())
}

pub(super) fn pick(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    chosen(run, arguments.map(0)?, |key| names(arguments, key))
}

pub(super) fn omit(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    chosen(run, arguments.map(0)?, |key| !names(arguments, key))
}

fn names(arguments: &Arguments, key: &Key) -> bool {
    let mut names = arguments.from(1).iter().filter_map(Value::as_text);
    names.any(|name| name.as_bytes() == key.text.as_bytes())
}

fn chosen(run: &mut Run, map: &Map, is_chosen: impl Fn(&Key) -> bool) -> Result<Value, Failure> {
    run.spend(map.len() as u64)?;
    let entries = map.entries().into_iter();
    Ok(Value::map(entries.filter(|(key, _)| is_chosen(key))))
}
