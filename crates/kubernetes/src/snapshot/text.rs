//! Objects as `kubectl get -o yaml` shows them.

use serde_json::Value;
use smol_str::SmolStr;
use yaml::emit::{self, Layout, Tabs};

/// How `kubectl` writes: without folding, and with lists below their keys.
const LAYOUT: Layout = Layout {
    width: usize::MAX,
    indents_lists: false,
    tabs: Tabs::InBlocks,
};

/// An object as `kubectl get -o yaml` shows it, keys in their order and without `metadata.managedFields`.
#[must_use]
pub fn written(mut object: Value) -> String {
    if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.shift_remove("managedFields");
    }
    let free = &mut |_| Ok::<(), std::convert::Infallible>(());
    let Ok(text) = emit::emit(&value(object), LAYOUT, free);
    text.to_string()
}

fn value(json: Value) -> emit::Value<SmolStr> {
    match json {
        Value::Null => emit::Value::Plain("null".into()),
        Value::Bool(known) => emit::Value::Plain(known.to_string().into()),
        Value::Number(number) => emit::Value::Plain(number.to_string().into()),
        Value::String(text) => emit::Value::String(text.into()),
        Value::Array(items) => emit::Value::List(items.into_iter().map(value).collect()),
        Value::Object(map) => {
            let entries = map.into_iter();
            let entries = entries.map(|(key, one)| (emit::Value::String(key.into()), value(one)));
            emit::Value::Map(entries.collect())
        }
    }
}
