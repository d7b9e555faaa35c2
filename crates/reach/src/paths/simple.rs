//! All simple paths up to a bound, for those who ask for them.

use std::sync::Arc;

use super::{Link, Party, Path, Paths};

/// How many steps are looked at; a graph can have more paths than atoms.
const FUEL: usize = 500_000;

/// All paths between two parties, and whether there may be others.
#[derive(Debug)]
pub struct SimplePaths {
    /// The paths, the shortest first.
    pub paths: Vec<Path>,
    /// Whether these are all up to the length.
    pub is_all: bool,
}

/// A search in depth.
struct Walk<'s> {
    sinks: &'s dyn Fn(&Party) -> bool,
    most: usize,
    deepest: usize,
    fuel: usize,
    /// The parties of the present path, each with the step that led to it.
    stack: Vec<(u32, Option<Arc<Link>>)>,
    found: Vec<Vec<(u32, Option<Arc<Link>>)>>,
}

impl Paths<'_> {
    /// All paths from a start to sinks that go over no party twice, of at most this many hops, and at most so many of them. Steps
    /// that several parties make together are not among them.
    #[must_use]
    pub fn simple(
        &mut self,
        start: &Party,
        sinks: &dyn Fn(&Party) -> bool,
        (deepest, most): (usize, usize),
    ) -> SimplePaths {
        let Some(number) = self.number(start) else {
            return SimplePaths {
                paths: Vec::new(),
                is_all: true,
            };
        };
        let mut walk = Walk {
            sinks,
            most,
            deepest,
            fuel: FUEL,
            stack: vec![(number, None)],
            found: Vec::new(),
        };
        // The shortest are found first, whatever there are too many of.
        for deepest in 1..=walk.deepest {
            walk.deepest = deepest;
            self.walk(&mut walk);
        }
        let is_all = walk.fuel > 0 && walk.found.len() < walk.most;
        let paths = walk.found.iter().map(|steps| self.walked(start, steps));
        SimplePaths {
            paths: paths.collect(),
            is_all,
        }
    }

    fn walk(&mut self, walk: &mut Walk<'_>) {
        let Some((number, _)) = walk.stack.last().cloned() else {
            return;
        };
        let length = self.length(&walk.stack);
        let party = self.party(number);
        if length > 0 && !party.is_hub() && (walk.sinks)(party) {
            if length == walk.deepest {
                walk.found.push(walk.stack.clone());
            }
            return;
        }
        let mut links = self.fixed[number as usize].clone();
        links.extend(self.own(number).iter().cloned());
        for link in links {
            walk.fuel = walk.fuel.saturating_sub(1);
            // What stands for others may be passed again: it is nobody.
            let is_known = !self.party(link.to).is_hub()
                && walk.stack.iter().any(|(known, _)| *known == link.to);
            let longer = length + usize::from(!self.is_free(number, &link));
            if is_known || longer > walk.deepest {
                continue;
            }
            if walk.fuel == 0 || walk.found.len() >= walk.most {
                return;
            }
            walk.stack.push((link.to, Some(link)));
            self.walk(walk);
            walk.stack.pop();
        }
    }

    /// Whether a step is none, because one party stands for the other.
    pub(super) fn is_free(&self, from: u32, link: &Link) -> bool {
        self.party(from).is_hub() || link.is_part()
    }

    /// The number of hops.
    fn length(&self, stack: &[(u32, Option<Arc<Link>>)]) -> usize {
        let pairs = stack.windows(2);
        let hops = pairs.filter(|pair| match &pair[1].1 {
            Some(link) => !self.is_free(pair[0].0, link),
            None => false,
        });
        hops.count()
    }

    /// The path over these parties, each with the step that leads to it.
    pub(super) fn walked(&self, start: &Party, steps: &[(u32, Option<Arc<Link>>)]) -> Path {
        let mut hops = Vec::new();
        let mut from = steps[0].0;
        let mut pending: Option<Arc<Link>> = None;
        for (index, (number, link)) in steps.iter().enumerate().skip(1) {
            let Some(link) = link else { continue };
            if !self.is_free(steps[index - 1].0, link) {
                pending = Some(Arc::clone(link));
            }
            let next_is_free = steps.get(index + 1).is_some_and(|(_, next)| {
                next.as_ref()
                    .is_some_and(|next| self.is_free(*number, next))
            });
            if !next_is_free && let Some(link) = pending.take() {
                let (source, to) = (self.party(from).clone(), self.party(*number).clone());
                hops.push(self.told(vec![source], to, &link));
                from = *number;
            }
        }
        let sink = steps.last().map_or(steps[0].0, |(number, _)| *number);
        Path {
            start: start.clone(),
            sink: self.party(sink).clone(),
            hops,
        }
    }
}
