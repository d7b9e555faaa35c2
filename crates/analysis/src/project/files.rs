//! Reading files of manifests, each once as long as it has the same text.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use source::system::Stamp;
use source::{FileSystem, Limits, ReadError, Sources};

use super::ReadOptions;
use super::read::{Read, read_bytes};
use crate::discover::Candidate;
use crate::options::Progress;

/// What a file gave, or why it could not be read.
pub(super) type Outcome = Result<Read, ReadError>;

/// Files that were read before, in their order.
#[derive(Default)]
pub(crate) struct ReadBefore(Vec<Known>);

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
        let by_path = || {
            let known = before.0.iter();
            let known = known.map(|one| (one.candidate.path.as_path(), one));
            known.collect::<HashMap<&Path, &Known>>()
        };
        let moved = |(index, one): (usize, &Arc<Candidate>)| {
            let known = before.0.get(index);
            !known.is_some_and(|known| Arc::ptr_eq(&known.candidate, one))
        };
        let is_moved = wanted.iter().enumerate().any(moved);
        let by_path = is_moved.then(by_path).unwrap_or_default();
        let read = |(index, candidate): (usize, Arc<Candidate>)| {
            let known = match is_moved {
                true => by_path.get(candidate.path.as_path()).copied(),
                false => before.0.get(index),
            };
            let read = self.read_one(candidate, known);
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
        self.options.kept.keep_files(|| ReadBefore(known.collect()));
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
        read_bytes(bytes, &candidate.shown, self.sources, self.options)
    }
}

/// Whether what a file gave can be kept: plans and snapshots are taken apart by whoever takes them.
fn is_known(outcome: &Outcome) -> bool {
    !matches!(outcome, Ok(Read::Plan(_) | Read::Live(_)))
}
