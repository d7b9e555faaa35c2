//! Text to values, with the tags and quotes that kustomize's library keeps.

use std::collections::HashMap;

use graph::{NodeId, Role, Tree};
use smol_str::SmolStr;
use source::{FileId, Level, Problem, SourceFile, Span};
use yaml::NodeKind;

use super::resolve::plain;
use super::{Data, Entry, Node, Origin, Placing, Scalar, Tag};
use crate::bounds::Bounds;

/// What was read of a text.
#[derive(Debug, Default)]
pub(crate) struct Read {
    /// The documents that hold something.
    pub(crate) documents: Vec<Node>,
    pub(crate) problems: Vec<Problem>,
}

/// Reads the documents of a text. Of a text that is not YAML, what can be understood is read.
pub(crate) fn read(text: &str, placing: &Placing, bounds: &Bounds) -> Read {
    let documents = match yaml::nodes(text) {
        Ok(documents) => documents,
        Err(_) => return recovered(text, placing),
    };
    let mut reader = Reader {
        placing,
        bounds,
        anchors: HashMap::new(),
        problems: Vec::new(),
    };
    let documents = documents.iter().map(|document| reader.node(document));
    let documents = documents.filter(|document| !document.is_null()).collect();
    Read {
        documents,
        problems: reader.problems,
    }
}

struct Reader<'a> {
    placing: &'a Placing,
    bounds: &'a Bounds,
    anchors: HashMap<usize, Node>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn node(&mut self, node: &yaml::Node) -> Node {
        let origin = Origin::at(self.placing.span(&node.range));
        let data = match &node.kind {
            NodeKind::Scalar { text, plain, .. } => {
                Data::Scalar(scalar(text, *plain, node.tag.as_deref()))
            }
            NodeKind::List(items) => Data::List(items.iter().map(|item| self.node(item)).collect()),
            NodeKind::Map(entries) => Data::Map(self.map(entries)),
            NodeKind::Alias(anchor) => return self.alias(*anchor, &origin),
        };
        let read = Node::new(data, origin);
        if let Some(anchor) = node.anchor {
            self.anchors.insert(anchor, read.clone());
        }
        read
    }

    fn alias(&mut self, anchor: Option<usize>, origin: &Origin) -> Node {
        let target = anchor.and_then(|anchor| self.anchors.get(&anchor));
        let (code, message) = match target {
            Some(target) if self.bounds.take(target.size()) => {
                let mut copy = target.clone();
                copy.each_mut(&mut |node| {
                    node.origin = node.origin.through(Role::Alias, origin.span);
                });
                return copy;
            }
            Some(_) => (
                "too-many-aliases",
                "the aliases of the file repeat too many values",
            ),
            None => ("yaml-alias", "no anchor of this name stands before"),
        };
        self.problem(code, message, origin);
        Node::scalar(Scalar::tagged("", Tag::Null), origin.clone())
    }

    fn problem(&mut self, code: &'static str, message: &str, origin: &Origin) {
        self.problems
            .push(Problem::at(Level::Error, code, message, origin.span));
    }

    fn map(&mut self, entries: &[(yaml::Node, yaml::Node)]) -> Vec<Entry> {
        let mut own: Vec<Entry> = Vec::new();
        let mut merged: Vec<Entry> = Vec::new();
        for (key, value) in entries {
            let span = self.placing.span(&key.range);
            let value = self.node(value);
            let text = match &key.kind {
                NodeKind::Scalar { text, .. } => SmolStr::from(text.as_str()),
                NodeKind::Alias(_) => self.node(key).text().clone(),
                _ => {
                    let message = "a list or map can't be a key in JSON";
                    self.problem("complex-key", message, &Origin::at(span));
                    continue;
                }
            };
            if is_merge(key) {
                self.merge(value, &mut merged);
                continue;
            }
            match own.iter_mut().find(|entry| entry.key == text) {
                Some(entry) => {
                    let message = format!("the key `{text}` stands here twice");
                    self.problems
                        .push(Problem::at(Level::Error, "duplicate-key", message, span));
                    entry.value = value;
                }
                None => own.push(Entry {
                    key: text,
                    span,
                    value,
                }),
            }
        }
        merged.retain(|entry| !own.iter().any(|one| one.key == entry.key));
        merged.extend(own);
        merged
    }

    /// Adds what `<<` brings; of several maps, the first that has a key counts.
    fn merge(&mut self, value: Node, merged: &mut Vec<Entry>) {
        let origin = value.origin.clone();
        match value.data {
            Data::Map(entries) => {
                for entry in entries {
                    if !merged.iter().any(|one| one.key == entry.key) {
                        merged.push(entry);
                    }
                }
            }
            Data::List(items) => {
                for item in items {
                    self.merge(item, merged);
                }
            }
            Data::Scalar(_) => {
                self.problem("merge-value", "only maps can be merged", &origin);
            }
        }
    }
}

