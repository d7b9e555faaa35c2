//! The values of a chart and of those in it, from what a user sets down to the defaults.

use thiserror::Error;

use super::tables::{join, set_map};
use super::{Mode, Tables, copy_map, tainted_map};
use crate::value::{Data, Key, Map, MapType, Value};

/// The key whose values all charts see.
const GLOBAL: &str = "global";

/// A chart as far as its values matter.
pub trait Layers: Sized {
    /// Its name.
    fn name(&self) -> &str;
    /// Its own values.
    fn values(&self) -> &Map;
    /// The charts in it.
    fn children(&self) -> Vec<Self>;
}

/// What is set for a chart in another one is no map.
#[derive(Clone, Debug, Error)]
#[error("type mismatch on {name}: the values of a chart must be a map")]
pub struct TypeMismatch {
    /// The name of the chart.
    pub name: String,
    /// What is set.
    pub value: Value,
}

/// All values of a chart: those that are set, above its own, above those of the charts in it, which stand under their names.
///
/// # Errors
/// When something that is no map is set for a chart in it.
pub fn coalesce<C: Layers>(
    chart: &C,
    set: &Map,
    mode: Mode,
    tables: &mut Tables,
) -> Result<Map, TypeMismatch> {
    let values = copy_map(set);
    tables.chart(chart, &values, "", mode)?;
    Ok(values)
}

impl Tables {
    fn chart<C: Layers>(
        &mut self,
        chart: &C,
        values: &Map,
        path: &str,
        mode: Mode,
    ) -> Result<(), TypeMismatch> {
        let path = join(path, chart.name());
        self.own(chart, values, &path, mode);
        for child in chart.children() {
            let name = child.name();
            let empty = || Map::new(&MapType::ANY, []);
            let mut unknown = None;
            let inner = match values.get(name) {
                None => empty(),
                Some(value) => match value.as_map() {
                    Some(map) => map.clone(),
                    None if matches!(value.data, Data::Unknown) => {
                        unknown = Some(value.mark);
                        empty()
                    }
                    None => {
                        let name = name.to_owned();
                        return Err(TypeMismatch { name, value });
                    }
                },
            };
            if !values.contains(name) {
                set_map(values, Key::from(name), inner.clone());
            }
            self.globals(&inner, values, &path);
            self.chart(&child, &inner, &path, mode)?;
            if let Some(mark) = unknown {
                let inner = Value::new(Data::Map(tainted_map(&inner, &mark)));
                values.set(Key::from(name), inner.marked(mark));
            }
        }
        Ok(())
    }

    /// Puts a chart's own values under those that are set.
    fn own<C: Layers>(&mut self, chart: &C, values: &Map, path: &str, mode: Mode) {
        for (key, value) in copy_map(chart.values()).entries() {
            let Some(upper) = values.get(&key.text) else {
                values.set(key, value);
                continue;
            };
            if upper.is_nil() && mode == Mode::Coalesce {
                values.remove(&key.text);
                continue;
            }
            let Some(upper) = upper.as_map() else {
                continue;
            };
            let path = join(path, &key.text);
            match value.as_map() {
                Some(lower) => {
                    let children = chart.children();
                    let is_chart = children.iter().any(|child| child.name() == key.text);
                    let mode = if is_chart { Mode::Merge } else { mode };
                    self.coalesce(upper, lower, &path, mode);
                }
                None if value.is_nil() => {}
                None => self.warn(format!("skipped value for {path}: Not a table."), &value),
            }
        }
    }

    /// Puts the global values of a chart on top of those of a chart in it.
    fn globals(&mut self, inner: &Map, outer: &Map, path: &str) {
        let Some(target) = self.global_table(inner, "destination") else {
            return;
        };
        let Some(source) = self.global_table(outer, "source") else {
            return;
        };
        for (key, value) in source.entries() {
            let old = target.get(&key.text);
            let old_map = old.as_ref().and_then(Value::as_map);
            match (value.as_map(), &old) {
                (Some(map), None) => set_map(&target, key, map.shallow_copy()),
                (Some(map), Some(old)) => {
                    let Some(old_map) = old_map else {
                        let message = format!("cannot merge map onto non-map for {}", key.text);
                        self.warn(message, old);
                        continue;
                    };
                    let map = map.shallow_copy();
                    self.coalesce(&map, old_map, &join(path, &key.text), Mode::Merge);
                    set_map(&target, key, map);
                }
                (None, _) if old_map.is_some() => {
                    self.warn(format!("key {} is table. Skipping", key.text), &value);
                }
                (None, _) => {
                    target.set(key, value);
                }
            }
        }
        let key = Key::from(GLOBAL);
        match inner.get(GLOBAL) {
            Some(_) => {}
            None => set_map(inner, key, target),
        }
    }

    fn global_table(&mut self, values: &Map, role: &str) -> Option<Map> {
        let Some(value) = values.get(GLOBAL) else {
            return Some(Map::new(&MapType::ANY, []));
        };
        if let Some(map) = value.as_map() {
            return Some(map.clone());
        }
        let message = format!("skipping globals because {role} {GLOBAL} is not a table.");
        self.warn(message, &value);
        None
    }
}
