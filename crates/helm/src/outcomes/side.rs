//! What a chart gives on one side of a condition, and on both.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use graph::{Merger, Unknown};
use source::Problem;

use super::document::{Address, Document, Entry};

/// What a chart gives on one side of a condition.
#[derive(Debug)]
pub(super) struct Side {
    pub(super) entries: Vec<Entry>,
    /// What is wrong on the way that Helm would take.
    pub(super) problems: Vec<Problem>,
    /// The paths of templates of which not all is here.
    pub(super) incomplete: BTreeSet<String>,
    /// Whether the chart refuses to be installed.
    pub(super) is_refused: bool,
}

/// An object and how many of its address stand before it.
type Occurrence = (Address, usize);

impl Side {
    /// What the chart gives if it can't be known which side of a condition holds, of which this one is Helm's. A side on which
    /// it refuses to be installed can't be the one; that is told if this is known to be Helm's, and no guess.
    pub(super) fn merge(self, mut other: Self, why: &Arc<Unknown>, is_guess: bool) -> Self {
        match (self.is_refused, other.is_refused) {
            (false, true) => return self,
            (true, false) => {
                if !is_guess {
                    other.problems = self.problems;
                }
                return other;
            }
            _ => {}
        }
        let mut entries = Vec::new();
        let order: Vec<Occurrence> = occurrences(&other.entries);
        let mut others: HashMap<Occurrence, Entry> =
            order.iter().cloned().zip(other.entries).collect();
        let own = occurrences(&self.entries);
        for (occurrence, entry) in own.into_iter().zip(self.entries) {
            entries.push(match others.remove(&occurrence) {
                Some(same) => entry.merge(same, why),
                None => entry.unless_lost(&other.incomplete, why),
            });
        }
        let rest = order.iter().filter_map(|one| others.remove(one));
        entries.extend(rest.map(|entry| entry.unless_lost(&self.incomplete, why)));
        let incomplete = self.incomplete.intersection(&other.incomplete);
        Self {
            entries,
            problems: self.problems,
            incomplete: incomplete.cloned().collect(),
            is_refused: self.is_refused,
        }
    }
}

fn occurrences(entries: &[Entry]) -> Vec<Occurrence> {
    let mut counts: HashMap<Address, usize> = HashMap::new();
    let addresses = entries.iter().map(|entry| entry.document.address());
    let counted = addresses.map(|address| {
        let count = counts.entry(address.clone()).or_default();
        *count += 1;
        (address, *count)
    });
    counted.collect()
}

impl Entry {
    /// The object of both sides.
    fn merge(self, other: Self, why: &Arc<Unknown>) -> Self {
        let conditional = self.conditional.or(other.conditional);
        if Rc::ptr_eq(&self.document, &other.document) {
            return Self {
                document: self.document,
                conditional,
            };
        }
        let merger = Merger {
            why,
            merge_key: kubernetes::merge_key,
        };
        let document = Document {
            path: self.document.path.clone(),
            template: self.document.template,
            text: None,
            tree: merger.merge(&self.document.tree, &other.document.tree),
        };
        Self {
            document: Rc::new(document),
            conditional,
        }
    }

    /// An object that the other side lacks: there under a condition, unless the other side only failed to give it.
    fn unless_lost(self, incomplete: &BTreeSet<String>, why: &Arc<Unknown>) -> Self {
        if incomplete.contains(&self.document.path) {
            return self;
        }
        Self {
            conditional: self.conditional.or_else(|| Some(Arc::clone(why))),
            ..self
        }
    }
}
