//! Pods and policies of a graph to a [`Network`].

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use graph::{Graph, SmolStr};

use super::endpoints::{Endpoints, Group, UNSET, number};
use super::foreign::{Foreign, ForeignSubject};
use super::labels::{Fuel, Selectors};
use super::policy::{Applied, Policy, Rule};
use super::read::{Scope, Selection};
use super::{Class, ClassId, Network, Options};
use crate::truth::Truth;

/// Collects policies.
pub(super) struct Builder<'g> {
    pub(super) options: Options,
    pub(super) endpoints: Endpoints<'g>,
    pub(super) selectors: Selectors<'g>,
    policies: Vec<Policy>,
    subjects: Vec<Subject>,
    rules: Vec<Rule>,
    selections: Vec<Selection>,
    selection_ids: HashMap<(Scope, Option<u32>), u32>,
    pub(super) foreign: Vec<(Foreign, ForeignSubject)>,
}

/// Which pods a policy is for.
pub(super) struct Subject {
    pub(super) selection: Selection,
    /// Whether it says anything of them, by direction.
    pub(super) applies: [Truth; 2],
}

/// What is known of a group of pods while policies are matched.
#[derive(Default)]
struct Seen {
    applied: [Vec<Applied>; 2],
    foreign: [Vec<u32>; 2],
    selected: Vec<(u32, Truth)>,
}

/// What makes pods alike: ports, the network that they are on, policies and those of plugins by direction, and selections of
/// rules; policies and selections with whether they are certain.
type Key = (
    u32,
    u8,
    [Vec<(u32, bool)>; 2],
    [Vec<u32>; 2],
    Vec<(u32, bool)>,
);

impl<'g> Builder<'g> {
    pub(super) fn new(graph: &'g Graph, options: &Options) -> Self {
        Self {
            options: options.clone(),
            endpoints: Endpoints::of(graph, options.environment.as_ref()),
            selectors: Selectors::default(),
            policies: Vec::new(),
            subjects: Vec::new(),
            rules: Vec::new(),
            selections: Vec::new(),
            selection_ids: HashMap::new(),
            foreign: Vec::new(),
        }
    }

    pub(super) fn add_policy(&mut self, policy: Policy, subject: Subject) {
        self.policies.push(policy);
        self.subjects.push(subject);
    }

    pub(super) fn add_rules(&mut self, rules: Vec<Rule>) -> Range<u32> {
        let start = number(self.rules.len());
        self.rules.extend(rules);
        start..number(self.rules.len())
    }

    /// The index of a selection, which may be new.
    pub(super) fn select(&mut self, selection: Selection) -> u32 {
        let next = number(self.selections.len());
        let key = (selection.scope, selection.pods);
        let id = *self.selection_ids.entry(key).or_insert(next);
        if id == next {
            self.selections.push(selection);
        }
        id
    }

    /// Puts everything together.
    pub(super) fn finish(mut self) -> Network {
        let mut matcher = Matcher::new(&mut self.endpoints, &self.selectors);
        let mut seen: Vec<Seen> = Vec::new();
        seen.resize_with(matcher.endpoints.groups.len(), Seen::default);
        for (policy, subject) in (0..).zip(&self.subjects) {
            matcher.each(&subject.selection, |group, truth| {
                for (applied, applies) in seen[group].applied.iter_mut().zip(&subject.applies) {
                    let truth = truth.clone().and(applies.clone());
                    if !truth.is_no() {
                        applied.push(Applied { policy, truth });
                    }
                }
            });
        }
        for (id, (_, subject)) in (0..).zip(&self.foreign) {
            matcher.each(&subject.selection, |group, _| {
                for direction in &subject.directions {
                    seen[group].foreign[*direction as usize].push(id);
                }
            });
        }
        for (id, selection) in (0..).zip(&self.selections) {
            matcher.each(selection, |group, truth| {
                seen[group].selected.push((id, truth));
            });
        }
        self.network(seen)
    }

