//! Which of the places that bytes came from is the one that a person would change.

use std::ops::Range;

use graph::{Key, NodeId, Role, Step, Tree};
use source::{FileId, Span};

use super::Placing;
use super::layout::Part;
use crate::value::Place;

/// The most places that are told beside the first.
const MOST: usize = 8;

/// A place and what the value came through on its way from there.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) span: Span,
    /// The key that the value has there, if it is that of another file than the template.
    pub(super) key: Option<Span>,
    pub(super) steps: Vec<Step>,
}

impl Placing<'_> {
    /// The origin of one value or key. What a file of values sets, or a constant in an action, is changed there, the last of
    /// several: an image's tag, and not its name. Else it is the text of the template.
    pub(super) fn scalar(&self, range: Range<usize>, home: Option<FileId>) -> Option<Placed> {
        let parts: Vec<Part<'_>> = self.layout.pieces(range.clone()).collect();
        let mut told = parts.iter().filter(|part| !part.is_mark());
        let is_chosen = |part: &&Part<'_>| part.is_set() || part.is_constant();
        let set = told
            .clone()
            .rev()
            .find(|part| is_chosen(part) && part.span().is_some());
        let is_last = |part: &&Part<'_>| is_chosen(part) || part.is_of_chart();
        // Behind what values set, text of the chart is as much a part of it: the tag of an image.
        let last = set.and_then(|_| told.clone().rev().find(is_last));
        let part = last
            .or(set)
            .or_else(|| told.next())
            .or_else(|| parts.first())?;
        let span = match last.is_some() || is_chosen(&part) {
            true => part.span()?,
            false => self.literal(range, home).or_else(|| part.span())?,
        };
        let mut steps = through(part);
        let operands = parts.iter().flat_map(operands);
        steps.extend(operands.map(|span| Step {
            span,
            role: Role::Operand,
        }));
        Some(Placed {
            span,
            key: None,
            steps: distinct(span, steps),
        })
    }

    /// The origin of a value that leaves no bytes of its own between its marks: that of the key which it has in a file of
    /// values.
    pub(super) fn empty(&self, key: Option<&Placed>, range: Range<usize>) -> Option<Placed> {
        let mut parts = self.layout.pieces(range);
        if !parts.all(|part| part.is_set() && part.is_punctuation()) {
            return None;
        }
        let key = key?;
        let tree = self.options.values.get(&key.span.file)?;
        let node = path_to(tree, key.span).pop()?;
        let is_own = |own: &&Key| own.span == key.span;
        let found = tree.node(node);
        found.key.as_ref().filter(is_own)?;
        Some(Placed {
            span: found.span,
            ..key.clone()
        })
    }

    /// The origin of a list or map with elements: the list or map in a file of values if all of it came from one, else the
    /// text in the template.
    pub(super) fn sum(
        &self,
        sum: &Sum<'_>,
        range: Range<usize>,
        home: Option<FileId>,
    ) -> Option<Placed> {
        let told = |part: &Part<'_>| !part.is_blank();
        let first = self.layout.pieces(range.clone()).find(told)?;
        let steps = through(&first);
        let set = match self.layout.is_all_set(&range) {
            true => self.set_sum(sum, range.clone()),
            false => None,
        };
        let (span, key) = match set {
            Some((span, key)) => (span, key),
            None => (self.literal(range, home).or_else(|| first.span())?, None),
        };
        Some(Placed {
            span,
            key,
            steps: distinct(span, steps),
        })
    }

    /// The place in a file of values of a list or map that came from one. What stands between keys and values was computed
    /// from the whole that was printed, and tells no more than that.
    fn set_sum(&self, sum: &Sum<'_>, range: Range<usize>) -> Option<(Span, Option<Span>)> {
        let told = |part: &Part<'_>| !part.is_punctuation();
        let first = self.layout.pieces(range.clone()).find(told)?;
        let last = self.layout.pieces(range).rev().find(told)?;
        Some(self.holder(sum, first.span()?, last.span()?))
    }

    /// The text of a template from the first of a range's bytes that stand in one to the last in the same. What stands in
    /// the template of the key counts before what that takes from others: they may be used elsewhere, too.
    fn literal(&self, range: Range<usize>, home: Option<FileId>) -> Option<Span> {
        let written = self.layout.pieces(range).filter(|part| !part.is_blank());
        let written = written.filter(|part| !part.is_set());
        let spans: Vec<Span> = written.filter_map(|part| part.span()).collect();
        let mut at_home = spans.iter().filter(|span| Some(span.file) == home);
        let first = *at_home.next().or(spans.first())?;
        let same = spans
            .into_iter()
            .filter(|span| span.file == first.file && span.start >= first.start);
        Some(same.fold(first, Span::cover))
    }

    /// The smallest list or map of values that holds both places, and its elements as far up as the one that was read does,
    /// and its key.
    fn holder(&self, sum: &Sum<'_>, one: Span, other: Span) -> (Span, Option<Span>) {
        let Some(tree) = self.options.values.get(&one.file) else {
            return (one, None);
        };
        let mut path = vec![NodeId::ROOT];
        path.extend(path_to(tree, one));
        let shared = path
            .iter()
            .take_while(|node| **node == NodeId::ROOT || holds(tree, **node, other));
        let above = path.len().saturating_sub(sum.depth()).max(1);
        let depth = shared.count().min(above);
        let node = path[..depth].last().copied().unwrap_or(NodeId::ROOT);
        let found = tree.node(node);
        match node {
            NodeId::ROOT => (one, None),
            _ => (found.span, found.key.as_ref().map(|key| key.span)),
        }
    }
}

