//! Values as they are printed: kustomize prints through JSON.

use smol_str::SmolStr;
use yaml::emit::{self, Dialect, Value, sort};

use super::{Data, Node, Resolved, resolve};

/// A value as it is printed. What can't be printed is told to `fault`, and left as the text that it is.
pub(crate) fn written(node: &Node, fault: &mut dyn FnMut(&Node, String)) -> Value<SmolStr> {
    match &node.data {
        Data::Scalar(scalar) => {
            let resolved = resolve(scalar).unwrap_or_else(|message| {
                fault(node, message);
                Resolved::String(scalar.text.clone())
            });
            scalar_value(node, &resolved, fault)
        }
        Data::List(items) => {
            let items = items.iter().map(|item| written(item, fault));
            Value::List(items.collect())
        }
        Data::Map(entries) => {
            let entries = entries.iter().map(|entry| {
                let key = emit::key(&entry.key).unwrap_or_else(|message| {
                    fault(&entry.value, message.to_owned());
                    entry.key.clone()
                });
                (key, written(&entry.value, fault))
            });
            let sorted = sort(entries.collect(), |(key, _)| key.as_str(), Dialect::Old);
            let keyed = sorted.into_iter();
            Value::Map(
                keyed
                    .map(|(key, value)| (Value::String(key), value))
                    .collect(),
            )
        }
    }
}

fn scalar_value(
    node: &Node,
    resolved: &Resolved,
    fault: &mut dyn FnMut(&Node, String),
) -> Value<SmolStr> {
    match resolved {
        Resolved::String(text) => Value::String(emit::string(text).unwrap_or_else(|message| {
            fault(node, message.to_owned());
            text.clone()
        })),
        other => match plain_json(other) {
            Some(text) => Value::Plain(emit::number(&SmolStr::from(text))),
            None => {
                let message = "JSON can hold neither infinity nor NaN";
                fault(node, message.to_owned());
                Value::String(node.text().clone())
            }
        },
    }
}

/// What is no string, in JSON.
fn plain_json(resolved: &Resolved) -> Option<String> {
    Some(match resolved {
        Resolved::Null => "null".to_owned(),
        Resolved::Bool(truth) => truth.to_string(),
        Resolved::Int(number) => number.to_string(),
        Resolved::Unsigned(number) => number.to_string(),
        Resolved::Float(number) => go::float::json(*number)?,
        Resolved::String(_) => return None,
    })
}

/// A value in JSON, with sorted keys.
pub(crate) fn json(node: &Node) -> String {
    let mut out = String::new();
    write_json(node, &mut out);
    out
}

fn write_json(node: &Node, out: &mut String) {
    match &node.data {
        Data::Scalar(scalar) => match resolve(scalar) {
            Ok(Resolved::String(text)) => out.push_str(&go::json::quote(&text)),
            Ok(other) => out.push_str(&plain_json(&other).unwrap_or_else(|| "null".to_owned())),
            Err(_) => out.push_str(&go::json::quote(&scalar.text)),
        },
        Data::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                write_json(item, out);
            }
            out.push(']');
        }
        Data::Map(entries) => {
            let mut entries: Vec<_> = entries.iter().collect();
            entries.sort_by(|one, other| one.key.cmp(&other.key));
            out.push('{');
            for (index, entry) in entries.into_iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                out.push_str(&go::json::quote(&entry.key));
                out.push(':');
                write_json(&entry.value, out);
            }
            out.push('}');
        }
    }
}
