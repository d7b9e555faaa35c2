//! Fields of objects.

use graph::{NodeId, SmolStr, Tree};

/// The text under a key.
pub(super) fn text<'t>(tree: &'t Tree, node: NodeId, key: &str) -> Option<&'t SmolStr> {
    tree.text(node, key).filter(|text| !text.is_empty())
}

/// Whether the value under a key is true.
pub(super) fn flag(tree: &Tree, node: NodeId, key: &str) -> bool {
    let node = tree.get(node, key);
    node.is_some_and(|node| tree.node(node).data == graph::Data::Bool(true))
}

/// The elements of the list under a key.
pub(super) fn items<'t>(
    tree: &'t Tree,
    node: NodeId,
    key: &str,
) -> impl Iterator<Item = NodeId> + use<'t> {
    let list = tree.get(node, key);
    let list = list.filter(|list| tree.node(*list).data == graph::Data::List);
    list.into_iter().flat_map(|list| tree.children(list))
}
