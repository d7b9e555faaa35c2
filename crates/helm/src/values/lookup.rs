//! Values by their paths, as Helm looks them up for conditions and imports.

use crate::value::{Data, Map, Mark, Value};

/// The map at a path whose names are separated by dots.
#[must_use]
pub fn table(values: &Map, path: &str) -> Option<Map> {
    path.split('.').try_fold(values.clone(), |table, name| {
        table.get(name)?.as_map().cloned()
    })
}

/// The value at a path, or an unknown one if that is not known of what is above it; nothing if it is a map.
#[must_use]
pub fn path_value(values: &Map, path: &str) -> Option<Value> {
    let mut map = values.clone();
    let mut mark = Mark::default();
    let mut names = path.split('.').peekable();
    while let Some(name) = names.next() {
        let Some(value) = map.get(name) else {
            return mark.is_unknown().then(|| Value::unknown(mark));
        };
        if names.peek().is_none() || matches!(value.data, Data::Unknown) {
            return Some(value).filter(|value| value.as_map().is_none());
        }
        map = value.as_map()?.clone();
        mark = value.mark;
    }
    None
}
