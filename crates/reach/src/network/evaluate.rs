//! What policies make of traffic between two ends.
//!
//! What can't be known counts both ways, so that ports are found that may be let through and ports that may not, each as if
//! every doubt fell for itself. What is in one of the sets only is known.

use std::net::IpAddr;

use super::endpoints::NamedPorts;
use super::foreign::Foreign;
use super::policy::{Action, Applied, Direction, Peer, Policy, Rule, Tier};
use super::ports::Ports;
use super::{ClassId, Network, address};
use crate::truth::{Truth, because};

/// Which ports are let through between two ends.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Connections {
    /// Ports that may be let through.
    pub(super) may: Ports,
    /// Ports that may be stopped.
    pub(super) may_not: Ports,
}

impl Connections {
    pub(super) fn all() -> Self {
        Self {
            may: Ports::all(),
            may_not: Ports::default(),
        }
    }

    /// The ports that are let through.
    #[must_use]
    pub fn allowed(&self) -> Ports {
        self.may.minus(&self.may_not)
    }

    /// The ports that are stopped.
    #[must_use]
    pub fn denied(&self) -> Ports {
        self.may_not.minus(&self.may)
    }

    /// The ports of which that can't be known.
    #[must_use]
    pub fn unknown(&self) -> Ports {
        self.may.intersection(&self.may_not)
    }

    /// Whether no port may be let through.
    #[must_use]
    pub fn is_denied(&self) -> bool {
        self.may.is_empty()
    }

    /// Both must let it through.
    pub(super) fn and(&self, other: &Self) -> Self {
        Self {
            may: self.may.intersection(&other.may),
            may_not: self.may_not.union(&other.may_not),
        }
    }

    /// What another decides of some ports, and this of no others.
    fn within(&self, ports: &Ports) -> Self {
        Self {
            may: self.may.intersection(ports),
            may_not: self.may_not.intersection(ports),
        }
    }

    fn or(&self, other: &Self) -> Self {
        Self {
            may: self.may.union(&other.may),
            may_not: self.may_not.union(&other.may_not),
        }
    }
}

/// The end that rules speak of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Other {
    Class(ClassId),
    Address(IpAddr),
    /// A node, by its address.
    Node,
    /// A pod of which nothing is known, or something outside that stands for the internet.
    Controller,
}

/// What a policy of administrators may do with ports.
#[derive(Default)]
struct Fate {
    allow: Ports,
    deny: Ports,
    pass: Ports,
    /// No rule speaks of them.
    fall: Ports,
}

/// The traffic that policies for one end judge.
pub(super) struct Judged<'n, M> {
    pub(super) network: &'n Network,
    /// Whether a rule is about the other end.
    pub(super) matches: M,
    /// What names stand for, where the receiving end is a pod.
    pub(super) names: Option<&'n NamedPorts>,
}

impl Network {
    /// What the policies for the pods of a class make of traffic in one direction.
    pub(super) fn judge(&self, class: ClassId, direction: Direction, other: Other) -> Connections {
        let own = &self.classes[class.0 as usize];
        let judged = Judged {
            network: self,
            matches: |_: u32, rule: &Rule| self.is_about(rule, other),
            names: self.names(class, direction, other),
        };
        let found = judged.connections(&own.applied[direction as usize], direction);
        self.with_doubts(found, class, direction, other)
    }

    /// Adds what is not known besides: policies of plugins, and that a node always reaches its own pods, and they it.
    pub(super) fn with_doubts(
        &self,
        mut found: Connections,
        class: ClassId,
        direction: Direction,
        other: Other,
    ) -> Connections {
        for foreign in self.foreign(class, direction, other) {
            found.may = found.may.union(&foreign.may);
            found.may_not = found.may_not.union(&foreign.may_not);
        }
        if self.is_near_node(class, other) {
            found.may = Ports::all();
        }
        found
    }

    /// The policies of plugins and meshes for traffic.
    pub(super) fn foreign(
        &self,
        class: ClassId,
        direction: Direction,
        other: Other,
    ) -> impl Iterator<Item = &Foreign> {
        let own = self.classes[class.0 as usize].foreign[direction as usize].iter();
        let own = own.map(|id| &self.foreign[*id as usize]);
        own.filter(move |one| !one.is_outside || !matches!(other, Other::Class(_)))
    }

