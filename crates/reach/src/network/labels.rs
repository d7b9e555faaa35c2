//! Which sets of labels selectors match, each computed once.

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use graph::Unknown;
use kubernetes::{Answer, Labels, Selector};

use crate::truth::{Truth, because};

/// How many labels are compared at most for one graph.
const COMPARISONS: usize = 400_000_000;

/// Different sets of labels.
#[derive(Default)]
pub(super) struct LabelSets<'g> {
    sets: Vec<Labels<'g>>,
    ids: HashMap<Key<'g>, u32>,
    by_label: HashMap<(&'g str, &'g str), Vec<u32>>,
    /// Sets of which not all is known.
    uncertain: Vec<u32>,
    matched: HashMap<u32, Matched>,
}

/// Known labels, and the place in memory of the reason why others are not known.
type Key<'g> = (Vec<(&'g str, Option<&'g str>)>, usize);

/// The sets that a selector may match, ascending.
pub(super) type Matched = Rc<[(u32, Truth)]>;

/// Different selectors.
#[derive(Default)]
pub(super) struct Selectors<'g> {
    all: Vec<Selector<'g>>,
    ids: HashMap<Vec<(&'g str, &'g str)>, u32>,
}

/// What may still be spent on comparing labels.
pub(super) struct Fuel(Cell<usize>);

impl Default for Fuel {
    fn default() -> Self {
        Self(Cell::new(COMPARISONS))
    }
}

impl Fuel {
    /// Spends some; nothing where there is not enough.
    pub(super) fn spend(&self, amount: usize) -> Option<()> {
        self.0.set(self.0.get().checked_sub(amount)?);
        Some(())
    }

    pub(super) fn spent() -> Arc<Unknown> {
        because("there are more labels and selectors than are compared")
    }
}

impl<'g> Selectors<'g> {
    pub(super) fn add(&mut self, selector: Selector<'g>) -> u32 {
        let id = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let id = match plain(&selector) {
            Some(key) => *self.ids.entry(key).or_insert(id),
            None => id,
        };
        if id as usize == self.all.len() {
            self.all.push(selector);
        }
        id
    }

    pub(super) fn get(&self, id: u32) -> &Selector<'g> {
        &self.all[id as usize]
    }
}

/// The labels that a selector asks for, where it asks for nothing else.
fn plain<'g>(selector: &Selector<'g>) -> Option<Vec<(&'g str, &'g str)>> {
    let mut labels: Vec<_> = selector.equal().collect();
    labels.sort_unstable();
    let known = labels.iter().map(|(key, value)| (*key, Some(*value)));
    let exact = Labels {
        known: known.collect(),
        unknown: None,
    };
    let is_plain = labels.len() == selector.len() && selector.matches(&exact) == Answer::Yes;
    is_plain.then_some(labels)
}

impl<'g> LabelSets<'g> {
    pub(super) fn add(&mut self, mut labels: Labels<'g>) -> u32 {
        labels.known.sort_unstable();
        let open = labels.unknown.as_ref();
        let open = open.map_or(0, |unknown| Arc::as_ptr(unknown).addr());
        let id = u32::try_from(self.sets.len()).unwrap_or(u32::MAX);
        let key = (labels.known.clone(), open);
        if let Some(found) = self.ids.get(&key) {
            return *found;
        }
        for (label, value) in &labels.known {
            let Some(value) = value else { continue };
            self.by_label.entry((label, value)).or_default().push(id);
        }
        if labels.unknown.is_some() {
            self.uncertain.push(id);
        }
        self.ids.insert(key, id);
        self.sets.push(labels);
        id
    }

    /// The sets that a selector may match. Where comparing takes too much, those are that may be left.
    pub(super) fn matched(&mut self, id: u32, selectors: &Selectors<'g>, fuel: &Fuel) -> Matched {
        if let Some(found) = self.matched.get(&id) {
            return Rc::clone(found);
        }
        let selector = selectors.get(id);
        let found: Matched = self
            .candidates(selector)
            .into_iter()
            .map(|set| (set, self.truth(selector, set, fuel)))
            .filter(|(_, truth)| !truth.is_no())
            .collect();
        self.matched.insert(id, Rc::clone(&found));
        found
    }

    fn truth(&self, selector: &Selector, set: u32, fuel: &Fuel) -> Truth {
        let labels = &self.sets[set as usize];
        match fuel.spend(selector.len() * labels.known.len() + 1) {
            Some(()) => selector.matches(labels).into(),
            None => Truth::Maybe(Fuel::spent()),
        }
    }

    /// The sets with the rarest label that is asked for, and those of which not all is known.
    fn candidates(&self, selector: &Selector) -> Vec<u32> {
        let lists = selector
            .equal()
            .map(|label| self.by_label.get(&label).map_or(&[][..], Vec::as_slice));
        let Some(rarest) = lists.min_by_key(|list| list.len()) else {
            return (0..).take(self.sets.len()).collect();
        };
        let mut found: Vec<u32> = rarest.iter().chain(&self.uncertain).copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}
