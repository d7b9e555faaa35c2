//! What became of the objects of a snapshot, and what becomes of it where some of them change.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use kubernetes::snapshot::Snapshot;
use rayon::prelude::*;
use source::FileId;

use super::before::{Known, Named};
use super::cluster::{cluster, tells_of_cluster};
use super::coverage::Told;
use super::images::{Images, above};
use super::made::{self, Fate, Fates, Making, apart, group, is_over, judged_as};
use super::object::Objects;
use crate::project::read::Manifests;

/// What became of the objects of a snapshot.
#[derive(Default)]
pub(super) struct Became {
    pub(super) making: Making,
    pub(super) fates: Fates,
    images: Images,
    /// The files of objects that others make and that are judged by themselves, with the files of these.
    pub(super) apart: Arc<HashMap<FileId, FileId>>,
    pub(super) told: Told,
    /// What is known of the cluster as a whole.
    pub(super) whole: Option<Arc<Manifests>>,
}

/// Objects that changed, with what named them before: the same things, but for the images that they run.
pub(super) type Changed = BTreeMap<usize, Named>;

/// Objects that were looked at again, with what had become of them before.
type Touched = BTreeMap<usize, Option<Fate>>;

impl Became {
    pub(super) fn of(snapshot: &Snapshot, objects: &Objects<'_>, known: &Known<'_>) -> Self {
        let making = Making::of(objects);
        let mut fates = made::read(objects, &making, known);
        let images = Images::of(objects);
        for (index, fate) in fates.iter_mut().enumerate() {
            if let Some(Fate::Judged(read)) = fate {
                images.set(index, read);
            }
        }
        let pairs = (0..fates.len()).filter_map(|index| apart(&making, &fates, index));
        Self {
            apart: Arc::new(pairs.collect()),
            told: Told::of(snapshot, objects, &fates),
            whole: Some(Arc::new(cluster(snapshot, objects))),
            making,
            fates,
            images,
        }
    }

    /// Brings it up to date. What does not depend on the objects that changed stays.
    pub(super) fn follow(&mut self, snapshot: &Snapshot, objects: &Objects<'_>, changed: &Changed) {
        let touched = self.read_again(objects, changed);
        let mut seen: BTreeSet<usize> = touched.keys().copied().collect();
        seen.extend(self.count_images(objects, changed));
        for index in seen {
            if let Some(Fate::Judged(read)) = &mut self.fates[index] {
                self.images.set(index, read);
            }
        }
        self.find_apart(&touched);
        if !self.told.follow(objects, &self.fates, &touched) {
            self.told = Told::of(snapshot, objects, &self.fates);
        }
        let mut heads = changed.keys().map(|index| objects.head(*index));
        if heads.any(|head| head.is_some_and(tells_of_cluster)) {
            self.whole = Some(Arc::new(cluster(snapshot, objects)));
        }
    }

    /// Reads the objects that changed, and those that are judged by comparing them with these.
    fn read_again(&mut self, objects: &Objects<'_>, changed: &Changed) -> Touched {
        let mut touched = Touched::new();
        let makers = &self.making.makers;
        let alone = changed.par_iter().map(|(index, _)| *index);
        let alone = alone.filter(|index| makers[*index].is_none());
        let read: Vec<(usize, Fate)> = alone.map(|index| (index, objects.judged(index))).collect();
        let mut wanted: BTreeSet<usize> =
            changed.keys().filter_map(|index| makers[*index]).collect();
        for (index, fate) in read {
            wanted.insert(index);
            touched.insert(index, self.fates[index].replace(fate));
        }
        for is_made in [false, true] {
            let is_now = |maker: &&usize| self.making.makers[**maker].is_some() == is_made;
            let makers: Vec<usize> = wanted.iter().filter(is_now).copied().collect();
            for maker in makers {
                let read = group(objects, &self.fates, maker, self.making.of_maker(maker));
                for (index, fate) in read {
                    let (old, judges_alike) = self.replace(changed, index, fate);
                    touched.insert(index, old);
                    if !judges_alike {
                        wanted.insert(index);
                    }
                }
            }
        }
        touched
    }

    /// Says what became of an object that another one makes. Returns what had become of it, and whether what it makes itself is
    /// judged by the same.
    fn replace(&mut self, changed: &Changed, index: usize, fate: Fate) -> (Option<Fate>, bool) {
        let judge = |fates: &Fates| (judged_as(fates, index), is_over(fates, index));
        let before = judge(&self.fates);
        let known = self.fates[index].as_ref();
        let known = known.filter(|known| known.judged().is_some() && fate.judged().is_some());
        // The same text gives the same objects.
        let known = known.filter(|_| !changed.contains_key(&index));
        let fate = known.cloned().unwrap_or(fate);
        let old = self.fates[index].replace(fate);
        let now = judge(&self.fates);
        (old, now == before && !changed.contains_key(&now.0))
    }

    /// Counts the images of pods that changed. Returns the objects behind which others run now.
    fn count_images(&mut self, objects: &Objects<'_>, changed: &Changed) -> Vec<usize> {
        let mut seen = Vec::new();
        for (index, old) in changed {
            let images =
                |named: &Named| named.as_ref().as_ref().ok().map(|head| head.images.clone());
            let (old, new) = (images(old), images(&objects.named[*index]));
            if let (Some(old), Some(new)) = (old, new)
                && old != new
            {
                self.images.remove(objects, *index, &old);
                self.images.add(objects, *index, &new);
                seen.extend(above(objects, *index));
            }
        }
        seen
    }

    fn find_apart(&mut self, touched: &Touched) {
        let old = touched.values().flatten().filter_map(Fate::judged);
        let old = old.map(|read| read.loaded.file.id);
        let old: Vec<FileId> = old.filter(|file| self.apart.contains_key(file)).collect();
        let new = touched.keys();
        let new = new.filter_map(|index| apart(&self.making, &self.fates, *index));
        let new: Vec<(FileId, FileId)> = new.collect();
        if old.is_empty() && new.is_empty() {
            return;
        }
        let all = Arc::make_mut(&mut self.apart);
        for file in old {
            all.remove(&file);
        }
        all.extend(new);
    }
}
