//! What selectors match: pods, and objects by their own labels.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use graph::{Graph, Namespace, NodeId, Resource, ResourceId, Unknown};

use super::fuel::{Fuel, Spent};
use super::selector::{Answer, Labels, Selector};

/// Things of one sort with labels, found by their labels without looking at all of them.
pub(super) struct Labeled<'g> {
    graph: &'g Graph,
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

/// What is looked for.
pub(super) struct Search<'a> {
    /// The resource that selects.
    pub(super) from: &'a Resource,
    pub(super) selector: &'a Selector<'a>,
    pub(super) within: &'a Within<'a>,
    /// How many are enough.
    pub(super) enough: usize,
}

/// What a selector found.
#[derive(Default)]
pub(super) struct Selected {
    /// What it matches, in the order of the graph and without repetition.
    pub(super) ids: Vec<ResourceId>,
    /// Why it may match more.
    pub(super) maybe: Option<Arc<Unknown>>,
}

/// Entries that may match.
struct Candidates<'c> {
    /// Lists that have no entry in common, each ascending.
    lists: Vec<&'c [u32]>,
    /// Entries that may also be in the lists.
    uncertain: &'c [u32],
}

/// In how many namespaces entries are looked up one by one.
const FEW_NAMESPACES: usize = 16;

impl<'g> Labeled<'g> {
    pub(super) fn new(graph: &'g Graph) -> Self {
        Self {
            graph,
            entries: Vec::new(),
            by_label: HashMap::new(),
            by_namespace_and_label: HashMap::new(),
            by_namespace: HashMap::new(),
            all: Vec::new(),
            uncertain: Vec::new(),
        }
    }

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
    pub(super) fn find(&self, fuel: &Fuel, search: &Search) -> Selected {
        let mut selected = Selected::default();
        if let Err(spent) = self.collect(fuel, search, &mut selected) {
            selected.maybe = Some(spent.unknown());
        }
        selected.ids.sort_by_key(|id| self.graph.place(*id));
        selected.ids.dedup();
        selected
    }

    /// Adds what matches, until that is enough.
    fn collect(&self, fuel: &Fuel, search: &Search, selected: &mut Selected) -> Result<(), Spent> {
        for index in self.candidates(fuel, search)?.iter() {
            let entry = &self.entries[index as usize];
            if !search.within.holds(&entry.resource.namespace)
                || !super::may_meet(search.from, entry.resource)
            {
                continue;
            }
            fuel.spend(search.selector.len() * entry.labels.known.len())?;
            match search.selector.matches(&entry.labels) {
                // The pods of one resource are neighbors.
                Answer::Yes if selected.ids.last() != Some(&entry.id) => {
                    selected.ids.push(entry.id);
                }
                Answer::Yes | Answer::No => {}
                Answer::Maybe(unknown) => {
                    selected.maybe.get_or_insert(unknown);
                }
            }
            if selected.ids.len() >= search.enough {
                break;
            }
        }
        Ok(())
    }

    /// The entries that may match: those with the rarest label that is asked for, and those with unknown labels.
    fn candidates<'s>(&'s self, fuel: &Fuel, search: &Search<'s>) -> Result<Candidates<'s>, Spent> {
        let namespaces = search.within.few();
        let of_label = |(key, value)| match &namespaces {
            Some(names) => self.lists(names, |name| {
                self.by_namespace_and_label.get(&(name, key, value))
            }),
            None => self
                .by_label
                .get(&(key, value))
                .into_iter()
                .map(Vec::as_slice)
                .collect(),
        };
        let size = |lists: &Vec<&[u32]>| lists.iter().map(|list| list.len()).sum::<usize>();
        let labeled = search.selector.equal().map(of_label).min_by_key(size);
        let candidates = match (labeled, &namespaces) {
            (Some(lists), _) => Candidates {
                lists,
                uncertain: &self.uncertain,
            },
            (None, Some(names)) => Candidates {
                lists: self.lists(names, |name| self.by_namespace.get(&name)),
                uncertain: &[],
            },
            (None, None) => Candidates {
                lists: vec![&self.all],
                uncertain: &[],
            },
        };
        fuel.spend(size(&candidates.lists) + candidates.uncertain.len())?;
        Ok(candidates)
    }

    /// The entries of some namespaces, and those of which nobody wrote the namespace.
    fn lists<'s>(
        &'s self,
        names: &[&'s str],
        of: impl Fn(Option<&'s str>) -> Option<&'s Vec<u32>>,
    ) -> Vec<&'s [u32]> {
        let namespaces = names.iter().copied().map(Some).chain([None]);
        namespaces.filter_map(of).map(Vec::as_slice).collect()
    }
}

impl Candidates<'_> {
    fn iter(&self) -> impl Iterator<Item = u32> {
        let is_new = |index: &u32| {
            !self
                .lists
                .iter()
                .any(|list| list.binary_search(index).is_ok())
        };
        let listed = self.lists.iter().copied().flatten().copied();
        listed.chain(self.uncertain.iter().copied().filter(is_new))
    }
}

impl<'a> Within<'a> {
    /// Whether something in this namespace is looked at.
    fn holds(&self, namespace: &Namespace) -> bool {
        match self {
            Self::Namespace(wanted) => namespace.may_equal(wanted),
            Self::Namespaces(names) => namespace.name().is_none_or(|name| names.contains(name)),
            Self::Everywhere => true,
        }
    }

    /// The name of the namespace, where it is one.
    pub(super) fn name(&self) -> Option<&'a str> {
        match self {
            Self::Namespace(namespace) => namespace.name(),
            Self::Namespaces(_) | Self::Everywhere => None,
        }
    }

    /// The names of the namespaces, where these are few.
    fn few(&self) -> Option<Vec<&'a str>> {
        match self {
            Self::Namespace(Namespace::Named(name)) => Some(vec![name]),
            Self::Namespaces(names) if names.len() <= FEW_NAMESPACES => {
                let mut names: Vec<&str> = names.iter().copied().collect();
                // The order of a set is not the same in every run.
                names.sort_unstable();
                Some(names)
            }
            Self::Namespace(_) | Self::Namespaces(_) | Self::Everywhere => None,
        }
    }
}
