//! Reads texts and compares trees as JSON.

use graph::{Data, NodeId, Tree};
use serde_json::{Map, Value};
use source::SourceFile;
use yaml::{Options, Yaml};

/// One step of a path in a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Key(String),
    Item(usize),
}

pub(crate) fn read(file: &SourceFile) -> Yaml {
    yaml::read(file, &Options { max_nodes: 100_000, max_depth: 100, placeholder_tags: false })
}

pub(crate) fn value(tree: &Tree, node: NodeId) -> Value {
    match &tree.node(node).data {
        Data::Null => Value::Null,
        Data::Bool(value) => (*value).into(),
        Data::Int(value) => (*value).into(),
        Data::Float(value) => (*value).into(),
        Data::String(text) => text.as_str().into(),
        Data::List => tree.children(node).map(|child| value(tree, child)).collect(),
        Data::Map => {
            let entries = tree.children(node).map(|child| (key(tree, child), value(tree, child)));
            Value::Object(entries.collect::<Map<String, Value>>())
        }
        Data::Unknown(_) | Data::Partial(_) => "(unknown)".into(),
    }
}

fn key(tree: &Tree, node: NodeId) -> String {
    tree.node(node).key.as_ref().map(|key| key.text.to_string()).unwrap_or_default()
}

pub(crate) fn path(tree: &Tree, node: NodeId) -> Vec<Step> {
    let Some(parent) = tree.parent(node) else { return Vec::new() };
    let mut steps = path(tree, parent);
    steps.push(match &tree.node(node).key {
        Some(key) => Step::Key(key.text.to_string()),
        None => Step::Item(tree.children(parent).take_while(|child| *child != node).count()),
    });
    steps
}

pub(crate) fn place<'a>(value: &'a Value, steps: &[Step]) -> Option<&'a Value> {
    steps.iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get(key),
        Step::Item(index) => value.get(*index),
    })
}
