//! Why traffic is let through or not.

use std::sync::Arc;

use graph::{NodeId, ResourceId, Unknown};

use super::answer::{Answer, Point};
use super::evaluate::{Judged, Other};
use super::policy::{Action, Direction, Policy, Rule, Tier};
use super::ports::{Ports, Protocol};
use super::{ClassId, Network};
use crate::truth::{Truth, because};

/// A policy or a rule of it that decides about traffic.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// The policy.
    pub policy: ResourceId,
    /// The rule; nothing for a policy that isolates a pod, so that what no rule allows is stopped.
    pub rule: Option<NodeId>,
    /// At which end: ingress at the receiving one.
    pub direction: Direction,
    /// What it does.
    pub action: Action,
    /// Why it may not do it.
    pub unknown: Option<Arc<Unknown>>,
}

/// Reasons and causes of doubt.
#[derive(Default)]
pub(super) struct Explained {
    pub(super) reasons: Vec<Reason>,
    pub(super) causes: Vec<Arc<Unknown>>,
}

/// A policy or a rule of it, what that does, and whether it does so.
type Told = (ResourceId, Option<NodeId>, Action, Truth);

/// What is walked through.
struct Walk<'n, 'e> {
    network: &'n Network,
    class: ClassId,
    direction: Direction,
    other: Other,
    port: (Protocol, u16),
    explained: &'e mut Explained,
}

impl Network {
    /// Why the first of some ports is let through or not.
    pub(super) fn explain(&self, (from, to): (Point, Point), ports: &Ports) -> Explained {
        let mut explained = Explained::default();
        for (own, other, direction) in [
            (from, to, Direction::Egress),
            (to, from, Direction::Ingress),
        ] {
            let Point::Class(class) = own else { continue };
            let other = match other {
                Point::Class(class) => Other::Class(class),
                Point::Address(address) => Other::Address(address),
            };
            self.explain_at(class, direction, other, ports, &mut explained);
        }
        explained
    }

    /// Adds why policies for the pods of a class let the first of some ports through or not.
    pub(super) fn explain_at(
        &self,
        class: ClassId,
        direction: Direction,
        other: Other,
        ports: &Ports,
        explained: &mut Explained,
    ) {
        let Some(port) = ports.first() else { return };
        let mut walk = Walk {
            network: self,
            class,
            direction,
            other,
            port,
            explained,
        };
        walk.walk();
        explained.reasons.truncate(Answer::MOST_REASONS);
        explained.causes.truncate(Answer::MOST_CAUSES);
    }
}

