//! Which kustomizations stand for themselves: those that no other one builds on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use kustomize::Bases;

use crate::discover::Candidate;

/// The folders of the kustomizations among the files of a walk.
pub(super) struct Roots {
    /// Those that nothing else builds on.
    pub(super) judged: Vec<PathBuf>,
    /// Components that nothing uses.
    pub(super) unused: Vec<PathBuf>,
}

impl Roots {
    /// The roots among kustomizations, given by their files.
    pub(super) fn of(reader: &kustomize::Reader<'_>, files: &[&Candidate]) -> Self {
        let folders = files.iter().filter_map(|file| file.path.parent());
        let real = |folder: &PathBuf| reader.system.canonical(folder);
        let bases: BTreeMap<PathBuf, Bases> = folders
            .map(|folder| (folder.to_path_buf(), reader.bases(folder)))
            .collect();
        let used = bases.values().flat_map(|bases| &bases.folders);
        let used: BTreeSet<PathBuf> = used.filter_map(|folder| real(folder).ok()).collect();
        let is_used = |folder: &PathBuf| real(folder).is_ok_and(|real| used.contains(&real));
        let (unused, judged): (Vec<_>, Vec<_>) = bases
            .into_iter()
            .filter(|(folder, _)| !is_used(folder))
            .partition(|(_, bases)| bases.is_component);
        let folders = |some: Vec<(PathBuf, Bases)>| some.into_iter().map(|(folder, _)| folder);
        Self {
            judged: folders(judged).collect(),
            unused: folders(unused).collect(),
        }
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &PathBuf> {
        self.judged.iter().chain(&self.unused)
    }
}