/// A list or map with elements, as it was read.
pub(super) struct Sum<'a> {
    pub(super) tree: &'a Tree,
    pub(super) node: NodeId,
}

impl Sum<'_> {
    /// How far above the first of its keys, or of its scalars without key, it is.
    fn depth(&self) -> usize {
        let first = |node: &NodeId| self.tree.first(*node);
        let firsts = std::iter::successors(Some(self.node), first).skip(1);
        let lists = firsts.take_while(|node| self.tree.node(*node).key.is_none());
        let lists = lists.count();
        let node = std::iter::successors(Some(self.node), first).nth(lists);
        lists + usize::from(node.is_some_and(|node| first(&node).is_some()))
    }
}

/// The nodes of a file of values that hold a place, from below the root down.
fn path_to(tree: &Tree, place: Span) -> Vec<NodeId> {
    let inner = |node: NodeId| {
        let mut children = tree.children(node);
        children.find(|child| holds(tree, *child, place))
    };
    std::iter::successors(inner(NodeId::ROOT), |node| inner(*node)).collect()
}

/// Whether a node of a file of values, its key included, holds a place.
fn holds(tree: &Tree, node: NodeId, place: Span) -> bool {
    let found = tree.node(node);
    let key = found
        .key
        .as_ref()
        .filter(|key| key.span.file == found.span.file);
    let whole = key.map_or(found.span, |key| key.span.cover(found.span));
    whole.contains(place)
}

/// The actions of templates that bytes came through, the outermost first.
fn through(part: &Part<'_>) -> Vec<Step> {
    let mut steps: Vec<Step> = part
        .piece
        .mark
        .via()
        .take(MOST)
        .map(|span| Step {
            span,
            role: Role::Template,
        })
        .collect();
    steps.reverse();
    steps
}

/// The places that took part in setting bytes.
fn operands(part: &Part<'_>) -> Vec<Span> {
    let further = part
        .piece
        .mark
        .places()
        .iter()
        .skip(1)
        .filter_map(Place::span);
    let own = part.span().filter(|_| !part.is_mark());
    own.into_iter().chain(further).collect()
}

/// The steps without those that say again what the place or an earlier step says.
fn distinct(span: Span, steps: Vec<Step>) -> Vec<Step> {
    let mut distinct: Vec<Step> = Vec::new();
    for step in steps {
        let is_new = |seen: Span| !seen.contains(step.span) && !step.span.contains(seen);
        if is_new(span) && distinct.iter().all(|other| other.span != step.span) {
            distinct.push(step);
        }
    }
    distinct.truncate(MOST);
    distinct
}
