//! Paths as they are told: each hop with what it takes, and where that stands.

use std::collections::BTreeSet;
use std::sync::Arc;

use graph::{Namespace, NodeId, Unknown};

use super::gain::asker;
use super::lead::Goal;
use super::search::{Found, Search, Steps};
use super::{Crossing, Edit, How, Link, Party, Paths};
use crate::access::{Asker, Origin, Subject, Verdict};
use crate::escalation::{Edge, Method, Step};
use crate::pods::Escape;

/// How a start becomes a sink.
#[derive(Clone, Debug)]
pub struct Path {
    /// From whom.
    pub start: Party,
    /// To whom.
    pub sink: Party,
    /// The steps, each after those that it needs.
    pub hops: Vec<Hop>,
}

/// A step of a path.
#[derive(Clone, Debug)]
pub struct Hop {
    /// Who makes it: several where each has a part of what is needed.
    pub from: Vec<Party>,
    /// Whom they become, or what they gain.
    pub to: Party,
    /// By what.
    pub way: Way,
    /// Why it may not be possible, at most one cause of each need.
    pub unknown: Vec<Arc<Unknown>>,
    /// The changes of which each makes this hop impossible as it is told.
    pub edits: Vec<Edit>,
}

/// By what a hop is made.
#[derive(Clone, Debug)]
pub enum Way {
    /// Access is turned into something else: the method, where, and what it needs with the bindings that give it.
    Method {
        /// The method.
        method: &'static Method,
        /// Where.
        scope: Namespace,
        /// What it needs, with by whom, as an index into `from`.
        steps: Vec<(usize, Step)>,
    },
    /// A pod leaves its container; the places of the pod that let it.
    Escape {
        /// How.
        escape: &'static Escape,
        /// Where that is written.
        places: Vec<Origin>,
    },
    /// A pod has the token of its account, or a Secret holds one.
    Token {
        /// Where that is written.
        place: Origin,
    },
    /// A node has the tokens of its pods.
    Kubelet,
    /// The border of the cluster is crossed.
    Crossing(Arc<Crossing>),
    /// A node of the control plane can be chosen, or has the keys of the cluster.
    ControlPlane,
}

impl Way {
    /// A word for it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Method { method, .. } => method.name,
            Self::Escape { escape, .. } => escape.name,
            Self::Crossing(crossing) => crossing.name,
            Self::Token { .. } => "mounted-token",
            Self::Kubelet => "tokens-of-node",
            Self::ControlPlane => "control-plane",
        }
    }

    /// The technique of MITRE ATT&CK.
    #[must_use]
    pub fn technique(&self) -> &'static str {
        match self {
            Self::Method { method, .. } => method.technique,
            Self::Escape { escape, .. } => escape.technique,
            Self::Crossing(crossing) => crossing.technique,
            Self::Token { .. } | Self::Kubelet => "T1552.001",
            Self::ControlPlane => "T1552.004",
        }
    }

    /// `critical`, `high`, `medium` or `low`.
    #[must_use]
    pub fn severity(&self) -> &'static str {
        match self {
            Self::Method { method, .. } => method.severity,
            Self::Escape { escape, .. } => escape.severity,
            Self::Crossing(crossing) => crossing.severity,
            Self::Token { .. } => "low",
            Self::Kubelet => "high",
            Self::ControlPlane => "critical",
        }
    }
}

impl Path {
    /// Whether every hop is certain.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.hops.iter().all(|hop| hop.unknown.is_empty())
    }

    /// The changes of which each makes this path impossible as it is told.
    #[must_use]
    pub fn edits(&self) -> BTreeSet<Edit> {
        let edits = self.hops.iter().flat_map(|hop| &hop.edits);
        edits.copied().collect()
    }
}

