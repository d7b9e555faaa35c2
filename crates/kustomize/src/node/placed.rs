//! What somebody else rendered, with the places that its values came from.

use graph::{NodeId, Tree};

use super::read::{Foreign, of_tree};
use super::{Data, Node, Origin, Scalar, Style};

/// A value that was read from a text, with the places that a tree of the same text knows, and what that knows to be unknown.
pub(crate) fn placed(mut node: Node, tree: &Tree, foreign: &Foreign<'_>) -> Node {
    place(&mut node, tree, NodeId::ROOT, foreign);
    node
}

fn place(node: &mut Node, tree: &Tree, id: NodeId, foreign: &Foreign<'_>) {
    let found = tree.node(id);
    let count = tree.children(id).count();
    match (&mut node.data, &found.data) {
        (Data::Map(entries), graph::Data::Map) => {
            if foreign.unknowns.is_some() {
                // A key that can't be known is none.
                entries.retain(|entry| tree.get(id, &entry.key).is_some());
            }
            for entry in entries {
                let Some(child) = tree.get(id, &entry.key) else {
                    continue;
                };
                if let Some(key) = &tree.node(child).key {
                    entry.span = key.span;
                }
                place(&mut entry.value, tree, child, foreign);
            }
        }
        (Data::List(items), graph::Data::List) if items.len() == count => {
            for (item, child) in items.iter_mut().zip(tree.children(id)) {
                place(item, tree, child, foreign);
            }
        }
        (Data::Scalar(scalar), data) => place_scalar(scalar, data, || tree.subtree(id), foreign),
        // What both read differently is what the tree says.
        (Data::List(_), graph::Data::List) => *node = of_tree(tree, id, foreign),
        _ => {}
    }
    node.origin = origin(tree, id);
    node.doubt = foreign.doubt(tree, id);
}

fn place_scalar(
    scalar: &mut Scalar,
    data: &graph::Data,
    value: impl FnOnce() -> Tree,
    foreign: &Foreign<'_>,
) {
    let Some(unknowns) = foreign.unknowns else {
        return;
    };
    match data {
        graph::Data::Unknown(_) => *scalar = Scalar::open(unknowns.stand_in(value())),
        graph::Data::Partial(pieces) => {
            let span = value().node(NodeId::ROOT).span;
            *scalar = Scalar {
                style: Style::Quoted,
                ..Scalar::string(unknowns.text(pieces, span))
            };
        }
        _ => {}
    }
}

/// Where a value of a tree comes from.
pub(super) fn origin(tree: &Tree, id: NodeId) -> Origin {
    let passage = tree.passage(id);
    let removed = passage.filter(|passage| !passage.removed.is_empty());
    Origin {
        span: tree.node(id).span,
        steps: passage.map(|passage| passage.steps.as_slice().into()),
        removed: removed.map(|passage| passage.removed.as_slice().into()),
    }
}
