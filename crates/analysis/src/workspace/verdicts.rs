//! What checks say of resources, kept with the resources that they looked at.

use std::sync::Arc;

use check::{FoundPlace, Judge, Judged};
use foldhash::HashMap;
use graph::{Graph, Link, Resource, ResourceId, Target};
use rayon::prelude::*;

use crate::options::Progress;

/// What checks say of all resources of a graph.
#[derive(Default)]
pub(crate) struct Verdicts {
    /// By the numbers of the resources.
    of: Vec<Arc<Verdict>>,
}

/// All numbers of a graph, those that are free with them.
fn ids(graph: &Graph) -> Vec<ResourceId> {
    (0..).map(ResourceId).take(graph.numbers()).collect()
}

/// What checks say of one resource.
#[derive(Default)]
struct Verdict {
    judged: Arc<Vec<Judged>>,
    /// The resources that were looked at.
    seen: Vec<ResourceId>,
}

/// Who watches while resources are judged.
pub(crate) struct Watched<'a> {
    pub(crate) progress: &'a dyn Progress,
    /// Takes what is said so far, where somebody looks.
    pub(crate) look: Option<&'a dyn Fn(&Verdicts)>,
}

/// So many resources are judged until somebody looks for the first time.
const FIRST: usize = 256;

/// Beyond so many nobody looks until all are judged: what is told early is kept twice, and more than anybody reads meanwhile.
const MOST: usize = 10_000;

/// How much more is judged each time: so all looks together cost less than half of one at everything.
const GROWTH: usize = 3;

/// What was said of a graph before.
pub(crate) struct Before<'a> {
    pub(crate) graph: &'a Graph,
    pub(crate) verdicts: &'a Verdicts,
}

impl Verdicts {
    /// The verdicts of all checks of all resources; passes only where they are asked for.
    pub(crate) fn of(
        judge: &Judge,
        graph: &Graph,
        passes: bool,
        before: Option<&Before<'_>>,
        watched: &Watched<'_>,
    ) -> Self {
        let Watched { progress, look } = watched;
        progress.stage("judging", graph.len());
        // What is not there means something else where other kinds were read.
        let is_alike = |before: &&Before<'_>| before.graph.completeness == graph.completeness;
        let before = before.filter(is_alike);
        let same = before.map(|before| Same::of(before, graph));
        let nothing = Arc::new(Verdict::default());
        let judge_one = |id: ResourceId| {
            if !graph.has(id) {
                return Arc::clone(&nothing);
            }
            let known = same.as_ref().and_then(|same| same.verdict(id));
            let verdict = known.unwrap_or_else(|| {
                let (mut judged, seen) = graph::recorded(|| judge.judge(graph, id));
                judged.retain(|judged| passes || !judged.is_pass());
                judged.shrink_to_fit();
                Arc::new(Verdict {
                    judged: Arc::new(judged),
                    seen,
                })
            });
            progress.step();
            verdict
        };
        Self::in_parts(&ids(graph), *look, judge_one)
    }

    /// Judges all, and more at a time each time that somebody looks at what is said so far.
    fn in_parts(
        ids: &[ResourceId],
        look: Option<&dyn Fn(&Self)>,
        judge: impl Fn(ResourceId) -> Arc<Verdict> + Sync + Send,
    ) -> Self {
        let of = Vec::with_capacity(ids.len());
        let mut verdicts = Self { of };
        let mut rest = ids;
        while !rest.is_empty() {
            let more = FIRST.max(verdicts.of.len() * (GROWTH - 1));
            let is_looked_at = look.is_some() && verdicts.of.len() + more <= MOST;
            let number = if is_looked_at { more } else { rest.len() };
            let (next, behind) = rest.split_at(number.min(rest.len()));
            let judged = next.par_iter().copied().map(&judge);
            verdicts.of.par_extend(judged);
            rest = behind;
            if let Some(look) = look.filter(|_| !rest.is_empty()) {
                look(&verdicts);
            }
        }
        verdicts
    }

    /// What is said of one resource.
    pub(crate) fn of_resource(&self, id: ResourceId) -> &[Judged] {
        let verdict = self.of.get(id.0 as usize);
        verdict.map_or(&[], |verdict| verdict.judged.as_slice())
    }

    /// What was said of each resource: the same objects where it was said before.
    pub(crate) fn shared(&self) -> impl Iterator<Item = (ResourceId, &Arc<Vec<Judged>>)> {
        let ids = (0..).map(ResourceId);
        ids.zip(self.of.iter().map(|verdict| &verdict.judged))
    }
}

/// Which resources of two graphs are the same, with the same links and the same access.
enum Same<'a> {
    /// All that are the same have the same numbers.
    Steady(Steady<'a>),
    Moved(Moved<'a>),
}

impl<'a> Same<'a> {
    fn of(before: &'a Before<'a>, graph: &Graph) -> Self {
        match graph.changed_since(before.graph) {
            // Where half of them changed, most have only other numbers.
            Some(changed) if changed.len() * 2 <= graph.len() => {
                Self::Steady(Steady::of(before, graph, &changed))
            }
            _ => Self::Moved(Moved::of(before, graph)),
        }
    }

    /// What was said of a resource, where all that was looked at is the same.
    fn verdict(&self, id: ResourceId) -> Option<Arc<Verdict>> {
        match self {
            Self::Steady(steady) => steady.verdict(id),
            Self::Moved(moved) => moved.verdict(id).map(Arc::new),
        }
    }
}

struct Steady<'a> {
    before: &'a Before<'a>,
    /// By the numbers of resources.
    is_same: Vec<bool>,
}

