//! Rules of roles.

use std::sync::Arc;

use graph::{Data, NodeId, Tree, Unknown};

use super::items::Items;
use super::question::{Asked, Object, What};
use super::symbols::Symbols;
use crate::truth::Truth;

/// What a role allows.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) verbs: Items,
    pub(super) groups: Items,
    pub(super) resources: Items,
    pub(super) names: Items,
    pub(super) paths: Items,
    pub(super) at: At,
    /// Why there may be no such rule.
    pub(super) unknown: Option<Arc<Unknown>>,
}

/// Where a rule stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    /// In its role.
    Node(NodeId),
    /// In the table of what Kubernetes makes itself.
    Table(&'static str),
}

impl Written {
    /// The rule at a node; `None` where it is none, which the API server refuses.
    pub(super) fn read(symbols: &mut Symbols, tree: &Tree, node: NodeId) -> Option<Self> {
        let list = tree.parent(node).filter(|_| tree.is_symbolic(node));
        let unknown = list.and_then(|list| tree.open(list).cloned());
        let mut items = |key| match &tree.node(node).data {
            Data::Map => Some(Items::read(symbols, tree, node, key)),
            Data::Unknown(cause) => Some(Items::unknown(cause)),
            _ => None,
        };
        Some(Self {
            verbs: items("verbs")?,
            groups: items("apiGroups")?,
            resources: items("resources")?,
            names: items("resourceNames")?,
            paths: items("nonResourceURLs")?,
            at: At::Node(node),
            unknown,
        })
    }

    /// Whether the rule allows the action.
    pub(super) fn allows(&self, asked: &Asked, symbols: &Symbols) -> Truth {
        let verb = self.verbs.hold(&asked.verbs);
        if verb.is_no() {
            return verb;
        }
        let object = match &asked.what {
            What::Path(path) => self.paths.cover(path, symbols),
            What::Resource {
                groups,
                resources,
                object,
            } => {
                let resource = self.resources.hold(resources);
                if resource.is_no() {
                    return resource;
                }
                resource.and(self.groups.hold(groups)).and(match object {
                    Object::Named(name) => self.names.admit(name),
                    Object::Any => Truth::Yes,
                })
            }
        };
        verb.and(object).given(self.unknown.as_ref())
    }
}
