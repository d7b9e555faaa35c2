//! Objects that are made as the templates of others say: they are judged there, and apart only where they differ.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use source::{FileId, Problem};

use super::before::Known;
use super::object::Objects;
use super::template::Made;
use crate::project::read::Manifests;

/// A group and a kind.
type GroupKind = (&'static str, &'static str);

/// Which kinds are made by which.
///
/// Source: <https://kubernetes.io/docs/concepts/architecture/garbage-collection/#owners-dependents>
const MAKERS: [(GroupKind, GroupKind); 9] = [
    (("", "Pod"), ("apps", "ReplicaSet")),
    (("", "Pod"), ("apps", "StatefulSet")),
    (("", "Pod"), ("apps", "DaemonSet")),
    (("", "Pod"), ("batch", "Job")),
    (("", "Pod"), ("", "ReplicationController")),
    (("apps", "ReplicaSet"), ("apps", "Deployment")),
    (("apps", "ReplicaSet"), ("argoproj.io", "Rollout")),
    (("batch", "Job"), ("batch", "CronJob")),
    (
        ("", "ReplicationController"),
        ("apps.openshift.io", "DeploymentConfig"),
    ),
];

/// To how many objects of one maker each further one is compared.
const VARIANTS: usize = 16;

/// What became of an object.
#[derive(Clone)]
pub(super) enum Fate {
    /// It is judged by itself.
    Judged(Arc<Manifests>),
    /// It is judged where this object is.
    As(usize),
    /// It is an earlier state of this object, of which nothing runs.
    Over(usize),
    /// It can't be read.
    Unread(Problem),
}

impl Fate {
    pub(super) fn judged(&self) -> Option<&Arc<Manifests>> {
        match self {
            Self::Judged(manifests) => Some(manifests),
            Self::As(_) | Self::Over(_) | Self::Unread(_) => None,
        }
    }
}

/// What became of objects, by their numbers.
pub(super) type Fates = Vec<Option<Fate>>;

/// Who makes what.
#[derive(Default)]
pub(super) struct Making {
    /// Who makes each object, by their numbers, where both were read.
    pub(super) makers: Vec<Option<usize>>,
    /// What each of these makes.
    pub(super) made: BTreeMap<usize, Vec<usize>>,
}

impl Making {
    pub(super) fn of(objects: &Objects<'_>) -> Self {
        let mut making = Self {
            makers: vec![None; objects.all.count()],
            made: BTreeMap::new(),
        };
        for (number, _) in objects.heads() {
            if let Some(maker) = maker(objects, number) {
                making.makers[number] = Some(maker);
                making.made.entry(maker).or_default().push(number);
            }
        }
        making
    }

    /// Says again who makes an object, which may be gone. Returns who made it before and who does now, where these differ.
    pub(super) fn set(&mut self, objects: &Objects<'_>, number: usize, is_there: bool) -> Again {
        self.makers.resize(objects.all.count(), None);
        let old = self.makers[number];
        let new = is_there.then(|| maker(objects, number)).flatten();
        self.makers[number] = new;
        if old == new {
            return Again::default();
        }
        if let Some(made) = old.and_then(|old| self.made.get_mut(&old)) {
            made.retain(|one| *one != number);
        }
        if let Some(new) = new {
            let made = self.made.entry(new).or_default();
            let place = |number: usize| objects.all.place(number);
            let at = made.partition_point(|one| place(*one) < place(number));
            made.insert(at, number);
        }
        Again { old, new }
    }

    /// What an object makes.
    pub(super) fn of_maker(&self, maker: usize) -> &[usize] {
        self.made.get(&maker).map_or(&[], Vec::as_slice)
    }
}

/// Who made an object, and who makes it now.
#[derive(Clone, Copy, Default)]
pub(super) struct Again {
    pub(super) old: Option<usize>,
    pub(super) new: Option<usize>,
}

/// Who makes an object.
fn maker(objects: &Objects<'_>, number: usize) -> Option<usize> {
    let head = objects.head(number)?;
    let owner = head.controller()?;
    let index = objects.with_uid(&owner.uid)?;
    let maker = objects.head(index)?;
    let pair = (head.group_kind(), maker.group_kind());
    (MAKERS.contains(&pair) && maker.is_owner(head, owner)).then_some(index)
}

