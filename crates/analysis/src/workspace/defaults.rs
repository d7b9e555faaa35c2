//! What nobody wrote and holds nevertheless, told where the map is named that lacks it.

use std::path::Path;

use graph::{Data, NodeId, Resource, Tree};
use smol_str::SmolStr;
use source::{FileId, Span};

use super::values::nodes;
use super::{Known, Workspace};
use crate::fix::IsOver;

/// The most values that are told of one map.
const MOST: usize = 16;

/// The values of a map that nobody wrote.
#[derive(Clone, Debug, PartialEq)]
pub struct DefaultsAt {
    /// The address of the resource.
    pub address: SmolStr,
    /// Who sets them, such as `Kubernetes` or a provider.
    pub by: SmolStr,
    /// The keys and their values, in the order of the map; the last ones are left out where there are many.
    pub values: Vec<(SmolStr, Data)>,
}

impl Workspace {
    /// The values that nobody wrote of the map that is named at a place, a byte of a file by its shown path: by its key, or as an
    /// element of a list by its own name, or as a resource by its kind. What is the same in several environments is told once.
    #[must_use]
    pub fn defaults_at(&self, path: &Path, offset: u32, is_over: IsOver<'_>) -> Vec<DefaultsAt> {
        match &self.known {
            Some(known) => known.defaults_at(path, offset, is_over),
            None => Vec::new(),
        }
    }
}

impl Known {
    fn defaults_at(&self, path: &Path, offset: u32, is_over: IsOver<'_>) -> Vec<DefaultsAt> {
        let project = &self.analysis.project;
        let is_file = |file: FileId| project.sources.get(file).path == path;
        let is_here = |span: Span| span.start <= offset && offset <= span.end && is_file(span.file);
        let mut found: Vec<DefaultsAt> = Vec::new();
        for (_, resource) in project.graph.resources() {
            if is_over() {
                return Vec::new();
            }
            let tree = &resource.tree;
            let named = nodes(tree).filter(|node| name(tree, *node).is_some_and(is_here));
            for told in named.filter_map(|node| defaults(resource, node)) {
                if !found.contains(&told) {
                    found.push(told);
                }
            }
        }
        found
    }
}

/// The text that names a map.
fn name(tree: &Tree, node: NodeId) -> Option<Span> {
    let written = tree.node(node);
    if written.data != Data::Map {
        return None;
    }
    let own = |key: &str| tree.get(node, key).map(|child| tree.node(child).span);
    match (&written.key, tree.parent(node)) {
        (Some(key), _) => Some(key.span),
        (None, Some(_)) => own("name"),
        (None, None) => own("kind"),
    }
}

/// The values of a map that nobody wrote; nothing where there are none.
fn defaults(resource: &Resource, node: NodeId) -> Option<DefaultsAt> {
    let tree = &resource.tree;
    let mut by: Option<&SmolStr> = None;
    let mut values = Vec::new();
    for child in tree.children(node) {
        let (written, passage) = (tree.node(child), tree.passage(child));
        let default = passage.and_then(|passage| passage.default.as_ref());
        if let (Some(default), None, Some(key)) = (default, tree.first(child), &written.key) {
            by.get_or_insert(&default.by);
            values.push((key.text.clone(), written.data.clone()));
        }
    }
    values.truncate(MOST);
    Some(DefaultsAt {
        address: resource.address.clone(),
        by: by?.clone(),
        values,
    })
}
