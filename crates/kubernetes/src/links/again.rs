//! Links computed again where only some resources changed.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use graph::{Graph, Link, Namespace, NodeId, Resource, ResourceId, SmolStr};
use source::FileId;

use super::called::{Called, defined_kind, is_of_cluster};
use super::created::{self, Created};
use super::index::Index;
use super::selector::Labels;
use super::{Linker, Source, is_object, kind_name};

/// What computing the links of each resource took, by number. Where there was enough for all, links depend on nothing else than
/// the resource that makes them and what others offer.
#[derive(Clone, Debug, Default)]
pub struct Spending {
    of: Vec<Spent>,
    all: Spent,
    /// The files of those that are objects, by number.
    files: Vec<Option<FileId>>,
    is_short: bool,
    /// What all resources are called.
    called: Option<Arc<Called>>,
}

/// Comparisons, and links beside the first of each reference.
#[derive(Clone, Copy, Debug, Default)]
struct Spent {
    fuel: usize,
    links: usize,
}

/// The links that some resources make, by these.
pub type Changed = Vec<(ResourceId, Vec<Link>)>;

impl Spending {
    pub(super) fn new(resources: usize, index: &Index<'_>) -> Self {
        Self {
            of: vec![Spent::default(); resources],
            files: vec![None; resources],
            called: Some(Arc::clone(&index.called)),
            ..Self::default()
        }
    }

    /// Computes the links of one resource, and notes what that took.
    pub(super) fn link(&mut self, linker: &mut Linker<'_>, source: &Source<'_>) {
        let left = |linker: &Linker<'_>| (linker.index.fuel.left(), linker.budget);
        let (fuel, budget) = left(linker);
        linker.link_names(source);
        linker.link_definition(source);
        linker.link_selectors(source);
        linker.link_guesses(source);
        let (fuel_left, budget_left) = left(linker);
        self.files[source.id.0 as usize] = Some(source.resource.span().file);
        let spent = &mut self.of[source.id.0 as usize];
        self.all.fuel = self.all.fuel + (fuel - fuel_left) - spent.fuel;
        self.all.links = self.all.links + (budget - budget_left) - spent.links;
        *spent = Spent {
            fuel: fuel - fuel_left,
            links: budget - budget_left,
        };
        self.is_short |= linker.index.fuel.is_short() || linker.is_short;
    }
}

/// The links that changed resources make, where those of all others are the same as before: where the changed ones offer to others
/// what they offered before. Nothing where that is not so, or can't be known.
#[must_use]
pub fn links_again(
    graph: &Graph,
    before: (&Graph, &Spending),
    changed: &[ResourceId],
) -> Option<(Changed, Spending)> {
    let (known, spending) = before;
    let is_alike = graph.len() == known.len() && graph.completeness == known.completeness;
    let offers_alike =
        || offer_alike(known, graph, changed) && spending.share_files_alike(known, graph, changed);
    if !is_alike || spending.is_short || !offers_alike() {
        return None;
    }
    let is_wanted = |id: &&ResourceId| is_object(graph.resource(**id));
    let wanted: Vec<ResourceId> = changed.iter().filter(is_wanted).copied().collect();
    if wanted.is_empty() {
        return Some((Vec::new(), spending.clone()));
    }
    let mut spending = spending.clone();
    // Of resources that offer what they offered before, none is called otherwise.
    let index = match &spending.called {
        Some(called) => Index::knowing(graph, Arc::clone(called)),
        None => Index::new(graph),
    };
    let mut linker = Linker::new(graph, &index);
    let (fuel, budget) = (index.fuel.left(), linker.budget);
    let mut links = Vec::with_capacity(wanted.len());
    for id in wanted {
        let source = Source::of(id, graph.resource(id));
        spending.link(&mut linker, &source);
        links.push((id, std::mem::take(&mut linker.links)));
    }
    let is_enough = spending.all.fuel < fuel && spending.all.links < budget;
    (is_enough && !spending.is_short).then_some((links, spending))
}

/// What a resource is to those that refer to others.
#[derive(PartialEq)]
struct Offer<'g> {
    kind: &'g str,
    name: &'g SmolStr,
    namespace: &'g Namespace,
    environment: &'g Option<SmolStr>,
    created: Vec<Created>,
    own: Option<Labels<'g>>,
    pods: Vec<Option<Labels<'g>>>,
    definition: Option<(SmolStr, bool)>,
}

impl<'g> Offer<'g> {
    fn of(resource: &'g Resource) -> Self {
        let (kind, tree) = (kind_name(resource), &resource.tree);
        let own = tree.at(NodeId::ROOT, &["metadata", "labels"]);
        let pods = resource.facts.pods.iter().map(|pod| {
            let labels = pod.metadata.and_then(|node| tree.get(node, "labels"))?;
            Some(Labels::read(tree, labels))
        });
        let definition = (kind == "CustomResourceDefinition").then(|| defined_kind(tree));
        Self {
            kind,
            name: &resource.name,
            namespace: &resource.namespace,
            environment: &resource.environment,
            created: created::by(resource, kind),
            own: own.map(|own| Labels::read(tree, own)),
            pods: pods.collect(),
            definition: definition.flatten().map(|kind| (kind, is_of_cluster(tree))),
        }
    }
}

/// Whether the changed resources of a graph offer what they offered in another one.
fn offer_alike(before: &Graph, graph: &Graph, changed: &[ResourceId]) -> bool {
    let is_alike = |id: &ResourceId| {
        let (old, new) = (before.resource(*id), graph.resource(*id));
        match (is_object(old), is_object(new)) {
            (true, true) => Offer::of(old) == Offer::of(new),
            (one, other) => one == other,
        }
    };
    changed.iter().all(is_alike)
}

impl Spending {
    /// Whether the same resources stand in one file: a reference prefers those of its own.
    fn share_files_alike(&self, before: &Graph, graph: &Graph, changed: &[ResourceId]) -> bool {
        let file = |graph: &Graph, id: ResourceId| graph.resource(id).span().file;
        let mut forth: HashMap<FileId, FileId> = HashMap::new();
        let mut back: HashMap<FileId, FileId> = HashMap::new();
        for id in changed.iter().filter(|id| is_object(graph.resource(**id))) {
            let (old, new) = (file(before, *id), file(graph, *id));
            if *forth.entry(old).or_insert(new) != new || *back.entry(new).or_insert(old) != old {
                return false;
            }
        }
        let moved = forth.iter().filter(|(old, new)| old != new);
        let mut moved: Vec<FileId> = moved.flat_map(|(old, new)| [*old, *new]).collect();
        moved.sort_unstable();
        let changed: HashSet<ResourceId> = changed.iter().copied().collect();
        let is_elsewhere = |(id, file): (ResourceId, &Option<FileId>)| {
            let is_moved = file.is_some_and(|file| moved.binary_search(&file).is_ok());
            !is_moved || changed.contains(&id)
        };
        let files = (0..).map(ResourceId).zip(&self.files);
        moved.is_empty() || files.into_iter().all(is_elsewhere)
    }
}
