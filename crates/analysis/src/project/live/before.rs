//! Objects that were read before. One whose text is the same object in memory is the same as it was.

use std::sync::Arc;

use foldhash::HashMap;
use kubernetes::snapshot::{Kind, Snapshot};
use rayon::prelude::*;

use super::became::Became;
use super::numbers::{Named, Numbers};
use super::object::{How, Objects};
use super::step::{Step, identity};

/// How many times more numbers there may be than objects, beyond some, until all get new ones.
const SPARSE: usize = 2;

/// How many numbers there may be anyway.
const NUMBERS: usize = 1024;

/// Objects that were read, in their order, and what became of them.
#[derive(Default)]
pub(crate) struct ReadObjects {
    kinds: Vec<Kind>,
    pub(super) numbers: Numbers,
    pub(super) became: Became,
}

impl ReadObjects {
    /// The objects of a snapshot, with what is known from before.
    pub(super) fn read(snapshot: &Snapshot, how: &How<'_>, before: Self) -> Self {
        match before.step(snapshot, how) {
            Some(step) => before.again(snapshot, how, step),
            None => Self::anew(snapshot, how, &before),
        }
    }

    fn anew(snapshot: &Snapshot, how: &How<'_>, before: &Self) -> Self {
        let known = Known {
            before,
            old: before.old(&snapshot.objects),
        };
        let named = snapshot.objects.par_iter().enumerate();
        let named = named.map(|(index, text)| {
            let known = known.named(index);
            known.unwrap_or_else(|| how.named(text))
        });
        let mut read = Self {
            kinds: snapshot.kinds.clone(),
            numbers: Numbers::of(snapshot.objects.clone(), named.collect()),
            ..Self::default()
        };
        let objects = Objects {
            all: &read.numbers,
            how,
        };
        read.became = Became::of(snapshot, &objects, &known);
        read
    }

    /// What happened to the objects until they were those of a snapshot. None where that can't be told, or to most something did.
    fn step(&self, snapshot: &Snapshot, how: &How<'_>) -> Option<Step> {
        let is_known = self.became.whole.is_some();
        let is_alike = |(old, new): (&Kind, &Kind)| {
            let objects = new.objects;
            Kind {
                objects,
                ..old.clone()
            } == *new
        };
        let mut kinds = self.kinds.iter().zip(&snapshot.kinds);
        if !is_known || self.kinds.len() != snapshot.kinds.len() || !kinds.all(is_alike) {
            return None;
        }
        let step = Step::of(&self.numbers, &snapshot.objects, how)?;
        let count = self.numbers.count() + step.come.len();
        let is_dense = count <= SPARSE * snapshot.objects.len() + NUMBERS;
        (is_dense && self.numbers.can_follow(&step)).then_some(step)
    }

    fn again(mut self, snapshot: &Snapshot, how: &How<'_>, step: Step) -> Self {
        let present = step
            .come
            .iter()
            .filter_map(|(_, named)| (**named).as_ref().ok());
        let managed = present.flat_map(|head| self.numbers.managed_by_uid(&head.metadata.uid));
        let moved = step.gone.iter().chain(managed).copied();
        let mut beneath = self.numbers.beneath(moved);
        let old = Objects {
            all: &self.numbers,
            how,
        };
        let stood_above = self.became.part(&old, &beneath);
        let happened = self.numbers.follow(step, &snapshot.objects);
        beneath.extend(&happened.come);
        for number in &happened.gone {
            beneath.remove(number);
        }
        let objects = Objects {
            all: &self.numbers,
            how,
        };
        self.became
            .follow(snapshot, &objects, &happened, (&beneath, stood_above));
        if self.kinds != snapshot.kinds {
            self.became
                .told
                .count(how.root, &self.kinds, &snapshot.kinds);
            self.kinds.clone_from(&snapshot.kinds);
        }
        self
    }

    /// Which objects have these texts, by their numbers.
    fn old(&self, texts: &[Arc<str>]) -> Vec<Option<usize>> {
        let order = &self.numbers.order;
        let is_at = |place: usize, text: &Arc<str>| {
            let known = order.get(place);
            known.is_some_and(|known| Arc::ptr_eq(self.numbers.text(*known), text))
        };
        let mut shift = 0_isize;
        let mut by_text = None;
        let rows = texts.iter().enumerate().map(|(index, text)| {
            let near = index.checked_add_signed(shift);
            if let Some(near) = near.filter(|near| is_at(*near, text)) {
                return Some(order[near]);
            }
            let by_text = by_text.get_or_insert_with(|| self.by_text());
            let found: Option<usize> = by_text.get(&identity(text)).copied();
            if let Some(found) = found {
                // The next ones most likely moved as far.
                shift = found.cast_signed() - index.cast_signed();
            }
            found.map(|place| order[place])
        });
        rows.collect()
    }

    fn by_text(&self) -> HashMap<usize, usize> {
        let known = self.numbers.order.iter().enumerate();
        let known = known.map(|(place, number)| (identity(self.numbers.text(*number)), place));
        known.collect()
    }
}

/// What is known of the objects of a snapshot from before.
pub(super) struct Known<'a> {
    pub(super) before: &'a ReadObjects,
    /// Which of them each is.
    old: Vec<Option<usize>>,
}

impl Known<'_> {
    /// The number that an object had.
    pub(super) fn old(&self, index: usize) -> Option<usize> {
        self.old.get(index).copied().flatten()
    }

    fn named(&self, index: usize) -> Option<Named> {
        Some(Arc::clone(self.before.numbers.named(self.old(index)?)))
    }
}
