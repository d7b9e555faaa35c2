//! What roles really have: aggregated ones what other roles are written with.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use graph::Unknown;
use kubernetes::{Answer, Selector};

use super::certainty::{CYCLE, SPENT};
use super::role::{Aggregation, Role, Within};
use crate::truth::Truth;

/// The roles whose written rules a role has.
#[derive(Debug, Default)]
pub(super) struct Effective {
    /// Each with why it may not be one of them.
    pub(super) sources: Vec<(u32, Option<Arc<Unknown>>)>,
    /// Why there may be other rules.
    pub(super) rest: Option<Arc<Unknown>>,
}

/// A role that a selector matches, and why it may not.
type Edge = (u32, Option<Arc<Unknown>>);

/// Finds what aggregated roles are made of.
pub(super) struct Aggregator<'a, 'g> {
    roles: &'a [Role],
    aggregations: &'a [Aggregation<'g>],
    /// The own role of Kubernetes whose facts a written one has too.
    joined: &'a HashMap<u32, u32>,
    /// ClusterRoles by label.
    by_label: HashMap<(&'g str, &'g str), Vec<u32>>,
    /// Those of which not all labels are known.
    uncertain: Vec<u32>,
    all: Vec<u32>,
    /// What aggregated roles are made of directly.
    direct: HashMap<u32, Vec<Edge>>,
    /// Whether aggregated roles keep the rules that they were written with.
    kept: HashMap<u32, Truth>,
    /// Comparisons that may still be made. Real clusters need a few for each role; without the bound, roles that all
    /// aggregate each other would take time that grows with the square of the input.
    fuel: Cell<usize>,
}

/// There is no more fuel.
struct Spent;

impl<'a, 'g> Aggregator<'a, 'g> {
    pub(super) fn new(
        roles: &'a [Role],
        aggregations: &'a [Aggregation<'g>],
        joined: &'a HashMap<u32, u32>,
        hidden: &HashSet<u32>,
    ) -> Self {
        let mut aggregator = Self {
            roles,
            aggregations,
            joined,
            by_label: HashMap::new(),
            uncertain: Vec::new(),
            all: Vec::new(),
            direct: HashMap::new(),
            kept: HashMap::new(),
            fuel: Cell::new(200_000 + 100 * roles.len()),
        };
        for index in 0..number(roles.len()) {
            let is_own = roles[index as usize].within == Within::Cluster;
            if is_own && !hidden.contains(&index) {
                aggregator.add(index);
            }
        }
        aggregator
    }

    fn add(&mut self, index: u32) {
        let labels = &self.aggregations[index as usize].labels;
        for (key, value) in &labels.known {
            let Some(value) = value else { continue };
            self.by_label.entry((key, value)).or_default().push(index);
        }
        if labels.unknown.is_some() {
            self.uncertain.push(index);
        }
        self.all.push(index);
    }

    /// What each role really has.
    pub(super) fn effective(mut self) -> Vec<Effective> {
        let aggregated: Vec<u32> = self
            .all
            .iter()
            .copied()
            .filter(|role| self.is_aggregated(*role))
            .collect();
        for role in &aggregated {
            let edges = self.edges(*role);
            self.direct.insert(*role, edges);
        }
        let written = aggregated.into_iter();
        let written = written.filter(|role| !self.has_rules(*role).is_no());
        self.kept = written.map(|role| (role, self.keeps(role))).collect();
        (0..number(self.roles.len()))
            .map(|role| self.of(role))
            .collect()
    }

    fn of(&self, role: u32) -> Effective {
        if self.is_aggregated(role) {
            let kept = |role| self.kept.get(&role).cloned();
            return self.closure(role, &|role| kept(role).unwrap_or(Truth::No));
        }
        Effective {
            sources: self
                .with_joined(role)
                .map(|source| (source, None))
                .collect(),
            rest: self.roles[role as usize].rest.clone(),
        }
    }

    /// Whether an aggregated role keeps the rules that it was written with: the controller overwrites them with those of the
    /// selected roles, but where there are none it applies no field at all, so that what stands there stays.
    ///
    /// Source: `syncClusterRole` in `pkg/controller/clusterroleaggregation` of Kubernetes.
    fn keeps(&self, role: u32) -> Truth {
        if self.reaches_itself(role) {
            return Truth::Maybe(CYCLE.get());
        }
        // Selected roles that are aggregated themselves have rules if they were written with some, kept or overwritten.
        let others = self.closure(role, &|other| Truth::from(other != role));
        let rest = others.rest.map_or(Truth::No, Truth::Maybe);
        let rules = others.sources.into_iter();
        let rules = rules.map(|(source, cause)| self.has_rules(source).given(cause.as_ref()));
        rules.fold(rest, Truth::or).not()
    }

    /// Whether a role is written with rules.
    fn has_rules(&self, role: u32) -> Truth {
        let known = self
            .with_joined(role)
            .any(|role| !self.roles[role as usize].rules.is_empty());
        let open = self.aggregations[role as usize].written.clone();
        Truth::from(known).or(open.map_or(Truth::No, Truth::Maybe))
    }

    /// A role, and the own one of Kubernetes that is joined with it.
    fn with_joined(&self, role: u32) -> impl Iterator<Item = u32> {
        [role].into_iter().chain(self.joined.get(&role).copied())
    }

    fn selectors(&self, role: u32) -> impl Iterator<Item = &'a Selector<'g>> {
        let aggregations = self.aggregations;
        self.with_joined(role)
            .filter_map(move |role| aggregations[role as usize].selectors.as_ref())
            .flatten()
    }

    fn is_aggregated(&self, role: u32) -> bool {
        self.with_joined(role)
            .any(|role| self.aggregations[role as usize].selectors.is_some())
    }

    fn spend(&self, comparisons: usize) -> Result<(), Spent> {
        let left = self.fuel.get().checked_sub(comparisons);
        self.fuel.set(left.unwrap_or(0));
        left.map(|_| ()).ok_or(Spent)
    }

    /// What the selectors of a role match, as far as there is fuel.
    fn edges(&self, role: u32) -> Vec<Edge> {
        let mut edges = BTreeMap::new();
        for selector in self.selectors(role) {
            if self.select(role, selector, &mut edges).is_err() {
                break;
            }
        }
        edges.into_iter().collect()
    }

    fn select(
        &self,
        role: u32,
        selector: &Selector,
        edges: &mut BTreeMap<u32, Option<Arc<Unknown>>>,
    ) -> Result<(), Spent> {
        let name = |role: u32| self.roles[role as usize].name.as_ref();
        let lists = selector
            .equal()
            .map(|label| self.by_label.get(&label).map_or(&[][..], Vec::as_slice));
        let candidates = match lists.min_by_key(|list| list.len()) {
            Some(rarest) => [rarest, &self.uncertain],
            None => [&self.all[..], &[]],
        };
        for other in candidates.into_iter().flatten().copied() {
            self.spend(1 + selector.len())?;
            // No role aggregates itself.
            if other == role || name(other).is_some() && name(other) == name(role) {
                continue;
            }
            match selector.matches(&self.aggregations[other as usize].labels) {
                Answer::Yes => {
                    edges.insert(other, None);
                }
                Answer::Maybe(cause) => {
                    edges.entry(other).or_insert(Some(cause));
                }
                Answer::No => {}
            }
        }
        Ok(())
    }

    fn reaches_itself(&self, role: u32) -> bool {
        let mut seen = HashSet::new();
        let mut open = vec![role];
        while let Some(next) = open.pop() {
            for (other, _) in self.direct.get(&next).into_iter().flatten() {
                if *other == role {
                    return true;
                }
                if self.spend(1).is_err() {
                    return false;
                }
                if seen.insert(*other) {
                    open.push(*other);
                }
            }
        }
        false
    }

    /// The roles with rules of their own from which an aggregated one is made, over any number of steps.
    fn closure(&self, role: u32, keeps: &dyn Fn(u32) -> Truth) -> Effective {
        let mut walk = Walk {
            aggregator: self,
            keeps,
            found: BTreeMap::new(),
            rest: None,
        };
        // What is certain is found first, and stays certain.
        let walked = walk.go(role, false).and_then(|()| walk.go(role, true));
        let spent = walked.is_err() || self.fuel.get() == 0;
        Effective {
            sources: walk.found.into_iter().collect(),
            rest: walk.rest.or_else(|| spent.then(|| SPENT.get())),
        }
    }
}

