//! Objects of JSON by their keys.

use std::cell::Cell;

use foldhash::HashMap;
use graph::{Data, NodeId, Tree};
use smol_str::SmolStr;
use source::{SourceFile, Span};

/// A file of JSON and what stands in it.
#[derive(Clone, Copy)]
pub(super) struct Json<'a> {
    pub(super) file: &'a SourceFile,
    pub(super) tree: &'a Tree,
    /// How many more parts of strings get places of their own.
    pub(super) parts_left: &'a Cell<usize>,
}

/// How many parts of strings of one file get places of their own, of which a large plan has a tenth.
pub(super) const MOST_PARTS: usize = 2_000_000;

/// The members of an object, to look up many.
pub(super) type Members<'a> = HashMap<&'a str, NodeId>;

impl<'a> Json<'a> {
    /// The member of an object; none where the node is no object.
    pub(super) fn get(&self, node: NodeId, key: &str) -> Option<NodeId> {
        self.is_map(node).then(|| self.tree.get(node, key))?
    }

    pub(super) fn at(&self, node: NodeId, keys: &[&str]) -> Option<NodeId> {
        keys.iter().try_fold(node, |node, key| self.get(node, key))
    }

    /// The text of a member.
    pub(super) fn text(&self, node: NodeId, key: &str) -> Option<&'a SmolStr> {
        self.tree.as_text(self.get(node, key)?)
    }

    /// The elements of a list; nothing of anything else.
    pub(super) fn items(&self, node: Option<NodeId>) -> impl Iterator<Item = NodeId> + use<'a> {
        let tree = self.tree;
        let list = node.filter(|node| matches!(tree.node(*node).data, Data::List));
        list.into_iter().flat_map(|list| tree.children(list))
    }

    /// The members of an object, in order; nothing of anything else.
    pub(super) fn entries(
        &self,
        node: Option<NodeId>,
    ) -> impl Iterator<Item = (&'a SmolStr, NodeId)> + use<'a> {
        let tree = self.tree;
        let map = node.filter(|node| matches!(tree.node(*node).data, Data::Map));
        let children = map.into_iter().flat_map(|map| tree.children(map));
        children.filter_map(|child| Some((&tree.node(child).key.as_ref()?.text, child)))
    }

    pub(super) fn members(&self, node: Option<NodeId>) -> Members<'a> {
        let entries = self.entries(node);
        entries.map(|(key, child)| (key.as_str(), child)).collect()
    }

    pub(super) fn is_map(&self, node: NodeId) -> bool {
        matches!(self.tree.node(node).data, Data::Map)
    }

    pub(super) fn is_true(&self, node: Option<NodeId>) -> bool {
        node.is_some_and(|node| self.tree.node(node).data == Data::Bool(true))
    }

    pub(super) fn span(&self, node: NodeId) -> Span {
        self.tree.node(node).span
    }
}
