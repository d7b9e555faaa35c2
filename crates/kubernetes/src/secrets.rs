//! Text that is secret by the kind that holds it.

use graph::{Data, NodeId, Resource, Tree};
use source::Span;

/// The places of a resource whose text is secret whatever it says: the values of a Secret, those that a repeated key
/// overwrites included, and the copy of them that `kubectl apply` leaves in an annotation.
#[must_use]
pub fn secret_spans(resource: &Resource) -> Vec<Span> {
    if resource.kind != "Secret" || resource.api_version != "v1" {
        return Vec::new();
    }
    let tree = &resource.tree;
    let applied = [
        "metadata",
        "annotations",
        "kubectl.kubernetes.io/last-applied-configuration",
    ];
    let applied = tree
        .at(NodeId::ROOT, &applied)
        .map(|node| tree.node(node).span);
    let maps = ["data", "stringData"]
        .iter()
        .filter_map(|key| tree.get(NodeId::ROOT, key));
    maps.flat_map(|map| values(tree, map))
        .chain(applied)
        .collect()
}

/// Everything of a map but its keys, and its values that are written elsewhere.
fn values(tree: &Tree, map: NodeId) -> Vec<Span> {
    let whole = tree.node(map).span;
    if tree.node(map).data != Data::Map {
        return vec![whole];
    }
    let elsewhere = tree
        .children(map)
        .map(|child| tree.node(child).span)
        .filter(|span| !whole.contains(*span));
    let mut spans: Vec<Span> = elsewhere.collect();
    let keys = tree
        .children(map)
        .filter_map(|child| tree.node(child).key.as_ref());
    let mut keys: Vec<Span> = keys
        .map(|key| key.span)
        .filter(|key| whole.contains(*key))
        .collect();
    keys.sort();
    let mut start = whole.start;
    for key in keys {
        spans.push(Span::new(whole.file, start, key.start.max(start)));
        // The colon behind the key stays.
        start = (key.end + 1).min(whole.end);
    }
    spans.push(Span::new(whole.file, start, whole.end));
    spans
}
