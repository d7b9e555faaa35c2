//! Builds the tree of one document from its nodes, given in the order of the text.

mod alias;
mod entries;
mod value;

use std::sync::Arc;

use graph::{Data, Key, NodeId, Role, Step, Tree, Unknown};
use source::{SourceFile, Span};

use crate::Options;
use crate::layout::after_colon;
use crate::parsed::Budget;
use crate::problems::{BROKEN, Problems, unknown, unreadable};
use alias::Anchored;
pub use entries::DUPLICATE_KEY;
use entries::{Entry, Table};
pub(crate) use value::{ScalarRole, Written};

/// Where the next node goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    Root,
    Item,
    Key,
    Value,
}

/// A list or a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    List,
    Map,
}

/// The number that the parser gives to an anchor; 0 is none.
pub(crate) type AnchorId = usize;

/// What the next node of a map is.
#[derive(Debug)]
enum Next {
    Key,
    Value(Key),
    /// The value of `<<`.
    Merge(Key),
    /// A value whose key can't be used: it is left out.
    Nothing,
}

/// A list or map that is not at its end.
#[derive(Debug)]
struct Frame {
    node: NodeId,
    kind: Kind,
    next: Next,
    /// The first of this map's entries in [`Composer::entries`].
    first_entry: usize,
    /// The end of what is written of the node so far.
    end: u32,
    /// Children that do not count, because later ones replace them.
    replaced: Vec<NodeId>,
    table: Option<Table>,
}

/// Builds the tree of one document.
pub(crate) struct Composer<'a> {
    file: &'a SourceFile,
    options: &'a Options,
    /// What the file may still have.
    budget: Budget,
    tree: Option<Tree>,
    frames: Vec<Frame>,
    /// The entries of all open maps, the innermost last.
    entries: Vec<Entry>,
    anchors: Vec<Anchored>,
    /// How many collections are open in one that is left out, itself included.
    skipped: usize,
    stopped: bool,
    /// Whether it was said that aliases repeat too much.
    told_copies: bool,
    problems: Problems,
    complex_key: Option<Span>,
}

/// What a [`Composer`] made.
pub(crate) struct Composed {
    pub(crate) tree: Option<Tree>,
    pub(crate) problems: Problems,
    /// The first map or list that is used as a key.
    pub(crate) complex_key: Option<Span>,
    /// What the file may still have.
    pub(crate) budget: Budget,
    /// Whether it ran out of nodes.
    pub(crate) stopped: bool,
}

impl<'a> Composer<'a> {
    pub(crate) fn new(file: &'a SourceFile, options: &'a Options, budget: Budget) -> Self {
        Self {
            file,
            options,
            budget,
            tree: None,
            frames: Vec::new(),
            entries: Vec::new(),
            anchors: Vec::new(),
            skipped: 0,
            stopped: false,
            told_copies: false,
            problems: Problems::default(),
            complex_key: None,
        }
    }

