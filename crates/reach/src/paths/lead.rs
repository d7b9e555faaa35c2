//! How far it is from each party to everything: found once for all, backwards, so that those who administer the cluster anyway need
//! no search of their own.

use std::collections::VecDeque;
use std::sync::Arc;

use super::search::Steps;
use super::{Link, Party, Path, Paths};

/// The way of each party to everything.
#[derive(Debug, Default)]
pub(super) struct Lead {
    /// By party, the number of hops and the first step; nothing where no way of single parties leads there.
    ways: Vec<Option<(u32, Option<Arc<Link>>)>>,
}

/// Both leads: over what is certain, and over what is possible.
#[derive(Debug)]
pub(super) struct Leads {
    certain: Lead,
    possible: Lead,
}

impl Leads {
    fn of(&self, steps: Steps) -> &Lead {
        match steps {
            Steps::Certain => &self.certain,
            Steps::Possible => &self.possible,
        }
    }
}

impl Paths<'_> {
    /// The shortest path of a party to everything, over steps that one party makes alone.
    pub(super) fn led(&mut self, start: u32, steps: Steps) -> Option<Path> {
        let leads = self.leads();
        let ways = &leads.of(steps).ways;
        let way = |number: u32| ways.get(number as usize).and_then(Option::as_ref);
        let mut walked: Vec<(u32, Option<Arc<Link>>)> = vec![(start, None)];
        let mut at = start;
        while let Some(link) = &way(at)?.1 {
            walked.push((link.to, Some(Arc::clone(link))));
            at = link.to;
        }
        let party = self.party(start).clone();
        (walked.len() > 1).then(|| self.walked(&party, &walked))
    }

    /// The number of hops of a party to everything.
    pub(super) fn lead_of(&mut self, start: u32, steps: Steps) -> Option<u32> {
        let leads = self.leads();
        let way = leads.of(steps).ways.get(start as usize)?.as_ref()?;
        Some(way.0)
    }

    fn leads(&mut self) -> Arc<Leads> {
        if let Some(leads) = &self.leads {
            return Arc::clone(leads);
        }
        let back = self.backwards();
        let leads = Arc::new(Leads {
            certain: self.lead(&back, Steps::Certain),
            possible: self.lead(&back, Steps::Possible),
        });
        self.leads = Some(Arc::clone(&leads));
        leads
    }

    /// The steps that lead to each party, with where they begin. Following them finds parties that are new.
    fn backwards(&mut self) -> Vec<Vec<(u32, Arc<Link>)>> {
        let mut back: Vec<Vec<(u32, Arc<Link>)>> = Vec::new();
        let mut number = 0;
        while (number as usize) < self.parties.len() {
            let own = self.own(number);
            back.resize(self.parties.len(), Vec::new());
            for link in self.fixed[number as usize].iter().chain(own.iter()) {
                back[link.to as usize].push((number, Arc::clone(link)));
            }
            number += 1;
        }
        back
    }

    fn lead(&self, back: &[Vec<(u32, Arc<Link>)>], steps: Steps) -> Lead {
        let mut ways: Vec<Option<(u32, Option<Arc<Link>>)>> = vec![None; back.len()];
        let Some(everything) = self.number(&Party::Everything) else {
            return Lead::default();
        };
        let mut open = VecDeque::from([(everything, 0, None)]);
        // What stands for others costs no hop, and so goes first.
        while let Some((number, hops, link)) = open.pop_front() {
            if ways[number as usize].is_some() {
                continue;
            }
            ways[number as usize] = Some((hops, link));
            for (from, link) in &back[number as usize] {
                if steps == Steps::Certain && link.unknown.is_some() {
                    continue;
                }
                let next = Some(Arc::clone(link));
                match self.is_free(*from, link) {
                    true => open.push_front((*from, hops, next)),
                    false => open.push_back((*from, hops + 1, next)),
                }
            }
        }
        Lead { ways }
    }
}
