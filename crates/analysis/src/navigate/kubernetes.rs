//! What resources name of each other, by the links of the graph.

use graph::{Link, NodeId, Resource, ResourceId, Target};
use source::SourceFile;

use super::mention::{Mention, Name, Role};
use super::texts::Texts;

/// The names of resources that stand in a file, and those of the resources themselves.
pub(super) fn mentions(texts: &Texts<'_>, file: &SourceFile) -> Vec<Mention> {
    let graph = &texts.project.graph;
    let uses = graph.links().filter_map(|link| usage(texts, link));
    let declared = graph
        .resources()
        .filter_map(|(id, one)| declaration(id, one));
    let all = uses.chain(declared);
    all.filter(|one| one.span.file == file.id).collect()
}

/// All texts that name a resource.
pub(super) fn mentions_of(texts: &Texts<'_>, id: ResourceId) -> Vec<Mention> {
    let graph = &texts.project.graph;
    let declared = declaration(id, graph.resource(id));
    let uses = graph.links_to(id).filter_map(|link| usage(texts, link));
    declared.into_iter().chain(uses).collect()
}

fn usage(texts: &Texts<'_>, link: &Link) -> Option<Mention> {
    let Target::Resource(target) = link.target else {
        return None;
    };
    let from = texts.project.graph.resource(link.from);
    Some(Mention {
        name: Name::Resource(target),
        span: from.tree.node(link.node).span,
        role: Role::Uses,
    })
}

/// The name of a resource where it is written.
fn declaration(id: ResourceId, resource: &Resource) -> Option<Mention> {
    let name = resource.tree.at(NodeId::ROOT, &["metadata", "name"]);
    // What is no object of Kubernetes is named by its configuration.
    let span = resource.tree.node(name?).span;
    Some(Mention {
        name: Name::Resource(id),
        span,
        role: Role::Declares,
    })
}
