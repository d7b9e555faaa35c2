//! Objects on their way to the result, with all names that they had.

mod id;
mod list;
mod map;
mod merge;
mod metadata;
mod notes;

use std::sync::Arc;

use graph::Unknown;
use smol_str::SmolStr;
use source::Span;

pub(crate) use id::{Id, Previous};
pub(crate) use list::{from_documents, objects};
pub(crate) use map::ResourceMap;
pub(crate) use metadata::{
    annotations, labels, remove_annotation, remove_own_annotations, set_annotation, set_name,
    set_namespace, tidy_annotations, tidy_labels,
};

use crate::node::{Kind, Node, Shared};
use crate::tables::{Schema, Selector};

/// What becomes of an object that is generated where another of its name is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Behavior {
    /// As [`Self::Create`], where nothing is said.
    #[default]
    Unspecified,
    Create,
    Replace,
    Merge,
}

/// An object, and what kustomize remembers of it.
#[derive(Clone, Debug)]
pub(crate) struct Resource {
    /// Private: its identity is remembered.
    node: Node,
    id: Id,
    schema: Arc<Schema>,
    /// The names that it had, the oldest first.
    previous: Vec<Previous>,
    pub(crate) prefixes: Vec<SmolStr>,
    pub(crate) suffixes: Vec<SmolStr>,
    pub(crate) behavior: Behavior,
    /// Whether its name ends with a hash of its content.
    pub(crate) has_hash: bool,
    /// Whether a generator made it.
    pub(crate) is_generated: bool,
    /// The variables that take their values from it.
    pub(crate) variables: Vec<SmolStr>,
    /// How many scalars may stand in several places.
    shared: u32,
    /// The entries of kustomizations that brought it, the innermost first.
    pub(crate) listed: Vec<Span>,
    /// The condition under which it is there, where that can't be known.
    pub(crate) conditional: Option<Arc<Unknown>>,
}

impl Resource {
    pub(crate) fn new(node: Node, schema: &Arc<Schema>) -> Self {
        Self {
            id: Id::of(&node, schema),
            node,
            schema: Arc::clone(schema),
            previous: Vec::new(),
            prefixes: Vec::new(),
            suffixes: Vec::new(),
            behavior: Behavior::default(),
            has_hash: false,
            is_generated: false,
            variables: Vec::new(),
            shared: 0,
            listed: Vec::new(),
            conditional: None,
        }
    }

    pub(crate) fn node(&self) -> &Node {
        &self.node
    }

    /// What tells a scalar that may stand in several places from the others.
    pub(crate) fn next_shared(&mut self) -> Shared {
        self.shared += 1;
        Shared::new(self.shared)
    }

    /// Changes the object.
    pub(crate) fn edit<T>(&mut self, change: impl FnOnce(&mut Node) -> T) -> T {
        let result = change(&mut self.node);
        if self.shared > 0 {
            self.node.share_changes();
        }
        self.id = Id::of(&self.node, &self.schema);
        result
    }

    /// Takes the object out, to be changed while others are looked at. What it is called stays known.
    pub(crate) fn take_node(&mut self) -> Node {
        let origin = self.node.origin.clone();
        std::mem::replace(&mut self.node, Node::empty(Kind::Map, origin))
    }

    /// Puts the object back.
    pub(crate) fn put_node(&mut self, node: Node) {
        self.edit(|place| *place = node);
    }

    pub(crate) fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }

    /// What it is called now.
    pub(crate) fn id(&self) -> &Id {
        &self.id
    }

    pub(crate) fn kind(&self) -> &SmolStr {
        &self.id.kinds.kind
    }

    pub(crate) fn name(&self) -> &SmolStr {
        &self.id.name
    }

    /// The names that it had, the oldest first.
    pub(crate) fn previous_ids(&self) -> impl Iterator<Item = Id> + '_ {
        self.previous.iter().map(|previous| self.as_id(previous))
    }

    fn as_id(&self, previous: &Previous) -> Id {
        Id {
            kinds: Selector {
                kind: previous.kind.clone(),
                ..self.id.kinds.clone()
            },
            name: previous.name.clone(),
            namespace: previous.namespace.clone(),
            is_cluster_wide: false,
        }
    }

    /// What it was called at first.
    pub(crate) fn original_id(&self) -> Id {
        match self.previous.first() {
            Some(previous) => self.as_id(previous),
            None => self.id.clone(),
        }
    }

    /// Whether it is called so now, or was before.
    pub(crate) fn has_any_id(&self, is_match: impl Fn(&Id) -> bool) -> bool {
        self.previous_ids().any(|id| is_match(&id)) || is_match(&self.id)
    }

    /// Remembers what it is called now.
    pub(crate) fn remember(&mut self) {
        self.previous.push(Previous {
            namespace: self.id.effective_namespace().clone(),
            name: self.id.name.clone(),
            kind: self.id.kinds.kind.clone(),
        });
    }

    /// Takes over what is remembered of another.
    pub(crate) fn remember_as(&mut self, other: &Self) {
        self.previous.clone_from(&other.previous);
        self.prefixes.clone_from(&other.prefixes);
        self.suffixes.clone_from(&other.suffixes);
        self.variables.clone_from(&other.variables);
    }
}
