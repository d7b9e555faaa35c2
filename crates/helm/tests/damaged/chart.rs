//! What holds for any bytes that are read and rendered as a chart. The fuzz target of the workspace's tests uses it too.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use graph::{NodeId, Tree};
use helm::chart::{Chart, Reader};
use helm::manifest::{self, file_text, line_places};
use helm::render::{Manifest, Options, Show, render};
use helm::run::{self, Bounds};
use helm::set::{Form, set};
use helm::value::{Map, MapType, Place, Text};
use source::{Problem, Sources, Span};

use crate::case::{Case, ROOT};

/// Small enough that thousands of charts take seconds.
const BOUNDS: Bounds = Bounds {
    steps: 50_000,
    bytes: 1 << 20,
    depth: 50,
};

/// Reads bytes as a case of `tests/charts`, renders the chart `c` in it, and says whether anything came out of it.
pub(crate) fn check(bytes: &[u8]) -> bool {
    let case = Case::read(&String::from_utf8_lossy(bytes));
    let system = case.memory();
    let sources = Sources::default();
    let shown = |path: &Path| path.strip_prefix(ROOT).unwrap_or(path).to_path_buf();
    let reader = Reader {
        system: &system,
        sources: &sources,
        shown: &shown,
    };
    let loaded = reader.read(&Path::new(ROOT).join("c"));
    check_problems(&loaded.problems, &sources);
    let Some(chart) = loaded.chart else {
        assert!(!loaded.problems.is_empty(), "a chart is lost in silence");
        return false;
    };
    check_rendered(&chart, &values(&case), &sources)
}

/// What the arguments of a case set.
fn values(case: &Case) -> Map {
    let values = Map::new(&MapType::ANY, []);
    for pair in case.arguments.windows(2) {
        let form = Form::ORDER.into_iter().find(|form| form.flag() == pair[0]);
        // What can't be set leaves the rest to be rendered.
        let _ = form.map(|form| set(form, &pair[1], &values, &|_| Err("no file".into())));
    }
    values
}

fn check_rendered(chart: &Arc<Chart>, set: &Map, sources: &Sources) -> bool {
    let options = Options {
        run: run::Options {
            overlooks_required: true,
            bounds: BOUNDS,
            ..run::Options::default()
        },
        ..Options::default()
    };
    let rendered = render(chart, set, sources, &options);
    check_problems(&rendered.problems, sources);
    let is_told = !rendered.problems.is_empty();
    assert!(is_told || rendered.failures.is_empty() && rendered.refusal.is_none());
    let text = rendered.whole_text(Show::default());
    check_text(&text, sources);
    let manifests = rendered.manifests;
    let all = [manifests.crds, manifests.resources, manifests.hooks];
    let mut manifests = all.iter().flatten().peekable();
    let is_something = manifests.peek().is_some();
    manifests.for_each(|manifest| check_manifest(manifest, chart, sources));
    is_something
}

/// The pieces cover the text, and verbatim ones stand in their files as they are.
fn check_text(text: &Text, sources: &Sources) {
    let mut position = 0;
    for piece in text.pieces() {
        let bytes = &text.as_bytes()[position..position + piece.length];
        position += piece.length;
        let place = piece.mark.places().first().and_then(Place::span);
        let (Some(span), Some(offset)) = (place, piece.verbatim) else {
            continue;
        };
        let start = (span.start + offset) as usize;
        let file = sources.get(span.file);
        assert_eq!(&file.text.as_bytes()[start..start + piece.length], bytes);
    }
    assert!(text.pieces().is_empty() || position == text.len());
    let lines = line_places(text).into_iter().flatten();
    lines.for_each(|span| check_span(span, sources));
}

/// All that is read of a manifest stands in some file.
fn check_manifest(manifest: &Manifest, chart: &Chart, sources: &Sources) {
    let file = sources.add("<rendered>", file_text(&manifest.text));
    let mut values = HashMap::new();
    if let Some(tree) = &chart.values {
        values.insert(tree.node(NodeId::ROOT).span.file, Arc::clone(tree));
    }
    let read = manifest::documents(
        &manifest.text,
        &file,
        &manifest::Options {
            yaml: &yaml::Options::default(),
            values: &values,
            template: file.span(),
        },
    );
    check_problems(&read.problems, sources);
    for comment in &read.comments {
        check_span(comment.span, sources);
    }
    for tree in &read.trees {
        check_tree(tree, sources);
    }
}

fn check_tree(tree: &Tree, sources: &Sources) {
    let mut open = vec![NodeId::ROOT];
    while let Some(node) = open.pop() {
        open.extend(tree.children(node));
        let node = tree.node(node);
        check_span(node.span, sources);
        let key = node.key.iter().map(|key| key.span);
        key.for_each(|span| check_span(span, sources));
    }
}

fn check_problems(problems: &[Problem], sources: &Sources) {
    for problem in problems {
        assert!(!problem.message.is_empty());
        if let source::Place::Span(span) = problem.place {
            check_span(span, sources);
        }
    }
}

fn check_span(span: Span, sources: &Sources) {
    let file = sources.get(span.file);
    assert!(file.text.get(span.range()).is_some(), "{span:?}");
}
