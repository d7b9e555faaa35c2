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

/// The node of `new` at the path of a node of `old`; list elements go by their place.
fn same_node(old: &Tree, new: &Tree, node: NodeId) -> Option<NodeId> {
    let Some(parent) = old.parent(node) else {
        return Some(NodeId::ROOT);
    };
    let parent_in_new = same_node(old, new, parent)?;
    match &old.node(node).key {
        Some(key) => new.get(parent_in_new, &key.text),
        None => {
            let index = old
                .children(parent)
                .take_while(|child| *child != node)
                .count();
            new.children(parent_in_new).nth(index)
        }
    }
}
