//! YAML to values.
//!
//! Source: <https://github.com/zclconf/go-cty-yaml/blob/main/decode.go>.

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};
use smol_str::SmolStr;
use yaml::{Node, NodeKind};

use super::resolve::{Scalar, resolve};
use crate::functions::places::Written;

use crate::value::{Data, Entries, Number, Shape, Type, Unknown, Value, normalized};

/// The most values that a document may have with what its aliases repeat.
const MOST: u64 = 1_000_000;

const MAP: &str = "tag:yaml.org,2002:map";
const LIST: &str = "tag:yaml.org,2002:seq";

/// Reads a text that is one document.
///
/// # Errors
/// What is wrong, as a fragment, where the text is not what go-cty-yaml takes.
pub(in crate::functions) fn read(written: &Written) -> Result<Value, String> {
    let documents = yaml::nodes(&written.text).map_err(|error| {
        let before = written.text.get(..error.at).unwrap_or(&written.text);
        let line = before.matches('\n').count() + 1;
        format!(
            "the text is not YAML: on its line {line}, {}",
            error.message
        )
    })?;
    match documents.as_slice() {
        [] => Err("the text holds no document".to_owned()),
        [document] => Reader {
            written,
            anchors: HashMap::new(),
        }
        .value(document)
        .map(|sized| sized.value),
        _ => Err("the text holds more than one document".to_owned()),
    }
}

/// A value and how many values it consists of.
#[derive(Clone)]
struct Sized {
    value: Value,
    size: u64,
}

struct Reader<'a> {
    written: &'a Written,
    /// What the anchors so far stand for.
    anchors: HashMap<usize, Sized>,
}

impl Reader<'_> {
    fn value(&mut self, node: &Node) -> Result<Sized, String> {
        let sized = match &node.kind {
            NodeKind::Scalar { .. } => Sized {
                value: self.scalar(node)?,
                size: 1,
            },
            NodeKind::List(items) => self.list(node, items)?,
            NodeKind::Map(entries) => self.map(node, entries)?,
            NodeKind::Alias(anchor) => {
                let anchored = anchor.and_then(|anchor| self.anchors.get(&anchor));
                return anchored
                    .cloned()
                    .ok_or_else(|| "an alias names no value that stands before it".to_owned());
            }
        };
        if let Some(anchor) = node.anchor {
            self.anchors.insert(anchor, sized.clone());
        }
        Ok(sized)
    }

    fn scalar(&self, node: &Node) -> Result<Value, String> {
        let NodeKind::Scalar {
            text,
            quoted,
            plain,
        } = &node.kind
        else {
            return Err("only text can be a key".to_owned());
        };
        if *plain && self.written.is_hole(text) {
            return Ok(self.written.unknown(&node.range));
        }
        let tag = node.tag.as_deref();
        let data = resolve(&Scalar {
            text,
            tag,
            quoted: *quoted,
        })?;
        Ok(match data {
            Some(data) if *plain || tag.is_some() => {
                Value::new(data, self.written.origin(&node.range))
            }
            Some(data) => Value::new(as_string(data), self.written.origin(&node.range)),
            None => self.written.string(text, &node.range),
        })
    }

    fn list(&mut self, node: &Node, items: &[Node]) -> Result<Sized, String> {
        if node.tag.as_deref().is_some_and(|tag| tag != LIST) {
            return Err("a list has the tag of something else".to_owned());
        }
        let mut values = Vec::with_capacity(items.len());
        let mut size = 1;
        for item in items {
            let item = self.value(item)?;
            size = grow(size, item.size)?;
            values.push(item.value);
        }
        let value = Value::new(Data::Tuple(values.into()), self.written.origin(&node.range));
        Ok(Sized { value, size })
    }

    fn map(&mut self, node: &Node, pairs: &[(Node, Node)]) -> Result<Sized, String> {
        if node.tag.as_deref().is_some_and(|tag| tag != MAP) {
            return Err("a map has the tag of something else".to_owned());
        }
        let mut entries = Entries::new();
        let mut unknown = None;
        let mut size = 1;
        for (key, value) in pairs {
            if is_merge_key(key) {
                let merged = self.value(value)?;
                size = grow(size, merged.size)?;
                let Data::Object(merged) = merged.value.data else {
                    return Err("only a map can be merged into a map".to_owned());
                };
                entries.extend(
                    merged
                        .iter()
                        .map(|(key, value)| (key.clone(), value.clone())),
                );
                continue;
            }
            let key = self.key(key)?;
            let value = self.value(value)?;
            size = grow(size, value.size)?;
            match key {
                Ok(key) => {
                    entries.insert(key, value.value);
                }
                Err(cause) => unknown = Some(cause),
            }
        }
        let origin = self.written.origin(&node.range);
        let data = match unknown {
            None => Data::Object(Arc::new(entries)),
            Some(cause) => open_object(entries, &cause, &origin),
        };
        Ok(Sized {
            value: Value::new(data, origin),
            size,
        })
    }

    /// The text of a key, or why it is unknown.
    fn key(&self, node: &Node) -> Result<Result<SmolStr, Arc<Unknown>>, String> {
        let value = self.scalar(node)?;
        Ok(match &value.data {
            Data::String(text) => Ok(normalized(&text.text)),
            Data::Bool(truth) => Ok(SmolStr::new_static(if *truth { "true" } else { "false" })),
            Data::Number(number) => Ok(key_of(number)),
            Data::Unknown(unknown) => Err(Arc::clone(unknown)),
            _ => return Err("null can't be a key".to_owned()),
        })
    }
}

/// What a scalar means that is a block. Its meaning is told as a string: go-cty-yaml decides the type by the style.
fn as_string(data: Data) -> Data {
    match data {
        Data::Bool(truth) => Data::string(truth.to_string()),
        Data::Number(number) => Data::string(number.to_string()),
        Data::Null(_) => Data::Null(Type::String),
        data => data,
    }
}

fn key_of(number: &Number) -> SmolStr {
    normalized(&number.to_string())
}

/// Whether the key merges its value into the map; quotes make no difference to go-cty-yaml.
fn is_merge_key(key: &Node) -> bool {
    key.tag.is_none() && matches!(&key.kind, NodeKind::Scalar { text, .. } if text == "<<")
}

fn grow(size: u64, more: u64) -> Result<u64, String> {
    let size = size.saturating_add(more);
    if size > MOST {
        return Err(format!(
            "with its aliases, the document has more than {MOST} values"
        ));
    }
    Ok(size)
}

/// An object of which some keys are unknown.
fn open_object(entries: Entries, cause: &Arc<Unknown>, origin: &crate::value::Origin) -> Data {
    let unknown = || Unknown::new(Type::Dynamic, cause.cause.clone(), cause.place);
    let rest = Value::new(Data::Unknown(Arc::new(unknown())), origin.clone());
    let mut object = unknown();
    object.shape = Some(Shape::Entries {
        entries: Arc::new(entries),
        rest: Arc::new(rest),
    });
    Data::Unknown(Arc::new(object))
}
