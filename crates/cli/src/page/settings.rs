//! Values of a check file: its settings and its fix.

use check::{Check, Fix};
use graph::{Data, NodeId, Tree};
use serde_json::{Map, Value, json};

use super::Block;

/// The settings with their defaults, and how they are set.
pub(super) fn blocks(check: &Check) -> Vec<Block> {
    let Some(settings) = check.settings else {
        return Vec::new();
    };
    let lines: Vec<String> = check
        .tree
        .children(settings)
        .filter_map(|node| line(&check.tree, node))
        .collect();
    if lines.is_empty() {
        return Vec::new();
    }
    let text = format!("settings:\n  {}:\n    {}", check.id, lines.join("\n    "));
    vec![Block::Code {
        caption: "Set in scantling.yaml; these are the defaults".to_owned(),
        language: "yaml",
        text,
    }]
}

/// The fix as the file of the check writes it.
pub(super) fn fix(check: &Check) -> Option<String> {
    let fix = match check.fix? {
        Fix::Set(node) => format!("set: {}", value(&check.tree, node)),
        Fix::Insert(node) => format!("insert: {}", value(&check.tree, node)),
        Fix::Remove => "remove: true".to_owned(),
    };
    Some(match check.is_fix_unsafe {
        true => format!("{fix}, which may break what works: look at it first"),
        false => fix,
    })
}

/// The settings and their defaults.
pub(crate) fn settings_value(check: &Check) -> Value {
    check
        .settings
        .map_or_else(|| json!({}), |node| value(&check.tree, node))
}

/// The whole file of a check.
#[cfg(test)]
pub(crate) fn file_value(check: &Check) -> Value {
    value(&check::read_examples(&check.text).0.tree, NodeId::ROOT)
}

fn line(tree: &Tree, node: NodeId) -> Option<String> {
    let key = tree.node(node).key.as_ref()?;
    // JSON is YAML, and shows on one line where a default begins and ends.
    Some(format!("{}: {}", key.text, value(tree, node)))
}

fn value(tree: &Tree, node: NodeId) -> Value {
    match &tree.node(node).data {
        Data::Bool(value) => json!(value),
        Data::Int(value) => json!(value),
        Data::Float(value) => json!(value),
        Data::String(value) => json!(value),
        Data::List => tree
            .children(node)
            .map(|child| value(tree, child))
            .collect(),
        Data::Map => Value::Object(entries(tree, node)),
        // Files of checks hold no unknown values: their reader has no template to meet.
        Data::Null | Data::Unknown(_) | Data::Partial(_) => Value::Null,
    }
}

fn entries(tree: &Tree, map: NodeId) -> Map<String, Value> {
    let entry = |node| {
        Some((
            tree.node(node).key.as_ref()?.text.to_string(),
            value(tree, node),
        ))
    };
    tree.children(map).filter_map(entry).collect()
}
