//! How far it is from each party to everything, and to the administrators of clouds: found once for all, backwards, so that those who
//! administer the cluster anyway need no search of their own.

use std::collections::VecDeque;
use std::sync::Arc;

use super::search::Steps;
use super::{Link, Party, Path, Paths};

/// Where ways lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goal {
    /// Everything in the cluster.
    Everything,
    /// The administrator of a cloud.
    Cloud,
}

impl Goal {
    fn is(self, party: &Party) -> bool {
        match self {
            Self::Everything => *party == Party::Everything,
            Self::Cloud => matches!(party, Party::CloudAdmin(_)),
        }
    }
}

/// The way of each party to a goal.
#[derive(Debug)]
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
    /// The shortest path of a party to a goal, over steps that one party makes alone.
    pub(super) fn led(&mut self, start: u32, goal: Goal, steps: Steps) -> Option<Path> {
        let leads = self.leads(goal);
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
        let leads = self.leads(Goal::Everything);
        let way = leads.of(steps).ways.get(start as usize)?.as_ref()?;
        Some(way.0)
    }

    fn leads(&mut self, goal: Goal) -> Arc<Leads> {
        let known = match goal {
            Goal::Everything => &self.leads,
            Goal::Cloud => &self.cloud_leads,
        };
        if let Some(leads) = known {
            return Arc::clone(leads);
        }
        let back = self.backwards();
        let leads = Arc::new(Leads {
            certain: self.lead(&back, goal, Steps::Certain),
            possible: self.lead(&back, goal, Steps::Possible),
        });
        match goal {
            Goal::Everything => self.leads = Some(Arc::clone(&leads)),
            Goal::Cloud => self.cloud_leads = Some(Arc::clone(&leads)),
        }
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

    fn lead(&self, back: &[Vec<(u32, Arc<Link>)>], goal: Goal, steps: Steps) -> Lead {
        let mut ways: Vec<Option<(u32, Option<Arc<Link>>)>> = vec![None; back.len()];
        let goals = (0..).zip(&self.parties).filter(|(_, party)| goal.is(party));
        let mut open: VecDeque<_> = goals.map(|(number, _)| (number, 0, None)).collect();
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
