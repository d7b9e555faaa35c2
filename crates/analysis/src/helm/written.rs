//! Values of objects that say how a chart is installed.

use ::helm::render::Written;
use graph::{Data, NodeId, Piece, Tree};

/// A text with its place, and what of it is known.
pub(crate) fn written(tree: &Tree, node: NodeId) -> Written {
    let found = tree.node(node);
    let pieces = match &found.data {
        Data::String(text) => vec![Piece::Known(text.clone())],
        Data::Partial(pieces) => pieces.to_vec(),
        Data::Unknown(unknown) => vec![Piece::Unknown((**unknown).clone())],
        _ => Vec::new(),
    };
    Written {
        span: found.span,
        pieces,
    }
}

/// Whether a part of a value is unknown.
pub(crate) fn holds_unknown(tree: &Tree, node: NodeId) -> bool {
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        let is_unknown = matches!(tree.node(node).data, Data::Unknown(_) | Data::Partial(_));
        if is_unknown || tree.open(node).is_some() {
            return true;
        }
        open.extend(tree.children(node));
    }
    false
}
