//! YAML and its values as JSON, for comparisons and settings.

use graph::{Data, NodeId, Tree};
use serde_json::{Map, Value};
use source::{FileId, SourceFile};
use yaml::Yaml;

/// The value of a node. Nothing in a test's data is unknown.
///
/// # Panics
/// When something is unknown all the same.
#[must_use]
pub fn value(tree: &Tree, node: NodeId) -> Value {
    value_with(tree, node, None)
}

/// The value of a node, with another one in place of what is unknown.
///
/// # Panics
/// When something is unknown and there is no other value.
#[must_use]
pub fn value_with(tree: &Tree, node: NodeId, unknown: Option<&Value>) -> Value {
    match &tree.node(node).data {
        Data::Null => Value::Null,
        Data::Bool(value) => (*value).into(),
        Data::Int(value) => (*value).into(),
        Data::Float(value) => (*value).into(),
        Data::String(text) => text.as_str().into(),
        Data::List => tree
            .children(node)
            .map(|child| value_with(tree, child, unknown))
            .collect(),
        Data::Map => {
            let key = |child: NodeId| {
                tree.node(child)
                    .key
                    .as_ref()
                    .map(|key| key.text.to_string())
            };
            let entries = tree.children(node).map(|child| {
                (
                    key(child).unwrap_or_default(),
                    value_with(tree, child, unknown),
                )
            });
            Value::Object(entries.collect::<Map<String, Value>>())
        }
        Data::Unknown(_) | Data::Partial(_) => unknown.expect("a test's data is known").clone(),
    }
}

/// A YAML text as it is read.
#[must_use]
pub fn read(text: &str) -> Yaml {
    let file = SourceFile::new(FileId(0), "data.yaml", text);
    yaml::read(&file, &yaml::Options::default())
}

/// The values of the documents of a YAML text.
#[must_use]
pub fn of_yaml(text: &str) -> Vec<Value> {
    let documents = &read(text).documents;
    documents
        .iter()
        .map(|document| value(&document.tree, NodeId::ROOT))
        .collect()
}
