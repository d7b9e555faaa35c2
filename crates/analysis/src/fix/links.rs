//! The links of a resource whose text changed.

use graph::{Link, NodeId, Resource, Tree};

/// The links of a resource in terms of its changed tree: by path, as the ids of nodes differ.
pub(super) fn moved_links(links: &[Link], old: &Resource, new: &Resource) -> Vec<Link> {
    let moved = links.iter().filter_map(|link| {
        let node = same_node(&old.tree, &new.tree, link.node)?;
        Some(Link {
            node,
            ..link.clone()
        })
    });
    moved.collect()
}

/// The node of `new` at the path of a node of `old`.
fn same_node(old: &Tree, new: &Tree, node: NodeId) -> Option<NodeId> {
    let Some(parent) = old.parent(node) else {
        return Some(NodeId::ROOT);
    };
    let parent_in_new = same_node(old, new, parent)?;
    match &old.node(node).key {
        Some(key) => new.get(parent_in_new, &key.text),
        None => same_element(old, new, node, (parent, parent_in_new)),
    }
}

/// The same element of a list: by its place, or by what it is where elements came or went.
fn same_element(
    old: &Tree,
    new: &Tree,
    node: NodeId,
    (before, after): (NodeId, NodeId),
) -> Option<NodeId> {
    let mut elements = new.children(after);
    if old.children(before).count() == new.children(after).count() {
        let index = old.children(before).position(|child| child == node)?;
        return elements.nth(index);
    }
    elements.find(|element| new.equal(*element, old, node))
}
