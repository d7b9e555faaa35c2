//! What selectors match: pods, and objects by their own labels.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use graph::{Namespace, NodeId, Resource, ResourceId, Unknown};

use super::fuel::{Fuel, Spent};
use super::selector::{Answer, Labels, Selector};

/// Things of one sort with labels, found by their labels without looking at all of them.
#[derive(Default)]
pub(super) struct Labeled<'g> {
    entries: Vec<Entry<'g>>,
    /// Entries by label, each list ascending.
    by_label: HashMap<(&'g str, &'g str), Vec<u32>>,
    /// Entries by namespace (`None`: nobody wrote one) and label.
    by_namespace_and_label: HashMap<(Option<&'g str>, &'g str, &'g str), Vec<u32>>,
    by_namespace: HashMap<Option<&'g str>, Vec<u32>>,
    all: Vec<u32>,
    /// Entries of which not all labels are known.
    uncertain: Vec<u32>,
}

struct Entry<'g> {
    id: ResourceId,
    resource: &'g Resource,
    labels: Labels<'g>,
}

/// Where a selector looks.
pub(super) enum Within<'a> {
    /// In one namespace.
    Namespace(&'a Namespace),
    /// In these namespaces.
    Namespaces(HashSet<&'a str>),
    Everywhere,
}

/// What a selector found.
#[derive(Default)]
pub(super) struct Selected {
    /// What it matches, ascending and without repetition.
    pub(super) ids: Vec<ResourceId>,
    /// Why it may match more.
    pub(super) maybe: Option<Arc<Unknown>>,
}

impl<'g> Labeled<'g> {
    /// Adds a resource with the labels of the map at a node, or none.
    pub(super) fn add(&mut self, id: ResourceId, resource: &'g Resource, map: Option<NodeId>) {
        let index =
            u32::try_from(self.entries.len()).expect("there are fewer pods than nodes of trees");
        let labels = map.map_or_else(Labels::default, |map| Labels::read(&resource.tree, map));
        let namespace = resource.namespace.name();
        for (key, value) in &labels.known {
            let Some(value) = value else { continue };
            self.by_label.entry((key, value)).or_default().push(index);
            self.by_namespace_and_label
                .entry((namespace, key, value))
                .or_default()
                .push(index);
        }
        self.all.push(index);
        self.by_namespace.entry(namespace).or_default().push(index);
        if labels.unknown.is_some() {
            self.uncertain.push(index);
        }
        self.entries.push(Entry {
            id,
            resource,
            labels,
        });
    }

    /// What the selector of a resource matches.
    pub(super) fn find(
        &self,
        fuel: &Fuel,
        from: &Resource,
        selector: &Selector,
        within: &Within,
    ) -> Selected {
        let mut selected = Selected::default();
        let candidates = match self.candidates(fuel, selector, within) {
            Ok(candidates) => candidates,
            Err(spent) => {
                return Selected {
                    maybe: Some(spent.unknown()),
                    ..selected
                };
            }
        };
        for index in candidates {
            let entry = &self.entries[index as usize];
            if !within.holds(&entry.resource.namespace) || !super::may_meet(from, entry.resource) {
                continue;
            }
            if let Err(spent) = fuel.spend(selector.len() * entry.labels.known.len()) {
                selected.maybe = Some(spent.unknown());
                break;
            }
            match selector.matches(&entry.labels) {
                Answer::Yes => selected.ids.push(entry.id),
                Answer::No => {}
                Answer::Maybe(unknown) => selected.maybe = selected.maybe.or(Some(unknown)),
            }
        }
        selected.ids.sort();
        selected.ids.dedup();
        selected
    }

    /// The entries that may match: those with the rarest label that is asked for, and those with unknown labels.
    fn candidates(
        &self,
        fuel: &Fuel,
        selector: &Selector,
        within: &Within,
    ) -> Result<Vec<u32>, Spent> {
        let namespace = match within {
            Within::Namespace(Namespace::Named(name)) => Some(name.as_str()),
            _ => None,
        };
        let lists = selector.equal().map(|(key, value)| match namespace {
            Some(namespace) => [Some(namespace), None]
                .map(|namespace| self.by_namespace_and_label.get(&(namespace, key, value))),
            None => [self.by_label.get(&(key, value)), None],
        });
        let size = |lists: &[Option<&Vec<u32>>; 2]| {
            lists.iter().flatten().map(|list| list.len()).sum::<usize>()
        };
        let lists = match (lists.min_by_key(size), namespace) {
            (Some([one, other]), _) => [one, other, Some(&self.uncertain)],
            (None, Some(namespace)) => [
                self.by_namespace.get(&Some(namespace)),
                self.by_namespace.get(&None),
                None,
            ],
            (None, None) => [Some(&self.all), None, None],
        };
        let lists = lists.into_iter().flatten();
        fuel.spend(lists.clone().map(Vec::len).sum())?;
        let mut found: Vec<u32> = lists.flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }
}

impl Within<'_> {
    /// Whether something in this namespace is looked at.
    fn holds(&self, namespace: &Namespace) -> bool {
        match self {
            Self::Namespace(wanted) => namespace.may_equal(wanted),
            Self::Namespaces(names) => namespace.name().is_none_or(|name| names.contains(name)),
            Self::Everywhere => true,
        }
    }
}
