//! Steps over the border of the cluster: the internet comes in, pods become identities of clouds, and these gain more or come back.

mod aws;
mod entries;
mod grants;
mod identities;
mod internet;
mod jobs;

use std::collections::BTreeSet;
use std::sync::Arc;

use graph::{Graph, NodeId, ResourceId, SmolStr, Unknown};

use super::{Edit, Party};
use crate::network::{Network, Options as NetworkOptions};
use crate::truth::Truth;

/// By what a step over the border is made.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossing {
    /// A word for it.
    pub name: &'static str,
    /// The technique of MITRE ATT&CK.
    pub technique: &'static str,
    /// `critical`, `high`, `medium` or `low`.
    pub severity: &'static str,
    /// Where it is written what lets it happen.
    pub places: Vec<(ResourceId, NodeId)>,
    /// What it takes: of each of these, one of the resources.
    pub needs: Vec<Vec<ResourceId>>,
}

/// A step over the border of the cluster.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) from: Party,
    pub(super) to: Party,
    pub(super) crossing: Arc<Crossing>,
    pub(super) unknown: Option<Arc<Unknown>>,
}

/// The steps over the border of the cluster of one environment of a graph.
///
/// - The internet is a party that reaches pods behind load balancers, node ports and the like. It is taken to get hold of the process
///   that answers there.
/// - Identities of one graph of which the account is not known are taken to be of one account.
/// - Policies that AWS manages are not in the input: but for those that allow everything, they are left out.
#[derive(Debug, Default)]
pub struct Crossings {
    pub(super) steps: Vec<Step>,
    /// Whether there are more identities than are followed.
    pub is_bounded: bool,
}

impl Crossings {
    /// The steps that a graph declares, whose links are set.
    #[must_use]
    pub fn of(graph: &Graph, environment: Option<&SmolStr>) -> Self {
        let network = Network::of(
            graph,
            &NetworkOptions {
                environment: environment.cloned(),
                ..NetworkOptions::default()
            },
        );
        let mut crossings = Self::default();
        crossings.add_exposures(graph, &network);
        crossings.add_identities(graph, environment);
        crossings.add_jobs(graph, environment);
        crossings.add_rights(graph, environment);
        crossings.add_entries(graph, environment);
        crossings.add_grants(graph, environment);
        crossings
    }

    fn push(&mut self, (from, to): (Party, Party), crossing: Crossing, truth: &Truth) {
        if truth.is_no() {
            return;
        }
        self.steps.push(Step {
            from,
            to,
            crossing: Arc::new(crossing),
            unknown: truth.cause().cloned(),
        });
    }
}

impl Crossing {
    /// The same where some changes are made; nothing where they make it impossible.
    pub(super) fn without(self: &Arc<Self>, edits: &BTreeSet<Edit>) -> Option<Arc<Self>> {
        let is_gone = |resource: &ResourceId| edits.contains(&Edit::Crossing(*resource));
        if !self.needs.iter().flatten().any(is_gone) {
            return Some(Arc::clone(self));
        }
        let mut left = Self::clone(self);
        for need in &mut left.needs {
            need.retain(|resource| !is_gone(resource));
        }
        let is_possible = left.needs.iter().all(|need| !need.is_empty());
        is_possible.then(|| Arc::new(left))
    }

    /// The changes of which each makes it impossible.
    pub(super) fn edits(&self) -> impl Iterator<Item = Edit> {
        let needs = self.needs.iter();
        needs.filter_map(|need| match need[..] {
            [only] => Some(Edit::Crossing(only)),
            _ => None,
        })
    }
}

/// The resources of an environment that are of a type.
fn of_kind<'g>(
    graph: &'g Graph,
    environment: Option<&SmolStr>,
    kind: &str,
) -> impl Iterator<Item = (ResourceId, &'g graph::Resource)> {
    let resources = graph.resources().map(|(id, one)| (id, one.as_ref()));
    resources.filter(move |(_, one)| {
        let own = one.environment.as_ref();
        one.kind == kind && (own.is_none() || own == environment)
    })
}

/// The resource of a type that an attribute refers to.
fn referred(graph: &Graph, from: ResourceId, node: NodeId, kind: &str) -> Option<ResourceId> {
    let links = graph.links_from(from).iter();
    let mut links = links.filter(|link| link.node == node);
    links.find_map(|link| match link.target {
        graph::Target::Resource(target) if graph.resource(target).kind == kind => Some(target),
        _ => None,
    })
}
