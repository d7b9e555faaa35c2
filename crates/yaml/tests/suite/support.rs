//! Reads texts and compares trees as JSON.

use std::fmt::Write as _;

use graph::{Data, Node, NodeId, Tree};
use serde_json::{Map, Value};
use source::{FileId, Place, SourceFile};
use yaml::{Options, Yaml};

/// One step of a path in a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Key(String),
    Item(usize),
}

pub(crate) fn read(file: &SourceFile) -> Yaml {
    yaml::read(
        file,
        &Options {
            max_nodes: 100_000,
            max_depth: 100,
            placeholder_tags: false,
        },
    )
}

pub(crate) fn value(tree: &Tree, node: NodeId) -> Value {
    match &tree.node(node).data {
        Data::Null => Value::Null,
        Data::Bool(value) => (*value).into(),
        Data::Int(value) => (*value).into(),
        Data::Float(value) => (*value).into(),
        Data::String(text) => text.as_str().into(),
        Data::List => tree
            .children(node)
            .map(|child| value(tree, child))
            .collect(),
        Data::Map => {
            let entries = tree
                .children(node)
                .map(|child| (key(tree, child), value(tree, child)));
            Value::Object(entries.collect::<Map<String, Value>>())
        }
        Data::Unknown(_) | Data::Partial(_) => "(unknown)".into(),
    }
}

fn key(tree: &Tree, node: NodeId) -> String {
    tree.node(node)
        .key
        .as_ref()
        .map(|key| key.text.to_string())
        .unwrap_or_default()
}

pub(crate) fn path(tree: &Tree, node: NodeId) -> Vec<Step> {
    let Some(parent) = tree.parent(node) else {
        return Vec::new();
    };
    let mut steps = path(tree, parent);
    steps.push(match &tree.node(node).key {
        Some(key) => Step::Key(key.text.to_string()),
        None => Step::Item(
            tree.children(parent)
                .take_while(|child| *child != node)
                .count(),
        ),
    });
    steps
}

pub(crate) fn place<'a>(value: &'a Value, steps: &[Step]) -> Option<&'a Value> {
    steps.iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get(key),
        Step::Item(index) => value.get(*index),
    })
}

/// The documents, comments and problems of a text, each node with its key, its value and the text
/// of its span.
pub(crate) fn dump(text: &str) -> String {
    let file = SourceFile::new(FileId(0), "text.yaml", text);
    let yaml = read(&file);
    let mut out = String::new();
    for document in &yaml.documents {
        let _ = writeln!(out, "document {:?}", document.span.range());
        dump_node(&mut out, &file, &document.tree, NodeId::ROOT, 1);
    }
    for comment in &yaml.comments {
        let place = if comment.own_line { "alone" } else { "behind" };
        let _ = writeln!(out, "comment {place} {:?}", file.slice(comment.span));
    }
    for problem in &yaml.problems {
        let Place::Span(span) = problem.place else {
            continue;
        };
        let _ = writeln!(
            out,
            "{:?} {} at {:?}: {}",
            problem.level,
            problem.code,
            file.slice(span),
            problem.message
        );
    }
    out
}

fn dump_node(out: &mut String, file: &SourceFile, tree: &Tree, node: NodeId, depth: usize) {
    let Node {
        data, span, key, ..
    } = tree.node(node);
    let indent = "  ".repeat(depth);
    let key = key
        .as_ref()
        .map(|key| format!("{} {:?}: ", key.text, file.slice(key.span)))
        .unwrap_or_default();
    let data = match data {
        Data::Unknown(unknown) => format!("Unknown, as {}", unknown.cause.text()),
        data => format!("{data:?}"),
    };
    let way = tree.passage(node).map(|passage| {
        let steps = passage.steps.iter().map(|step| file.slice(step.span));
        format!(" through {}", steps.collect::<Vec<_>>().join(", "))
    });
    let open = if tree.open(node).is_some() {
        " and more"
    } else {
        ""
    };
    let written = match data.as_str() {
        "Map" | "List" if tree.first(node).is_some() => String::new(),
        _ => format!(" {:?}", file.slice(*span)),
    };
    let _ = writeln!(
        out,
        "{indent}{key}{data}{written}{}{open}",
        way.unwrap_or_default()
    );
    for child in tree.children(node) {
        dump_node(out, file, tree, child, depth + 1);
    }
}
