//! Questions about traffic, and their answers.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::Arc;

use graph::{Namespace, Unknown};

use super::address::{self, Block};
use super::endpoints::Pod;
use super::evaluate::{Connections, Other};
use super::explain::Reason;
use super::policy::{Direction, Peer};
use super::ports::{Ports, Protocol};
use super::{ClassId, Network};
use crate::truth::because;

/// Where traffic starts or ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// A pod.
    Pod(Pod),
    /// Any pod of a namespace.
    Namespace(Namespace),
    /// Any of some addresses that are none of pods.
    Block(Block),
    /// Any address of the internet.
    Internet,
}

/// The traffic that is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Traffic {
    /// To any port.
    Any,
    /// To this port.
    Port(Protocol, u16),
}

/// Whether traffic is let through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It is stopped.
    Denied,
    /// That can't be known from the input.
    Unknown,
    /// It is let through.
    Allowed,
}

/// Whether traffic is let through, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Whether: the greatest verdict for any of the pods, addresses and ports that are asked about.
    pub verdict: Verdict,
    /// Whether it is another one for some of them.
    pub is_partial: bool,
    /// The ports for which it is so, where that is one of pods or addresses. Of several ends those of all.
    pub ports: Ports,
    /// The policies and rules by which it is so for the first of them, at most [`Answer::MOST_REASONS`]. Traffic that no policy
    /// is about is let through without a reason.
    pub reasons: Vec<Reason>,
    /// Why the verdict is unknown, at most [`Answer::MOST_CAUSES`].
    pub causes: Vec<Arc<Unknown>>,
}

impl Answer {
    /// How many reasons are told.
    pub const MOST_REASONS: usize = 1_000;
    /// How many causes are told.
    pub const MOST_CAUSES: usize = 16;
}

/// How many pairs of classes and addresses are looked at for one answer.
const PAIRS: usize = 200_000;

/// One of those that an end stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Point {
    Class(ClassId),
    Address(IpAddr),
}

impl Point {
    fn other(self) -> Other {
        match self {
            Self::Class(class) => Other::Class(class),
            Self::Address(address) => Other::Address(address),
        }
    }
}

impl Network {
    /// Whether traffic from one end to another is let through.
    #[must_use]
    pub fn reaches(&self, from: &End, to: &End, traffic: Traffic) -> Answer {
        let asked = match traffic {
            Traffic::Any => Ports::all(),
            Traffic::Port(protocol, port) => Ports::of(protocol, port, port),
        };
        let (sources, targets) = (self.points(from, to), self.points(to, from));
        if from == to && self.is_one(from) {
            return Answer {
                verdict: Verdict::Allowed,
                is_partial: false,
                ports: asked,
                reasons: Vec::new(),
                causes: Vec::new(),
            };
        }
        let mut found = Found::new(asked);
        for source in &sources {
            for target in &targets {
                if found.pairs == PAIRS {
                    found.more = true;
                    break;
                }
                found.add((*source, *target), &self.between(*source, *target));
            }
        }
        found.answer(self)
    }

    /// The ports that are let through between two classes of pods.
    #[must_use]
    pub fn connections(&self, from: ClassId, to: ClassId) -> Connections {
        self.between(Point::Class(from), Point::Class(to))
    }

    /// The ports that are let through between the pods of a class and addresses outside, with the blocks for which they are the
    /// same, sorted. Blocks may be alike.
    #[must_use]
    pub fn outside(
        &self,
        class: ClassId,
        direction: Direction,
        blocks: &[Block],
    ) -> Vec<(Block, Connections)> {
        let parts = address::cut(&address::joined(blocks), self.blocks(class, direction));
        let judged = parts.into_iter().map(|part| {
            let other = Other::Address(part.first());
            (part, self.judge(class, direction, other))
        });
        judged.collect()
    }

    pub(super) fn between(&self, from: Point, to: Point) -> Connections {
        let egress = match from {
            Point::Class(class) => self.judge(class, Direction::Egress, to.other()),
            Point::Address(_) => Connections::all(),
        };
        let ingress = match to {
            Point::Class(class) => self.judge(class, Direction::Ingress, from.other()),
            Point::Address(_) => Connections::all(),
        };
        egress.and(&ingress)
    }

