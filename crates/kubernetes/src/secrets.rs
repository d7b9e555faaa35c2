//! Values that are secrets by the kind that holds them.

use graph::{NodeId, Resource};

/// The nodes of a resource whose text is secret whatever it says: the values of a Secret, and the copy of them that
/// `kubectl apply` leaves in an annotation.
pub fn secret_nodes(resource: &Resource) -> Vec<NodeId> {
    if resource.kind != "Secret" || resource.api_version != "v1" {
        return Vec::new();
    }
    let tree = &resource.tree;
    let maps = ["data", "stringData"].iter().filter_map(|key| tree.get(NodeId::ROOT, key));
    let values = maps.flat_map(|map| tree.children(map));
    let applied = ["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"];
    values.chain(tree.at(NodeId::ROOT, &applied)).collect()
}
