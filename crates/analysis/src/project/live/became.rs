//! What became of the objects of a snapshot, and what becomes of it where some of them change.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use foldhash::{HashMap, HashSet};
use graph::RunningImage;
use kubernetes::snapshot::Snapshot;
use rayon::prelude::*;
use source::FileId;

use super::before::Known;
use super::cluster::{cluster, tells_of_cluster};
use super::coverage::Told;
use super::images::{Images, above};
use super::made::{self, Again, Fate, Fates, Making, apart, group, is_over, judged_as};
use super::numbers::{Changed, Happened, Named};
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

    /// Forgets which images some objects run, before any of them comes or goes. Returns the objects that stood above.
    pub(super) fn part(&mut self, objects: &Objects<'_>, some: &HashSet<usize>) -> BTreeSet<usize> {
        let mut stood_above = BTreeSet::new();
        for (number, images) in pods(objects, some) {
            self.images.remove(objects, number, images);
            stood_above.extend(above(objects, number));
        }
        stood_above
    }

    /// Brings it up to date. What does not depend on the objects that something happened to stays. The images of some objects are
    /// counted anew.
    pub(super) fn follow(
        &mut self,
        snapshot: &Snapshot,
        objects: &Objects<'_>,
        happened: &Happened,
        (uncounted, stood_above): (&HashSet<usize>, BTreeSet<usize>),
    ) {
        self.fates.resize(objects.all.count(), None);
        let touched = self.read_again(objects, happened);
        let mut seen: BTreeSet<usize> = touched.keys().copied().collect();
        seen.extend(stood_above);
        seen.extend(self.count_images(objects, &happened.changed, uncounted));
        for (number, images) in pods(objects, uncounted) {
            self.images.add(objects, number, images);
            seen.extend(above(objects, number));
        }
        for index in seen {
            if let Some(Fate::Judged(read)) = &mut self.fates[index] {
                self.images.set(index, read);
            }
        }
        self.find_apart(&touched);
        if !self.told.follow(objects, &self.fates, &touched) {
            self.told = Told::of(snapshot, objects, &self.fates);
        }
        let mut heads = happened.all().map(|index| objects.head(index));
        if heads.any(|head| head.is_some_and(tells_of_cluster)) {
            self.whole = Some(Arc::new(cluster(snapshot, objects)));
        }
    }

    /// Reads the objects that something happened to, and those that are judged by comparing them with these.
    fn read_again(&mut self, objects: &Objects<'_>, happened: &Happened) -> Touched {
        let mut touched = Touched::new();
        for number in &happened.gone {
            touched.insert(*number, self.fates[*number].take());
        }
        let (moved, mut wanted) = self.make_again(objects, happened);
        let fresh: BTreeSet<usize> = happened
            .changed
            .keys()
            .chain(&happened.come)
            .copied()
            .collect();
        let makers = &self.making.makers;
        let alone: Vec<usize> = fresh.union(&moved).copied().collect();
        let alone = alone
            .into_par_iter()
            .filter(|index| makers[*index].is_none());
        let read: Vec<(usize, Fate)> = alone.map(|index| (index, objects.judged(index))).collect();
        wanted.extend(happened.changed.keys().filter_map(|index| makers[*index]));
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
                    let (old, judges_alike) = self.replace(&fresh, index, fate);
                    touched.entry(index).or_insert(old);
                    if !judges_alike {
                        wanted.insert(index);
                    }
                }
            }
        }
        touched
    }

    /// Finds who makes the objects that came, and those whose makers came or went. Returns the objects of which that is another now,
    /// and all these makers that are there.
    fn make_again(
        &mut self,
        objects: &Objects<'_>,
        happened: &Happened,
    ) -> (BTreeSet<usize>, BTreeSet<usize>) {
        let (mut moved, mut makers) = (BTreeSet::new(), BTreeSet::new());
        let gone: BTreeSet<usize> = happened.gone.iter().copied().collect();
        let both = happened.gone.iter().chain(&happened.come);
        let below = both
            .clone()
            .flat_map(|index| objects.all.managed_by(*index));
        let all: BTreeSet<usize> = both.chain(below).copied().collect();
        for index in all {
            let is_there = !gone.contains(&index);
            let Again { old, new } = self.making.set(objects, index, is_there);
            makers.extend([old, new].into_iter().flatten());
            if is_there && old != new {
                moved.insert(index);
            }
        }
        for index in &gone {
            self.making.made.remove(index);
        }
        makers.retain(|maker| !gone.contains(maker));
        (moved, makers)
    }

    /// Says what became of an object that another one makes. Returns what had become of it, and whether what it makes itself is
    /// judged by the same.
    fn replace(
        &mut self,
        fresh: &BTreeSet<usize>,
        index: usize,
        fate: Fate,
    ) -> (Option<Fate>, bool) {
        let judge = |fates: &Fates| (judged_as(fates, index), is_over(fates, index));
        let before = judge(&self.fates);
        let known = self.fates[index].as_ref();
        let known = known.filter(|known| known.judged().is_some() && fate.judged().is_some());
        // The same text gives the same objects.
        let known = known.filter(|_| !fresh.contains(&index));
        let fate = known.cloned().unwrap_or(fate);
        let old = self.fates[index].replace(fate);
        let now = judge(&self.fates);
        (old, now == before && !fresh.contains(&now.0))
    }

    /// Counts the images of pods that changed, but for those that are counted anyway. Returns the objects behind which others run now.
    fn count_images(
        &mut self,
        objects: &Objects<'_>,
        changed: &Changed,
        uncounted: &HashSet<usize>,
    ) -> Vec<usize> {
        let mut seen = Vec::new();
        let changed = changed.iter();
        for (index, old) in changed.filter(|(index, _)| !uncounted.contains(index)) {
            let images =
                |named: &Named| named.as_ref().as_ref().ok().map(|head| head.images.clone());
            let (old, new) = (images(old), images(objects.all.named(*index)));
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

/// Those of some objects that run images, with these.
fn pods<'o>(
    objects: &'o Objects<'_>,
    some: &HashSet<usize>,
) -> Vec<(usize, &'o BTreeSet<RunningImage>)> {
    let heads = some.iter().map(|number| (*number, objects.head(*number)));
    let pods = heads.filter_map(|(number, head)| Some((number, &head?.images)));
    pods.filter(|(_, images)| !images.is_empty()).collect()
}
