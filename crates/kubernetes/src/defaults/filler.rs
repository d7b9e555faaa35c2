//! Adds values that nobody wrote to a tree.

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use graph::{Data, Default, Key, NodeId, Passage, SmolStr, Tree};

use crate::Version;

/// What defaulted values passed through; they are many and share it.
static DEFAULTED: LazyLock<Arc<Passage>> = LazyLock::new(|| {
    let default = Some(Default {
        by: SmolStr::new_static("Kubernetes"),
    });
    Arc::new(Passage {
        default,
        ..Passage::default()
    })
});

/// Adds values that nobody wrote, with the place of the map that lacks them. What is not a map, or a map that may hold more
/// than what is known, gets none.
pub(super) struct Filler<'t> {
    pub(super) tree: &'t mut Tree,
    pub(super) version: Version,
}

impl Filler<'_> {
    /// The value under a key, if it is not null.
    pub(super) fn get(&self, map: NodeId, key: &str) -> Option<NodeId> {
        self.tree
            .get(map, key)
            .filter(|node| self.tree.node(*node).data != Data::Null)
    }

    /// The value reached through one key after the other, if it is not null.
    pub(super) fn at(&self, from: NodeId, keys: &[&str]) -> Option<NodeId> {
        keys.iter().try_fold(from, |node, key| self.get(node, key))
    }

    /// The object's `spec`.
    pub(super) fn spec(&self) -> Option<NodeId> {
        self.get(NodeId::ROOT, "spec")
    }

    /// The known text under a key.
    pub(super) fn is_text(&self, map: NodeId, key: &str, text: &str) -> bool {
        self.tree.text(map, key).is_some_and(|found| found == text)
    }

    /// The elements of the list under a key.
    pub(super) fn elements(&self, map: NodeId, key: &str) -> Vec<NodeId> {
        let list = self
            .get(map, key)
            .filter(|list| self.tree.node(*list).data == Data::List);
        list.into_iter()
            .flat_map(|list| self.tree.children(list))
            .collect()
    }

    /// The elements of the list reached through one key after the other.
    pub(super) fn elements_at(&self, from: NodeId, keys: &[&str]) -> Vec<NodeId> {
        let Some((last, keys)) = keys.split_last() else {
            return Vec::new();
        };
        self.at(from, keys)
            .map_or_else(Vec::new, |map| self.elements(map, last))
    }

    /// Sets a field that the API keeps as text, where the empty text means that nothing is set.
    pub(super) fn text(&mut self, map: NodeId, key: &'static str, value: impl Into<SmolStr>) {
        self.set(map, key, Data::String(value.into()), is_empty);
    }

    /// Sets a field that the API keeps as a number, where 0 means that nothing is set.
    pub(super) fn number(&mut self, map: NodeId, key: &'static str, value: i64) {
        self.set(map, key, Data::Int(value), |data| {
            matches!(data, Data::Null | Data::Int(0))
        });
    }

    /// Sets a field that the API keeps as a pointer, where only null means that nothing is set.
    pub(super) fn pointer(&mut self, map: NodeId, key: &'static str, value: Data) {
        self.set(map, key, value, |data| matches!(data, Data::Null));
    }

    /// The map under a key, which is made where there is none.
    pub(super) fn map(&mut self, map: NodeId, key: &'static str) -> Option<NodeId> {
        self.set(map, key, Data::Map, |data| matches!(data, Data::Null))
    }

    /// Sets a field to a list of texts, where an empty list means that nothing is set.
    pub(super) fn texts(&mut self, map: NodeId, key: &'static str, values: &[&'static str]) {
        let Some(list) = self.set(map, key, Data::List, |data| matches!(data, Data::Null)) else {
            return;
        };
        if self.tree.node(list).data != Data::List
            || self.tree.first(list).is_some()
            || self.tree.open(list).is_some()
        {
            return;
        }
        for value in values {
            self.element(list, Data::String(SmolStr::new_static(value)));
        }
    }

    /// Copies the amounts of one map to those under a key that lack them, except for those with a name in `except`.
    pub(super) fn copy_amounts(
        &mut self,
        from: NodeId,
        map: NodeId,
        key: &'static str,
        except: &HashSet<SmolStr>,
    ) {
        let name =
            |tree: &Tree, node: NodeId| tree.node(node).key.as_ref().map(|key| key.text.clone());
        let written = self.tree.get(map, key).map_or_else(HashSet::new, |to| {
            self.tree
                .children(to)
                .filter_map(|child| name(self.tree, child))
                .collect()
        });
        let amounts = self.tree.children(from).filter_map(|amount| {
            let data = &self.tree.node(amount).data;
            let is_amount = !matches!(data, Data::Null | Data::Map | Data::List);
            let name = name(self.tree, amount)
                .filter(|name| !written.contains(name) && !except.contains(name));
            name.filter(|_| is_amount).map(|name| (name, data.clone()))
        });
        let amounts: Vec<(SmolStr, Data)> = amounts.collect();
        if amounts.is_empty() {
            return;
        }
        let Some(to) = self.map(map, key).filter(|to| self.is_closed(*to)) else {
            return;
        };
        for (name, amount) in amounts {
            self.push(to, Some(name), amount);
        }
    }

    /// Adds an element to a list.
    pub(super) fn element(&mut self, list: NodeId, data: Data) -> NodeId {
        self.push(list, None, data)
    }

    /// Sets a field where it is `unset`, and returns its node. A null that is written keeps its place.
    pub(super) fn set(
        &mut self,
        map: NodeId,
        key: impl Into<SmolStr>,
        data: Data,
        unset: impl Fn(&Data) -> bool,
    ) -> Option<NodeId> {
        let key = key.into();
        if let Some(node) = self.tree.get(map, &key) {
            if unset(&self.tree.node(node).data) {
                self.tree.set(node, data);
                self.mark(node);
            }
            return Some(node);
        }
        self.is_closed(map).then(|| self.push(map, Some(key), data))
    }

    /// Whether a node is a map of which all keys are known.
    fn is_closed(&self, map: NodeId) -> bool {
        self.tree.node(map).data == Data::Map && self.tree.open(map).is_none()
    }

    fn push(&mut self, parent: NodeId, key: Option<SmolStr>, data: Data) -> NodeId {
        let span = self.tree.node(parent).span;
        let node = self
            .tree
            .push(parent, key.map(|text| Key { text, span }), data, span);
        self.mark(node);
        node
    }

    fn mark(&mut self, node: NodeId) {
        match self.tree.passage(node) {
            None => self.tree.set_passage(node, Arc::clone(&DEFAULTED)),
            Some(_) => self
                .tree
                .passage_mut(node)
                .default
                .clone_from(&DEFAULTED.default),
        }
    }
}

/// Whether a field that the API keeps as text is not set.
pub(super) fn is_empty(data: &Data) -> bool {
    matches!(data, Data::Null) || matches!(data, Data::String(text) if text.is_empty())
}
