//! Values by their paths, as Helm looks them up for conditions and imports.

use crate::value::{Map, Value};

/// The map at a path whose names are separated by dots.
#[must_use]
pub fn table(values: &Map, path: &str) -> Option<Map> {
    path.split('.').try_fold(values.clone(), |table, name| {
        table.get(name)?.as_map().cloned()
    })
}

/// The value at a path; nothing if it is a map.
#[must_use]
pub fn path_value(values: &Map, path: &str) -> Option<Value> {
    let (holder, name) = match path.rsplit_once('.') {
        Some((above, name)) => (table(values, above)?, name),
        None => (values.clone(), path),
    };
    holder.get(name).filter(|value| value.as_map().is_none())
}
