//! What starts gain, level by level, until nothing is new.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use graph::Namespace;

use super::gain::STEALING;
use super::{Link, Party, Paths};
use crate::access::{Held, Verdict};
use crate::escalation::{Edge, has, verdict};

/// How a party was gained.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) depth: u32,
    /// By whom: several where each has a part of what is needed.
    pub(super) from: Vec<u32>,
    /// By which step; nothing for a start.
    pub(super) link: Option<Arc<Link>>,
}

/// What starts gain.
#[derive(Debug, Default)]
pub(super) struct Search {
    pub(super) found: HashMap<u32, Found>,
    /// What all that was gained has of the powers of which methods need several, and by whom.
    union: BTreeMap<Namespace, (Held, Vec<u32>)>,
    changed: BTreeSet<Namespace>,
    /// The methods that were followed with what several have.
    combined: BTreeSet<(usize, Namespace)>,
    /// What was gained at the present level and not followed yet.
    now: Vec<u32>,
    next: Vec<(Vec<u32>, Arc<Link>)>,
}

/// Which steps count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Steps {
    /// Those that are certain.
    Certain,
    /// Those that are possible, too.
    Possible,
}

/// How deep paths go. Longer ones are not told, and nobody follows them.
pub(super) const DEEPEST: u32 = 16;