impl<'n> Walk<'n, '_> {
    fn walk(&mut self) {
        if !self.admin(Tier::Admin) && !self.namespaced() {
            self.admin(Tier::Baseline);
        }
        if self.network.is_near_node(self.class, self.other) {
            self.doubt(&because(
                "a node always reaches its own pods, and this may be its own",
            ));
        }
        self.foreign();
    }

    /// Tells the policies of plugins and meshes that may change something.
    fn foreign(&mut self) {
        let (protocol, port) = self.port;
        let network = self.network;
        for foreign in network.foreign(self.class, self.direction, self.other) {
            let may = foreign.may.contains(protocol, port);
            if may || foreign.may_not.contains(protocol, port) {
                let action = if may { Action::Allow } else { Action::Deny };
                let unknown = Truth::Maybe(Arc::clone(&foreign.cause));
                self.tell(vec![(foreign.resource, None, action, unknown)]);
            }
        }
    }

    fn doubt(&mut self, cause: &Arc<Unknown>) {
        if !self.explained.causes.contains(cause) {
            self.explained.causes.push(Arc::clone(cause));
        }
    }

    /// The policies of a tier in their order, each with whether it applies.
    fn policies(&self, tier: Tier) -> Vec<(&'n Policy, Truth)> {
        let network = self.network;
        let applied = &network.classes[self.class.0 as usize].applied[self.direction as usize];
        let policies = applied.iter().map(|one| {
            let policy = &network.policies[one.policy as usize];
            (policy, one.truth.clone())
        });
        let mut policies: Vec<_> = policies.filter(|(policy, _)| policy.tier == tier).collect();
        policies.sort_by_key(|(policy, _)| policy.priority);
        policies
    }

    /// Whether a rule speaks of the port.
    fn speaks(&self, id: u32, rule: &Rule) -> Truth {
        let judged = Judged {
            network: self.network,
            matches: |_: u32, rule: &Rule| self.network.is_about(rule, self.other),
            names: self.network.names(self.class, self.direction, self.other),
        };
        let (surely, maybe) = judged.ports(id, rule);
        let (protocol, port) = self.port;
        if surely.contains(protocol, port) {
            return Truth::Yes;
        }
        if !maybe.contains(protocol, port) {
            return Truth::No;
        }
        let of_peer = (judged.matches)(id, rule);
        let of_ports = rule.ports.maybe.as_ref().map(|(_, cause)| cause);
        let of_names = judged.names.and_then(|names| names.open.as_ref());
        let cause = of_peer.cause().or(of_ports).or(of_names).cloned();
        Truth::Maybe(cause.unwrap_or_else(|| because("the ports are not known")))
    }

    /// Tells the rules of a tier that speak of the traffic, up to the first that surely does; whether that one decides. Of
    /// policies with one priority any may come first.
    fn admin(&mut self, tier: Tier) -> bool {
        let policies = self.policies(tier);
        let is_ordered = policies.iter().all(|(policy, _)| policy.priority.is_some());
        let groups =
            policies.chunk_by(|(one, _), (other, _)| !is_ordered || one.priority == other.priority);
        let mut told = Vec::new();
        let mut decided = Vec::new();
        for group in groups {
            for (policy, applies) in group {
                decided.extend(self.first(policy, applies, &mut told));
            }
            if !decided.is_empty() {
                break;
            }
        }
        self.tell(told);
        decided.sort_unstable();
        decided.dedup();
        if decided.len() > 1 {
            self.doubt(&because("policies with one priority say different things"));
        }
        decided
            .first()
            .is_some_and(|_| !decided.contains(&Action::Pass))
    }

    /// Adds the rules of a policy that speak of the traffic, up to the first that surely does: what that one does.
    fn first(&self, policy: &Policy, applies: &Truth, told: &mut Vec<Told>) -> Option<Action> {
        for (id, rule) in self.network.rules(&policy.rules[self.direction as usize]) {
            let truth = self.speaks(id, rule).and(applies.clone());
            if truth.is_no() {
                continue;
            }
            let is_sure = truth.is_yes();
            told.push((policy.resource, Some(rule.node), rule.action, truth));
            if is_sure {
                return Some(rule.action);
            }
        }
        None
    }

    /// Tells the rules that let the traffic through, else the policies that isolate; whether the pod is surely isolated.
    fn namespaced(&mut self) -> bool {
        let (mut allowing, mut isolating) = (Vec::new(), Vec::new());
        let mut is_isolated = false;
        for (policy, applies) in self.policies(Tier::Namespaced) {
            is_isolated |= applies.is_yes();
            for (id, rule) in self.network.rules(&policy.rules[self.direction as usize]) {
                let truth = self.speaks(id, rule).and(applies.clone());
                if !truth.is_no() {
                    allowing.push((policy.resource, Some(rule.node), Action::Allow, truth));
                }
            }
            isolating.push((policy.resource, None, Action::Deny, applies));
        }
        let is_allowed = allowing.iter().any(|(.., truth)| truth.is_yes());
        self.tell(allowing);
        if !is_allowed {
            self.tell(isolating);
        }
        is_isolated
    }

    fn tell(&mut self, told: Vec<Told>) {
        for (policy, rule, action, truth) in told {
            let unknown = truth.cause().cloned();
            if let Some(cause) = &unknown {
                self.doubt(cause);
            }
            self.explained.reasons.push(Reason {
                policy,
                rule,
                direction: self.direction,
                action,
                unknown,
            });
        }
    }
}
