//! `merge` and `mergeOverwrite`, which change the first map.
//!
//! Source: <https://pkg.go.dev/dario.cat/mergo>.

use crate::functions::{Arguments, Type};
use crate::run::{Failure, Run, is_true};
use crate::value::{Data, Key, Map, Value};
use go::deeper;

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
    // A map of strings takes no values of any type, not even strings among them.
    let takes = target.ty.element == Type::Any || target.ty.element == source.ty.element;
    for (key, value) in source.entries() {
        run.spend(1)?;
        let Some(value) = merged_entry(run, target, &key, value, winner, depth)? else {
            continue;
        };
        if !takes {
            let (given, wanted) = (source.ty.element, target.ty.element);
            return Err(Failure::new(format!(
                "reflect.Value.SetMapIndex: value of type {given} is not assignable to type {wanted}"
            )));
        }
        target.set(key, value);
    }
    Ok(())
}

/// What takes the place of an entry, if anything does.
fn merged_entry(
    run: &mut Run,
    target: &Map,
    key: &Key,
    value: Value,
    winner: Winner,
    depth: usize,
) -> Result<Option<Value>, Failure> {
    let old = target.get(&key.text);
    if value.is_nil() {
        return Ok((winner == Winner::Last).then_some(value));
    }
    if let (Some(Data::Map(old)), Data::Map(new)) = (old.as_ref().map(|old| &old.data), &value.data)
    {
        deeper(|| merge_into(run, old, new, winner, depth))?;
        if !old.is_empty() {
            return Ok(None);
        }
    }
    let keeps_old = old.is_some_and(|old| is_full(&old));
    Ok((winner == Winner::Last || !keeps_old).then_some(value))
}

/// Whether a value counts as something, that is not to be replaced.
fn is_full(value: &Value) -> bool {
    match &value.data {
        Data::Object(_) | Data::Complex(..) => true,
        _ => is_true(value),
    }
}
