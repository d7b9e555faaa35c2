//! One thing that a format declares.

use std::sync::Arc;

use smol_str::SmolStr;
use source::Span;

use crate::{Data, Facts, NodeId, Path, Tree, Unknown};

/// Where a resource lives.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Namespace {
    /// The kind has no namespaces.
    Cluster,
    /// The namespace that is written.
    Named(SmolStr),
    /// None is written: whoever applies the resource decides.
    Unset,
}

impl Namespace {
    /// The written namespace.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::Cluster | Self::Unset => None,
        }
    }

    /// Whether something in `self` can be meant by a reference from `other`. A namespace that nobody wrote may turn out to be
    /// any.
    #[must_use]
    pub fn may_equal(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Named(one), Self::Named(two)) => one == two,
            _ => true,
        }
    }
}

/// One thing that a format declares: an address, a value tree, and what was derived from it.
#[derive(Clone, Debug)]
pub struct Resource {
    /// The stable name for people and fingerprints, such as `Deployment/shop/api`.
    pub address: SmolStr,
    /// The API group and version, such as `apps/v1`.
    pub api_version: SmolStr,
    /// The kind, such as `Deployment`.
    pub kind: SmolStr,
    /// The name; empty where none is known (`generateName`).
    pub name: SmolStr,
    /// The namespace.
    pub namespace: Namespace,
    /// The environment, where a source is evaluated several times.
    pub environment: Option<SmolStr>,
    /// What checks may name as the kind of resource that they judge, such as `kubernetes/workload`.
    pub subjects: Vec<SmolStr>,
    /// Whether the resource exists only under a condition that is unknown.
    pub conditional: Option<Arc<Unknown>>,
    /// The value.
    pub tree: Tree,
    /// What was derived from it.
    pub facts: Facts,
    /// The names by which the elements of lists are told apart, by the key of the list.
    pub merge_key: fn(&str) -> Option<&'static str>,
}

impl Resource {
    /// Whether another resource is the same in everything, its places included.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.address == other.address
            && self.api_version == other.api_version
            && self.kind == other.kind
            && self.name == other.name
            && self.namespace == other.namespace
            && self.environment == other.environment
            && self.subjects == other.subjects
            && self.conditional == other.conditional
            && self.facts == other.facts
            && std::ptr::fn_addr_eq(self.merge_key, other.merge_key)
            && self.tree == other.tree
    }

    /// The text of the whole resource.
    #[must_use]
    pub fn span(&self) -> Span {
        self.tree.node(NodeId::ROOT).span
    }

    /// The semantic path of a node.
    #[must_use]
    pub fn path(&self, node: NodeId) -> Path {
        self.tree.path(node, self.merge_key)
    }

    /// The node that names the resource for people: `metadata.name`, else `kind`, else the whole.
    #[must_use]
    pub fn title_node(&self) -> NodeId {
        let name = self.tree.at(NodeId::ROOT, &["metadata", "name"]);
        let named = name.filter(|node| matches!(self.tree.node(*node).data, Data::String(_)));
        named
            .or_else(|| self.tree.get(NodeId::ROOT, "kind"))
            .unwrap_or(NodeId::ROOT)
    }
}
