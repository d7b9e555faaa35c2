//! What became of the files that kustomizations are built from.

use std::path::{Path, PathBuf};

use foldhash::{HashMap, HashMapExt, HashSet};
use source::{FileSystem, Problem, Span};

use super::Built;
use crate::discover::Candidate;
use crate::gitops::judged_through;
use crate::problems::lost;
use crate::project::Rendered;
use crate::report::{Input, Status, Unit};

/// What the files of kustomizations gave.
pub(super) struct Coverage<'a> {
    system: &'a dyn FileSystem,
    shown: &'a (dyn Fn(&Path) -> PathBuf + Sync),
    /// The real paths of the files that a judged kustomization is built from.
    used: HashSet<PathBuf>,
    /// Those of components that nothing uses.
    unused: HashSet<PathBuf>,
    /// How many applications deploy the kustomizations of files that are judged as they do.
    deployed: HashMap<PathBuf, usize>,
    /// The number of resources of each file, those of several environments counted once.
    resources: HashMap<PathBuf, usize>,
    /// What is lost of each file: the first error in it.
    lost: HashMap<PathBuf, &'a Problem>,
}

impl<'a> Coverage<'a> {
    pub(super) fn of(
        reader: &kustomize::Reader<'a>,
        (judged, unused): (&[Built], &[Built]),
        loaded: &'a Rendered,
    ) -> Self {
        let mut places: HashMap<PathBuf, HashSet<Span>> = HashMap::new();
        for declared in &loaded.resources {
            let places = places.entry(reader.sources.path(declared.file));
            places.or_default().insert(declared.resource.span());
        }
        let counts = places.into_iter();
        let files = |built: &[Built]| -> HashSet<PathBuf> {
            let used = built.iter().flat_map(|built| &built.build.used);
            used.map(|used| used.path.clone()).collect()
        };
        Self {
            system: reader.system,
            shown: reader.shown,
            used: files(judged),
            deployed: deployed(reader, judged),
            unused: files(unused),
            resources: counts.map(|(path, all)| (path, all.len())).collect(),
            lost: lost(&loaded.problems, reader.sources),
        }
    }

    /// The row of a file; none of one that no kustomization has a use for.
    pub(super) fn row(&self, candidate: &Candidate) -> Option<Input> {
        if candidate.skip.is_some() {
            return None;
        }
        let real = self.system.canonical(&candidate.path).ok()?;
        // What is read through links has its problems and resources under its real name.
        let shown = (self.shown)(&real);
        let resources = self.resources.get(&shown).copied();
        let resources = resources.unwrap_or_default();
        let (status, reason) = if self.used.contains(&real) {
            let (status, reason) = self.status(&shown, resources);
            (status, reason.or_else(|| self.judged_through(&real)))
        } else if self.unused.contains(&real) {
            let reason = "part of a component that no kustomization here uses";
            (Status::Skipped, Some(reason.to_owned()))
        } else {
            return None;
        };
        Some(Input {
            path: candidate.shown.clone(),
            unit: Unit::File,
            status,
            reason,
            resources,
        })
    }

    /// Through what a kustomization is judged that is not judged by itself, told at its file.
    fn judged_through(&self, real: &Path) -> Option<String> {
        let folder = super::is_kustomization(real).then(|| real.parent())??;
        Some(judged_through(*self.deployed.get(folder)?))
    }

    fn status(&self, shown: &Path, resources: usize) -> (Status, Option<String>) {
        match self.lost.get(shown) {
            None => (Status::Scanned, None),
            Some(problem) if resources > 0 || super::is_kustomization(shown) => {
                (Status::Partial, Some(problem.message.clone()))
            }
            Some(problem) => (Status::Failed, Some(problem.message.clone())),
        }
    }
}

/// How many applications deploy each folder that is not judged by itself.
fn deployed(reader: &kustomize::Reader<'_>, judged: &[Built]) -> HashMap<PathBuf, usize> {
    let mut deployed = HashMap::new();
    for by in judged.iter().filter_map(|built| built.by.as_ref()) {
        *deployed.entry(by.folder.clone()).or_insert(0) += 1;
    }
    let real = |built: &Built| reader.system.canonical(&built.folder).ok();
    let alone = judged.iter().filter(|built| built.by.is_none());
    for folder in alone.filter_map(real) {
        deployed.remove(&folder);
    }
    deployed
}
