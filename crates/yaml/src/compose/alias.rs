//! Aliases and merge keys: values that stand where they are used, with the text of where they were
//! written.

use std::sync::Arc;

use graph::{Data, Key, NodeId, Role, Step};
use source::Span;

use super::entries::{Entry, hash};
use super::{AnchorId, Composer, Next, Slot};
use crate::problems::{unknown, unreadable};

/// What an anchor names.
#[derive(Clone, Debug)]
pub(super) enum Anchored {
    /// Text that gave no node.
    Nothing,
    Node(NodeId),
    Key(Data),
}

/// The most steps of a way that are kept: a merge of a merge of a merge adds one each, and nobody reads a hundred.
const STEPS: usize = 8;

/// A node to be copied, with all that follow it in its list or map.
struct Copying {
    source: NodeId,
    parent: NodeId,
    depth: usize,
}

impl Composer<'_> {
    pub(super) fn remember(&mut self, anchor: AnchorId, anchored: Anchored) {
        if anchor == 0 {
            return;
        }
        if self.anchors.len() < anchor {
            self.anchors.resize(anchor, Anchored::Nothing);
        }
        self.anchors[anchor - 1] = anchored;
    }

    /// Takes an alias; without `anchor`, no anchor of its name stands before it.
    pub(crate) fn alias(&mut self, anchor: Option<AnchorId>, span: Span) {
        if self.skipped > 0 {
            return;
        }
        self.reach(span.end);
        let anchored = anchor.and_then(|anchor| self.anchors.get(anchor.wrapping_sub(1)).cloned());
        if anchor.is_none() {
            self.problems.error(
                "undefined-alias",
                "no anchor of this name stands before the alias",
                span,
            );
        }
        let anchored = anchored.unwrap_or(Anchored::Nothing);
        if self.slot() == Slot::Key {
            return self.alias_key(&anchored, span);
        }
        if self.is_left_out() {
            return;
        }
        match anchored {
            Anchored::Nothing => {
                self.leaf(unknown("its alias leads to nothing", span), span);
            }
            // The text of a key is not what a person would change to change a value.
            Anchored::Key(data) => {
                self.leaf(data, span);
            }
            Anchored::Node(node) if self.frames.iter().any(|frame| frame.node == node) => {
                self.problems.error(
                    "alias-cycle",
                    "the value of this anchor holds the alias",
                    span,
                );
                self.leaf(unknown("its alias leads to itself", span), span);
            }
            Anchored::Node(node) => self.alias_node(node, span),
        }
    }

    fn alias_node(&mut self, source: NodeId, span: Span) {
        let Some(tree) = &self.tree else { return };
        let (data, written) = (tree.node(source).data.clone(), tree.node(source).span);
        let Some(copy) = self.add(data, written) else {
            return;
        };
        let mut steps = self.notes(source, copy);
        steps.insert(
            0,
            Step {
                span,
                role: Role::Alias,
            },
        );
        self.pass(copy, &steps);
        self.copy_children(source, copy, span);
        // Of aliases, only those of maps can be merged.
        if self.is_merging()
            && self
                .tree
                .as_ref()
                .is_some_and(|tree| tree.node(copy).data == Data::List)
        {
            return self.drop_merge(copy, span);
        }
        self.after_value(copy, span);
    }

    /// Merges the value of `<<`, a map or a list of maps, into the innermost map. Keys that stand
    /// before `<<` are overridden, as `goyaml.v2` reads them; of the list, the first map wins.
    /// `step` is the place of `<<`, through which the entries of a map came that stands there
    /// itself.
    pub(super) fn merge_value(&mut self, value: NodeId, step: Step, span: Span) {
        let Some(tree) = &self.tree else { return };
        let maps: Option<Vec<NodeId>> = match tree.node(value).data {
            Data::Map => Some(vec![value]),
            Data::List => Some(tree.children(value).collect()),
            _ => None,
        };
        let is_map = |node: &NodeId| matches!(tree.node(*node).data, Data::Map);
        match maps {
            Some(maps) if maps.iter().all(is_map) => {
                for map in maps.into_iter().rev() {
                    self.merge(map, step, span);
                }
            }
            _ => self.refuse_merge(value, span),
        }
    }

    fn drop_merge(&mut self, value: NodeId, span: Span) {
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        frame.next = Next::Key;
        frame.replaced.push(value);
        self.refuse_merge(value, span);
    }

    fn refuse_merge(&mut self, value: NodeId, span: Span) {
        let (Some(tree), Some(frame)) = (&mut self.tree, self.frames.last()) else {
            return;
        };
        // Of a value that is unknown, the reason was told where it was read.
        if !matches!(tree.node(value).data, Data::Unknown(_)) {
            self.problems.error(
                "merge-value",
                "only a map or a list of maps can be merged",
                span,
            );
        }
        tree.set_open(
            frame.node,
            unreadable("what is merged into it can't be read", span),
        );
    }

    fn merge(&mut self, source: NodeId, step: Step, span: Span) {
        let Some(tree) = &self.tree else { return };
        let way = tree
            .passage(source)
            .map_or_else(|| vec![step], |passage| passage.steps.clone());
        let children: Vec<NodeId> = tree.children(source).collect();
        let open = tree.open(source).cloned();
        for child in children {
            if !self.merge_entry(child, &way, span) {
                break;
            }
        }
        if let (Some(open), Some(tree), Some(frame)) = (open, &mut self.tree, self.frames.last()) {
            tree.set_open(frame.node, open);
        }
    }

    /// Merges an entry; says whether the file may have further ones.
    fn merge_entry(&mut self, source: NodeId, way: &[Step], span: Span) -> bool {
        let (Some(tree), Some(frame)) = (&self.tree, self.frames.last()) else {
            return false;
        };
        let (map, node) = (frame.node, tree.node(source));
        let Some(key) = node.key.clone() else {
            return true;
        };
        let (data, written, text) = (node.data.clone(), node.span, key.text.clone());
        let hash = hash(&text);
        let place = self.place(&text, hash);
        if let Some(place) = place {
            self.warn_of_override(&key, self.entries[place], span);
        }
        if !self.spend_copy(span) {
            let rest = unreadable("its aliases repeat too many values", span);
            if let Some(tree) = &mut self.tree {
                tree.set_open(map, rest);
            }
            return false;
        }
        let Some(tree) = &mut self.tree else {
            return false;
        };
        let copy = tree.push(map, Some(key), data, written);
        self.register(
            place,
            &text,
            Entry {
                hash,
                node: copy,
                merged: true,
            },
        );
        let steps = self.notes(source, copy);
        self.pass(copy, &[way, &steps].concat());
        self.copy_children(source, copy, span);
        true
    }

    fn warn_of_override(&mut self, key: &Key, earlier: Entry, span: Span) {
        if !earlier.merged {
            let message = format!(
                "`{}` before the merge is overridden by it, unlike in other readers of YAML",
                key.text
            );
            self.problems.warning("merge-override", message, span);
        }
    }

    /// Copies everything below `source` to `copy`; `span` is where it is used.
    fn copy_children(&mut self, source: NodeId, copy: NodeId, span: Span) {
        let mut work = Vec::new();
        self.descend(source, copy, self.frames.len() + 1, span, &mut work);
        while let Some(Copying {
            source,
            parent,
            depth,
        }) = work.pop()
        {
            if !self.spend_copy(span) {
                work.push(Copying {
                    source,
                    parent,
                    depth,
                });
                return self.break_off(&work, span);
            }
            let Some(tree) = &mut self.tree else { return };
            work.extend(tree.next(source).map(|source| Copying {
                source,
                parent,
                depth,
            }));
            let node = tree.node(source);
            let (key, data, written) = (node.key.clone(), node.data.clone(), node.span);
            let child = tree.push(parent, key, data, written);
            let steps = self.notes(source, child);
            self.pass(child, &steps);
            self.descend(source, child, depth + 1, span, &mut work);
        }
    }

    /// Goes on with the children of `source`, unless they are nested too deep.
    fn descend(
        &mut self,
        source: NodeId,
        copy: NodeId,
        depth: usize,
        span: Span,
        work: &mut Vec<Copying>,
    ) {
        let Some(first) = self.tree.as_ref().and_then(|tree| tree.first(source)) else {
            return;
        };
        if depth <= self.options.max_depth {
            return work.push(Copying {
                source: first,
                parent: copy,
                depth,
            });
        }
        let message = format!(
            "with this alias, lists and maps are nested deeper than {}",
            self.options.max_depth
        );
        self.problems.limit("too-deep", message, span);
        if let Some(tree) = &mut self.tree {
            tree.set(copy, unknown("it is nested too deep", span));
        }
    }

    fn break_off(&mut self, work: &[Copying], span: Span) {
        let Some(tree) = &mut self.tree else { return };
        let rest = unreadable("the file holds too many values", span);
        for left in work {
            tree.set_open(left.parent, Arc::clone(&rest));
        }
    }

    /// Gives the copy of a node what is known of its rest, and returns the way of its value.
    fn notes(&mut self, source: NodeId, copy: NodeId) -> Vec<Step> {
        let Some(tree) = &mut self.tree else {
            return Vec::new();
        };
        if let Some(open) = tree.open(source).cloned() {
            tree.set_open(copy, open);
        }
        tree.passage(source)
            .map(|passage| passage.steps.clone())
            .unwrap_or_default()
    }

    fn pass(&mut self, node: NodeId, steps: &[Step]) {
        if let Some(tree) = self.tree.as_mut().filter(|_| !steps.is_empty()) {
            tree.passage_mut(node).steps = short(steps);
        }
    }
}

/// A way without its middle, where it is long.
fn short(steps: &[Step]) -> Vec<Step> {
    if steps.len() <= STEPS {
        return steps.to_vec();
    }
    let (first, last) = (&steps[..STEPS / 2], &steps[steps.len() - STEPS / 2..]);
    [first, last].concat()
}
