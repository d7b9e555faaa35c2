//! Where nodes of resources are written, and what is not there would be.

use check::FoundPlace;
use graph::{NodeId, Resource, ResourceId, Segment, Tree};
use source::Span;

use crate::finding::{self, written};
use crate::project::{Format, Project};
use crate::terraform;

/// The place of a node, or of what would stand at a path behind it.
pub(crate) fn of_path(project: &Project, id: ResourceId, path: &[Segment]) -> Span {
    let resource = project.graph.resource(id);
    let (node, rest) = nearest(&resource.tree, path);
    let missing = rest
        .iter()
        .take_while(|segment| matches!(segment, Segment::Key(_)));
    let missing = missing.filter_map(|segment| match segment {
        Segment::Key(key) => Some(key.clone()),
        Segment::Item { .. } | Segment::Index(_) => None,
    });
    let place = FoundPlace {
        resource: id,
        node,
        missing: missing.collect(),
    };
    of_place(project, resource, &place)
}

/// Where a resource is named.
pub(crate) fn of_title(project: &Project, id: ResourceId) -> Span {
    of_node(project, id, project.graph.resource(id).title_node())
}

/// The place of a node.
pub(crate) fn of_node(project: &Project, id: ResourceId, node: NodeId) -> Span {
    let place = FoundPlace {
        resource: id,
        node,
        missing: Vec::new(),
    };
    of_place(project, project.graph.resource(id), &place)
}

fn of_place(project: &Project, resource: &Resource, place: &FoundPlace) -> Span {
    let place = written(resource, place);
    match project.file(place.resource).format {
        Format::Terraform => terraform::head(&project.sources, resource, &place),
        _ => finding::span(resource, &place),
    }
}

/// The last node on a path that is there, and the rest of the path.
fn nearest<'p>(tree: &Tree, path: &'p [Segment]) -> (NodeId, &'p [Segment]) {
    let mut node = NodeId::ROOT;
    for (index, segment) in path.iter().enumerate() {
        let next = match segment {
            Segment::Key(key) => tree.get(node, key),
            Segment::Item { key, value } => {
                let mut items = tree.children(node);
                items.find(|item| tree.text(*item, key) == Some(value))
            }
            Segment::Index(at) => tree.children(node).nth(*at),
        };
        match next {
            Some(next) => node = next,
            None => return (node, &path[index..]),
        }
    }
    (node, &[])
}
