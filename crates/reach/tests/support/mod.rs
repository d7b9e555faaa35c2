//! Graphs from the text of manifests in which some values are left open.

use std::sync::Arc;

use graph::{Cause, Data, Graph, Namespace, NodeId, Piece, Resource, Tree, Unknown};
use source::{FileId, SourceFile};

/// The graph of the manifests in a text, in which everything is that exists. In texts `?` stands for what is not known, `|`
/// stands between what a text may be, and the element `...` for further elements of a list. The annotations `conditional` and `environment` do what they say.
pub(crate) fn graph(text: &str) -> Graph {
    let file = SourceFile::new(FileId(0), "test.yaml", text);
    let bounds = yaml::Options {
        max_nodes: 50_000_000,
        max_depth: 100,
        placeholder_tags: true,
    };
    let documents = yaml::read(&file, &bounds);
    let manifests = kubernetes::resources(documents, &file, &kubernetes::Options::default());
    assert_eq!(manifests.problems, []);
    let resources = manifests.resources.into_iter().map(opened).map(Arc::new);
    Graph::new(resources.collect(), true)
}

fn opened(mut resource: Resource) -> Resource {
    if resource.name.contains(['?', '|']) {
        resource.name = "".into();
    }
    let annotation = |resource: &Resource, key| {
        let annotations = resource
            .tree
            .at(NodeId::ROOT, &["metadata", "annotations"])?;
        resource.tree.text(annotations, key).cloned()
    };
    resource.environment = annotation(&resource, "environment");
    resource.conditional =
        annotation(&resource, "conditional").map(|_| Arc::new(unknown("it is conditional")));
    if resource.namespace == Namespace::Named("?".into()) {
        resource.namespace = Namespace::Unset;
    }
    open(&mut resource.tree, NodeId::ROOT);
    resource
}

fn open(tree: &mut Tree, node: NodeId) {
    let children: Vec<NodeId> = tree.children(node).collect();
    for child in children {
        match tree.node(child).data.clone() {
            Data::String(text) if text == "..." => {
                tree.remove(child);
                tree.set_open(node, Arc::new(unknown("the list is open")));
            }
            Data::String(text) if text == "?" => {
                tree.set(child, Data::Unknown(Arc::new(unknown("a value is open"))));
            }
            Data::String(text) if text.contains('|') => choose(tree, child, &text),
            Data::String(text) if text.contains('?') => tree.set(child, partial(&text)),
            _ => open(tree, child),
        }
    }
}

fn choose(tree: &mut Tree, node: NodeId, text: &str) {
    let span = tree.node(node).span;
    tree.set(node, Data::Unknown(Arc::new(unknown("one of several"))));
    for choice in text.split('|') {
        tree.push(node, None, Data::String(choice.into()), span);
    }
}

fn partial(text: &str) -> Data {
    let mut pieces = Vec::new();
    for (index, known) in text.split('?').enumerate() {
        if index > 0 {
            pieces.push(Piece::Unknown(unknown("a piece is open")));
        }
        if !known.is_empty() {
            pieces.push(Piece::Known(known.into()));
        }
    }
    Data::Partial(pieces.into())
}

fn unknown(cause: &str) -> Unknown {
    Unknown::new(Cause::Other(cause.into()))
}
