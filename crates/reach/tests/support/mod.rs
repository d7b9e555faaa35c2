//! Graphs from the text of manifests.

use std::sync::Arc;

use graph::Graph;
use source::{FileId, SourceFile};

/// The graph of the manifests in a text, in which everything is that exists.
pub(crate) fn graph(text: &str) -> Graph {
    let file = SourceFile::new(FileId(0), "test.yaml", text);
    let bounds = yaml::Options {
        max_nodes: 50_000_000,
        max_depth: 100,
        placeholder_tags: true,
    };
    let documents = yaml::read(&file, &bounds);
    let manifests = kubernetes::resources(documents, &file, &kubernetes::Options::default());
    let resources = manifests.resources.into_iter().map(Arc::new);
    Graph::new(resources.collect(), true)
}
