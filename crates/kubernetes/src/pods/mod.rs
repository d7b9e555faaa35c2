//! The pods that a resource is or makes.

mod discover;
mod inherit;
mod paths;
mod running;

#[cfg(test)]
mod tests;

use graph::{Container, ContainerRole, Data, NodeId, PodTemplate, Tree};

pub(crate) use paths::{Inherit, PodPath, Shape};
pub use paths::{PodPathError, PodPaths};
pub use running::RunningPod;
pub(crate) use running::running;

use crate::kinds;
use crate::places::Places;

/// Finds the pods of an object of the named kind, and fills in what their containers take from other maps of the object.
/// Custom kinds that the table lacks are searched for maps that look like pod templates.
pub(crate) fn find(tree: &mut Tree, kind: &str, paths: &PodPaths) -> Vec<PodTemplate> {
    let Some(rows) = paths.of(kind) else {
        return if kinds::is_served_kind(kind) {
            Vec::new()
        } else {
            discover::pods(tree)
        };
    };
    let mut budget = inherit::Budget::default();
    let mut pods = Vec::new();
    for row in rows {
        let found: Vec<PodTemplate> = row
            .places
            .all_or_unknown(tree, NodeId::ROOT)
            .into_iter()
            .filter_map(|place| pod(tree, place, row))
            .collect();
        // A template is a pod also before anybody wrote its containers. Elsewhere a custom kind's controller makes pods only
        // where there are some, or adds its own.
        let is_template = row.shape == Shape::Template && !row.images_required;
        let found = found
            .into_iter()
            .filter(|pod| is_template || !pod.containers.is_empty());
        for pod in found {
            inherit::fill(tree, &pod, row, &mut budget);
            pods.push(pod);
        }
    }
    pods
}

/// The pod at one place. An unknown pod has one container, which is unknown too, so that checks don't take it for a pod
/// without containers.
fn pod(tree: &Tree, place: NodeId, row: &PodPath) -> Option<PodTemplate> {
    let unknown = |node: NodeId| matches!(tree.node(node).data, Data::Unknown(_));
    let metadata = tree.get(place, "metadata");
    let spec = match row.shape {
        Shape::Template if !unknown(place) => tree.get(place, "spec")?,
        Shape::Template | Shape::Spec => place,
    };
    if unknown(spec) {
        return Some(PodTemplate {
            metadata,
            spec,
            containers: vec![Container {
                node: spec,
                role: ContainerRole::Main,
            }],
        });
    }
    (tree.node(spec).data == Data::Map).then(|| PodTemplate {
        metadata,
        spec,
        containers: containers(tree, spec, row),
    })
}

fn containers(tree: &Tree, spec: NodeId, row: &PodPath) -> Vec<Container> {
    let ephemeral = Places::parse("ephemeralContainers");
    let lists = row.init.iter().map(|places| (places, ContainerRole::Init));
    let lists = lists.chain(row.main.iter().map(|places| (places, ContainerRole::Main)));
    let lists = lists.chain(
        ephemeral
            .iter()
            .map(|places| (places, ContainerRole::Ephemeral)),
    );
    let mut found = Vec::new();
    for (places, role) in lists {
        for list in places.all_or_unknown(tree, spec) {
            let nodes = elements(tree, list)
                .filter(|node| !row.images_required || tree.get(*node, "image").is_some());
            found.extend(nodes.map(|node| Container { node, role }));
        }
    }
    found
}

/// The containers in a list of them; a kind may also hold a single one. What is neither a map nor unknown is no container.
fn elements(tree: &Tree, list: NodeId) -> impl Iterator<Item = NodeId> {
    let single = (tree.node(list).data != Data::List).then_some(list);
    let nodes: Vec<NodeId> = single
        .into_iter()
        .chain(tree.children(list).filter(move |_| single.is_none()))
        .collect();
    nodes
        .into_iter()
        .filter(|node| matches!(tree.node(*node).data, Data::Map | Data::Unknown(_)))
}