    /// Whether one of two ends may be the node of the other.
    pub(super) fn is_near_node(&self, class: ClassId, other: Other) -> bool {
        let is_host = |class: ClassId| !self.classes[class.0 as usize].host.is_no();
        match other {
            Other::Class(other) => is_host(class) || is_host(other),
            Other::Address(_) | Other::Node | Other::Controller => false,
        }
    }

    pub(super) fn names(
        &self,
        class: ClassId,
        direction: Direction,
        other: Other,
    ) -> Option<&NamedPorts> {
        let receiver = match (direction, other) {
            (Direction::Ingress, _) => class,
            (Direction::Egress, Other::Class(other)) => other,
            (Direction::Egress, Other::Address(_) | Other::Node | Other::Controller) => {
                return None;
            }
        };
        let ports = self.classes[receiver.0 as usize].ports;
        Some(&self.ports[ports as usize])
    }

    /// Whether a rule is about an end.
    pub(super) fn is_about(&self, rule: &Rule, other: Other) -> Truth {
        let about = match &rule.peers {
            None => Truth::Yes,
            Some(peers) => peers
                .iter()
                .map(|peer| self.is_peer(peer, other))
                .fold(Truth::No, Truth::or),
        };
        about.given(rule.unknown.as_ref())
    }

    pub(super) fn is_peer(&self, peer: &Peer, other: Other) -> Truth {
        if let Peer::Unknown(cause) = peer {
            return Truth::Maybe(cause.clone());
        }
        match other {
            Other::Class(class) => self.is_pod(peer, class),
            Other::Address(address) => self.is_address(peer, address),
            Other::Node => match peer {
                Peer::Addresses(addresses) => addresses.nodes.clone(),
                Peer::Nodes(cause) => Truth::Maybe(cause.clone()),
                _ => Truth::No,
            },
            Other::Controller => Truth::Maybe(because("who passes it on to the pod is not known")),
        }
    }

    fn is_pod(&self, peer: &Peer, class: ClassId) -> Truth {
        let class = &self.classes[class.0 as usize];
        match peer {
            Peer::AllPods => class.host.clone().not(),
            Peer::Pods(selection) => {
                let found = class
                    .selected
                    .binary_search_by_key(selection, |(id, _)| *id);
                found.map_or(Truth::No, |index| class.selected[index].1.clone())
            }
            Peer::Addresses(addresses) => match &class.host {
                Truth::No => addresses.pods.clone(),
                Truth::Yes => addresses.nodes.clone(),
                Truth::Maybe(_) if addresses.pods == addresses.nodes => addresses.pods.clone(),
                Truth::Maybe(cause) => Truth::Maybe(cause.clone()),
            },
            Peer::Nodes(cause) => class.host.clone().and(Truth::Maybe(cause.clone())),
            Peer::Outside(_) | Peer::Unknown(_) => Truth::No,
        }
    }

    fn is_address(&self, peer: &Peer, other: IpAddr) -> Truth {
        match peer {
            Peer::Addresses(addresses) => {
                let holds = Truth::from(address::holds(&addresses.blocks, other));
                holds.given(addresses.unknown.as_ref())
            }
            Peer::Nodes(cause) => {
                let nodes = self.options.nodes.as_ref();
                let may = nodes.is_none_or(|nodes| nodes.iter().any(|one| one.contains(other)));
                Truth::from(may).and(Truth::Maybe(cause.clone()))
            }
            Peer::Outside(cause) => Truth::Maybe(cause.clone()),
            Peer::AllPods | Peer::Pods(_) | Peer::Unknown(_) => Truth::No,
        }
    }
}

