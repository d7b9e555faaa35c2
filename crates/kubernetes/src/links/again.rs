//! Links computed again where only some resources changed, came or went.

use std::collections::{BTreeSet, HashMap, HashSet};

use graph::{Graph, Link, ResourceId};
use source::FileId;

use super::asks::{Ask, Asks};
use super::index::Index;
use super::offer::Otherwise;
use super::recent::Names;
use super::{Linker, Source, is_object};

/// What computing the links of each resource took, by number. Where there was enough for all, links depend on nothing else than
/// the resource that makes them and the answers to what it asks.
#[derive(Clone, Debug, Default)]
pub struct Spending {
    of: Vec<Spent>,
    all: Spent,
    /// The files of those that are objects, by number.
    files: Vec<Option<FileId>>,
    is_short: bool,
    /// What all resources are called.
    names: Names,
    /// What they asked for.
    asks: Asks,
    /// What they asked for since that was put in order.
    asked: Vec<(Ask, ResourceId)>,
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
    pub(super) fn new(numbers: usize, index: &Index<'_>) -> Self {
        Self {
            of: vec![Spent::default(); numbers],
            files: vec![None; numbers],
            names: index.names.clone(),
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
        let asked = linker.index.take_asked().into_iter();
        self.asked.extend(asked.map(|ask| (ask, source.id)));
        self.files[source.id.0 as usize] = Some(source.resource.span().file);
        let spent = Spent {
            fuel: fuel - fuel_left,
            links: budget - budget_left,
        };
        self.spend(source.id, spent);
        self.is_short |= linker.index.fuel.is_short() || linker.is_short;
    }

    fn spend(&mut self, id: ResourceId, spent: Spent) {
        let own = &mut self.of[id.0 as usize];
        self.all.fuel = self.all.fuel + spent.fuel - own.fuel;
        self.all.links = self.all.links + spent.links - own.links;
        *own = spent;
    }

    /// A resource makes no links any more.
    fn forget(&mut self, id: ResourceId) {
        self.spend(id, Spent::default());
        self.files[id.0 as usize] = None;
    }

    /// Puts in order who asked what.
    pub(super) fn sort_asks(&mut self) {
        self.asks.extend(std::mem::take(&mut self.asked));
    }
}

/// The links that changed resources make, and those that ask for what the changed ones offer now or offered before; those of all
/// others are the same as before. Nothing where that can't be known.
#[must_use]
pub fn links_again(
    graph: &Graph,
    before: (&Graph, &Spending),
    changed: &[ResourceId],
) -> Option<(Changed, Spending)> {
    let (known, spending) = before;
    if graph.completeness != known.completeness || spending.is_short {
        return None;
    }
    let otherwise = Otherwise::of(known, graph, changed)?;
    let mut steady = changed.to_vec();
    steady.retain(|id| otherwise.ids.binary_search(id).is_err());
    if !spending.share_files_alike(known, graph, (changed, &steady)) {
        return None;
    }
    let wanted = spending.wanted(graph, changed, &otherwise);
    let mut spending = spending.clone();
    spending.of.resize(graph.numbers(), Spent::default());
    spending.files.resize(graph.numbers(), None);
    spending.names = spending.names.with(graph, &otherwise.ids);
    let mut links: Changed = Vec::with_capacity(wanted.len());
    for id in changed.iter().filter(|id| !is_object(graph.resource(**id))) {
        spending.forget(*id);
        links.push((*id, Vec::new()));
    }
    let index = Index::knowing(graph, spending.names.clone());
    let mut linker = Linker::new(graph, &index);
    let (fuel, budget) = (index.fuel.left(), linker.budget);
    for id in wanted {
        let source = Source::of(id, graph.resource(id));
        spending.link(&mut linker, &source);
        links.push((id, std::mem::take(&mut linker.links)));
    }
    spending.sort_asks();
    let is_enough = spending.all.fuel < fuel && spending.all.links < budget;
    (is_enough && !spending.is_short).then_some((links, spending))
}

impl Spending {
    /// The resources whose links may be others now.
    fn wanted(
        &self,
        graph: &Graph,
        changed: &[ResourceId],
        otherwise: &Otherwise,
    ) -> BTreeSet<ResourceId> {
        let mut wanted: BTreeSet<ResourceId> = changed.iter().copied().collect();
        for ask in &otherwise.answers {
            self.asks.askers(*ask, &mut wanted);
        }
        wanted.retain(|id| graph.has(*id) && is_object(graph.resource(*id)));
        wanted
    }

    /// Whether the same resources stand in one file: a reference prefers those of its own. Whoever asks for what is offered otherwise
    /// looks anyway.
    fn share_files_alike(
        &self,
        before: &Graph,
        graph: &Graph,
        (changed, steady): (&[ResourceId], &[ResourceId]),
    ) -> bool {
        let file = |graph: &Graph, id: ResourceId| graph.resource(id).span().file;
        let mut forth: HashMap<FileId, FileId> = HashMap::new();
        let mut back: HashMap<FileId, FileId> = HashMap::new();
        for id in steady.iter().filter(|id| is_object(graph.resource(**id))) {
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
