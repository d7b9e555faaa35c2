//! Finds pod templates in custom kinds that the table of pod paths lacks.

use graph::{Data, NodeId, PodTemplate, Tree};

use super::PodPath;
use crate::places::Places;

/// The pods in maps under a key like `template` that hold `spec.containers` with names and images. A list of containers
/// without images changes the containers that a controller makes, and is no pod.
pub(super) fn pods(tree: &Tree) -> Vec<PodTemplate> {
    let Some(row) = Places::parse(".").map(PodPath::template) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut open = vec![NodeId::ROOT];
    while let Some(node) = open.pop() {
        if is_template(tree, node) {
            found.extend(super::pod(tree, node, &row));
        } else {
            open.extend(tree.children(node));
        }
    }
    found.sort_by_key(|pod| pod.spec);
    found
}

fn is_template(tree: &Tree, node: NodeId) -> bool {
    let key = tree
        .node(node)
        .key
        .as_ref()
        .map_or("", |key| key.text.as_str());
    let named = key == "template" || key == "podTemplateSpec" || key.ends_with("Template");
    let containers = || {
        tree.at(node, &["spec", "containers"])
            .filter(|list| tree.node(*list).data == Data::List)
    };
    named
        && containers().is_some_and(|list| {
            tree.first(list).is_some() && tree.children(list).all(|item| is_container(tree, item))
        })
}

fn is_container(tree: &Tree, node: NodeId) -> bool {
    let is_text = |key| {
        tree.get(node, key).is_some_and(|value| {
            matches!(
                tree.node(value).data,
                Data::String(_) | Data::Partial(_) | Data::Unknown(_)
            )
        })
    };
    is_text("name") && is_text("image")
}
