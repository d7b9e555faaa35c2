//! What becomes of the values in a file.

use std::collections::HashSet;

use graph::{Data, Node, NodeId, Tree};
use smol_str::{SmolStr, format_smolstr};
use source::{SourceFile, Span};

use super::push;
use crate::reads::Reads;
use go::float::format_float;

/// A node to add to.
type Into<'a> = (&'a mut Tree, NodeId);

/// A node of a file of values, and the keys and indexes on the way to it.
struct Value {
    id: NodeId,
    keys: Vec<SmolStr>,
}

impl Value {
    fn root() -> Self {
        let id = NodeId::ROOT;
        let keys = Vec::new();
        Self { id, keys }
    }

    fn children(&self, tree: &Tree) -> Vec<Self> {
        let children = tree.children(self.id).enumerate();
        let child = |(index, id): (usize, NodeId)| {
            let key = tree.node(id).key.as_ref();
            let key = key.map_or_else(|| format_smolstr!("{index}"), |key| key.text.clone());
            let keys = self.keys.iter().cloned().chain([key]).collect();
            Self { id, keys }
        };
        children.map(child).collect()
    }

    fn path(&self) -> String {
        self.keys.join(".")
    }
}

/// Adds the values that nothing reads: of maps of which nothing is read, the whole.
pub(super) fn add_unread(reads: &Reads, tree: &Tree, rendered: &HashSet<Span>, into: Into<'_>) {
    let mut live = rendered.clone();
    let mut idle = Vec::new();
    let mut open = Value::root().children(tree);
    while let Some(value) = open.pop() {
        if reads.read.touches(&value.keys) {
            live.insert(tree.node(value.id).span);
            open.extend(value.children(tree));
        } else {
            idle.push(value);
        }
    }
    // What came through an alias or was rendered after all is read in another place.
    idle.retain(|value| !is_live(tree, value.id, &live) && !is_for_others(tree, value));
    add(tree, idle, into);
}

fn is_live(tree: &Tree, id: NodeId, live: &HashSet<Span>) -> bool {
    live.contains(&tree.node(id).span) || tree.children(id).any(|child| is_live(tree, child, live))
}

/// Whether a value is for a chart that has this one in it: an empty `global`, and the `enabled` that is its condition there.
fn is_for_others(tree: &Tree, value: &Value) -> bool {
    let is_empty = tree.first(value.id).is_none();
    match value.keys.as_slice() {
        [key] if key == "enabled" => true,
        [.., key] => key == "global" && is_empty,
        [] => false,
    }
}

/// Adds the numbers and truth values that templates print otherwise than they are written.
pub(super) fn add_reprinted(reads: &Reads, tree: &Tree, file: &SourceFile, into: Into<'_>) {
    let mut found = Vec::new();
    let mut open = Value::root().children(tree);
    while let Some(value) = open.pop() {
        open.extend(value.children(tree));
        let node = tree.node(value.id);
        let written = file.slice(node.span);
        let is_other = printed(&node.data).is_some_and(|printed| printed != written);
        if is_other && reads.printed.contains(&value.keys) {
            found.push(value);
        }
    }
    add(tree, found, into);
}

/// A number or truth value as templates print it. To Go all numbers of values are floating-point numbers.
fn printed(data: &Data) -> Option<String> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "that numbers lose digits is what is looked for"
    )]
    match data {
        Data::Bool(truth) => Some(truth.to_string()),
        Data::Int(number) => Some(format_float(*number as f64, 'g', None)),
        Data::Float(number) => Some(format_float(*number, 'g', None)),
        _ => None,
    }
}

fn add(tree: &Tree, mut values: Vec<Value>, (into, parent): Into<'_>) {
    values.sort_by(|one, other| one.keys.cmp(&other.keys));
    values.dedup_by(|one, other| one.path() == other.path());
    for value in values {
        let node = tree.node(value.id);
        let span = entry(node);
        let child = push(into, parent, &value.path(), node.data.clone(), span);
        for inner in tree.children(value.id) {
            into.copy(child, tree.node(inner).key.clone(), tree, inner);
        }
    }
}

/// A map with the key that holds it, as the whole is what a person would take out or move.
fn entry(node: &Node) -> Span {
    match &node.key {
        Some(key)
            if matches!(node.data, Data::List | Data::Map) && key.span.file == node.span.file =>
        {
            Span {
                start: key.span.start.min(node.span.start),
                ..node.span
            }
        }
        _ => node.span,
    }
}