impl<'a> Steady<'a> {
    fn of(before: &'a Before<'a>, graph: &Graph, changed: &[ResourceId]) -> Self {
        let links_alike = |id| graph.links_alike(before.graph, id);
        let mut is_same: Vec<bool> = ids(graph).into_iter().map(links_alike).collect();
        if !Arc::ptr_eq(graph.all_given(), before.graph.all_given()) {
            for (id, is_same) in ids(graph).into_iter().zip(&mut is_same) {
                *is_same &= graph.given(id) == before.graph.given(id);
            }
        }
        for id in changed {
            is_same[id.0 as usize] = false;
        }
        Self { before, is_same }
    }

    fn verdict(&self, id: ResourceId) -> Option<Arc<Verdict>> {
        let known = self.before.verdicts.of.get(id.0 as usize)?;
        let is_same = |id: &ResourceId| self.is_same[id.0 as usize];
        let holds = is_same(&id) && known.seen.iter().all(is_same);
        holds.then(|| Arc::clone(known))
    }
}

/// Those whose numbers changed.
struct Moved<'a> {
    before: &'a Before<'a>,
    /// The numbers before of resources that are the same now.
    old: Vec<Option<ResourceId>>,
    /// The numbers now of those that were there before.
    new: Vec<Option<ResourceId>>,
    /// Whether a resource is the same now, with the same links from and to it, by its number before.
    is_same: Vec<bool>,
}

impl<'a> Moved<'a> {
    fn of(before: &'a Before<'a>, graph: &Graph) -> Self {
        let by_place: HashMap<*const Resource, ResourceId> = before
            .graph
            .resources()
            .map(|(id, resource)| (Arc::as_ptr(resource), id))
            .collect();
        let mut new = vec![None; before.graph.numbers()];
        let mut old = vec![None; graph.numbers()];
        for (id, resource) in graph.resources() {
            old[id.0 as usize] = by_place.get(&Arc::as_ptr(resource)).copied();
        }
        for (id, old) in (0..).map(ResourceId).zip(&old) {
            if let Some(old) = old {
                new[old.0 as usize] = Some(id);
            }
        }
        let mut same = Self {
            before,
            old,
            new,
            is_same: Vec::new(),
        };
        same.is_same = ids(before.graph)
            .into_par_iter()
            .map(|id| same.has_same_surroundings(graph, id))
            .collect();
        same
    }

    fn has_same_surroundings(&self, graph: &Graph, old: ResourceId) -> bool {
        let Some(new) = self.new[old.0 as usize] else {
            return false;
        };
        let before = self.before.graph;
        let is_same = |(old, new): (&Link, &Link)| self.is_same_link(old, new);
        let renumbered = |id: ResourceId| self.new[id.0 as usize];
        let gives_the_same = match (before.given(old), graph.given(new)) {
            (Some(old), Some(new)) => old.is_alike(new, &renumbered),
            (old, new) => old.is_none() && new.is_none(),
        };
        let (old_from, new_from) = (before.links_from(old), graph.links_from(new));
        gives_the_same
            && old_from.len() == new_from.len()
            && old_from.iter().zip(new_from).all(is_same)
            && before.links_to(old).count() == graph.links_to(new).count()
            && before.links_to(old).zip(graph.links_to(new)).all(is_same)
    }

    fn is_same_link(&self, old: &Link, new: &Link) -> bool {
        let renumbered = |id: ResourceId| self.new[id.0 as usize];
        let has_same_target = match (&old.target, &new.target) {
            (Target::Resource(old), Target::Resource(new)) => renumbered(*old) == Some(*new),
            (Target::Resource(_), _) | (_, Target::Resource(_)) => false,
            (old, new) => old == new,
        };
        renumbered(old.from) == Some(new.from)
            && old.node == new.node
            && old.kind == new.kind
            && old.reference == new.reference
            && has_same_target
    }

    /// What was said of a resource, where all that was looked at is the same.
    fn verdict(&self, new: ResourceId) -> Option<Verdict> {
        let old = self.old[new.0 as usize]?;
        let known = self.before.verdicts.of.get(old.0 as usize)?;
        let is_same = |id: &ResourceId| self.is_same[id.0 as usize];
        if !known.seen.iter().all(is_same) {
            return None;
        }
        let renumbered = |id: &ResourceId| self.new[id.0 as usize];
        let seen: Vec<ResourceId> = known.seen.iter().map(renumbered).collect::<Option<_>>()?;
        let judged = match seen == known.seen {
            true => Arc::clone(&known.judged),
            false => Arc::new(self.renumbered(&known.judged)?),
        };
        Some(Verdict { judged, seen })
    }

    /// The same verdicts with the numbers that resources have now.
    fn renumbered(&self, judged: &[Judged]) -> Option<Vec<Judged>> {
        let mut judged = judged.to_vec();
        let fails = judged.iter_mut().flat_map(|judged| &mut judged.fails);
        let places = fails.flat_map(|fail| fail.evidence.iter_mut().chain([&mut fail.place]));
        for FoundPlace { resource, .. } in places {
            *resource = self.new[resource.0 as usize]?;
        }
        Some(judged)
    }
}