    fn network(self, seen: Vec<Seen>) -> Network {
        let names: HashSet<SmolStr> = self
            .rules
            .iter()
            .flat_map(|rule| rule.ports.names.iter().map(|(name, _)| name.clone()))
            .collect();
        let mut network = Network {
            options: self.options,
            policies: self.policies,
            rules: self.rules,
            foreign: self
                .foreign
                .into_iter()
                .map(|(foreign, _)| foreign)
                .collect(),
            classes: Vec::new(),
            pods: HashMap::new(),
            single: self.endpoints.single,
            by_namespace: HashMap::new(),
            ports: Vec::new(),
            means: vec![Vec::new(); self.selections.len()],
        };
        // Only what rules name tells ports apart.
        let mut port_ids = HashMap::new();
        let ports = self.endpoints.ports.iter().map(|ports| {
            let ports = ports.only(&names);
            let next = number(network.ports.len());
            let id = *port_ids.entry(ports.key()).or_insert(next);
            if id == next {
                network.ports.push(ports);
            }
            id
        });
        let ports: Vec<u32> = ports.collect();
        let mut ids: HashMap<Key, u32> = HashMap::new();
        let groups = self.endpoints.groups.into_iter().zip(seen);
        let groups = groups.map(|(group, seen)| {
            let namespace = self.endpoints.namespaces[group.namespace as usize].clone();
            let next = number(ids.len());
            let ports = ports[group.ports as usize];
            let id = *ids.entry(key(&group, ports, &seen)).or_insert(next);
            if id == next {
                network.classes.push(Class {
                    ports,
                    host: group.host,
                    applied: seen.applied,
                    foreign: seen.foreign,
                    selected: seen.selected,
                    size: 0,
                });
            }
            let own = network.by_namespace.entry(namespace).or_default();
            own.push(ClassId(id));
            id
        });
        let groups: Vec<u32> = groups.collect();
        for (pod, group) in self.endpoints.pods {
            let class = groups[group as usize];
            network.classes[class as usize].size += 1;
            network.pods.insert(pod, ClassId(class));
        }
        for (class, found) in (0..).zip(&network.classes) {
            for (selection, truth) in &found.selected {
                network.means[*selection as usize].push((class, truth.is_yes()));
            }
        }
        for classes in network.by_namespace.values_mut() {
            classes.sort_unstable();
            classes.dedup();
        }
        network
    }
}

fn key(group: &Group, ports: u32, seen: &Seen) -> Key {
    let host = match group.host {
        Truth::No => 0,
        Truth::Maybe(_) => 1,
        Truth::Yes => 2,
    };
    let applied = [0, 1].map(|direction: usize| {
        let applied = seen.applied[direction].iter();
        applied
            .map(|one| (one.policy, one.truth.is_yes()))
            .collect()
    });
    let selected = seen.selected.iter();
    let selected = selected.map(|(id, truth)| (*id, truth.is_yes())).collect();
    (ports, host, applied, seen.foreign.clone(), selected)
}

/// Finds the groups of pods that selections mean.
struct Matcher<'a, 'g> {
    endpoints: &'a mut Endpoints<'g>,
    selectors: &'a Selectors<'g>,
    fuel: Fuel,
    by_namespace: Vec<Vec<u32>>,
    by_labels: HashMap<u32, Vec<u32>>,
}

impl<'a, 'g> Matcher<'a, 'g> {
    fn new(endpoints: &'a mut Endpoints<'g>, selectors: &'a Selectors<'g>) -> Self {
        let mut by_namespace = vec![Vec::new(); endpoints.namespaces.len()];
        let mut by_labels: HashMap<u32, Vec<u32>> = HashMap::new();
        for (id, group) in (0..).zip(&endpoints.groups) {
            by_namespace[group.namespace as usize].push(id);
            by_labels.entry(group.labels).or_default().push(id);
        }
        Self {
            endpoints,
            selectors,
            fuel: Fuel::default(),
            by_namespace,
            by_labels,
        }
    }