    /// The blocks that rules for the pods of a class name.
    fn blocks(&self, class: ClassId, direction: Direction) -> impl Iterator<Item = &Block> {
        let applied = &self.classes[class.0 as usize].applied[direction as usize];
        let policies = applied
            .iter()
            .map(|one| &self.policies[one.policy as usize]);
        let rules = policies.flat_map(move |policy| self.rules(&policy.rules[direction as usize]));
        let peers = rules.flat_map(|(_, rule)| rule.peers.iter().flatten());
        peers.flat_map(|peer| match peer {
            Peer::Addresses(addresses) => &addresses.blocks[..],
            _ => &[],
        })
    }

    /// Whether an end is a single pod, which always reaches itself.
    fn is_one(&self, end: &End) -> bool {
        let End::Pod(pod) = end else { return false };
        self.single.contains(pod)
    }

    /// What an end stands for, told apart as far as the policies of the other end do.
    fn points(&self, end: &End, other: &End) -> Vec<Point> {
        let blocks = match end {
            End::Pod(pod) => return self.class(*pod).map(Point::Class).into_iter().collect(),
            End::Namespace(namespace) => {
                let classes = self.by_namespace.get(namespace).into_iter().flatten();
                return classes.copied().map(Point::Class).collect();
            }
            End::Block(block) => vec![*block],
            End::Internet => Block::internet(),
        };
        let mut cuts: Vec<&Block> = Vec::new();
        let classes: BTreeSet<ClassId> = match other {
            End::Pod(pod) => self.class(*pod).into_iter().collect(),
            End::Namespace(namespace) => {
                let classes = self.by_namespace.get(namespace).into_iter().flatten();
                classes.copied().collect()
            }
            End::Block(_) | End::Internet => BTreeSet::new(),
        };
        for class in classes {
            for direction in Direction::ALL {
                cuts.extend(self.blocks(class, direction));
            }
        }
        let parts = address::cut(&blocks, cuts.into_iter());
        parts
            .into_iter()
            .map(|part| Point::Address(part.first()))
            .collect()
    }
}

/// An answer while pairs are added to it.
struct Found {
    asked: Ports,
    pairs: usize,
    more: bool,
    /// By verdict: a pair for which it is so, and the ports of all.
    by_verdict: [Option<((Point, Point), Ports)>; 3],
}

impl Found {
    fn new(asked: Ports) -> Self {
        Self {
            asked,
            pairs: 0,
            more: false,
            by_verdict: [None, None, None],
        }
    }

    fn add(&mut self, pair: (Point, Point), connections: &Connections) {
        self.pairs += 1;
        for (verdict, ports) in [
            (Verdict::Denied, connections.denied()),
            (Verdict::Unknown, connections.unknown()),
            (Verdict::Allowed, connections.allowed()),
        ] {
            let ports = ports.intersection(&self.asked);
            if ports.is_empty() {
                continue;
            }
            let own = &mut self.by_verdict[verdict as usize];
            *own = Some(match own.take() {
                Some((first, all)) => (first, all.union(&ports)),
                None => (pair, ports),
            });
        }
    }

    fn answer(self, network: &Network) -> Answer {
        let count = self.by_verdict.iter().flatten().count();
        let [denied, unknown, allowed] = self.by_verdict;
        let found = allowed
            .map(|found| (Verdict::Allowed, found))
            .or_else(|| unknown.map(|found| (Verdict::Unknown, found)))
            .or_else(|| denied.map(|found| (Verdict::Denied, found)));
        let mut answer = Answer {
            verdict: Verdict::Unknown,
            is_partial: count > 1 || self.more,
            ports: Ports::default(),
            reasons: Vec::new(),
            causes: Vec::new(),
        };
        let Some((verdict, (pair, ports))) = found else {
            answer.causes = vec![because("no pod is known at one of the ends")];
            return answer;
        };
        if self.more && verdict == Verdict::Denied {
            answer.causes = vec![because(
                "there are more pods and addresses than are looked at",
            )];
            return answer;
        }
        let explained = network.explain(pair, &ports);
        answer.verdict = verdict;
        answer.ports = ports;
        answer.reasons = explained.reasons;
        if verdict == Verdict::Unknown {
            answer.causes = explained.causes;
        }
        answer
    }
}