/// A walk from an aggregated role to what it is made of.
struct Walk<'a> {
    aggregator: &'a Aggregator<'a, 'a>,
    /// Whether aggregated roles keep what they were written with.
    keeps: &'a dyn Fn(u32) -> Truth,
    found: BTreeMap<u32, Option<Arc<Unknown>>>,
    rest: Option<Arc<Unknown>>,
}

impl Walk<'_> {
    fn go(&mut self, from: u32, uncertain: bool) -> Result<(), Spent> {
        let mut seen = HashSet::from([from]);
        let mut open = vec![(from, None)];
        while let Some((role, cause)) = open.pop() {
            self.visit(role, cause.as_ref());
            for (next, why) in self.aggregator.direct.get(&role).into_iter().flatten() {
                self.aggregator.spend(1)?;
                let exists = self.aggregator.roles[*next as usize].unknown.as_ref();
                let cause = cause.as_ref().or(why.as_ref()).or(exists).cloned();
                if (uncertain || cause.is_none()) && seen.insert(*next) {
                    open.push((*next, cause));
                }
            }
        }
        Ok(())
    }

    fn visit(&mut self, role: u32, cause: Option<&Arc<Unknown>>) {
        let aggregator = self.aggregator;
        let written = &aggregator.roles[role as usize];
        if self.rest.is_none() {
            self.rest.clone_from(&written.rest);
        }
        let keeps = match aggregator.is_aggregated(role) {
            true => (self.keeps)(role),
            false => Truth::Yes,
        };
        if keeps.is_no() {
            return;
        }
        if self.rest.is_none() {
            let open = &aggregator.aggregations[role as usize].written;
            self.rest.clone_from(open);
        }
        let cause = cause.or(keeps.cause()).cloned();
        for source in aggregator.with_joined(role) {
            self.found.entry(source).or_insert_with(|| cause.clone());
        }
    }
}

/// The roles that have the rules written in each.
pub(super) fn used_by(effective: &[Effective]) -> Vec<Vec<u32>> {
    let mut used_by = vec![Vec::new(); effective.len()];
    for (role, effective) in (0..).zip(effective) {
        for (source, _) in &effective.sources {
            used_by[*source as usize].push(role);
        }
    }
    used_by
}

/// Counts of what stands in trees, which have fewer than 2^32 nodes.
pub(super) fn number(count: usize) -> u32 {
    u32::try_from(count).expect("trees have fewer than 2^32 nodes")
}
