//! Values as trees, as those who read the printed text have them.

use std::sync::Arc;

use graph::{Data as TreeData, Key, NodeId, Passage, Tree};
use smol_str::SmolStr;

use super::{Data, Node, Resolved, Scalar, resolve};

/// The tree of a value.
pub(crate) fn tree(node: &Node) -> Tree {
    let mut tree = Tree::new(data(node), node.origin.span);
    add_passage(&mut tree, NodeId::ROOT, node);
    add_children(&mut tree, NodeId::ROOT, node);
    tree.shrink();
    tree
}

fn add_children(tree: &mut Tree, parent: NodeId, node: &Node) {
    for item in node.items() {
        add(tree, parent, None, item);
    }
    for entry in node.entries() {
        let key = Key {
            text: entry.key.clone(),
            span: entry.span,
        };
        add(tree, parent, Some(key), &entry.value);
    }
}

fn add(tree: &mut Tree, parent: NodeId, key: Option<Key>, node: &Node) {
    let id = tree.push(parent, key, data(node), node.origin.span);
    add_passage(tree, id, node);
    add_children(tree, id, node);
}

fn add_passage(tree: &mut Tree, id: NodeId, node: &Node) {
    let steps = node.origin.steps();
    if !steps.is_empty() {
        let passage = Passage {
            steps: steps.to_vec(),
            default: None,
        };
        tree.set_passage(id, Arc::new(passage));
    }
}

fn data(node: &Node) -> TreeData {
    match &node.data {
        Data::List(_) => TreeData::List,
        Data::Map(_) => TreeData::Map,
        Data::Scalar(scalar) => scalar_data(scalar),
    }
}

/// What the readers of the printed text take a scalar for.
fn scalar_data(scalar: &Scalar) -> TreeData {
    match resolve(scalar) {
        Ok(Resolved::Null) => TreeData::Null,
        Ok(Resolved::Bool(truth)) => TreeData::Bool(truth),
        Ok(Resolved::Int(number)) => TreeData::Int(number),
        #[expect(
            clippy::cast_precision_loss,
            reason = "a tree has no larger whole numbers"
        )]
        Ok(Resolved::Unsigned(number)) => TreeData::Float(number as f64),
        Ok(Resolved::Float(number)) => float_data(number),
        Ok(Resolved::String(text)) => TreeData::String(text),
        Err(_) => TreeData::String(SmolStr::clone(&scalar.text)),
    }
}

/// Whole numbers lose their point in JSON.
fn float_data(number: f64) -> TreeData {
    let written = go::float::json(number).unwrap_or_default();
    written
        .parse()
        .map_or(TreeData::Float(number), TreeData::Int)
}
