//! What bindings give: the rules of the roles that they name, as they count in a cluster.

use std::sync::Arc;

use smol_str::SmolStr;

use crate::{NodeId, ResourceId, Unknown};

/// What a binding gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Given {
    /// The roles that it may mean. Several have one name, and only one of them can exist.
    pub roles: Vec<Arc<GivenRole>>,
    /// Why none of them may be meant.
    pub maybe: Option<Arc<Unknown>>,
    /// Why a role may be meant of which nothing is known.
    pub any: Option<Arc<Unknown>>,
}

/// A role as it counts: with what it aggregates.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenRole {
    /// The rules.
    pub rules: Vec<GivenRule>,
    /// Why it may not exist.
    pub unknown: Option<Arc<Unknown>>,
    /// Why there may be other rules.
    pub rest: Option<Arc<Unknown>>,
}

/// A rule that a binding gives.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenRule {
    /// Where it stands.
    pub source: GivenSource,
    /// Why the role may not have it.
    pub unknown: Option<Arc<Unknown>>,
}

/// Where a rule stands.
#[derive(Clone, Debug, PartialEq)]
pub enum GivenSource {
    /// In a resource of the graph.
    Written(ResourceId, NodeId),
    /// In a role that Kubernetes makes itself.
    BuiltIn(Arc<BuiltInRule>),
}

/// A rule of a role that Kubernetes makes itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuiltInRule {
    /// The name of the role.
    pub role: SmolStr,
    /// Such as `get`.
    pub verbs: Vec<SmolStr>,
    /// API groups; the core group is empty.
    pub groups: Vec<SmolStr>,
    /// Such as `pods/exec`.
    pub resources: Vec<SmolStr>,
    /// The names of the objects; none for all.
    pub names: Vec<SmolStr>,
    /// Paths that are no objects.
    pub paths: Vec<SmolStr>,
}

impl Given {
    /// Whether two graphs with other numbers give the same.
    #[must_use]
    pub fn is_alike(
        &self,
        other: &Self,
        renumbered: &impl Fn(ResourceId) -> Option<ResourceId>,
    ) -> bool {
        let mut roles = self.roles.iter().zip(&other.roles);
        self.roles.len() == other.roles.len()
            && self.maybe == other.maybe
            && self.any == other.any
            && roles.all(|(one, two)| one.is_alike(two, renumbered))
    }
}

impl GivenRole {
    fn is_alike(
        &self,
        other: &Self,
        renumbered: &impl Fn(ResourceId) -> Option<ResourceId>,
    ) -> bool {
        let is_same = |(one, two): (&GivenRule, &GivenRule)| {
            let is_there = match (&one.source, &two.source) {
                (GivenSource::Written(own, node), GivenSource::Written(theirs, other)) => {
                    renumbered(*own) == Some(*theirs) && node == other
                }
                (one, two) => one == two,
            };
            is_there && one.unknown == two.unknown
        };
        self.rules.len() == other.rules.len()
            && self.unknown == other.unknown
            && self.rest == other.rest
            && self.rules.iter().zip(&other.rules).all(is_same)
    }
}