/// Reads all objects: first what nobody makes, then what is made, so that it can be compared with what makes it.
pub(super) fn read(objects: &Objects<'_>, making: &Making, known: &Known<'_>) -> Fates {
    let first = making.makers.par_iter().enumerate();
    let judged = |index| known.judged(index).unwrap_or_else(|| objects.judged(index));
    let first = first.map(|(index, maker)| maker.is_none().then(|| judged(index)));
    let mut fates: Fates = first.collect();
    // What makes pods may be made itself, and no more than that.
    for is_made in [false, true] {
        let makers = making.made.par_iter();
        let makers = makers.filter(|(maker, _)| making.makers[**maker].is_some() == is_made);
        let read = makers.map(|(maker, made)| {
            let again = known.group(&fates, *maker, made);
            again.unwrap_or_else(|| group(objects, &fates, *maker, made))
        });
        for (index, fate) in read.flatten_iter().collect::<Vec<_>>() {
            fates[index] = Some(fate);
        }
    }
    fates
}

/// In which object a maker is judged.
pub(super) fn judged_as(fates: &[Option<Fate>], maker: usize) -> usize {
    match &fates[maker] {
        Some(Fate::As(judged) | Fate::Over(judged)) => *judged,
        _ => maker,
    }
}

/// Whether nothing of an object runs.
pub(super) fn is_over(fates: &[Option<Fate>], index: usize) -> bool {
    matches!(fates[index], Some(Fate::Over(_)))
}

impl Known<'_> {
    /// What became of an object that is judged by itself.
    fn judged(&self, index: usize) -> Option<Fate> {
        let known = self.before.became.fates[self.old(index)?].as_ref()?;
        known.judged().map(|_| known.clone())
    }

    /// What became of the objects of one maker, where all of them and that by which it is judged are what they were.
    fn group(&self, fates: &Fates, maker: usize, made: &[usize]) -> Option<Vec<(usize, Fate)>> {
        let before = &self.before.became;
        let old_maker = self.old(maker)?;
        let old_made = before.making.of_maker(old_maker);
        let (judged, old_judged) = (judged_as(fates, maker), judged_as(&before.fates, old_maker));
        let mut pairs = made.iter().zip(old_made);
        let is_same = made.len() == old_made.len()
            && self.old(judged) == Some(old_judged)
            && is_over(fates, maker) == is_over(&before.fates, old_maker)
            && pairs.all(|(new, old)| self.old(*new) == Some(*old));
        let renumbered = |old: usize| match old == old_judged {
            true => Some(judged),
            false => Some(made[old_made.iter().position(|one| *one == old)?]),
        };
        let fate = |(new, old): (&usize, &usize)| {
            let fate = match before.fates[*old].as_ref()? {
                Fate::As(other) => Fate::As(renumbered(*other)?),
                Fate::Over(_) => Fate::Over(judged),
                fate => fate.clone(),
            };
            Some((*new, fate))
        };
        let pairs = made.iter().zip(old_made);
        is_same.then(|| pairs.map(fate).collect())?
    }
}

/// What becomes of the objects of one maker.
pub(super) fn group(
    objects: &Objects<'_>,
    fates: &Fates,
    maker: usize,
    made: &[usize],
) -> Vec<(usize, Fate)> {
    let judged = judged_as(fates, maker);
    let first = fates[judged].as_ref().and_then(Fate::judged);
    let mut read: Vec<(usize, Fate)> = Vec::with_capacity(made.len());
    for index in made {
        let fate = match objects.whole(*index) {
            Ok((head, whole)) => {
                let made = Made {
                    head,
                    value: &whole.value,
                };
                let apart = read
                    .iter()
                    .filter_map(|(index, fate)| Some((*index, fate.judged()?)));
                let known = first.map(|first| (judged, first)).into_iter().chain(apart);
                let same = known.take(VARIANTS).find(|(_, known)| made.is_as(known));
                match same {
                    Some((same, _)) => Fate::As(same),
                    None if made.is_over(fates[maker].as_ref()) => Fate::Over(judged),
                    None => objects.read(head, whole),
                }
            }
            Err(problem) => Fate::Unread(problem),
        };
        read.push((*index, fate));
    }
    read
}

/// The file of an object that is made by another and judged by itself, with the file of that.
pub(super) fn apart(making: &Making, fates: &Fates, index: usize) -> Option<(FileId, FileId)> {
    let file = |index: usize| {
        let judged = fates[index].as_ref()?.judged()?;
        Some(judged.loaded.file.id)
    };
    let maker = making.makers[index]?;
    Some((file(index)?, file(judged_as(fates, maker))?))
}
