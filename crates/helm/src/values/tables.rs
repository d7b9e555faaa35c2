//! Putting one map under another: what the upper one has counts.

use source::{Level, Place as ProblemPlace, Problem};

use crate::value::{Data, Key, Map, Value};

/// What becomes of nulls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A null in the upper map takes the key out.
    Coalesce,
    /// Nulls stay, because the result is put on top of something later.
    Merge,
}

/// Puts maps under others, and notes what is probably not meant.
#[derive(Debug, Default)]
pub struct Tables {
    /// What was noted.
    pub problems: Vec<Problem>,
}

impl Tables {
    /// Puts `below` under `above`, which is changed. `path` is that of both.
    pub fn coalesce(&mut self, above: &Map, below: &Map, path: &str, mode: Mode) {
        for (key, value) in below.entries() {
            let path = join(path, &key.text);
            let Some(upper) = above.get(&key.text) else {
                above.set(key, value);
                continue;
            };
            if mode == Mode::Coalesce && upper.is_nil() {
                above.remove(&key.text);
                continue;
            }
            match (upper.as_map(), value.as_map()) {
                (Some(upper), Some(lower)) => self.coalesce(upper, lower, &path, mode),
                (None, Some(_)) if !matches!(upper.data, Data::Unknown) => {
                    let message = format!("cannot overwrite table with non table for {path}");
                    self.warn(message, &upper);
                }
                (Some(_), None) if !value.is_nil() => {
                    let message =
                        format!("destination for {path} is a table. Ignoring non-table value");
                    self.warn(message, &value);
                }
                _ => {}
            }
        }
    }

    /// Notes something about a value that was written somewhere.
    pub(crate) fn warn(&mut self, message: String, value: &Value) {
        let mut places = value.mark.places().iter();
        let Some(span) = places.find_map(crate::value::Place::span) else {
            return;
        };
        let problem = Problem::at(Level::Warning, "chart-values", message, span);
        let is_known = |known: &Problem| {
            known.place == ProblemPlace::Span(span) && known.message == problem.message
        };
        if !self.problems.iter().any(is_known) {
            self.problems.push(problem);
        }
    }
}

/// A path with one more name.
pub(super) fn join(path: &str, name: &str) -> String {
    match path.is_empty() {
        true => name.to_owned(),
        false => format!("{path}.{name}"),
    }
}

/// Sets a key of a map to another map.
pub(super) fn set_map(map: &Map, key: Key, inner: Map) {
    let mark = key.mark.clone();
    let value = Value::new(Data::Map(inner)).marked(mark);
    map.set(key, value);
}
