//! The changes that cut paths: each by itself, and the smallest set that cuts all.

use std::collections::{BTreeMap, BTreeSet};

use graph::Graph;

use super::{Edit, Party, Path, PathOptions, Paths};

/// Up to so many changes the smallest set is found for sure.
const EXACT: usize = 64;

/// How often paths are computed anew to find cuts.
const MOST_TRIES: usize = 256;

/// How many sets are looked at to find a smallest one.
const FUEL: usize = 1_000_000;

/// A change, and what it closes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The change.
    pub edit: Edit,
    /// How many of the pairs of a start and a sink have no path any more.
    pub closes: usize,
}

/// The changes that cut the paths between starts and sinks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cuts {
    /// How many pairs of a start and a sink have a path.
    pub pairs: usize,
    /// The changes by what each closes alone, the best first; those that close nothing alone are left out.
    pub single: Vec<Cut>,
    /// Changes that close all pairs together; nothing where none of those that are known do.
    pub all: Option<Vec<Edit>>,
    /// Whether no smaller set does.
    pub is_smallest: bool,
}

/// A pair of a start and a sink.
type Pair = (Party, Party);

/// Which pairs have a path, and which changes break the one that is shortest.
type Open = BTreeMap<Pair, BTreeSet<Edit>>;

/// Computes cuts.
struct Cutter<'g, 's> {
    graph: &'g Graph,
    options: &'s PathOptions,
    starts: &'s [Party],
    sinks: &'s dyn Fn(&Party) -> bool,
    /// The pairs that have no certain path. Others are closed where no more than an uncertain one is left.
    perhaps: BTreeSet<Pair>,
    tries: usize,
}

/// The changes that cut the paths from starts, each by itself, to sinks.
#[must_use]
pub fn cuts(
    graph: &Graph,
    options: &PathOptions,
    (starts, paths): (&[Party], &[Path]),
    sinks: &dyn Fn(&Party) -> bool,
) -> Cuts {
    let mut cutter = Cutter {
        graph,
        options,
        starts,
        sinks,
        perhaps: paths
            .iter()
            .filter(|path| !path.is_certain())
            .map(pair)
            .collect(),
        tries: MOST_TRIES,
    };
    let open: Open = paths
        .iter()
        .map(|path| (pair(path), path.edits()))
        .collect();
    let single = cutter.single(&open);
    let (all, is_smallest) = cutter.all(&open);
    Cuts {
        pairs: open.len(),
        single,
        all,
        is_smallest,
    }
}

fn pair(path: &Path) -> Pair {
    (path.start.clone(), path.sink.clone())
}

impl Cutter<'_, '_> {
    /// What is open with some changes made. Starts without a known path stay without one: fewer rights open nothing.
    fn open(&mut self, edits: &BTreeSet<Edit>, known: &Open) -> Option<Open> {
        self.tries = self.tries.checked_sub(1)?;
        let mut options = self.options.clone();
        options.without.extend(edits);
        let mut paths = Paths::of(self.graph, &options);
        let starts = self.starts.iter();
        let starts = starts.filter(|start| known.keys().any(|(own, _)| own == *start));
        let mut open = Open::new();
        for start in starts {
            for path in paths.shortest(std::slice::from_ref(start), self.sinks) {
                let pair = pair(&path);
                // Whoever no longer gains everything may be told of less that they gained before.
                let counts = path.is_certain() || self.perhaps.contains(&pair);
                if counts && known.contains_key(&pair) {
                    open.insert(pair, path.edits());
                }
            }
        }
        Some(open)
    }

    fn single(&mut self, open: &Open) -> Vec<Cut> {
        let mut counts: BTreeMap<Edit, usize> = BTreeMap::new();
        for edit in open.values().flatten() {
            *counts.entry(*edit).or_default() += 1;
        }
        let mut edits: Vec<(Edit, usize)> = counts.into_iter().collect();
        edits.sort_by_key(|(edit, count)| (std::cmp::Reverse(*count), *edit));
        let mut cuts = Vec::new();
        for (edit, _) in edits.into_iter().take(EXACT) {
            let Some(left) = self.open(&BTreeSet::from([edit]), open) else {
                break;
            };
            let closes = open.len() - left.len();
            if closes > 0 {
                cuts.push(Cut { edit, closes });
            }
        }
        cuts.sort_by_key(|cut| (std::cmp::Reverse(cut.closes), cut.edit));
        cuts
    }

    /// The smallest set that leaves nothing open. What is smallest for the paths that are known is tried; the paths that it leaves
    /// are known from then on, until it leaves none: as it was smallest for fewer, it is for all.
    fn all(&mut self, open: &Open) -> (Option<Vec<Edit>>, bool) {
        let mut known: Vec<BTreeSet<Edit>> = open.values().cloned().collect();
        let mut is_smallest = true;
        loop {
            let candidates: BTreeSet<Edit> = known.iter().flatten().copied().collect();
            is_smallest &= candidates.len() <= EXACT;
            let (set, is_exact) = hitting(&known, is_smallest);
            is_smallest &= is_exact;
            let Some(set) = set else {
                return (None, false);
            };
            let Some(left) = self.open(&set, open) else {
                return (None, false);
            };
            if left.is_empty() {
                return (Some(set.into_iter().collect()), is_smallest);
            }
            known.extend(left.into_values());
            known.sort();
            known.dedup();
        }
    }
}

/// A smallest set that has an element of each of some sets, and whether that is proven; nothing where one of them is empty.
fn hitting(sets: &[BTreeSet<Edit>], is_exact: bool) -> (Option<BTreeSet<Edit>>, bool) {
    let Some(greedy) = greedy(sets) else {
        return (None, is_exact);
    };
    let mut fuel = if is_exact { FUEL } else { 0 };
    for size in 1..greedy.len() {
        let mut chosen = BTreeSet::new();
        if is_hit(sets, &mut chosen, size, &mut fuel) {
            return (Some(chosen), true);
        }
        if fuel == 0 {
            return (Some(greedy), false);
        }
    }
    (Some(greedy), is_exact)
}

/// Chooses of a set that is not hit yet, which must be done with one of its elements.
fn is_hit(
    sets: &[BTreeSet<Edit>],
    chosen: &mut BTreeSet<Edit>,
    left: usize,
    fuel: &mut usize,
) -> bool {
    let open = sets.iter().filter(|set| set.is_disjoint(chosen));
    let Some(set) = open.min_by_key(|set| set.len()) else {
        return true;
    };
    if left == 0 || *fuel == 0 {
        return false;
    }
    for edit in set {
        *fuel = fuel.saturating_sub(1);
        chosen.insert(*edit);
        if is_hit(sets, chosen, left - 1, fuel) {
            return true;
        }
        chosen.remove(edit);
    }
    false
}

/// A small set: of what is open, always what hits most.
fn greedy(sets: &[BTreeSet<Edit>]) -> Option<BTreeSet<Edit>> {
    let mut chosen = BTreeSet::new();
    loop {
        let open: Vec<_> = sets.iter().filter(|set| set.is_disjoint(&chosen)).collect();
        if open.is_empty() {
            return Some(chosen);
        }
        let mut counts: BTreeMap<Edit, usize> = BTreeMap::new();
        for edit in open.iter().copied().flatten() {
            *counts.entry(*edit).or_default() += 1;
        }
        if open.iter().any(|set| set.is_empty()) {
            return None;
        }
        let best = counts
            .into_iter()
            .max_by_key(|(edit, count)| (*count, std::cmp::Reverse(*edit)));
        chosen.insert(best?.0);
    }
}
