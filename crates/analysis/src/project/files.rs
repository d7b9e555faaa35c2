//! Reading files of manifests, each once as long as it has the same text.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use foldhash::{HashMap, HashSet};
use rayon::prelude::*;
use source::system::{Moment, Stamp};
use source::{FileSystem, Limits, ReadError, Sources};

use super::ReadOptions;
use super::read::{Origin, Read, read_bytes};
use crate::discover::Candidate;
use crate::options::Progress;

/// What a file gave, or why it could not be read.
pub(super) type Outcome = Result<Read, ReadError>;

/// Files that were read before, in their order.
#[derive(Default)]
pub(crate) struct ReadBefore {
    files: Vec<Known>,
    /// When they had these texts.
    moment: Option<Moment>,
}

struct Known {
    candidate: Arc<Candidate>,
    /// What stands for its text.
    stamp: Stamp,
    outcome: Arc<Outcome>,
}

/// Files to read, and with what.
pub(super) struct Files<'a> {
    pub(super) system: &'a dyn FileSystem,
    pub(super) sources: &'a Sources,
    pub(super) options: &'a ReadOptions,
    pub(super) progress: &'a dyn Progress,
}

impl Files<'_> {
    /// Reads files, or takes what they gave before where their texts are the same.
    pub(super) fn read(&self, wanted: Vec<Arc<Candidate>>) -> Vec<(Arc<Candidate>, Arc<Outcome>)> {
        let before = self.options.kept.take_files();
        // In this order: a file that changes between the two is one that changed.
        let moment = self.system.moment();
        let lookup = Lookup::new(&before, self.system, &wanted);
        let read = |(index, candidate): (usize, Arc<Candidate>)| {
            let known = lookup.known(index, &candidate);
            let read = match known.filter(|known| lookup.is_same(known)) {
                Some(known) => (Some(known.stamp), candidate, Arc::clone(&known.outcome)),
                None => self.read_one(candidate, known),
            };
            self.progress.step();
            read
        };
        let read: Vec<(Option<Stamp>, Arc<Candidate>, Arc<Outcome>)> =
            wanted.into_par_iter().enumerate().map(read).collect();
        let known = read.iter();
        let known = known.filter(|(.., outcome)| is_known(outcome));
        let known = known.filter_map(|(stamp, candidate, outcome)| {
            Some(Known {
                candidate: Arc::clone(candidate),
                stamp: (*stamp)?,
                outcome: Arc::clone(outcome),
            })
        });
        self.options.kept.keep_files(|| ReadBefore {
            files: known.collect(),
            moment,
        });
        let read = read.into_iter();
        read.map(|(_, candidate, outcome)| (candidate, outcome))
            .collect()
    }

    fn read_one(
        &self,
        candidate: Arc<Candidate>,
        known: Option<&Known>,
    ) -> (Option<Stamp>, Arc<Candidate>, Arc<Outcome>) {
        // In this order: a file that changes between the two is one that changed.
        let stamp = self.system.stamp(&candidate.path);
        let is_same = |known: &&Known| stamp == Some(known.stamp);
        let outcome = match known.filter(is_same) {
            Some(known) => Arc::clone(&known.outcome),
            None => Arc::new(self.read_bytes(&candidate)),
        };
        (stamp, candidate, outcome)
    }

    fn read_bytes(&self, candidate: &Candidate) -> Outcome {
        let bytes = self.system.read(&candidate.path, Limits::default())?;
        let origin = match candidate.named {
            true => Origin::Named,
            false => Origin::Found,
        };
        let shown = (candidate.shown.as_path(), origin);
        read_bytes(bytes, shown, self.sources, self.options)
    }
}

/// Files that were read before, beside those to be read.
struct Lookup<'a> {
    before: &'a ReadBefore,
    /// By path, where they are not the same files in the same order.
    by_path: Option<HashMap<&'a Path, &'a Known>>,
    /// The files that changed since, where that is told.
    changed: Option<HashSet<PathBuf>>,
}

impl<'a> Lookup<'a> {
    fn new(before: &'a ReadBefore, system: &dyn FileSystem, wanted: &[Arc<Candidate>]) -> Self {
        let by_path = || {
            let known = before.files.iter();
            let known = known.map(|one| (one.candidate.path.as_path(), one));
            known.collect::<HashMap<&Path, &Known>>()
        };
        let moved = |(index, one): (usize, &Arc<Candidate>)| {
            let known = before.files.get(index);
            !known.is_some_and(|known| Arc::ptr_eq(&known.candidate, one))
        };
        let changed = before
            .moment
            .and_then(|moment| system.changed_since(moment));
        Self {
            before,
            by_path: wanted.iter().enumerate().any(moved).then(by_path),
            changed: changed.map(|paths| paths.into_iter().collect()),
        }
    }

    fn known(&self, index: usize, candidate: &Candidate) -> Option<&'a Known> {
        match &self.by_path {
            Some(by_path) => by_path.get(candidate.path.as_path()).copied(),
            None => self.before.files.get(index),
        }
    }

    /// Whether a file is told to have the text that it had.
    fn is_same(&self, known: &Known) -> bool {
        let changed = self.changed.as_ref();
        changed.is_some_and(|changed| !changed.contains(&known.candidate.path))
    }
}

/// Whether what a file gave can be kept: plans and snapshots are taken apart by whoever takes them.
fn is_known(outcome: &Outcome) -> bool {
    !matches!(outcome, Ok(Read::Plan(_) | Read::Live(_)))
}