    /// Whether the file has no nodes left: nothing more is taken.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped
    }

    /// Where the next node goes.
    pub(crate) fn slot(&self) -> Slot {
        match self.frames.last() {
            None => Slot::Root,
            Some(Frame {
                kind: Kind::List, ..
            }) => Slot::Item,
            Some(Frame {
                next: Next::Key, ..
            }) => Slot::Key,
            Some(_) => Slot::Value,
        }
    }

    /// Takes a scalar.
    pub(crate) fn scalar(&mut self, written: &Written<'_>, anchor: AnchorId) {
        if self.skipped > 0 {
            return;
        }
        self.reach(written.span.end);
        if self.slot() == Slot::Key {
            return self.key(written, anchor);
        }
        if self.is_left_out() {
            return;
        }
        let data = self.data(written);
        if let Some(node) = self.leaf(data, written.span) {
            self.remember(anchor, Anchored::Node(node));
        }
    }

    /// Takes the beginning of a list or map, which ends with [`Composer::end`]; `span` is its
    /// bracket or empty.
    pub(crate) fn start(&mut self, kind: Kind, span: Span, anchor: AnchorId) {
        if self.skipped > 0 || !self.takes_collection(span) {
            self.skipped += 1;
            return;
        }
        let data = match kind {
            Kind::List => Data::List,
            Kind::Map => Data::Map,
        };
        let Some(node) = self.add(data, span) else {
            self.skipped += 1;
            return;
        };
        self.remember(anchor, Anchored::Node(node));
        let first_entry = self.entries.len();
        let (next, replaced) = (Next::Key, Vec::new());
        self.frames.push(Frame {
            node,
            kind,
            next,
            first_entry,
            end: span.end,
            replaced,
            table: None,
        });
    }

    /// Takes the end of the innermost list or map; `end` is where its bracket ends, if it has one.
    pub(crate) fn end(&mut self, end: Option<u32>) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return end.map_or((), |end| self.reach(end));
        }
        if let Some(end) = end {
            self.reach(end);
        }
        if let Some(frame) = self.frames.pop() {
            self.close(frame);
        }
    }

    /// Ends the document. Where `broken` is given, the text broke off there: what is still open may
    /// hold more.
    pub(crate) fn finish(mut self, broken: Option<Span>) -> Composed {
        let rest = broken.map(|span| unreadable(BROKEN, span));
        if let Some(rest) = &rest {
            self.add_missing_value(Arc::clone(rest));
        }
        while let Some(frame) = self.frames.pop() {
            if let (Some(rest), Some(tree)) = (&rest, &mut self.tree) {
                tree.set_open(frame.node, Arc::clone(rest));
            }
            self.close(frame);
        }
        if let Some(tree) = &mut self.tree {
            tree.shrink();
        }
        let Self {
            tree,
            problems,
            complex_key,
            budget,
            stopped,
            ..
        } = self;
        Composed {
            tree,
            problems,
            complex_key,
            budget,
            stopped,
        }
    }

    /// Gives the last key the value that the text lacks. Only the innermost map can have such a key.
    fn add_missing_value(&mut self, rest: Arc<Unknown>) {
        let Some(Frame {
            next: Next::Value(key),
            ..
        }) = self.frames.last()
        else {
            return;
        };
        let behind = after_colon(self.file.text.as_bytes(), key.span.end as usize) as u32;
        self.reach(behind);
        self.add(Data::Unknown(rest), Span::new(self.file.id, behind, behind));
    }

    /// Whether the next list or map becomes a node; else it has been said why not.
    fn takes_collection(&mut self, span: Span) -> bool {
        self.reach(span.end);
        if self.slot() == Slot::Key {
            self.complex_key = self.complex_key.or(Some(span));
            self.bad_key("complex-key", "a list or map can't be a key in JSON", span);
            return false;
        }
        if self.is_left_out() {
            return false;
        }
        if self.frames.len() >= self.options.max_depth {
            let message = format!(
                "lists and maps are nested deeper than {}",
                self.options.max_depth
            );
            self.problems.limit("too-deep", message, span);
            self.leaf(unknown("it is nested too deep", span), span);
            return false;
        }
        true
    }

    /// Whether the next value has no usable key. The key is then done with.
    fn is_left_out(&mut self) -> bool {
        match self.frames.last_mut() {
            Some(frame) if matches!(frame.next, Next::Nothing) => {
                frame.next = Next::Key;
                true
            }
            _ => false,
        }
    }

    /// Adds a node that has no children.
    fn leaf(&mut self, data: Data, span: Span) -> Option<NodeId> {
        let node = self.add(data, span)?;
        self.after_value(node, span);
        Some(node)
    }

    /// Adds a node in the current slot, which is not [`Slot::Key`].
    fn add(&mut self, data: Data, span: Span) -> Option<NodeId> {
        if !self.spend(span) {
            return None;
        }
        let Some(frame) = self.frames.last_mut() else {
            // The parser gives one root for each document.
            self.tree = Some(Tree::new(data, span));
            return Some(NodeId::ROOT);
        };
        let tree = self.tree.as_mut()?;
        match std::mem::replace(&mut frame.next, Next::Key) {
            Next::Value(key) => self.insert(key, data, span),
            // The value of `<<` becomes a child only until it is merged.
            Next::Merge(key) => {
                let node = tree.push(frame.node, Some(key.clone()), data, span);
                frame.next = Next::Merge(key);
                Some(node)
            }
            Next::Key | Next::Nothing => Some(tree.push(frame.node, None, data, span)),
        }
    }

    /// Takes one node from what the file may have; past that, all open lists and maps may hold
    /// more.
    fn spend(&mut self, span: Span) -> bool {
        if self.stopped {
            return false;
        }
        if let Some(left) = self.budget.nodes.checked_sub(1) {
            self.budget.nodes = left;
            return true;
        }
        self.stopped = true;
        let message = format!("the file holds more than {} values", self.options.max_nodes);
        self.problems.limit("too-many-nodes", message, span);
        false
    }

    /// The same for a node that is a copy. Past what aliases may repeat, the rest of the file is read nevertheless.
    fn spend_copy(&mut self, span: Span) -> bool {
        let Some(left) = self.budget.copies.checked_sub(1) else {
            if !self.told_copies {
                self.told_copies = true;
                let message = "the aliases of the file repeat too many values";
                self.problems.limit("too-many-aliases", message, span);
            }
            return false;
        };
        self.budget.copies = left;
        self.spend(span)
    }

    /// Notes that what is written of the innermost list or map goes to `end`.
    fn reach(&mut self, end: u32) {
        if let Some(frame) = self.frames.last_mut() {
            frame.end = frame.end.max(end);
        }
    }

    fn close(&mut self, frame: Frame) {
        self.entries.truncate(frame.first_entry);
        let Some(tree) = &mut self.tree else { return };
        if !frame.replaced.is_empty() {
            let mut replaced = frame.replaced;
            replaced.sort_unstable();
            tree.retain(frame.node, |child| replaced.binary_search(&child).is_err());
        }
        let start = tree.node(frame.node).span.start;
        let span = Span::new(self.file.id, start, frame.end.max(start));
        tree.set_span(frame.node, span);
        self.reach(span.end);
        self.after_value(frame.node, span);
    }

    /// Merges the value of `<<` into the map, if that is what `node` is.
    fn after_value(&mut self, node: NodeId, span: Span) {
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        if let Next::Merge(key) = &frame.next {
            let step = Step {
                span: key.span,
                role: Role::Alias,
            };
            frame.next = Next::Key;
            frame.replaced.push(node);
            self.merge_value(node, step, span);
        }
    }

    fn is_merging(&self) -> bool {
        self.frames
            .last()
            .is_some_and(|frame| matches!(frame.next, Next::Merge(_)))
    }
}
