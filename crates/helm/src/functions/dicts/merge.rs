//! `merge` and `mergeOverwrite`, which change the first map.
//!
//! Source: <https://pkg.go.dev/dario.cat/mergo>.

use crate::functions::Arguments;
use crate::run::{Failure, Run, is_true};
use crate::value::{Data, Key, Map, Value};

/// How deep maps may be nested. What is endless can't be merged.
const DEEPEST: usize = 500;

/// What becomes of a value where both maps have one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Winner {
    /// That of the first map, unless it is empty.
    First,
    /// That of the last map.
    Last,
}

pub(super) fn merge(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    merged(run, arguments, Winner::First)
}

pub(super) fn merge_overwriting(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    merged(run, arguments, Winner::Last)
}

fn merged(run: &mut Run, arguments: &Arguments, winner: Winner) -> Result<Value, Failure> {
    let mut target = arguments.value(0)?.clone();
    for source in arguments.from(1).iter().filter_map(Value::as_map) {
        let Data::Map(map) = &target.data else { break };
        if map.is_nil() && !source.is_nil() {
            target.data = Data::Map(Map::new(map.ty, []));
        }
        if let Data::Map(map) = &target.data {
            merge_into(run, map, source, winner, DEEPEST)?;
        }
    }
    Ok(target)
}

fn merge_into(
    run: &mut Run,
    target: &Map,
    source: &Map,
    winner: Winner,
    depth: usize,
) -> Result<(), Failure> {
    let depth = depth
        .checked_sub(1)
        .ok_or_else(|| Failure::bound("maps are nested too deep to be merged"))?;
    for (key, value) in source.entries() {
        run.spend(1)?;
        merge_entry(run, target, key, value, winner, depth)?;
    }
    Ok(())
}

fn merge_entry(
    run: &mut Run,
    target: &Map,
    key: Key,
    value: Value,
    winner: Winner,
    depth: usize,
) -> Result<(), Failure> {
    let old = target.get(&key.text);
    if value.is_nil() {
        if winner == Winner::Last {
            target.set(key, value);
        }
        return Ok(());
    }
    if let (Some(Data::Map(old)), Data::Map(new)) = (old.as_ref().map(|old| &old.data), &value.data)
    {
        merge_into(run, old, new, winner, depth)?;
        if !old.is_empty() {
            return Ok(());
        }
    }
    let keeps_old = old.is_some_and(|old| is_full(&old));
    if winner == Winner::Last || !keeps_old {
        target.set(key, value);
    }
    Ok(())
}

/// Whether a value counts as something, that is not to be replaced.
fn is_full(value: &Value) -> bool {
    match &value.data {
        Data::Object(_) | Data::Complex(..) => true,
        _ => is_true(value),
    }
}
