//! What holds for every reading of every text. The fuzz target includes this file, too.

use std::collections::HashSet;

use graph::{Data, NodeId, Tree};
use source::{FileId, Place, SourceFile, Span};
use yaml::{Document, Options};

/// Reads `text` and checks everything that holds for every text.
pub(crate) fn check(text: &str) {
    let file = SourceFile::new(FileId(0), "text.yaml", text);
    let yaml = yaml::read(
        &file,
        &Options {
            max_nodes: 20_000,
            max_depth: 50,
            placeholder_tags: true,
        },
    );
    let mut end = 0;
    for document in &yaml.documents {
        check_span(&file, document.span);
        assert!(
            end <= document.span.start,
            "documents overlap at {end} in {text:?}"
        );
        end = document.span.end;
        check_document(&file, document);
    }
    for comment in &yaml.comments {
        check_span(&file, comment.span);
        let written = file.slice(comment.span);
        assert!(
            written.starts_with('#') && !written.contains(['\n', '\r']),
            "no comment: {written:?} in {text:?}"
        );
    }
    for problem in &yaml.problems {
        let Place::Span(span) = problem.place else {
            panic!("a problem without a span in {text:?}")
        };
        check_span(&file, span);
    }
}

fn check_span(file: &SourceFile, span: Span) {
    let text = &file.text;
    let is_inside = span.start <= span.end && text.get(span.range()).is_some();
    assert!(is_inside, "{span:?} is no range of {text:?}");
}

fn check_document(file: &SourceFile, document: &Document) {
    let tree = &document.tree;
    let mut work = vec![NodeId::ROOT];
    while let Some(node) = work.pop() {
        check_span(file, tree.node(node).span);
        check_node(file, document, node);
        work.extend(tree.children(node));
    }
}

/// The span of a child with its key.
fn extent(tree: &Tree, node: NodeId) -> Span {
    let node = tree.node(node);
    node.key
        .as_ref()
        .map_or(node.span, |key| key.span.cover(node.span))
}

fn check_node(file: &SourceFile, document: &Document, node: NodeId) {
    let tree = &document.tree;
    let span = tree.node(node).span;
    let written = file.slice(span);
    let shown = || {
        format!(
            "{:?} {written:?} at {span:?} of {:?}",
            tree.node(node).data,
            file.text
        )
    };
    if let Some(key) = &tree.node(node).key {
        check_span(file, key.span);
    }
    let keys = || {
        tree.children(node)
            .filter_map(|child| tree.node(child).key.as_ref())
    };
    let unique: HashSet<&str> = keys().map(|key| key.text.as_str()).collect();
    assert_eq!(
        unique.len(),
        keys().count(),
        "a key is there twice: {}",
        shown()
    );
    let mut end = span.start;
    for child in tree
        .children(node)
        .filter(|child| tree.passage(*child).is_none())
    {
        let extent = extent(tree, child);
        assert!(
            span.contains(extent),
            "a child is outside of its parent: {extent:?} {}",
            shown()
        );
        assert!(
            end <= extent.start,
            "children overlap: {extent:?} {}",
            shown()
        );
        end = extent.end;
    }
    match (&tree.node(node).data, written.chars().next()) {
        (Data::List | Data::Map, None) => {
            assert!(tree.open(node).is_some(), "nothing is written: {}", shown());
        }
        (Data::List | Data::Map, Some(open @ ('[' | '{'))) if tree.open(node).is_none() => {
            let close = if open == '[' { ']' } else { '}' };
            assert!(
                written.ends_with(close),
                "the closing bracket lacks: {}",
                shown()
            );
        }
        (Data::List, Some(first)) => assert!(matches!(first, '-' | '['), "no list: {}", shown()),
        (Data::String(_), Some(quote @ ('"' | '\''))) => {
            assert!(
                written.len() > 1 && written.ends_with(quote),
                "the closing quote lacks: {}",
                shown()
            );
        }
        (Data::String(_), Some('|' | '>')) => {
            assert!(
                !written.ends_with(['\n', '\r']),
                "a line break too much: {}",
                shown()
            );
        }
        (Data::String(text), Some(_)) if !written.contains(['\n', '\r']) => {
            // What is tagged as `!!binary` is decoded, and an alias may lead to a key.
            let is_tagged = file.text.contains('!');
            let is_alias = written.starts_with('*');
            assert!(
                *text == written || is_tagged || is_alias,
                "other text: {}",
                shown()
            );
        }
        _ => {}
    }
}
