//! Texts of YAML as trees whose places are those where the text was written, keys included.

use std::sync::Arc;

use graph::{Data, NodeId, Passage, Piece, Step, Tree};
use source::{FileId, Level, SourceFile, Span};

use super::tree::{piece, steps};
use crate::functions::{HOLE, Written};
use crate::value::Value;

/// The file that a text is read as. No other one has this number.
const TEXT: FileId = FileId(u32::MAX);

/// The first document of a text, which may have unknown parts; null of a text without any. Nothing where it is no YAML.
pub(crate) fn document(text: &Value) -> Option<Tree> {
    let written = Written::of(text)?;
    let file = SourceFile::new(TEXT, "", written.text.as_str());
    let read = yaml::read(&file, &yaml::Options::default());
    let mut problems = read.problems.iter();
    if problems.any(|problem| problem.level == Level::Error) {
        return None;
    }
    let first = read.documents.into_iter().next();
    let mut tree = first.map_or_else(|| Tree::new(Data::Null, file.span()), |one| one.tree);
    let placing = Placing {
        written: &written,
        file: &file,
    };
    let mut open = vec![NodeId::ROOT];
    while let Some(node) = open.pop() {
        placing.remove_unknown_keys(&mut tree, node);
        open.extend(tree.children(node));
        placing.node(&mut tree, node);
    }
    Some(tree)
}

struct Placing<'a> {
    written: &'a Written,
    file: &'a SourceFile,
}

impl Placing<'_> {
    fn node(&self, tree: &mut Tree, node: NodeId) {
        let span = tree.node(node).span;
        let own = self.data(tree, node);
        if let Some(key) = tree.node(node).key.as_ref().map(|key| key.span) {
            tree.set_key_span(node, self.place(key));
        }
        tree.set_span(node, self.place(span));
        tree.set(node, own);
        let passage = tree.passage(node).cloned().unwrap_or_default();
        let mut steps_of_node: Vec<Step> = passage
            .steps
            .iter()
            .map(|step| Step {
                span: self.place(step.span),
                ..*step
            })
            .collect();
        steps_of_node.extend(steps(&self.written.origin(&span.range())));
        if !steps_of_node.is_empty() {
            let steps = steps_of_node;
            tree.set_passage(node, Arc::new(Passage { steps, ..passage }));
        }
    }

    /// The place of a part of the text.
    fn place(&self, span: Span) -> Span {
        match span.file {
            TEXT => self.written.origin(&span.range()).span,
            _ => span,
        }
    }

    fn data(&self, tree: &Tree, node: NodeId) -> Data {
        let found = tree.node(node);
        let text = match &found.data {
            Data::String(text) if text.contains(HOLE) => text,
            data => return data.clone(),
        };
        let range = found.span.range();
        let is_plain = self.file.slice(found.span).starts_with(HOLE);
        let value = match self.written.is_hole(text) && is_plain {
            true => self.written.unknown(&range),
            false => self.written.string(text, &range),
        };
        match value.unknown() {
            Some(unknown) => match &unknown.shape {
                Some(crate::value::Shape::Text(pieces)) => {
                    let pieces: Vec<Piece> = pieces.iter().map(piece).collect();
                    Data::Partial(pieces.into())
                }
                _ => Data::Unknown(Arc::new(super::cause::unknown(unknown))),
            },
            None => found.data.clone(),
        }
    }

    /// A map with keys that are unknown may hold more than the others.
    fn remove_unknown_keys(&self, tree: &mut Tree, map: NodeId) {
        let is_unknown = |tree: &Tree, child: NodeId| {
            let key = tree.node(child).key.as_ref();
            key.is_some_and(|key| key.text.contains(HOLE))
        };
        let children: Vec<NodeId> = tree.children(map).collect();
        let unknown: Vec<NodeId> = children
            .into_iter()
            .filter(|child| is_unknown(tree, *child))
            .collect();
        let Some(first) = unknown.first().copied() else {
            return;
        };
        let key = tree.node(first).key.clone();
        let cause = key.map(|key| self.written.unknown(&key.span.range()));
        if let Some(unknown) = cause.as_ref().and_then(Value::unknown) {
            tree.set_open(map, Arc::new(super::cause::unknown(unknown)));
        }
        unknown.into_iter().for_each(|child| tree.remove(child));
    }
}
