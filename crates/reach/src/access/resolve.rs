//! Which roles bindings mean.

use std::sync::Arc;

use graph::{Graph, Namespace, Unknown};

use super::binding::{Binding, RoleName};
use super::certainty::{SPENT, UNSET};
use super::index::Names;
use super::role::{Role, Source, Within};
use super::symbols::{Symbol, Symbols};
use super::text::Text;

/// How many roles in different namespaces a binding without a namespace is followed to.
const FEW: usize = 64;

/// The roles that a binding gives.
#[derive(Debug, Default)]
pub(super) struct Resolved {
    /// Several are written with one name, of which one can exist.
    pub(super) roles: Vec<u32>,
    /// Why none of them may be meant.
    pub(super) maybe: Option<Arc<Unknown>>,
    /// Why a role may be meant of which nothing is known.
    pub(super) any: Option<Arc<Unknown>>,
}

/// Finds the roles of bindings.
pub(super) struct Resolver<'a> {
    pub(super) graph: &'a Graph,
    pub(super) symbols: &'a Symbols,
    pub(super) roles: &'a [Role],
    pub(super) names: &'a Names,
}

impl Resolver<'_> {
    pub(super) fn resolve(&self, binding: &Binding) -> Resolved {
        match &binding.role {
            RoleName::ClusterRole(Text::Known(name)) => self.found(binding, Within::Cluster, *name),
            RoleName::Role(Text::Known(name)) => match binding.within {
                // The API server looks for it in no namespace, where none is.
                Within::Cluster => Resolved::default(),
                within => self.found(binding, within, *name),
            },
            RoleName::ClusterRole(Text::Open(pattern)) | RoleName::Role(Text::Open(pattern)) => {
                Resolved::any(&pattern.cause)
            }
            RoleName::Unknown(cause) => Resolved::any(cause),
            RoleName::None => Resolved::default(),
        }
    }

    fn found(&self, binding: &Binding, within: Within, name: Symbol) -> Resolved {
        let roles = self.near(binding, self.names.named(within, name));
        if !roles.is_empty() {
            return Resolved {
                roles,
                ..Resolved::default()
            };
        }
        let elsewhere = self.elsewhere(within, name);
        if !elsewhere.is_empty() {
            let is_all = elsewhere.len() <= FEW;
            return Resolved {
                roles: elsewhere,
                maybe: Some(UNSET.get()),
                any: (!is_all).then(|| SPENT.get()),
            };
        }
        self.dangling(within, name)
    }

    /// Where nobody wrote the namespace, roles of the same file hide others.
    fn near(&self, binding: &Binding, found: &[u32]) -> Vec<u32> {
        let file = |source: Source| match source {
            Source::Resource(id) => Some(self.graph.resource(id).span().file),
            Source::Table(_) => None,
        };
        let is_here = |role: &u32| file(self.roles[*role as usize].source) == file(binding.source);
        let here: Vec<u32> = found.iter().copied().filter(is_here).collect();
        if binding.within == Within::Unset && !here.is_empty() {
            here
        } else {
            found.to_vec()
        }
    }

    /// The roles of a name in namespaces that may turn out to be the same: one of both was not written.
    fn elsewhere(&self, within: Within, name: Symbol) -> Vec<u32> {
        match within {
            Within::Cluster => Vec::new(),
            Within::Namespace(_) => self.names.named(Within::Unset, name).to_vec(),
            Within::Unset => self
                .names
                .local(name)
                .iter()
                .copied()
                .take(FEW + 1)
                .collect(),
        }
    }

    /// A role that is nowhere. It may be one whose name is not known, or one outside of the input.
    fn dangling(&self, within: Within, name: Symbol) -> Resolved {
        let text = self.symbols.text(name);
        let may_be = |role: &&u32| {
            let role = &self.roles[**role as usize];
            let fits = matches!(&role.name, Some(Text::Open(pattern)) if pattern.may_be(text));
            fits && (role.within == Within::Cluster) == (within == Within::Cluster)
        };
        let open = self.names.open.iter().find(may_be);
        let name = open.and_then(|role| self.roles[*role as usize].name.as_ref());
        match name {
            Some(Text::Open(pattern)) => Resolved::any(&pattern.cause),
            _ => Resolved {
                any: self.absent(within),
                ..Resolved::default()
            },
        }
    }

    /// Why a role may exist that is not in the graph.
    fn absent(&self, within: Within) -> Option<Arc<Unknown>> {
        let (kind, namespace) = match within {
            Within::Cluster => ("ClusterRole", Namespace::Cluster),
            Within::Namespace(name) => {
                let name = self.symbols.text(name).clone();
                ("Role", Namespace::Named(name))
            }
            Within::Unset => ("Role", Namespace::Unset),
        };
        self.graph.completeness.absent(kind, &namespace)
    }
}

impl Resolved {
    fn any(cause: &Arc<Unknown>) -> Self {
        Self {
            any: Some(Arc::clone(cause)),
            ..Self::default()
        }
    }
}

/// The bindings of each role.
pub(super) fn by_role(roles: usize, resolved: &[Resolved]) -> Vec<Vec<u32>> {
    let mut by_role = vec![Vec::new(); roles];
    for (binding, resolved) in (0..).zip(resolved) {
        for role in &resolved.roles {
            by_role[*role as usize].push(binding);
        }
    }
    by_role
}
