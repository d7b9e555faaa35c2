//! Which kustomizations stand for themselves: those that no other one builds on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use kustomize::Bases;

use crate::discover::Candidate;
use crate::gitops::Deployment;

/// A folder that is built, and the application that deploys it.
pub(super) type Job<'a> = (&'a Path, Option<&'a Deployment>);

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

    /// What is built to be judged: what applications deploy, and each root that none deploys.
    pub(super) fn jobs<'a>(
        &'a self,
        reader: &kustomize::Reader<'_>,
        deployments: &'a [Deployment],
    ) -> Vec<Job<'a>> {
        let counting = deployments.iter().filter(|one| !one.is_demonstration);
        let deployed: BTreeSet<&PathBuf> = counting.map(|one| &one.folder).collect();
        let real = |folder: &PathBuf| reader.system.canonical(folder);
        let is_deployed =
            |folder: &PathBuf| real(folder).is_ok_and(|real| deployed.contains(&real));
        let alone = self.judged.iter().filter(|folder| !is_deployed(folder));
        let alone = alone.map(|folder| (folder.as_path(), None));
        let deployed = deployments
            .iter()
            .map(|one| (one.folder.as_path(), Some(one)));
        alone.chain(deployed).collect()
    }
}