    /// Calls for each group that a selection means, with whether it surely does.
    fn each(&mut self, selection: &Selection, mut call: impl FnMut(usize, Truth)) {
        let namespaces = self.namespaces(selection.scope);
        let sets = selection.pods.map(|pods| {
            let sets = &mut self.endpoints.pod_sets;
            sets.matched(pods, self.selectors, &self.fuel)
        });
        let Some(sets) = sets else {
            for (namespace, truth) in &namespaces.few(self.by_namespace.len()) {
                for group in &self.by_namespace[*namespace as usize] {
                    self.offer(*group, truth.clone(), &mut call);
                }
            }
            return;
        };
        if let Namespaces::Some(found) = &namespaces
            && found.len() < sets.len()
        {
            for (namespace, truth) in found {
                for group in &self.by_namespace[*namespace as usize] {
                    let labels = self.endpoints.groups[*group as usize].labels;
                    if let Ok(index) = sets.binary_search_by_key(&labels, |(set, _)| *set) {
                        let truth = truth.clone().and(sets[index].1.clone());
                        self.offer(*group, truth, &mut call);
                    }
                }
            }
            return;
        }
        for (set, truth) in sets.iter() {
            for group in self.by_labels.get(set).into_iter().flatten() {
                let namespace = self.endpoints.groups[*group as usize].namespace;
                let truth = namespaces.truth(namespace).and(truth.clone());
                self.offer(*group, truth, &mut call);
            }
        }
    }

    /// Pods on the network of their node are meant by no selector.
    fn offer(&self, group: u32, truth: Truth, call: &mut impl FnMut(usize, Truth)) {
        let host = self.endpoints.groups[group as usize].host.clone();
        let truth = truth.and(host.not());
        if !truth.is_no() {
            call(group as usize, truth);
        }
    }

    fn namespaces(&mut self, scope: Scope) -> Namespaces {
        let own = match scope {
            Scope::All => return Namespaces::All,
            Scope::Own(own) => own,
            Scope::Matching(selector) => {
                let sets = &mut self.endpoints.namespace_sets;
                let sets = sets.matched(selector, self.selectors, &self.fuel);
                let labels = (0..).zip(&self.endpoints.namespace_labels);
                let found = labels.filter_map(|(namespace, labels)| {
                    let index = sets.binary_search_by_key(labels, |(set, _)| *set).ok()?;
                    Some((namespace, sets[index].1.clone()))
                });
                return Namespaces::Some(found.collect());
            }
        };
        let all = &self.endpoints.namespaces;
        let wanted = &all[own as usize];
        let is = |namespace: &graph::Namespace| match namespace {
            namespace if namespace == wanted => Truth::Yes,
            namespace if namespace.may_equal(wanted) => Truth::Maybe(UNSET.clone()),
            _ => Truth::No,
        };
        let found = (0..).zip(all).map(|(id, namespace)| (id, is(namespace)));
        Namespaces::Some(found.filter(|(_, truth)| !truth.is_no()).collect())
    }
}

/// Namespaces that are meant.
enum Namespaces {
    All,
    /// These, ascending.
    Some(Vec<(u32, Truth)>),
}

impl Namespaces {
    fn truth(&self, namespace: u32) -> Truth {
        let Self::Some(found) = self else {
            return Truth::Yes;
        };
        let index = found.binary_search_by_key(&namespace, |(id, _)| *id);
        index.map_or(Truth::No, |index| found[index].1.clone())
    }

    fn few(self, count: usize) -> Vec<(u32, Truth)> {
        match self {
            Self::All => (0..number(count)).map(|id| (id, Truth::Yes)).collect(),
            Self::Some(found) => found,
        }
    }
}