fn is_merge(key: &yaml::Node) -> bool {
    let is_merge = |tag: &str| tag == "!" || tag.ends_with(":merge");
    match &key.kind {
        NodeKind::Scalar { text, plain, .. } => {
            text == "<<" && *plain && key.tag.as_deref().is_none_or(is_merge)
        }
        _ => false,
    }
}

fn scalar(text: &str, is_plain: bool, tag: Option<&str>) -> Scalar {
    let tag = tag.filter(|tag| *tag != "!");
    let tag = match tag {
        None if is_plain => plain(text).0,
        None => Tag::String,
        Some(tag) => match tag.strip_prefix("tag:yaml.org,2002:").unwrap_or(tag) {
            "str" => Tag::String,
            "null" => Tag::Null,
            "bool" => Tag::Bool,
            "int" => Tag::Int,
            "float" => Tag::Float,
            "timestamp" => Tag::Timestamp,
            "binary" => Tag::Binary,
            _ => Tag::Other(tag.into()),
        },
    };
    Scalar {
        text: text.into(),
        tag,
        is_plain,
    }
}

/// Reads what can be understood of a text that is not YAML.
fn recovered(text: &str, placing: &Placing) -> Read {
    let file = match placing {
        Placing::File(file) => *file,
        _ => FileId(0),
    };
    let read = yaml::read(&SourceFile::new(file, "", text), &yaml::Options::default());
    let moved = read
        .problems
        .into_iter()
        .map(|problem| match problem.place {
            source::Place::Span(span) => Problem {
                place: source::Place::Span(placing.span(&span.range())),
                ..problem
            },
            source::Place::Path(_) => problem,
        });
    let mut problems: Vec<Problem> = moved.collect();
    if !problems.iter().any(|problem| problem.level == Level::Error) {
        let span = placing.span(&(0..text.len()));
        let message = "kustomize does not take this for YAML";
        problems.push(Problem::at(Level::Error, "yaml-dialect", message, span));
    }
    let documents = read.documents.iter();
    let documents = documents.map(|document| node_of(&document.tree, NodeId::ROOT, Some(placing)));
    Read {
        documents: documents.filter(|document| !document.is_null()).collect(),
        problems,
    }
}

/// A value that somebody else read.
pub(crate) fn from_tree(tree: &Tree) -> Node {
    node_of(tree, NodeId::ROOT, None)
}

fn node_of(tree: &Tree, id: NodeId, placing: Option<&Placing>) -> Node {
    let node = tree.node(id);
    let place = |span: Span| placing.map_or(span, |placing| placing.span(&span.range()));
    let tagged = |text: String, tag| Data::Scalar(Scalar::tagged(text, tag));
    let data = match &node.data {
        graph::Data::Bool(truth) => tagged(truth.to_string(), Tag::Bool),
        graph::Data::Int(number) => tagged(number.to_string(), Tag::Int),
        graph::Data::Float(number) => tagged(number.to_string(), Tag::Float),
        graph::Data::String(text) => Data::Scalar(Scalar {
            is_plain: false,
            ..Scalar::string(text.clone())
        }),
        graph::Data::List => {
            let children = tree.children(id);
            Data::List(
                children
                    .map(|child| node_of(tree, child, placing))
                    .collect(),
            )
        }
        graph::Data::Map => Data::Map(
            tree.children(id)
                .filter_map(|child| {
                    let key = tree.node(child).key.as_ref()?;
                    Some(Entry {
                        key: key.text.clone(),
                        span: place(key.span),
                        value: node_of(tree, child, placing),
                    })
                })
                .collect(),
        ),
        graph::Data::Null | graph::Data::Unknown(_) | graph::Data::Partial(_) => {
            tagged(String::new(), Tag::Null)
        }
    };
    let steps = tree
        .passage(id)
        .map(|passage| passage.steps.as_slice().into());
    let span = place(node.span);
    Node::new(data, Origin { span, steps })
}
