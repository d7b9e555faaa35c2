//! Which of the places that bytes came from is the one that a person would change.

use std::ops::Range;

use graph::{NodeId, Role, Step, Tree};
use source::Span;

use super::Placing;
use super::layout::Part;
use crate::value::Place;

/// The most places that are told beside the first.
const MOST: usize = 8;

/// A place and what the value came through on its way from there.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) span: Span,
    pub(super) steps: Vec<Step>,
}

impl Placing<'_> {
    /// The origin of one value or key. What a file of values sets, or a constant in an action, is changed there, the last of
    /// several: an image's tag, and not its name. Else it is the text of the template.
    pub(super) fn scalar(&self, range: Range<usize>) -> Option<Placed> {
        let parts: Vec<Part<'_>> = self.layout.pieces(range.clone()).collect();
        let mut told = parts.iter().filter(|part| !part.is_mark());
        let is_chosen = |part: &&Part<'_>| part.is_set() || part.is_constant();
        let set = told
            .clone()
            .rev()
            .find(|part| is_chosen(part) && part.span().is_some());
        let part = set.or_else(|| told.next()).or_else(|| parts.first())?;
        let span = match is_chosen(&part) {
            true => part.span()?,
            false => self.literal(range).or_else(|| part.span())?,
        };
        let mut steps = through(part);
        let operands = parts.iter().flat_map(operands);
        steps.extend(operands.map(|span| Step {
            span,
            role: Role::Operand,
        }));
        Some(Placed {
            span,
            steps: distinct(span, steps),
        })
    }

    /// The origin of a list or map with elements: the list or map in a file of values if all of it came from one, else the
    /// text in the template.
    pub(super) fn sum(&self, range: Range<usize>) -> Option<Placed> {
        let told = |part: &Part<'_>| !part.is_blank();
        let first = self.layout.pieces(range.clone()).find(told)?;
        let steps = through(&first);
        if self.layout.is_all_set(&range) {
            let last = self.layout.pieces(range.clone()).rev().find(told)?;
            if let (Some(one), Some(other)) = (first.span(), last.span()) {
                let span = self.holder(one, other);
                return Some(Placed {
                    span,
                    steps: distinct(span, steps),
                });
            }
        }
        let span = self.literal(range).or_else(|| first.span())?;
        Some(Placed {
            span,
            steps: distinct(span, steps),
        })
    }

    /// The text of a template from the first of a range's bytes that stand in one to the last in the same.
    fn literal(&self, range: Range<usize>) -> Option<Span> {
        let written = self.layout.pieces(range).filter(|part| !part.is_blank());
        let mut spans = written
            .filter(|part| !part.is_set())
            .filter_map(|part| part.span());
        let first = spans.next()?;
        let same = spans.filter(|span| span.file == first.file && span.start >= first.start);
        Some(same.fold(first, Span::cover))
    }

    /// The head of the smallest list or map of values that holds both places.
    fn holder(&self, one: Span, other: Span) -> Span {
        let Some(tree) = self.options.values.get(&one.file) else {
            return one;
        };
        let mut node = NodeId::ROOT;
        while let Some(inner) = tree
            .children(node)
            .find(|child| holds(tree, *child, one, other))
        {
            if tree.first(inner).is_none() {
                break;
            }
            node = inner;
        }
        match &tree.node(node).key {
            Some(key) => key.span,
            None if node == NodeId::ROOT => one,
            None => tree.node(node).span,
        }
    }
}

/// Whether a node of a file of values, its key included, holds both places.
fn holds(tree: &Tree, node: NodeId, one: Span, other: Span) -> bool {
    let found = tree.node(node);
    let key = found
        .key
        .as_ref()
        .filter(|key| key.span.file == found.span.file);
    let whole = key.map_or(found.span, |key| key.span.cover(found.span));
    whole.contains(one) && whole.contains(other)
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
