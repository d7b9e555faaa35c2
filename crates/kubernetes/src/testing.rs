//! Resources from YAML text, for tests.

use std::sync::Arc;

use graph::{Cause, Data, Graph, Piece, Resource, Unknown};
use source::{FileId, Problem, SourceFile};
use yaml::{Document, Yaml};

use crate::{Manifests, Options, link, resources};

/// Reads the manifests of one text.
pub(crate) fn read(text: &str) -> (SourceFile, Manifests) {
    read_with(text, &Options::default())
}

/// The same with options.
pub(crate) fn read_with(text: &str, options: &Options) -> (SourceFile, Manifests) {
    let file = file(text);
    let manifests = resources(parse(&file), &file, options);
    (file, manifests)
}

/// Reads the manifests of a file.
pub(crate) fn read_file(file: &SourceFile) -> Manifests {
    resources(parse(file), file, &Options::default())
}

/// A file with the text.
pub(crate) fn file(text: &str) -> SourceFile {
    SourceFile::new(FileId(0), "test.yaml", text)
}

/// The documents of a file.
pub(crate) fn documents(file: &SourceFile) -> Vec<Document> {
    parse(file).documents
}

fn parse(file: &SourceFile) -> Yaml {
    let bounds = yaml::Options {
        max_nodes: 1_000_000,
        max_depth: 1_000,
        placeholder_tags: true,
    };
    yaml::read(file, &bounds)
}

/// A value of which nothing is known.
pub(crate) fn unknown() -> Data {
    Data::Unknown(Arc::new(Unknown::new(Cause::Example)))
}

/// A text of which only the beginning is known.
pub(crate) fn partial() -> Data {
    Data::Partial(
        [
            Piece::Known("a".into()),
            Piece::Unknown(Unknown::new(Cause::Example)),
        ]
        .into(),
    )
}

/// The only resource of a text.
pub(crate) fn one(text: &str) -> Resource {
    let (_, mut manifests) = read(text);
    assert_eq!(manifests.problems, []);
    assert_eq!(manifests.resources.len(), 1);
    manifests.resources.remove(0)
}

/// The linked graph of a text.
pub(crate) fn linked(text: &str, complete: bool) -> (SourceFile, Graph) {
    let (file, manifests) = read(text);
    let mut graph = Graph::new(
        manifests.resources.into_iter().map(Arc::new).collect(),
        complete,
    );
    link(&mut graph);
    (file, graph)
}

/// A problem as `code: message at "text"`.
pub(crate) fn show_problem(file: &SourceFile, problem: &Problem) -> String {
    let place = match &problem.place {
        source::Place::Span(span) => file.slice(*span),
        source::Place::Path(_) => "",
    };
    format!("{}: {} at {place:?}", problem.code, problem.message)
}
