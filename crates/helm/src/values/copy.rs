//! Copies of values that share no map with what they were copied from.

use crate::value::{Data, List, Map, Mark, Value};

/// A copy all the way down.
#[must_use]
pub fn copy(value: &Value) -> Value {
    let data = match &value.data {
        Data::Map(map) if !map.is_nil() => Data::Map(copy_map(map)),
        Data::List(list) if !list.is_nil() => {
            Data::List(List::new(list.ty, list.items().iter().map(copy)))
        }
        other => other.clone(),
    };
    Value {
        data,
        mark: value.mark.clone(),
    }
}

/// A copy of a map all the way down.
#[must_use]
pub fn copy_map(map: &Map) -> Map {
    let entries = map.entries().into_iter();
    Map::new(map.ty, entries.map(|(key, value)| (key, copy(&value))))
}

/// A copy of a map, of which nothing can be known for the reasons that the mark has.
#[must_use]
pub fn tainted_map(map: &Map, mark: &Mark) -> Map {
    let entries = map.entries().into_iter();
    Map::new(
        map.ty,
        entries.map(|(key, value)| (key, tainted(&value, mark))),
    )
}

fn tainted(value: &Value, mark: &Mark) -> Value {
    let data = match &value.data {
        Data::Map(map) if !map.is_nil() => Data::Map(tainted_map(map, mark)),
        Data::List(list) if !list.is_nil() => {
            let items = list.items().iter();
            Data::List(List::new(list.ty, items.map(|item| tainted(item, mark))))
        }
        other => other.clone(),
    };
    let copy = Value {
        data,
        mark: value.mark.clone(),
    };
    copy.tainted_by(mark)
}

/// A copy of a map without the keys that are null, in it and in the maps of it.
#[must_use]
pub fn without_nulls(map: &Map) -> Map {
    let entries = map.entries().into_iter();
    let kept = entries.filter(|(_, value)| !value.is_nil());
    let kept = kept.map(|(key, value)| match value.as_map() {
        Some(inner) => {
            let inner = Value::new(Data::Map(without_nulls(inner)));
            (key, inner.marked(value.mark.clone()))
        }
        None => (key, copy(&value)),
    });
    Map::new(map.ty, kept)
}
