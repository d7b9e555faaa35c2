//! Following applications: what one deploys may hold further ones.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use source::{FileSystem, Level, Problem};

use crate::discover::Candidate;
use crate::gitops::{Deployments, Finder, Object, is_same};
use crate::helm;
use crate::shown::Shown;

/// The most applications that deploy each other in a row.
const DEEPEST: usize = 8;

/// Renders what applications deploy, until nothing that is rendered holds further ones.
pub(super) fn follow(
    finder: &Finder<'_>,
    known: &[Object],
    charts: &mut helm::Loading<'_>,
) -> Deployments {
    let mut objects = known.to_vec();
    for _ in 0..DEEPEST {
        let found = finder.find(&objects);
        charts.deploy(&found.all);
        let rendered = finder.objects(charts.resources(), false);
        let all: Vec<Object> = known.iter().cloned().chain(rendered).collect();
        if is_same(&all, &objects) {
            return found;
        }
        objects = all;
    }
    let mut found = finder.find(&objects);
    charts.deploy(&found.all);
    if let Some(object) = objects.last() {
        let message =
            format!("applications deploy each other more than {DEEPEST} deep, or without an end");
        let span = object.resource.span();
        let problem = Problem::at(Level::Error, "application-depth", message, span);
        found.problems.push(problem);
    }
    found
}

/// The folders of the files of a walk.
pub(super) struct Walked(Vec<Candidate>);

impl Walked {
    pub(super) fn of(candidates: &[Candidate]) -> Self {
        let mut folders: BTreeMap<Option<&Path>, &Candidate> = BTreeMap::new();
        for candidate in candidates {
            folders.entry(candidate.path.parent()).or_insert(candidate);
        }
        Self(folders.into_values().cloned().collect())
    }

    /// How paths are shown.
    pub(super) fn shown(&self, system: &dyn FileSystem, directory: &Path) -> Shown {
        Shown::of(system, directory, &self.0)
    }

    /// The folders outside of which nothing is read.
    pub(super) fn boundaries(&self) -> Vec<PathBuf> {
        let boundaries: BTreeSet<&Path> = self.0.iter().map(|one| one.boundary.as_ref()).collect();
        boundaries.into_iter().map(Path::to_path_buf).collect()
    }
}