impl<M: Fn(u32, &Rule) -> Truth> Judged<'_, M> {
    pub(super) fn connections(&self, applied: &[Applied], direction: Direction) -> Connections {
        let end = Connections::all();
        let baseline = self.tier(applied, direction, Tier::Baseline, &end, &end);
        let namespaced = self.namespaced(applied, direction, &baseline);
        self.tier(applied, direction, Tier::Admin, &namespaced, &namespaced)
    }

    fn of_tier<'a>(
        &'a self,
        applied: &'a [Applied],
        tier: Tier,
    ) -> impl Iterator<Item = (&'a Policy, &'a Truth)> {
        let policies = applied.iter();
        let policies =
            policies.map(|one| (&self.network.policies[one.policy as usize], &one.truth));
        policies.filter(move |(policy, _)| policy.tier == tier)
    }

    /// What a tier makes of traffic, where the next one decides what no rule speaks of, and another what rules pass.
    fn tier(
        &self,
        applied: &[Applied],
        direction: Direction,
        tier: Tier,
        next: &Connections,
        passed: &Connections,
    ) -> Connections {
        let mut policies: Vec<_> = self.of_tier(applied, tier).collect();
        policies.sort_by_key(|(policy, _)| policy.priority);
        // Where one priority is not known, any of all may come first.
        let is_ordered = policies.iter().all(|(policy, _)| policy.priority.is_some());
        let groups =
            policies.chunk_by(|(one, _), (other, _)| !is_ordered || one.priority == other.priority);
        let groups: Vec<&[(&Policy, &Truth)]> = groups.collect();
        let mut found = next.clone();
        for group in groups.into_iter().rev() {
            let fate = self.group(group, direction);
            let decided = Connections {
                may: fate.allow,
                may_not: fate.deny,
            };
            found = decided
                .or(&passed.within(&fate.pass))
                .or(&found.within(&fate.fall));
        }
        found
    }

    /// What policies do of which any may come first.
    fn group(&self, policies: &[(&Policy, &Truth)], direction: Direction) -> Fate {
        let all = Fate {
            fall: Ports::all(),
            ..Fate::default()
        };
        policies.iter().fold(all, |group, (policy, truth)| {
            let fate = self.fate(policy, truth, direction);
            Fate {
                allow: group.allow.union(&fate.allow),
                deny: group.deny.union(&fate.deny),
                pass: group.pass.union(&fate.pass),
                fall: group.fall.intersection(&fate.fall),
            }
        })
    }

    fn fate(&self, policy: &Policy, truth: &Truth, direction: Direction) -> Fate {
        let mut fate = Fate {
            fall: Ports::all(),
            ..Fate::default()
        };
        for (id, rule) in self.network.rules(&policy.rules[direction as usize]).rev() {
            let (surely, maybe) = self.ports(id, rule);
            let all = surely.union(&maybe);
            let target = match rule.action {
                Action::Allow => &mut fate.allow,
                Action::Deny => &mut fate.deny,
                Action::Pass => &mut fate.pass,
            };
            *target = target.union(&all);
            for (action, ports) in [
                (Some(Action::Allow), &mut fate.allow),
                (Some(Action::Deny), &mut fate.deny),
                (Some(Action::Pass), &mut fate.pass),
                (None, &mut fate.fall),
            ] {
                if action != Some(rule.action) {
                    *ports = ports.minus(&surely);
                }
            }
        }
        if !truth.is_yes() {
            fate.fall = Ports::all();
        }
        fate
    }

    /// NetworkPolicies only allow; a pod that none surely isolates may be left to what comes next.
    fn namespaced(
        &self,
        applied: &[Applied],
        direction: Direction,
        next: &Connections,
    ) -> Connections {
        let mut is_isolated = false;
        let (mut surely, mut maybe) = (Ports::default(), Ports::default());
        let mut not_by_one = Ports::default();
        for (policy, truth) in self.of_tier(applied, Tier::Namespaced) {
            let mut own = Ports::default();
            for (id, rule) in self.network.rules(&policy.rules[direction as usize]) {
                let (known, open) = self.ports(id, rule);
                own = own.union(&known);
                maybe = maybe.union(&open);
            }
            maybe = maybe.union(&own);
            if truth.is_yes() {
                is_isolated = true;
                surely = surely.union(&own);
            } else {
                not_by_one = not_by_one.union(&own.complement());
            }
        }
        if is_isolated {
            return Connections {
                may: maybe,
                may_not: surely.complement(),
            };
        }
        let decided = Connections {
            may: maybe,
            may_not: not_by_one,
        };
        decided.or(next)
    }

    /// The ports that a rule surely speaks of, and those that it may speak of besides.
    pub(super) fn ports(&self, id: u32, rule: &Rule) -> (Ports, Ports) {
        let truth = (self.matches)(id, rule);
        if truth.is_no() {
            return (Ports::default(), Ports::default());
        }
        let mut known = rule.ports.known.clone();
        let maybe = rule.ports.maybe.as_ref();
        let mut maybe = maybe.map_or_else(Ports::default, |(ports, _)| ports.clone());
        if let Some(names) = self.names {
            for (name, protocol) in &rule.ports.names {
                known = known.union(&names.of(name, *protocol));
                if names.open.is_some() {
                    let all = protocol.map_or_else(Ports::all, Ports::all_of);
                    maybe = maybe.union(&all);
                }
            }
        }
        match truth.is_yes() {
            true => (known, maybe),
            false => (Ports::default(), known.union(&maybe)),
        }
    }
}
