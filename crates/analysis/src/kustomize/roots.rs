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
        let real = |folder: &Path| reader.system.canonical(folder);
        let bases: BTreeMap<PathBuf, Bases> = folders
            .map(|folder| (folder.to_path_buf(), reader.bases(folder)))
            .collect();
        let used: BTreeMap<PathBuf, Vec<PathBuf>> = bases
            .iter()
            .map(|(folder, bases)| {
                let folders = bases.folders.iter().filter_map(|base| real(base).ok());
                (real(folder).unwrap_or_default(), folders.collect())
            })
            .collect();
        let all_used: BTreeSet<&PathBuf> = used.values().flatten().collect();
        let is_used = |folder: &Path| real(folder).is_ok_and(|real| all_used.contains(&real));
        let (unused, mut judged): (Vec<_>, Vec<_>) = bases
            .iter()
            .filter(|(folder, _)| !is_used(folder))
            .map(|(folder, bases)| (folder.clone(), bases))
            .partition(|(_, bases)| bases.is_component);
        let mut reached = BTreeSet::new();
        for (folder, _) in judged.iter().chain(&unused) {
            reach(&used, real(folder).ok(), &mut reached);
        }
        // Where kustomizations use each other in a circle, one of them stands for all.
        for (folder, bases) in bases.iter().filter(|(_, bases)| !bases.is_component) {
            let own = real(folder).ok();
            if own.as_ref().is_some_and(|own| !reached.contains(own)) {
                judged.push((folder.clone(), bases));
                reach(&used, own, &mut reached);
            }
        }
        let folders = |some: Vec<(PathBuf, &Bases)>| {
            let folders = some.into_iter().map(|(folder, _)| folder);
            folders.collect()
        };
        Self {
            judged: folders(judged),
            unused: folders(unused),
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

/// All kustomizations that one builds on, itself included.
fn reach(
    used: &BTreeMap<PathBuf, Vec<PathBuf>>,
    folder: Option<PathBuf>,
    reached: &mut BTreeSet<PathBuf>,
) {
    let mut open: Vec<PathBuf> = folder.into_iter().collect();
    while let Some(folder) = open.pop() {
        let bases = used.get(&folder).cloned();
        if reached.insert(folder) {
            open.extend(bases.unwrap_or_default());
        }
    }
}
