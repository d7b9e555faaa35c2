//! Rendered text as trees whose values stand where a person would change them: in a template, or in a file of values.

mod layout;
mod origin;
mod unknown;

use std::collections::HashMap;
use std::sync::Arc;

use graph::{NodeId, Passage, Tree, Unknown};
use source::{FileId, Place, Problem, SourceFile, Span};

use crate::value::Text;
use layout::{Layout, Part};
use origin::{Placed, Sum};

/// How rendered text is read.
pub struct Options<'a> {
    /// How YAML is.
    pub yaml: &'a yaml::Options,
    /// The files of values as trees, for the places of lists and maps in them.
    pub values: &'a HashMap<FileId, Arc<Tree>>,
    /// The span of the template, for what came from nowhere in it.
    pub template: Span,
}

/// What rendered text holds.
#[derive(Debug, Default)]
pub struct Documents {
    /// The documents in the order of the text.
    pub trees: Vec<Tree>,
    /// What is wrong with the text, at the places in templates and values.
    pub problems: Vec<Problem>,
    /// Comments of templates and values that are in the text, at their places.
    pub comments: Vec<yaml::Comment>,
}

/// The text as a file: the bytes that are not UTF-8 are replaced by as many question marks, so that every byte stays at its place.
#[must_use]
pub fn file_text(text: &Text) -> String {
    let chunks = text.as_bytes().utf8_chunks();
    let texts = chunks.map(|chunk| chunk.valid().to_owned() + &"?".repeat(chunk.invalid().len()));
    texts.collect()
}

/// Where each line of a text is written: the value in a file of values that it shows, else the text of the template.
#[must_use]
pub fn line_places(text: &Text) -> Vec<Option<Span>> {
    let layout = Layout::of(text);
    let lines = text.as_bytes().split_inclusive(|byte| *byte == b'\n');
    let mut start = 0;
    let places = lines.map(|line| {
        let range = start..start + line.len();
        start = range.end;
        let parts = || layout.pieces(range.clone()).filter(|part| !part.is_blank());
        let set = parts().rev().find(Part::is_set);
        set.or_else(|| parts().next()).and_then(|part| part.span())
    });
    places.collect()
}

/// Reads rendered text. `file` holds what [`file_text`] makes of it.
#[must_use]
pub fn documents(text: &Text, file: &SourceFile, options: &Options<'_>) -> Documents {
    let yaml = yaml::read(file, options.yaml);
    let placing = Placing {
        layout: Layout::of(text),
        file: file.id,
        options,
    };
    let documents = yaml.documents.into_iter();
    Documents {
        trees: documents.map(|one| placing.tree(one.tree)).collect(),
        problems: placing.problems(yaml.problems),
        comments: placing.comments(&yaml.comments),
    }
}

/// The file with the nearest key above a node, which has its place already.
fn above(tree: &Tree, node: NodeId) -> Option<FileId> {
    let mut above = std::iter::successors(tree.parent(node), |node| tree.parent(*node));
    above.find_map(|node| Some(tree.node(node).key.as_ref()?.span.file))
}

/// The way from rendered text to where its bytes came from.
struct Placing<'a> {
    layout: Layout<'a>,
    /// The rendered text as a file.
    file: FileId,
    options: &'a Options<'a>,
}

impl Placing<'_> {
    fn tree(&self, mut tree: Tree) -> Tree {
        let mut open = vec![NodeId::ROOT];
        while let Some(node) = open.pop() {
            self.remove_unknown_keys(&mut tree, node);
            open.extend(tree.children(node));
            self.node(&mut tree, node);
        }
        tree
    }

    /// A map with keys that can't be known may hold any others.
    fn remove_unknown_keys(&self, tree: &mut Tree, map: NodeId) {
        let unknown = |tree: &Tree, child: NodeId| {
            let key = tree.node(child).key.as_ref()?;
            let is_own = key.span.file == self.file;
            is_own.then(|| self.unknown(key.span.range())).flatten()
        };
        let found: Vec<(NodeId, Unknown)> = tree
            .children(map)
            .filter_map(|child| Some((child, unknown(tree, child)?)))
            .collect();
        for (child, why) in found {
            tree.remove(child);
            tree.set_open(map, Arc::new(why));
        }
    }

    /// Gives a node the place that its bytes came from, and takes from it what nobody can know.
    fn node(&self, tree: &mut Tree, node: NodeId) {
        let found = tree.node(node);
        if found.span.file != self.file {
            return;
        }
        let range = found.span.range();
        let is_sum = tree.first(node).is_some() || tree.open(node).is_some();
        let key = found
            .key
            .as_ref()
            .map(|key| self.scalar(key.span.range(), None));
        let own = key.as_ref().and_then(Option::as_ref);
        let home = own.map(|key| key.span.file).or_else(|| above(tree, node));
        let placed = match is_sum {
            true => self.sum(&Sum { tree, node }, range.clone(), home),
            false => self
                .empty(own, range.clone())
                .or_else(|| self.scalar(range.clone(), home)),
        };
        if !is_sum && let Some(data) = self.unknown_data(&found.data, range) {
            tree.set(node, data);
        }
        let placed = placed.or_else(|| key.clone().flatten());
        let placed = placed.unwrap_or_else(|| self.nowhere());
        if let Some(key) = key {
            let span = key.map_or(self.options.template, |key| key.span);
            tree.set_key_span(node, placed.key.unwrap_or(span));
        }
        self.set_place(tree, node, placed);
    }

    fn set_place(&self, tree: &mut Tree, node: NodeId, placed: Placed) {
        tree.set_span(node, placed.span);
        if placed.steps.is_empty() {
            return;
        }
        let passage: &mut Passage = tree.passage_mut(node);
        passage.steps.retain(|step| step.span.file != self.file);
        passage.steps.extend(placed.steps);
    }

    fn nowhere(&self) -> Placed {
        Placed {
            span: self.options.template,
            key: None,
            steps: Vec::new(),
        }
    }

    fn problems(&self, problems: Vec<Problem>) -> Vec<Problem> {
        let is_told = |problem: &Problem| match problem.place {
            // What stands there twice is a placeholder.
            Place::Span(span) if span.file == self.file && problem.code == yaml::DUPLICATE_KEY => {
                self.unknown(span.range()).is_none()
            }
            _ => true,
        };
        let problems = problems.into_iter().filter(is_told);
        let moved = problems.map(|problem| match problem.place {
            Place::Span(span) if span.file == self.file => Problem {
                place: Place::Span(self.at(span)),
                ..problem
            },
            _ => problem,
        });
        moved.collect()
    }

    /// Comments that stand in a template or a file of values as they are.
    fn comments(&self, comments: &[yaml::Comment]) -> Vec<yaml::Comment> {
        let written = comments.iter().filter_map(|comment| {
            let span = self.layout.verbatim(comment.span.range())?;
            Some(yaml::Comment { span, ..*comment })
        });
        written.collect()
    }

    /// The place of any range of the rendered text: that of the first byte in it, or before it, that came from somewhere.
    fn at(&self, span: Span) -> Span {
        let placed = self.scalar(span.range(), None);
        placed.map_or_else(|| self.before(span), |placed| placed.span)
    }

    fn before(&self, span: Span) -> Span {
        let end = span.range().start;
        let before = self.layout.pieces(0..end).rev();
        let mut spans = before.filter_map(|part| part.span());
        spans.next().unwrap_or(self.options.template)
    }
}