impl Paths<'_> {
    /// What starts gain together. Where they gain everything, the search ends with that level.
    pub(super) fn search(&mut self, starts: &[u32], steps: Steps) -> Search {
        let mut search = Search::default();
        for start in starts {
            search.insert(*start, 0, Vec::new(), None);
        }
        let everything = self.number(&Party::Everything);
        for depth in 1..=DEEPEST {
            self.follow(&mut search, steps, depth);
            self.combine(&mut search, steps);
            let is_done = everything.is_some_and(|number| search.found.contains_key(&number));
            if is_done || search.next.is_empty() {
                break;
            }
            for (from, link) in std::mem::take(&mut search.next) {
                search.insert(link.to, depth, from, Some(link));
            }
        }
        search
    }

    /// Follows what was gained at a level. What stands for others leads to them at the same level.
    fn follow(&mut self, search: &mut Search, steps: Steps, depth: u32) {
        while let Some(number) = search.now.pop() {
            for link in self.fixed[number as usize].clone() {
                if steps == Steps::Certain && link.unknown.is_some() {
                    continue;
                }
                match self.party(number).is_hub() || link.is_part() {
                    true => search.insert(link.to, depth - 1, vec![number], Some(link)),
                    false => search.push(vec![number], &link),
                }
            }
            for link in self.own(number).iter() {
                if steps == Steps::Possible || link.unknown.is_none() {
                    search.push(vec![number], link);
                }
            }
            for (scope, held) in self.shares(number).iter() {
                search.join(scope, held, number);
            }
        }
    }

    /// Follows what several parties can do together that none can alone.
    fn combine(&mut self, search: &mut Search, steps: Steps) {
        self.join(search);
        let changed = std::mem::take(&mut search.changed);
        if changed.is_empty() {
            return;
        }
        let scopes: BTreeSet<Namespace> = match changed.contains(&Namespace::Cluster) {
            true => search.union.keys().cloned().collect(),
            false => changed,
        };
        let held: BTreeMap<Namespace, Held> = search
            .union
            .iter()
            .map(|(scope, (held, _))| (scope.clone(), held.clone()))
            .collect();
        let table = Arc::clone(&self.table);
        let least = match steps {
            Steps::Certain => Verdict::Yes,
            Steps::Possible => Verdict::Unknown,
        };
        for (index, (method, needs)) in table.methods.iter().enumerate() {
            let scopes = scopes.iter().filter(|scope| {
                needs.len() > 1 && (**scope == Namespace::Cluster || !method.is_in_cluster())
            });
            for scope in scopes {
                let key = (index, scope.clone());
                let verdict = verdict(needs, &held, scope);
                if verdict < least || search.combined.contains(&key) {
                    continue;
                }
                search.combined.insert(key);
                let edge = Edge {
                    method,
                    scope: scope.clone(),
                    verdict,
                };
                self.together(search, &edge, index, steps);
            }
        }
    }

    /// Follows a method whose needs several parties have. Those who have the first need may name its targets.
    fn together(&mut self, search: &mut Search, edge: &Edge, index: usize, steps: Steps) {
        let table = Arc::clone(&self.table);
        let needs = &table.methods[index].1;
        let places = [&Namespace::Cluster, &edge.scope];
        let mut members: Vec<u32> = Vec::new();
        for (scope, (_, contributors)) in &search.union {
            let is_near = places.contains(&scope) || scope.name().is_some_and(is_of_system);
            members.extend(contributors.iter().filter(|_| is_near));
        }
        members.sort_by_key(|number| (search.found[number].depth, *number));
        members.dedup();
        let held: Vec<_> = members.iter().map(|number| self.shares(*number)).collect();
        let having = |need: usize| {
            let all = members.iter().zip(&held);
            let having = all.filter(move |(_, held)| {
                let mut ones = needs[need].iter();
                ones.any(|one| has(one, held, &edge.scope) != Verdict::No)
            });
            having.map(|(number, _)| *number).collect::<Vec<u32>>()
        };
        let mut others = Vec::new();
        for need in 1..needs.len() {
            others.extend(having(need).first().copied());
        }
        for namer in having(0) {
            let mut from = vec![namer];
            from.extend(others.iter().filter(|other| **other != namer));
            from.dedup();
            if from.len() == 1 {
                continue;
            }
            for link in self.links(namer, edge) {
                if steps == Steps::Possible || link.unknown.is_none() {
                    search.push(from.clone(), &link);
                }
            }
        }
    }

    /// Follows what is worth something only together with something else: pods that can be made to move with a node of one's
    /// own, files of a node that stand as logs with the right to read logs.
    fn join(&mut self, search: &mut Search) {
        let mut others: Vec<(u32, &'static str, Namespace)> = Vec::new();
        for number in search.found.keys() {
            if let Party::Other { gain, scope } = self.party(*number) {
                others.push((*number, gain, scope.clone()));
            }
        }
        others.sort();
        for (number, gain, scope) in &others {
            let (with, to) = match *gain {
                STEALING => (self.node_in(search), Party::AllPods(scope.clone())),
                "logs" => {
                    let mut readers = others.iter().filter(|(_, gain, place)| {
                        *gain == "pod-logs" && (*place == Namespace::Cluster || place == scope)
                    });
                    (readers.next().map(|(number, ..)| *number), Party::Node)
                }
                _ => continue,
            };
            let link = search.found[number].link.clone();
            if let (Some(with), Some(link)) = (with, link) {
                let link = Link {
                    to: self.add(to),
                    how: link.how.clone(),
                    unknown: link.unknown.clone(),
                };
                search.push(vec![*number, with], &Arc::new(link));
            }
        }
    }

    fn node_in(&self, search: &Search) -> Option<u32> {
        let nodes = [Party::Node, Party::AnyNode];
        let mut nodes = nodes.iter().filter_map(|node| self.number(node));
        nodes.find(|node| search.found.contains_key(node))
    }
}

/// Methods that name a namespace name one of these.
fn is_of_system(name: &str) -> bool {
    matches!(name, "kube-system" | "kube-public")
}

impl Link {
    /// Whether it leads to a part of what one has already, and so is no step.
    pub(super) fn is_part(&self) -> bool {
        matches!(self.how, super::How::Hub)
    }
}

impl Search {
    fn insert(&mut self, number: u32, depth: u32, from: Vec<u32>, link: Option<Arc<Link>>) {
        if self.found.contains_key(&number) {
            return;
        }
        self.found.insert(number, Found { depth, from, link });
        self.now.push(number);
    }

    fn push(&mut self, from: Vec<u32>, link: &Arc<Link>) {
        if !self.found.contains_key(&link.to) {
            self.next.push((from, Arc::clone(link)));
        }
    }

    fn join(&mut self, scope: &Namespace, held: &Held, by: u32) {
        match self.union.get_mut(scope) {
            None => {
                self.union.insert(scope.clone(), (held.clone(), vec![by]));
                self.changed.insert(scope.clone());
            }
            Some((own, contributors)) => {
                if !own.has_all(held) {
                    own.join(held);
                    contributors.push(by);
                    self.changed.insert(scope.clone());
                }
            }
        }
    }
}
