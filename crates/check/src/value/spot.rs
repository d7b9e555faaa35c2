//! A borrowed place: what looks at the graph without keeping any of it.

use std::sync::Arc;

use graph::{Data, NodeId, Resource, ResourceId, Tree};

use super::unknown::hash;
use super::view::Elements;
use super::{Place, View};
use crate::run;

/// A node of a resource of the graph, borrowed from it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot<'a> {
    pub(crate) resource: &'a Arc<Resource>,
    pub(crate) id: ResourceId,
    pub(crate) node: NodeId,
}

impl Place {
    pub(crate) fn spot(&self) -> Spot<'_> {
        Spot {
            resource: &self.resource,
            id: self.id,
            node: self.node,
        }
    }
}

impl<'a> Spot<'a> {
    /// Another node of the same resource.
    pub(crate) fn at(self, node: NodeId) -> Self {
        Self { node, ..self }
    }

    pub(crate) fn tree(self) -> &'a Tree {
        &self.resource.tree
    }

    pub(crate) fn place(self) -> Place {
        Place {
            resource: Arc::clone(self.resource),
            id: self.id,
            node: self.node,
        }
    }

    /// The elements of the list or map that the node is.
    pub(crate) fn children(self) -> impl Iterator<Item = Spot<'a>> {
        self.tree()
            .children(self.node)
            .map(move |child| self.at(child))
    }

    /// What tells the node from others in questions.
    pub(crate) fn identity(self) -> u64 {
        hash((self.id, self.node))
    }

    /// Whether this run assumes that an element of a list is there: a symbolic one stands for those that there may be.
    pub(crate) fn ask_there(self) -> bool {
        let tree = self.tree();
        if !tree.is_symbolic(self.node) {
            return true;
        }
        let open = tree.parent(self.node).and_then(|list| tree.open(list));
        open.is_none_or(|open| run::ask_there(self.identity(), open))
    }

    /// The number of elements that are sure to be there.
    pub(crate) fn sure(self) -> usize {
        let tree = self.tree();
        let elements = tree.children(self.node);
        elements.filter(|node| !tree.is_symbolic(*node)).count()
    }

    pub(crate) fn view(self) -> View<'a> {
        match &self.tree().node(self.node).data {
            Data::Null => View::Null,
            Data::Bool(value) => View::Bool(*value),
            Data::Int(value) => {
                isize::try_from(*value).map_or(View::Float(*value as f64), View::Int)
            }
            Data::Float(value) => View::Float(*value),
            Data::String(value) => View::Text(value),
            Data::List => View::Array(Elements::Node(self)),
            Data::Map => View::Object(Elements::Node(self)),
            Data::Unknown(unknown) => View::Unknown(unknown),
            Data::Partial(_) => View::Partial,
        }
    }

    /// Of an unknown that is one of several values, which its children are, the one that this run takes.
    pub(crate) fn chosen(self) -> Self {
        let Data::Unknown(unknown) = &self.tree().node(self.node).data else {
            return self;
        };
        let identity = self.identity();
        let mut alternatives = self.children().enumerate().peekable();
        while let Some((index, alternative)) = alternatives.next() {
            let is_last = alternatives.peek().is_none();
            if is_last || run::ask(identity, hash(("is", index)), unknown) {
                return alternative.chosen();
            }
        }
        self
    }
}
