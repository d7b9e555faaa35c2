//! `deepCopy`.

use crate::functions::Arguments;
use crate::run::{Failure, Run};
use crate::value::{Data, List, Map, Value};
use go::deeper;

/// How deep values may be nested. What holds itself can't be copied.
const DEEPEST: usize = 500;

pub(super) fn deep_copy(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let value = arguments.value(0)?;
    match value.is_nil() {
        true => Err(Failure::new(
            "reflect: call of reflect.Value.Type on zero Value",
        )),
        false => copied(run, value, DEEPEST),
    }
}

fn copied(run: &mut Run, value: &Value, depth: usize) -> Result<Value, Failure> {
    run.spend(1)?;
    let depth = depth
        .checked_sub(1)
        .ok_or_else(|| Failure::bound("a value is nested too deep to be copied"))?;
    let data = match &value.data {
        Data::List(list) if !list.is_nil() => {
            let items = list.items().iter();
            let items = items.map(|item| deeper(|| copied(run, item, depth)));
            let items: Vec<Value> = items.collect::<Result<_, _>>()?;
            Data::List(List::new(list.ty, items))
        }
        Data::Map(map) if !map.is_nil() => {
            let mut entries = Vec::new();
            for (key, value) in map.entries() {
                entries.push((key, deeper(|| copied(run, &value, depth))?));
            }
            Data::Map(Map::new(map.ty, entries))
        }
        data => data.clone(),
    };
    Ok(Value::new(data).marked(value.mark.clone()))
}
