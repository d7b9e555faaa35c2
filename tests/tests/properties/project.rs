//! Input, read and judged without the scan whose results are tested.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use check::{Against, Check, FoundPlace, Judge, Library};
use graph::{Graph, NodeId, Resource, ResourceId, SmolStr, Tree};
use kubernetes::Version;
use source::{FileId, SourceFile, TextEdit};

/// The time against which certificates are judged where an example names none: 2026-01-01.
pub(crate) const NOW: i64 = 1_767_225_600;

/// Files that are judged together, by their shown path.
pub(crate) type Files = Vec<(PathBuf, String)>;

/// Settings that differ from the defaults, by check.
pub(crate) type Settings = HashMap<SmolStr, (Arc<Tree>, NodeId)>;

/// What input is judged against.
#[derive(Clone, Debug)]
pub(crate) struct Terms {
    pub(crate) version: Version,
    pub(crate) now: i64,
    pub(crate) complete: bool,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            version: Version::NEWEST,
            now: NOW,
            complete: false,
        }
    }
}

/// A judge by some checks.
pub(crate) fn judge(
    library: &Library,
    checks: &[Arc<Check>],
    settings: &Settings,
    terms: &Terms,
) -> Judge {
    let against = Against {
        kubernetes_minor: terms.version.minor,
        now: terms.now,
    };
    Judge::new(library, checks.to_vec(), settings, against)
}

/// Input that was read and linked.
pub(crate) struct Project {
    pub(crate) files: Vec<SourceFile>,
    pub(crate) graph: Graph,
}

/// A place at which a check fails, in terms of what is written.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) check: Arc<Check>,
    pub(crate) place: FoundPlace,
}

impl Project {
    pub(crate) fn read(files: &Files, terms: &Terms) -> Self {
        let options = kubernetes::Options {
            version: terms.version,
            ..kubernetes::Options::default()
        };
        let mut project = Self {
            files: Vec::new(),
            graph: Graph::default(),
        };
        let mut resources: Vec<Arc<Resource>> = Vec::new();
        for (id, (path, text)) in (0..).zip(files) {
            let file = SourceFile::new(FileId(id), path, text.as_str());
            let yaml = yaml::read(&file, &yaml::Options::default());
            let read = kubernetes::resources(yaml, &file, &options).resources;
            resources.extend(read.into_iter().map(Arc::new));
            project.files.push(file);
        }
        project.graph = Graph::new(resources, terms.complete);
        kubernetes::link(&mut project.graph);
        project
    }

    pub(crate) fn file(&self, id: ResourceId) -> &SourceFile {
        &self.files[self.graph.resource(id).span().file.0 as usize]
    }

    /// What is found in all resources.
    pub(crate) fn found(&self, judge: &Judge) -> Vec<Found> {
        let ids = self.graph.resources().map(|(id, _)| id);
        ids.flat_map(|id| self.found_in(judge, id)).collect()
    }

    /// What is found in one resource.
    pub(crate) fn found_in(&self, judge: &Judge, id: ResourceId) -> Vec<Found> {
        let resource = self.graph.resource(id);
        let judged = judge.judge(&self.graph, id);
        let found = judged.into_iter().flat_map(|judged| {
            let check = &judge.checks()[judged.check];
            judged.fails.into_iter().map(|fail| Found {
                check: Arc::clone(check),
                place: written(resource, fail.place),
            })
        });
        found.collect()
    }
}

/// The same place in terms of what somebody wrote: a default is a key that is not there.
fn written(resource: &Resource, mut place: FoundPlace) -> FoundPlace {
    let tree = &resource.tree;
    while !is_written(tree, place.node) {
        let Some(parent) = tree.parent(place.node) else {
            break;
        };
        match &tree.node(place.node).key {
            Some(key) => place.missing.insert(0, key.text.clone()),
            None => place.missing.clear(),
        }
        place.node = parent;
    }
    place
}

/// Whether somebody wrote a node.
pub(crate) fn is_written(tree: &Tree, node: NodeId) -> bool {
    let passage = tree.passage(node);
    passage.is_none_or(|passage| passage.default.is_none())
}

/// The files after edits of one of them.
pub(crate) fn edited(files: &Files, file: FileId, edits: &[TextEdit]) -> Option<Files> {
    let mut files = files.clone();
    let text = &mut files[file.0 as usize].1;
    *text = source::apply(text, edits).ok()?;
    Some(files)
}
