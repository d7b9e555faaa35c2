//! Objects that are made as the templates of others say: they are judged there, and apart only where they differ.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;
use source::{FileId, Problem};

use super::before::{Group, GroupFate, Maker};
use super::head::Head;
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

/// Who makes each object, by their numbers, where both were read.
pub(super) fn makers(objects: &Objects<'_>) -> Vec<Option<usize>> {
    let maker = |head: Option<&Head>| {
        let head = head?;
        let owner = head.controller()?;
        let index = objects.with_uid(&owner.uid)?;
        let maker = objects.head(index)?;
        let pair = (head.group_kind(), maker.group_kind());
        (MAKERS.contains(&pair) && maker.is_owner(head, owner)).then_some(index)
    };
    objects.heads().map(|(_, head)| maker(head)).collect()
}

/// What became of an object.
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
    /// What became of an object of a group, wherever that stands.
    fn within(&self, made: &[usize]) -> GroupFate {
        match self {
            Self::Judged(read) => GroupFate::Judged(Arc::clone(read)),
            Self::As(other) => match made.iter().position(|one| one == other) {
                Some(other) => GroupFate::As(other),
                None => GroupFate::AsMaker,
            },
            Self::Over(_) => GroupFate::Over,
            Self::Unread(problem) => GroupFate::Unread(problem.clone()),
        }
    }

    pub(super) fn judged(&self) -> Option<&Manifests> {
        match self {
            Self::Judged(manifests) => Some(manifests),
            Self::As(_) | Self::Over(_) | Self::Unread(_) => None,
        }
    }
}

/// Reads all objects: first what nobody makes, then what is made, so that it can be compared with what makes it.
pub(super) fn read(
    objects: &Objects<'_>,
    makers: &[Option<usize>],
) -> (Vec<Option<Fate>>, Vec<Group>) {
    let first = makers.par_iter().enumerate();
    let first = first.map(|(index, maker)| maker.is_none().then(|| objects.judged(index)));
    let mut fates: Vec<Option<Fate>> = first.collect();
    let mut groups = Vec::new();
    // What makes pods may be made itself, and no more than that.
    for _ in 0..2 {
        let mut of_makers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, maker) in makers.iter().enumerate() {
            let maker = maker.filter(|maker| fates[*maker].is_some() && fates[index].is_none());
            if let Some(maker) = maker {
                of_makers.entry(maker).or_default().push(index);
            }
        }
        let of_makers: Vec<(usize, Vec<usize>)> = of_makers.into_iter().collect();
        let read = of_makers.into_par_iter();
        let read = read.map(|(maker, made)| group(objects, &fates, maker, &made));
        for (group, read) in read.collect::<Vec<_>>() {
            groups.push(group);
            for (index, fate) in read {
                fates[index] = Some(fate);
            }
        }
    }
    (fates, groups)
}

/// What becomes of the objects of one maker: what became of them before, if all are what they were.
fn group(
    objects: &Objects<'_>,
    fates: &[Option<Fate>],
    maker: usize,
    made: &[usize],
) -> (Group, Vec<(usize, Fate)>) {
    let judged = judged_as(fates, maker);
    let own = Maker {
        text: Arc::clone(objects.text(maker)),
        judged: Arc::clone(objects.text(judged)),
        is_over: matches!(fates[maker], Some(Fate::Over(_))),
    };
    let texts: Vec<Arc<str>> = made
        .iter()
        .map(|one| Arc::clone(objects.text(*one)))
        .collect();
    if let Some(known) = objects.group(&own, &texts) {
        let fates = made.iter().zip(&known.fates);
        let fates = fates.map(|(index, fate)| (*index, fate.at(judged, made)));
        return (known.clone(), fates.collect());
    }
    let read = of_maker(objects, fates, maker, made);
    let group = Group {
        maker: own,
        texts,
        fates: read.iter().map(|(_, fate)| fate.within(made)).collect(),
    };
    (group, read)
}

/// In which object a maker is judged.
fn judged_as(fates: &[Option<Fate>], maker: usize) -> usize {
    match &fates[maker] {
        Some(Fate::As(judged) | Fate::Over(judged)) => *judged,
        _ => maker,
    }
}

impl GroupFate {
    /// What became of an object, where the group stands.
    fn at(&self, judged: usize, made: &[usize]) -> Fate {
        match self {
            Self::Judged(read) => Fate::Judged(Arc::clone(read)),
            Self::AsMaker => Fate::As(judged),
            Self::As(other) => Fate::As(made[*other]),
            Self::Over => Fate::Over(judged),
            Self::Unread(problem) => Fate::Unread(problem.clone()),
        }
    }
}

/// What becomes of the objects of one maker.
fn of_maker(
    objects: &Objects<'_>,
    fates: &[Option<Fate>],
    maker: usize,
    made: &[usize],
) -> Vec<(usize, Fate)> {
    let judged = judged_as(fates, maker);
    let first = fates[judged].as_ref().and_then(Fate::judged);
    let mut read: Vec<(usize, Fate)> = Vec::with_capacity(made.len());
    for index in made {
        let fate = match objects.value(*index) {
            Ok((head, value)) => {
                let made = Made {
                    head,
                    value: &value,
                };
                let apart = read
                    .iter()
                    .filter_map(|(index, fate)| Some((*index, fate.judged()?)));
                let known = first.map(|first| (judged, first)).into_iter().chain(apart);
                let same = known.take(VARIANTS).find(|(_, known)| made.is_as(known));
                match same {
                    Some((same, _)) => Fate::As(same),
                    None if made.is_over(fates[maker].as_ref()) => Fate::Over(judged),
                    None => objects.read(*index, head, value),
                }
            }
            Err(problem) => Fate::Unread(problem),
        };
        read.push((*index, fate));
    }
    read
}

/// The files of objects that are made by others and judged by themselves, with the files of these.
pub(super) fn apart(makers: &[Option<usize>], fates: &[Option<Fate>]) -> HashMap<FileId, FileId> {
    let file = |fate: &Option<Fate>| {
        let judged = fate.as_ref()?.judged()?;
        Some(judged.loaded.file.id)
    };
    let pairs = fates.iter().zip(makers).filter_map(|(fate, maker)| {
        let maker = match fates[(*maker)?].as_ref()? {
            Fate::As(other) | Fate::Over(other) => *other,
            Fate::Judged(_) | Fate::Unread(_) => (*maker)?,
        };
        Some((file(fate)?, file(&fates[maker])?))
    });
    pairs.collect()
}
