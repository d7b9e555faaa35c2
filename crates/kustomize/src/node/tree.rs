//! Values as trees, as those who read the printed text have them.

use std::sync::Arc;

use graph::{Data as TreeData, Key, NodeId, Passage, Tree};
use smol_str::SmolStr;

use super::{Content, Data, Node, Resolved, Scalar, Unknowns, resolve};

/// The tree of a value, in which what can't be known is told as that.
pub(crate) fn tree(node: &Node, unknowns: &Unknowns) -> Tree {
    let mut tree = Tree::new(TreeData::Null, node.origin.span);
    let making = Making { unknowns };
    making.fill(&mut tree, NodeId::ROOT, node);
    tree.shrink();
    tree
}

struct Making<'a> {
    unknowns: &'a Unknowns,
}

impl Making<'_> {
    /// Gives a node that is there what a value holds.
    fn fill(&self, tree: &mut Tree, id: NodeId, node: &Node) {
        let data = match &node.data {
            Data::List(_) => TreeData::List,
            Data::Map(_) => TreeData::Map,
            Data::Scalar(scalar) => self.scalar(tree, id, scalar),
        };
        tree.set(id, data);
        self.note(tree, id, node);
        for item in node.items() {
            self.push(tree, id, None, item);
        }
        for entry in node.entries() {
            let key = Key {
                text: entry.key.clone(),
                span: entry.span,
            };
            self.push(tree, id, Some(key), &entry.value);
        }
    }

    fn push(&self, tree: &mut Tree, parent: NodeId, key: Option<Key>, node: &Node) {
        let id = tree.push(parent, key, TreeData::Null, node.origin.span);
        self.fill(tree, id, node);
    }

    /// What a scalar is; the values that it may be stand below it.
    fn scalar(&self, tree: &mut Tree, id: NodeId, scalar: &Scalar) -> TreeData {
        match self.unknowns.content(&scalar.text) {
            None => scalar_data(scalar),
            Some(Content::Pieces(pieces)) => TreeData::Partial(pieces.into()),
            Some(Content::Whole(value)) => {
                for child in value.children(NodeId::ROOT) {
                    let key = value.node(child).key.clone();
                    tree.copy(id, key, &value, child);
                }
                value.node(NodeId::ROOT).data.clone()
            }
        }
    }

    fn note(&self, tree: &mut Tree, id: NodeId, node: &Node) {
        let (steps, removed) = (node.origin.steps(), node.origin.removed.as_deref());
        if !steps.is_empty() || removed.is_some() {
            let passage = Passage {
                steps: steps.to_vec(),
                default: None,
                removed: removed.unwrap_or_default().to_vec(),
            };
            tree.set_passage(id, Arc::new(passage));
        }
        if node.doubt.is_symbolic {
            tree.set_symbolic(id);
        }
        if let Some(rest) = &node.doubt.rest
            && !matches!(node.data, Data::Scalar(_))
        {
            tree.set_open(id, Arc::clone(rest));
        }
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
