//! Values that pods and containers of custom kinds take from other maps of the object.

use graph::{Data, NodeId, PodTemplate, SmolStr, Tree};

use super::{Inherit, PodPath};

/// How many nodes one object may get this way, so that a small file can't ask for a huge tree.
pub(super) struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(10_000)
    }
}

/// Copies what the row names to where it is missing. The copies keep the places of the text, so that findings stand there.
pub(super) fn fill(tree: &mut Tree, pod: &PodTemplate, row: &PodPath, budget: &mut Budget) {
    if let Some(Inherit { from, keys }) = &row.inherit {
        for source in from.all_or_unknown(tree, NodeId::ROOT) {
            let values = keys
                .iter()
                .filter_map(|key| tree.get(source, key))
                .collect();
            copy_missing(tree, values, pod.spec, budget);
        }
    }
    let Some(source) = row
        .each
        .as_ref()
        .and_then(|key: &SmolStr| tree.get(pod.spec, key))
    else {
        return;
    };
    for container in &pod.containers {
        let values = tree.children(source).collect();
        copy_missing(tree, values, container.node, budget);
    }
}

fn copy_missing(tree: &mut Tree, values: Vec<NodeId>, map: NodeId, budget: &mut Budget) {
    for value in values {
        let Some(key) = tree.node(value).key.clone() else {
            continue;
        };
        if tree.node(map).data != Data::Map || tree.get(map, &key.text).is_some() {
            continue;
        }
        if budget.0 == 0 {
            return;
        }
        let copy = tree.subtree(value);
        let Some(left) = budget.0.checked_sub(copy.len()) else {
            budget.0 = 0;
            return;
        };
        budget.0 = left;
        tree.copy(map, Some(key), &copy, NodeId::ROOT);
    }
}
