//! Objects that were read before. One whose text is the same object in memory is the same as it was.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use kubernetes::snapshot::{Kind, Snapshot};
use rayon::prelude::*;
use smol_str::SmolStr;
use source::Problem;

use super::became::{Became, Changed};
use super::head::Head;
use super::object::{How, Objects};

/// What names an object, where that can be read.
pub(super) type Named = Arc<Result<Head, Problem>>;

/// How many times more objects there must be than changed, for these to be read one by one.
const FEW: usize = 8;

/// Objects that were read, in their order, and what became of them.
#[derive(Default)]
pub(crate) struct ReadObjects {
    kinds: Vec<Kind>,
    texts: Vec<Arc<str>>,
    named: Vec<Named>,
    by_uid: ByUid,
    pub(super) became: Became,
}

/// The numbers of objects by their UIDs, as soon as somebody asks for them.
pub(super) type ByUid = OnceLock<HashMap<SmolStr, usize>>;

/// Which text this is, as long as somebody holds it.
fn identity(text: &Arc<str>) -> usize {
    Arc::as_ptr(text).addr()
}

impl ReadObjects {
    /// The objects of a snapshot, with what is known from before.
    pub(super) fn read(snapshot: &Snapshot, how: &How<'_>, before: Self) -> Self {
        match before.changed(snapshot, how) {
            Some(changed) => before.again(snapshot, how, changed),
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
            texts: snapshot.objects.clone(),
            named: named.collect(),
            ..Self::default()
        };
        let objects = Objects {
            texts: &read.texts,
            named: &read.named,
            by_uid: &read.by_uid,
            how,
        };
        read.became = Became::of(snapshot, &objects, &known);
        read
    }

    /// What names the objects now that are others in a snapshot. None where objects came, went or are other things, or most changed.
    fn changed(&self, snapshot: &Snapshot, how: &How<'_>) -> Option<Vec<(usize, Named)>> {
        let texts = &snapshot.objects;
        let is_known = self.became.whole.is_some();
        if !is_known || self.texts.len() != texts.len() || self.kinds != snapshot.kinds {
            return None;
        }
        let pairs = self.texts.iter().zip(texts).enumerate();
        let changed = pairs.filter(|(_, (old, new))| !Arc::ptr_eq(old, new));
        let changed: Vec<usize> = changed.map(|(index, _)| index).collect();
        if changed.len() * FEW > texts.len() {
            return None;
        }
        let changed = changed.into_par_iter().map(|index| {
            let named = how.named(&texts[index]);
            let is_alike = match (&*self.named[index], &*named) {
                (Ok(old), Ok(new)) => old.is_alike(new),
                _ => false,
            };
            is_alike.then_some((index, named))
        });
        changed.collect()
    }

    fn again(mut self, snapshot: &Snapshot, how: &How<'_>, now: Vec<(usize, Named)>) -> Self {
        let mut changed = Changed::new();
        for (index, named) in now {
            self.texts[index] = Arc::clone(&snapshot.objects[index]);
            changed.insert(index, std::mem::replace(&mut self.named[index], named));
        }
        let objects = Objects {
            texts: &self.texts,
            named: &self.named,
            by_uid: &self.by_uid,
            how,
        };
        self.became.follow(snapshot, &objects, &changed);
        self
    }

    /// Which objects have these texts, in their order.
    fn old(&self, texts: &[Arc<str>]) -> Vec<Option<usize>> {
        let is_at = |index: usize, text: &Arc<str>| {
            let known = self.texts.get(index);
            known.is_some_and(|known| Arc::ptr_eq(known, text))
        };
        let mut shift = 0_isize;
        let mut by_text = None;
        let rows = texts.iter().enumerate().map(|(index, text)| {
            let near = index.checked_add_signed(shift);
            if let Some(near) = near.filter(|near| is_at(*near, text)) {
                return Some(near);
            }
            let by_text = by_text.get_or_insert_with(|| self.by_text());
            let found: Option<usize> = by_text.get(&identity(text)).copied();
            if let Some(found) = found {
                // The next ones most likely moved as far.
                shift = found.cast_signed() - index.cast_signed();
            }
            found
        });
        rows.collect()
    }

    fn by_text(&self) -> HashMap<usize, usize> {
        let known = self.texts.iter().enumerate();
        known.map(|(index, text)| (identity(text), index)).collect()
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
        Some(Arc::clone(&self.before.named[self.old(index)?]))
    }
}
