//! Effective access: what the API server's RBAC authorizer answers for the roles and bindings of a graph.

mod aggregate;
mod answer;
mod binding;
mod build;
mod can;
mod certainty;
mod given;
mod index;
mod items;
mod may;
mod powers;
mod question;
mod resolve;
mod role;
mod rule;
mod subject;
mod symbols;
mod text;
mod who_can;

use std::collections::BTreeSet;

use graph::{Graph, ResourceId, SmolStr};
use kubernetes::Version;

use binding::Binding;
use build::Builder;
use index::{Names, Rules, Subjects};
use resolve::Resolved;
use role::Role;
use symbols::Symbols;

pub use answer::{Answer, Grant, Holder, Origin, Verdict};
pub use can::{Holding, RoleKey, Rule};
pub(crate) use powers::{Held, Power, Powers};
pub use question::Action;
pub use subject::{Asker, Groups, Subject};

/// How access is computed.
#[derive(Clone, Debug)]
pub struct Options {
    /// The environment: its resources count, and those that belong to none.
    pub environment: Option<SmolStr>,
    /// The version of Kubernetes whose own roles and bindings count beside those of the graph. `None` for a cluster, where
    /// they are in the graph.
    pub built_in: Option<Version>,
    /// Resources that do not count.
    pub without: BTreeSet<ResourceId>,
}

impl Default for Options {
    /// Manifests for a cluster of the newest version.
    fn default() -> Self {
        Self {
            environment: None,
            built_in: Some(Version::NEWEST),
            without: BTreeSet::new(),
        }
    }
}

/// Who can do what by the roles and bindings of one environment of a graph.
///
/// It answers as the API server's RBAC authorizer does, and knows no other: a "no" says that no binding of the graph grants.
/// Where webhooks, ABAC, the Node authorizer or a cloud's authorizer may answer too, or where bindings exist that are not in
/// the graph (`Graph::completeness`), the caller has to take it for unknown.
///
/// - Members of `system:masters` may do everything.
/// - An aggregated ClusterRole has the rules of the roles that its selectors match, and none of its own, which a controller
///   overwrites.
/// - Own roles and bindings of Kubernetes are joined with written ones of the same name, as an API server does when it starts,
///   unless their annotation `rbac.authorization.kubernetes.io/autoupdate` says `false`.
/// - Of several different bindings with one name each is uncertain; of several roles all must allow what is certain.
/// - What lives in a namespace that nobody wrote may live in any: it is certain only where asked about that same namespace
///   ([`graph::Namespace::Unset`]).
#[derive(Debug)]
pub struct Access {
    symbols: Symbols,
    rules: Rules,
    roles: Vec<Role>,
    /// What each role really has.
    effective: Vec<aggregate::Effective>,
    bindings: Vec<Binding>,
    /// The roles of each binding.
    resolved: Vec<Resolved>,
    /// The bindings of each role.
    by_role: Vec<Vec<u32>>,
    /// The roles that have the rules written in each.
    used_by: Vec<Vec<u32>>,
    /// Roles that may have rules of which nothing is known.
    with_any_rule: Vec<u32>,
    /// Bindings that may give roles of which nothing is known.
    with_any_role: Vec<u32>,
    subjects: Subjects,
}

impl Access {
    /// The access that a graph gives.
    #[must_use]
    pub fn of(graph: &Graph, options: &Options) -> Self {
        let mut builder = Builder::default();
        if let Some(version) = options.built_in {
            builder.add_built_in(version);
        }
        for (id, resource) in build::objects(graph, options.environment.as_ref()) {
            if !options.without.contains(&id) {
                builder.add(id, resource);
            }
        }
        builder.finish(graph)
    }
}

/// The environments of a graph, each with an access of its own. Where resources belong to environments, those that belong to
/// none are in all of them.
#[must_use]
pub fn environments(graph: &Graph) -> Vec<Option<SmolStr>> {
    let resources = graph.resources();
    let mut named: Vec<Option<SmolStr>> = resources
        .filter(|(_, resource)| resource.environment.is_some())
        .map(|(_, resource)| resource.environment.clone())
        .collect();
    named.sort_unstable();
    named.dedup();
    if named.is_empty() {
        named.push(None);
    }
    named
}
