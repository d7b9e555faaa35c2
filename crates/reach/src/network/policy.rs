//! Policies as they are evaluated.

use std::ops::Range;
use std::sync::Arc;

use graph::{NodeId, ResourceId, SmolStr, Unknown};

use super::address::Block;
use super::ports::{Ports, Protocol};
use crate::truth::Truth;

/// Whether traffic comes in or goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// To the pods of the policy.
    Ingress,
    /// From the pods of the policy.
    Egress,
}

impl Direction {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Ingress, Self::Egress];
}

/// What is asked first, next and last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Tier {
    Admin,
    /// NetworkPolicies.
    Namespaced,
    Baseline,
}

/// A policy.
#[derive(Clone, Debug)]
pub(super) struct Policy {
    pub(super) resource: ResourceId,
    pub(super) tier: Tier,
    /// Lower ones go first; nothing where it is not known.
    pub(super) priority: Option<i64>,
    /// The indexes of its rules, by direction.
    pub(super) rules: [Range<u32>; 2],
}

/// What a rule does with traffic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Lets it through.
    Allow,
    /// Stops it.
    Deny,
    /// Leaves it to NetworkPolicies and what comes after them.
    Pass,
}

/// A rule of a policy.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) node: NodeId,
    pub(super) action: Action,
    /// Everything where there are none.
    pub(super) peers: Option<Vec<Peer>>,
    pub(super) ports: RulePorts,
    /// Why there may be no such rule.
    pub(super) unknown: Option<Arc<Unknown>>,
}

/// The ports of a rule.
#[derive(Clone, Debug, Default)]
pub(super) struct RulePorts {
    pub(super) known: Ports,
    /// Names, which stand for ports of the pod that is asked for; without a protocol for those of any.
    pub(super) names: Vec<(SmolStr, Option<Protocol>)>,
    /// Ports that may be meant too.
    pub(super) maybe: Option<(Ports, Arc<Unknown>)>,
}

/// What a rule lets traffic come from or go to.
#[derive(Clone, Debug)]
pub(super) enum Peer {
    /// All pods that are not on the network of their node.
    AllPods,
    /// Pods by their labels: the index of what selects them.
    Pods(u32),
    /// Addresses.
    Addresses(Arc<Addresses>),
    /// Nodes, by something that is not known of them.
    Nodes(Arc<Unknown>),
    /// Addresses outside the cluster of which nothing is known.
    Outside(Arc<Unknown>),
    /// Something of which nothing is known.
    Unknown(Arc<Unknown>),
}

/// Addresses that a rule names.
#[derive(Clone, Debug)]
pub(super) struct Addresses {
    /// Sorted, and without overlap.
    pub(super) blocks: Vec<Block>,
    /// Why these may not be the ones.
    pub(super) unknown: Option<Arc<Unknown>>,
    /// Whether pods are meant.
    pub(super) pods: Truth,
    /// Whether nodes are meant.
    pub(super) nodes: Truth,
}

/// A policy that applies to pods in one direction.
#[derive(Clone, Debug)]
pub(super) struct Applied {
    pub(super) policy: u32,
    /// Yes or maybe.
    pub(super) truth: Truth,
}

impl RulePorts {
    pub(super) fn all() -> Self {
        Self {
            known: Ports::all(),
            ..Self::default()
        }
    }

    pub(super) fn add_known(&mut self, ports: &Ports) {
        self.known = self.known.union(ports);
    }

    /// Adds the names and the ports that are not sure.
    pub(super) fn add(&mut self, other: Self) {
        self.names.extend(other.names);
        if let Some((ports, cause)) = other.maybe {
            self.add_maybe(&ports, &cause);
        }
    }

    pub(super) fn add_maybe(&mut self, ports: &Ports, cause: &Arc<Unknown>) {
        let before = self.maybe.take();
        let cause = before.as_ref().map_or(cause, |(_, cause)| cause).clone();
        let ports = before.map_or_else(|| ports.clone(), |(before, _)| before.union(ports));
        self.maybe = Some((ports, cause));
    }
}
