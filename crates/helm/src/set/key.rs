//! Paths: names separated by dots, with indices in brackets.

use super::typed::string;
use super::{Form, Parser, Stop, failed};
use crate::template::quote;
use crate::value::{Data, Key, List, ListType, Map, MapType, Type, Value};

/// How many names a path may have.
const DEEPEST: usize = 30;

impl Parser<'_> {
    /// Reads one path with its value, and sets that in a map.
    pub(super) fn key(&mut self, map: &Map, above: &str, depth: usize) -> Result<(), Stop> {
        let stops: &[char] = match self.form {
            Form::Literal => &['=', '[', '.'],
            _ => &['=', '[', ',', '.'],
        };
        let (name, stop) = self.scanner.until(stops);
        let path = match above.is_empty() {
            true => name.clone(),
            false => format!("{above}.{name}"),
        };
        match stop {
            None if name.is_empty() => Err(Stop::End),
            None => failed(format!("key {} has no value", shown(&name))),
            Some('=') => self.assign(map, &name, &path),
            Some('[') => self.indexed(map, &name, &path, depth),
            Some('.') => self.nested(map, &name, &path, depth + 1),
            Some(_) => failed(format!(
                "key {} has no value (cannot end with ,)",
                shown(&name)
            )),
        }
    }

    fn assign(&mut self, map: &Map, name: &str, path: &str) -> Result<(), Stop> {
        let value = self.value(path)?;
        let is_end = value.is_none();
        let value = value.unwrap_or_else(|| string("", &self.mark(path)));
        self.put(map, name, path, value);
        if is_end { Err(Stop::End) } else { Ok(()) }
    }

    fn indexed(&mut self, map: &Map, name: &str, path: &str, depth: usize) -> Result<(), Stop> {
        let index = self.index()?;
        let list = match map.get(name) {
            None => Vec::new(),
            Some(Value {
                data: Data::List(list),
                ..
            }) => list.items().to_vec(),
            Some(other) => return failed(not(&other, Type::LIST)),
        };
        let (list, result) = self.item(list, index, path, depth);
        let list = Value::new(Data::List(List::new(&ListType::ANY, list)));
        let list = list.marked(self.mark(path));
        self.put(map, name, path, list);
        result
    }

    fn nested(&mut self, map: &Map, name: &str, path: &str, depth: usize) -> Result<(), Stop> {
        check_depth(depth)?;
        let inner = match map.get(name) {
            None => Map::new(&MapType::ANY, []),
            Some(value) => match value.as_map() {
                Some(inner) => inner.clone(),
                None => return failed(not(&value, Type::MAP)),
            },
        };
        let result = self.key(&inner, path, depth);
        if result.is_ok() && inner.is_empty() {
            return failed(format!("key map {} has no value", shown(name)));
        }
        if !inner.is_empty() && !is_same(map, name, &inner) {
            let inner = Value::new(Data::Map(inner)).marked(self.mark(path));
            self.put(map, name, path, inner);
        }
        result
    }

    /// Sets a key; one without a name is passed over.
    fn put(&self, map: &Map, name: &str, path: &str, value: Value) {
        if !name.is_empty() {
            map.set(Key::marked(name, self.mark(path)), value);
        }
    }
}

fn is_same(map: &Map, name: &str, inner: &Map) -> bool {
    let old = map.get(name);
    let old = old.as_ref().and_then(Value::as_map);
    old.is_some_and(|old| old.is_same(inner))
}

fn check_depth(depth: usize) -> Result<(), Stop> {
    if depth > DEEPEST {
        return failed(format!(
            "value name nested level is greater than maximum supported nested level of {DEEPEST}"
        ));
    }
    Ok(())
}

/// What Go says of a value of another type.
pub(super) fn not(value: &Value, wanted: Type) -> String {
    let given = if value.is_nil() {
        "nil"
    } else {
        value.ty().name()
    };
    format!("unable to parse key: interface conversion: interface {{}} is {given}, not {wanted}")
}

/// A name as Go shows it.
fn shown(name: &str) -> String {
    quote(name.as_bytes())
}
