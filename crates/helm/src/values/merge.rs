//! Values files on top of each other.

use crate::value::{Data, Map, Value};

/// A new map of the entries of both; where both have a map, the maps are merged, and elsewhere the second counts.
#[must_use]
pub fn merge(below: &Map, above: &Map) -> Map {
    let merged = below.shallow_copy();
    for (key, value) in above.entries() {
        let value = match (merged.get(&key.text), value.as_map()) {
            (Some(old), Some(new)) if old.as_map().is_some() => {
                let old = old.as_map().map(|old| merge(old, new));
                let data = old.map_or_else(|| value.data.clone(), Data::Map);
                Value::new(data).marked(value.mark.clone())
            }
            _ => value,
        };
        merged.set(key, value);
    }
    merged
}