impl Paths<'_> {
    /// The shortest path from starts, which act together, to each of the sinks that they reach: certain ones where there are
    /// any. Where everything is a sink, whoever gains it needs no other path; the path to it is then the shortest of those in
    /// which every step is made by one party alone.
    #[must_use]
    pub fn shortest(&mut self, starts: &[Party], sinks: &dyn Fn(&Party) -> bool) -> Vec<Path> {
        let mut paths = self.shortest_inside(starts, sinks);
        let has_cloud = |path: &Path| matches!(path.sink, Party::CloudAdmin(_));
        let [start] = starts else { return paths };
        let is_known = paths.iter().any(has_cloud);
        paths.extend(self.led_to_cloud(start, sinks).filter(|_| !is_known));
        paths
    }

    /// The shortest path of a start to the administrator of a cloud that is a sink: a certain one where there is any.
    fn led_to_cloud(&mut self, start: &Party, sinks: &dyn Fn(&Party) -> bool) -> Option<Path> {
        let mut parties = self.parties.iter();
        let is_wanted = |party: &Party| matches!(party, Party::CloudAdmin(_)) && sinks(party);
        let wants_cloud = parties.any(is_wanted);
        let number = self.number(start).filter(|_| wants_cloud)?;
        let certain = self.led(number, Goal::Cloud, Steps::Certain);
        certain.or_else(|| self.led(number, Goal::Cloud, Steps::Possible))
    }

    fn shortest_inside(&mut self, starts: &[Party], sinks: &dyn Fn(&Party) -> bool) -> Vec<Path> {
        let numbers: Vec<u32> = starts
            .iter()
            .filter_map(|start| self.number(start))
            .collect();
        let Some(first) = numbers.first().copied() else {
            return Vec::new();
        };
        let wants_everything = numbers.len() == 1 && sinks(&Party::Everything);
        if wants_everything && let Some(path) = self.led(first, Goal::Everything, Steps::Certain) {
            return vec![path];
        }
        let certain = self.search(&numbers, Steps::Certain);
        let mut paths = self.found_in(&certain, first, sinks);
        let is_all = paths.iter().any(|path| path.sink == Party::Everything);
        let perhaps = match wants_everything && !is_all {
            true => self.led(first, Goal::Everything, Steps::Possible),
            false => None,
        };
        if let Some(path) = perhaps {
            paths.push(path);
        } else if !is_all {
            let possible = self.search(&numbers, Steps::Possible);
            let known: BTreeSet<Party> = paths.iter().map(|path| path.sink.clone()).collect();
            let is_new = |party: &Party| sinks(party) && !known.contains(party);
            paths.extend(self.found_in(&possible, first, &is_new));
        }
        paths.sort_by(|one, two| {
            let key = |path: &Path| (path.sink.clone(), path.hops.len());
            key(one).cmp(&key(two))
        });
        paths
    }

    /// How many hops it is from a start to each of the sinks, without the paths: for those who only count. Whoever gains
    /// everything reaches all sinks so.
    #[must_use]
    pub fn distances(
        &mut self,
        start: &Party,
        sinks: &dyn Fn(&Party) -> bool,
    ) -> Vec<(Party, u32)> {
        let Some(number) = self.number(start) else {
            return Vec::new();
        };
        if let Some(hops) = self.lead_of(number, Steps::Possible) {
            return vec![(Party::Everything, hops)];
        }
        let search = self.search(&[number], Steps::Possible);
        let reached = search.found.iter();
        let mut reached: Vec<(Party, u32)> = reached
            .map(|(number, found)| (self.party(*number), found.depth))
            .filter(|(party, depth)| *depth > 0 && sinks(party))
            .map(|(party, depth)| (party.clone(), depth))
            .collect();
        reached.sort();
        reached
    }

    fn found_in(&self, search: &Search, first: u32, sinks: &dyn Fn(&Party) -> bool) -> Vec<Path> {
        let mut reached: Vec<u32> = search.found.keys().copied().collect();
        reached.sort_unstable();
        let wanted = reached.into_iter().filter(|number| {
            let party = self.party(*number);
            !party.is_hub() && search.found[number].depth > 0 && sinks(party)
        });
        let paths = wanted.map(|sink| self.path(search, first, sink));
        paths.collect()
    }

    fn path(&self, search: &Search, start: u32, sink: u32) -> Path {
        let mut order = Vec::new();
        self.collect(search, sink, &mut BTreeSet::new(), &mut order);
        Path {
            start: self.party(start).clone(),
            sink: self.party(sink).clone(),
            hops: order
                .into_iter()
                .filter_map(|number| self.hop(search, number))
                .collect(),
        }
    }

    /// Puts what a party needs before it. Whatever stands for it is left out.
    fn collect(
        &self,
        search: &Search,
        number: u32,
        seen: &mut BTreeSet<u32>,
        order: &mut Vec<u32>,
    ) {
        if !seen.insert(number) {
            return;
        }
        let Some((found, _)) = real(search, number) else {
            return;
        };
        for from in found.from.clone() {
            self.collect(search, from, seen, order);
        }
        order.push(number);
    }

    fn hop(&self, search: &Search, number: u32) -> Option<Hop> {
        let (found, link) = real(search, number)?;
        let from = found.from.iter().map(|from| self.party(*from).clone());
        Some(self.told(from.collect(), self.party(number).clone(), link))
    }

    /// A step as it is told.
    pub(super) fn told(&self, from: Vec<Party>, to: Party, link: &Link) -> Hop {
        let mut unknown: Vec<Arc<Unknown>> = link.unknown.iter().cloned().collect();
        let mut edits = Vec::new();
        let way = match &link.how {
            How::Method(method, scope) => {
                let steps = self.steps(&from, method, scope);
                let causes = steps
                    .iter()
                    .filter(|(_, step)| step.answer.verdict != Verdict::Yes);
                let causes: Vec<_> = causes
                    .filter_map(|(_, step)| step.answer.causes.first().cloned())
                    .collect();
                if !causes.is_empty() {
                    unknown = causes;
                }
                edits.extend(steps.iter().filter_map(|(_, step)| binding(step)));
                Way::Method {
                    method,
                    scope: scope.clone(),
                    steps,
                }
            }
            How::Escape(escaping) => {
                let place = self.pod(&from);
                edits.extend(place.map(|(id, index)| Edit::Escapes(id, index)));
                let origins = place.into_iter().flat_map(|(resource, _)| {
                    let nodes = escaping.nodes.iter();
                    nodes.map(move |node| Origin::Written {
                        resource,
                        node: *node,
                    })
                });
                Way::Escape {
                    escape: escaping.escape,
                    places: origins.collect(),
                }
            }
            How::Token(resource, index, node) => {
                edits.push(Edit::Token(*resource, *index));
                let place = Origin::Written {
                    resource: *resource,
                    node: *node,
                };
                Way::Token { place }
            }
            How::TokenSecret(resource) => Way::Token {
                place: Origin::Written {
                    resource: *resource,
                    node: NodeId::ROOT,
                },
            },
            How::Crossing(crossing) => {
                edits.extend(crossing.edits());
                Way::Crossing(Arc::clone(crossing))
            }
            How::Kubelet => Way::Kubelet,
            How::ControlPlane | How::Hub => Way::ControlPlane,
        };
        Hop {
            from,
            to,
            way,
            unknown,
            edits,
        }
    }

    fn pod(&self, from: &[Party]) -> Option<(graph::ResourceId, u32)> {
        from.iter().find_map(|party| match party {
            Party::Pods { resource, index } => Some((*resource, *index)),
            _ => None,
        })
    }

    /// For each need, who of those who act has it, and by which bindings.
    fn steps(
        &self,
        from: &[Party],
        method: &'static Method,
        scope: &Namespace,
    ) -> Vec<(usize, Step)> {
        let escalations = self.escalations();
        let edge = Edge {
            method,
            scope: scope.clone(),
            verdict: Verdict::Yes,
        };
        let all: Vec<(usize, Vec<Option<Step>>)> = from
            .iter()
            .enumerate()
            .filter_map(|(index, party)| {
                let asker = self.asker(party)?;
                Some((index, escalations.each_step(&asker, &edge)))
            })
            .collect();
        let needs = all.first().map_or(0, |(_, steps)| steps.len());
        let best = (0..needs).filter_map(|need| {
            let having = all
                .iter()
                .filter_map(|(index, steps)| Some((*index, steps[need].clone()?)));
            having.max_by_key(|(index, step)| (step.answer.verdict, std::cmp::Reverse(*index)))
        });
        best.collect()
    }

    /// Who asks the API server, where a party is someone who does.
    fn asker(&self, party: &Party) -> Option<Asker> {
        match party {
            Party::Subject(subject) => Some(asker(subject)),
            Party::Everything => Some(asker(&Subject::Group("system:masters".into()))),
            _ => None,
        }
    }
}

/// The first binding that is written and gives what a step needs, if any other does not count.
fn binding(step: &Step) -> Option<Edit> {
    let grant = step.answer.grants.first()?;
    match grant.binding {
        Origin::Written { resource, .. } => Some(Edit::Binding(resource)),
        Origin::BuiltIn(_) => None,
    }
}

/// The step by which a party was gained, past whatever stands for it; nothing for a start.
fn real(search: &Search, number: u32) -> Option<(&Found, &Link)> {
    let mut found = search.found.get(&number)?;
    loop {
        let link = found.link.as_deref()?;
        if !link.is_part() {
            return Some((found, link));
        }
        found = search.found.get(found.from.first()?)?;
    }
}
