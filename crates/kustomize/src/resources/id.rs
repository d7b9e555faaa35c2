//! What objects are called.

use smol_str::SmolStr;

use crate::node::Node;
use crate::tables::{Schema, Scope, Selector};

static CLUSTER: SmolStr = SmolStr::new_static("_non_namespaceable_");
static DEFAULT: SmolStr = SmolStr::new_static("default");

/// The kind, name and namespace of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Id {
    pub(crate) kinds: Selector,
    pub(crate) name: SmolStr,
    /// Empty where none is written.
    pub(crate) namespace: SmolStr,
    /// Whether its kind is known to have no namespaces.
    pub(crate) is_cluster_wide: bool,
}

/// A name that an object had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Previous {
    /// The namespace that counted.
    pub(crate) namespace: SmolStr,
    pub(crate) name: SmolStr,
    pub(crate) kind: SmolStr,
}

impl Id {
    pub(crate) fn of(node: &Node, schema: &Schema) -> Self {
        let text = |keys: &[&str]| node.at(keys).map(|node| node.text().clone());
        let meta = |key: &str| {
            let found = node.at(&["metadata", key]).filter(|node| !node.is_empty());
            found.map(|node| node.text().clone()).unwrap_or_default()
        };
        let api_version = text(&["apiVersion"]).unwrap_or_default();
        let kind = text(&["kind"]).unwrap_or_default();
        Self {
            is_cluster_wide: schema.scope(&api_version, &kind) == Some(Scope::Cluster),
            kinds: Selector::of(&api_version, &kind),
            name: meta("name"),
            namespace: meta("namespace"),
        }
    }

    /// The namespace that counts: there is one for all without namespace.
    pub(crate) fn effective_namespace(&self) -> &SmolStr {
        match self.namespace.as_str() {
            _ if self.is_cluster_wide => &CLUSTER,
            "" => &DEFAULT,
            _ => &self.namespace,
        }
    }

    pub(crate) fn has_same_namespace(&self, other: &Self) -> bool {
        self.effective_namespace() == other.effective_namespace()
    }

    /// Whether kind and name are the same.
    pub(crate) fn is_same_name(&self, other: &Self) -> bool {
        self.name == other.name && self.kinds == other.kinds
    }

    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.is_same_name(other) && self.has_same_namespace(other)
    }

    /// What people call it.
    pub(crate) fn shown(&self) -> String {
        match self.namespace.as_str() {
            "" => format!("{}/{}", self.kinds.kind, self.name),
            namespace => format!("{}/{namespace}/{}", self.kinds.kind, self.name),
        }
    }
}
