//! Text to values, with the tags and quotes that kustomize's library keeps.

use std::collections::HashMap;
use std::sync::Arc;

use graph::{NodeId, Role, Tree};
use smol_str::SmolStr;
use source::{FileId, Level, Problem, SourceFile, Span};
use yaml::NodeKind;

use super::placed::origin;
use super::resolve::plain;
use super::{Data, Doubt, Entry, Node, Origin, Placing, Scalar, Shared, Style, Tag, Unknowns};
use crate::bounds::Bounds;

/// What was read of a text.
#[derive(Clone, Debug, Default)]
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
        text,
        placing,
        bounds,
        anchors: HashMap::new(),
        problems: Vec::new(),
        brackets: 0,
        depth: 0,
    };
    let documents = documents.iter().map(|document| reader.node(document));
    let documents = documents.filter(|document| !document.is_null()).collect();
    Read {
        documents,
        problems: reader.problems,
    }
}

struct Reader<'a> {
    text: &'a str,
    placing: &'a Placing,
    bounds: &'a Bounds,
    anchors: HashMap<usize, Node>,
    problems: Vec<Problem>,
    /// In how many brackets the value stands that is read.
    brackets: usize,
    /// In how many maps it stands.
    depth: usize,
}

impl Reader<'_> {
    fn node(&mut self, node: &yaml::Node) -> Node {
        let origin = Origin::at(self.placing.span(&node.range));
        let begin = self.text.as_bytes().get(node.range.start);
        let brackets = self.brackets;
        self.brackets += usize::from(matches!(begin, Some(b'[' | b'{')));
        let data = match &node.kind {
            NodeKind::Scalar { text, plain, .. } => {
                let style = match plain {
                    true => Style::Plain,
                    false if begin == Some(&b'>') => Style::Folded,
                    false => Style::Quoted,
                };
                let mut scalar = scalar(text, style, node.tag.as_deref());
                // Kustomize writes what stands in brackets in brackets again, with quotes where they need them.
                match scalar.tag {
                    Tag::Null if brackets > 0 && text.is_empty() && *plain => {
                        scalar.style = Style::LeftOut;
                    }
                    Tag::Timestamp if brackets > 0 && text.contains(':') => {
                        scalar.tag = Tag::String;
                    }
                    _ => {}
                }
                Data::Scalar(scalar)
            }
            NodeKind::List(items) => Data::List(items.iter().map(|item| self.node(item)).collect()),
            NodeKind::Map(entries) => Data::Map(self.map(entries)),
            NodeKind::Alias(anchor) => {
                self.brackets = brackets;
                return self.alias(*anchor, &origin);
            }
        };
        self.brackets = brackets;
        let read = Node::new(data, origin);
        if let Some(anchor) = node.anchor {
            self.anchors.insert(anchor, read.clone());
        }
        read
    }

    fn alias(&mut self, anchor: Option<usize>, origin: &Origin) -> Node {
        let target = anchor.and_then(|anchor| self.anchors.get(&anchor));
        let (code, message) = match target {
            Some(target) if self.bounds.copy(target.size()) => {
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
        self.depth += 1;
        let map = self.entries(entries);
        self.depth -= 1;
        map
    }

    fn entries(&mut self, entries: &[(yaml::Node, yaml::Node)]) -> Vec<Entry> {
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
            if self.depth > 1 && !is_text(key) {
                let message = "kustomize prints no keys that are no text";
                self.problem("key-not-text", message, &Origin::at(span));
            }
            match own.iter_mut().find(|entry| entry.key == text) {
                Some(entry) => {
                    let message = format!("the key `{text}` stands here twice");
                    self.problems.push(Problem::at(
                        Level::Error,
                        yaml::DUPLICATE_KEY,
                        message,
                        span,
                    ));
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

/// Whether a key is a text. Numbers and the like are none.
fn is_text(key: &yaml::Node) -> bool {
    match &key.kind {
        NodeKind::Scalar {
            text, plain: true, ..
        } if key.tag.is_none() => plain(text).0 == Tag::String,
        _ => true,
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

fn scalar(text: &str, style: Style, tag: Option<&str>) -> Scalar {
    let tag = tag.filter(|tag| *tag != "!");
    let tag = match tag {
        None if style == Style::Plain => plain(text).0,
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
        style: match tag {
            Tag::String | Tag::Other(_) => style,
            // A tag that is written counts more than quotes.
            _ if style == Style::LeftOut => style,
            _ => Style::Plain,
        },
        tag,
        shared: Shared::default(),
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
    let foreign = Foreign {
        placing: Some(placing),
        unknowns: None,
    };
    let documents = documents.map(|document| of_tree(&document.tree, NodeId::ROOT, &foreign));
    Read {
        documents: documents.filter(|document| !document.is_null()).collect(),
        problems,
    }
}

/// How a value becomes one of ours that somebody else read.
#[derive(Clone, Copy, Default)]
pub(crate) struct Foreign<'a> {
    /// The way to the file, if the places are those of a text in one.
    pub(crate) placing: Option<&'a Placing>,
    /// Where values are kept that can't be known; without it, they are null.
    pub(crate) unknowns: Option<&'a Unknowns>,
}

impl Foreign<'_> {
    fn place(&self, span: Span) -> Span {
        self.placing
            .map_or(span, |placing| placing.span(&span.range()))
    }

    /// What can't be known of a value beside its text.
    pub(super) fn doubt(&self, tree: &Tree, id: NodeId) -> Doubt {
        if self.unknowns.is_none() {
            return Doubt::default();
        }
        let rest = match &tree.node(id).data {
            graph::Data::Unknown(unknown) => Some(Arc::clone(unknown)),
            _ => tree.open(id).cloned(),
        };
        Doubt {
            rest,
            is_symbolic: tree.is_symbolic(id),
        }
    }
}

/// A value that somebody else read, of which everything is known.
pub(crate) fn from_tree(tree: &Tree) -> Node {
    of_tree(tree, NodeId::ROOT, &Foreign::default())
}

/// A value that somebody else read.
pub(crate) fn of_tree(tree: &Tree, id: NodeId, foreign: &Foreign<'_>) -> Node {
    let own = origin(tree, id);
    let origin = Origin {
        span: foreign.place(own.span),
        ..own
    };
    Node {
        doubt: foreign.doubt(tree, id),
        ..Node::new(data(tree, id, foreign), origin)
    }
}

fn data(tree: &Tree, id: NodeId, foreign: &Foreign<'_>) -> Data {
    let node = tree.node(id);
    let tagged = |text: String, tag| Data::Scalar(Scalar::tagged(text, tag));
    let string = |text: SmolStr| {
        Data::Scalar(Scalar {
            style: Style::Quoted,
            ..Scalar::string(text)
        })
    };
    match (&node.data, foreign.unknowns) {
        (graph::Data::Bool(truth), _) => tagged(truth.to_string(), Tag::Bool),
        (graph::Data::Int(number), _) => tagged(number.to_string(), Tag::Int),
        (graph::Data::Float(number), _) => tagged(number.to_string(), Tag::Float),
        (graph::Data::String(text), _) => string(text.clone()),
        (graph::Data::List, _) => {
            let children = tree.children(id);
            Data::List(
                children
                    .map(|child| of_tree(tree, child, foreign))
                    .collect(),
            )
        }
        (graph::Data::Map, _) => {
            let children = tree.children(id).filter_map(|child| {
                let key = tree.node(child).key.as_ref()?;
                Some(Entry {
                    key: key.text.clone(),
                    span: foreign.place(key.span),
                    value: of_tree(tree, child, foreign),
                })
            });
            Data::Map(children.collect())
        }
        (graph::Data::Unknown(_), Some(unknowns)) => {
            Data::Scalar(Scalar::open(unknowns.stand_in(tree.subtree(id))))
        }
        (graph::Data::Partial(pieces), Some(unknowns)) => string(unknowns.text(pieces, node.span)),
        _ => tagged(String::new(), Tag::Null),
    }
}
