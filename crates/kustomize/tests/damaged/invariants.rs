//! What holds for any files of a kustomization. The fuzz target `kustomization` checks the same.

use std::path::Path;

use graph::{NodeId, Tree};
use kustomize::{Build, NoCharts, Reader};
use source::{FileId, Memory, Place, SourceFile, Sources, Span};

/// The files of a kustomization, divided by NUL bytes.
const PATHS: [&str; 6] = [
    "k/kustomization.yaml",
    "k/a.yaml",
    "k/patch.yaml",
    "base/kustomization.yaml",
    "base/b.yaml",
    "component/kustomization.yaml",
];

/// Builds the kustomization of these files, and checks every place and every printed value.
pub(crate) fn check(bytes: &[u8]) {
    let files = bytes.split(|byte| *byte == 0);
    let system = Memory::new(PATHS.into_iter().zip(files));
    let sources = Sources::default();
    let build = Reader::new(&system, &sources, &NoCharts).build(Path::new("k"));
    check_build(&build, &sources);
}

/// Checks every place and every printed value.
pub(crate) fn check_build(build: &Build, sources: &Sources) {
    for problem in &build.problems {
        if let Place::Span(span) = problem.place {
            check_span(span, sources);
        }
    }
    let is_printable = !build
        .problems
        .iter()
        .any(|problem| problem.code == "unprintable-value");
    for resource in &build.resources {
        check_tree(&resource.tree, sources);
        if is_printable {
            check_text(&resource.text(), &resource.tree);
        }
    }
}

fn check_span(span: Span, sources: &Sources) {
    let file = sources.get(span.file);
    assert!(
        file.text.get(span.range()).is_some(),
        "{span:?} is no place in {:?}",
        file.path
    );
}

fn check_tree(tree: &Tree, sources: &Sources) {
    let mut open = vec![NodeId::ROOT];
    while let Some(id) = open.pop() {
        let node = tree.node(id);
        check_span(node.span, sources);
        if let Some(key) = &node.key {
            check_span(key.span, sources);
        }
        for step in tree.passage(id).iter().flat_map(|passage| &passage.steps) {
            check_span(step.span, sources);
        }
        open.extend(tree.children(id));
    }
}

/// What is printed is read as the value that the tree has.
fn check_text(text: &str, tree: &Tree) {
    // Version 2 of Go's library writes these line breaks as they are, and readers of newer YAML take them for text.
    // Where it reads them again, they are spaces.
    if has_old_breaks(text) || holds_old_breaks(tree) {
        return;
    }
    let file = SourceFile::new(FileId(0), "printed", text);
    let read = yaml::read(&file, &yaml::Options::default());
    let [document] = read.documents.as_slice() else {
        panic!("{} documents in {text:?}", read.documents.len());
    };
    assert!(
        document.tree.equal(NodeId::ROOT, tree, NodeId::ROOT),
        "{text}"
    );
}

/// Whether a text has line breaks of YAML 1.1 that newer YAML does not know.
fn has_old_breaks(text: &str) -> bool {
    text.contains(['\u{85}', '\u{2028}', '\u{2029}'])
}

fn holds_old_breaks(tree: &Tree) -> bool {
    let mut open = vec![NodeId::ROOT];
    while let Some(id) = open.pop() {
        let key = tree.node(id).key.as_ref().map(|key| &key.text);
        if key
            .into_iter()
            .chain(tree.as_text(id))
            .any(|text| has_old_breaks(text))
        {
            return true;
        }
        open.extend(tree.children(id));
    }
    false
}
