//! What maps hold: `get`, `hasKey`, `keys`, `values`, `pluck`, `dig`.

use crate::functions::{Arguments, Type};
use crate::run::{Failure, Run};
use crate::value::{Data, Map, Text, Value};

pub(super) fn get(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let value = arguments.map(0)?.get(&arguments.string(1)?);
    Ok(value.unwrap_or_else(|| Value::string("")))
}

pub(super) fn has_key(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let has = arguments.map(0)?.contains(&arguments.string(1)?);
    Ok(Value::bool(has))
}

/// The keys of all maps, those of each in order, though Go has them in any.
pub(super) fn keys(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let mut keys = Vec::new();
    for value in arguments.all() {
        let Data::Map(map) = &value.data else {
            continue;
        };
        run.spend(map.len() as u64)?;
        for (key, _) in map.entries() {
            keys.push(Text::marked(key.text.as_bytes(), key.mark));
        }
    }
    Ok(Value::strings(keys))
}

/// The values in the order of their keys, though Go has them in any.
pub(super) fn values(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let map = arguments.map(0)?;
    run.spend(map.len() as u64)?;
    let entries = map.entries().into_iter();
    Ok(Value::list(entries.map(|(_, value)| value)))
}

pub(super) fn pluck(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let key = arguments.string(0)?;
    let maps = arguments.from(1).iter().filter_map(Value::as_map);
    Ok(Value::list(maps.filter_map(|map| map.get(&key))))
}

/// The value at the end of a path of keys, or what stands before the map.
pub(super) fn dig(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let [keys @ .., default, value] = arguments.all() else {
        return Err(too_few());
    };
    if keys.is_empty() {
        return Err(too_few());
    }
    let mut value = value.clone();
    let mut map = map_of(&value)?;
    let keys: Vec<&Text> = keys.iter().map(key_of).collect::<Result<_, _>>()?;
    for (index, key) in keys.iter().enumerate() {
        if index > 0 {
            map = map_of(&value)?;
        }
        match map.get(&key.to_str()) {
            Some(step) => value = step,
            None => return Ok(default.clone()),
        }
    }
    Ok(value)
}

fn too_few() -> Failure {
    Failure::new("dig needs at least three arguments")
}

fn key_of(value: &Value) -> Result<&Text, Failure> {
    value
        .as_text()
        .ok_or_else(|| not_converted(value, Type::String))
}

/// A map of the very type that Sprig asks for.
fn map_of(value: &Value) -> Result<Map, Failure> {
    match &value.data {
        Data::Map(map) if Type::Map(map.ty) == Type::MAP => Ok(map.clone()),
        Data::Unknown => Ok(Map::nil(&crate::value::MapType::ANY)),
        _ => Err(not_converted(value, Type::MAP)),
    }
}

fn not_converted(value: &Value, wanted: Type) -> Failure {
    let found = match value.is_nil() {
        true => "nil",
        false => value.ty().name(),
    };
    Failure::new(format!(
        "interface conversion: interface {{}} is {found}, not {wanted}"
    ))
}
