//! What became of the files that kustomizations are built from.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use source::{FileSystem, Problem, Span};

use super::Built;
use crate::discover::Candidate;
use crate::problems::lost;
use crate::project::Rendered;
use crate::report::{Input, Status};

/// What the files of kustomizations gave.
pub(super) struct Coverage<'a> {
    system: &'a dyn FileSystem,
    shown: &'a (dyn Fn(&Path) -> PathBuf + Sync),
    /// The real paths of the files that a judged kustomization is built from.
    used: HashSet<PathBuf>,
    /// Those of components that nothing uses.
    unused: HashSet<PathBuf>,
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
            self.status(&shown, resources)
        } else if self.unused.contains(&real) {
            let reason = "part of a component that no kustomization here uses";
            (Status::Skipped, Some(reason.to_owned()))
        } else {
            return None;
        };
        Some(Input {
            path: candidate.shown.clone(),
            status,
            reason,
            resources,
        })
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
