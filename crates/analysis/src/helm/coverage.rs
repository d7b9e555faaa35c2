//! What became of the files of charts.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use source::{Level, Place, Problem};

use super::charts::{Charts, Part};
use super::{Loaded, Reader};
use crate::discover::Candidate;
use crate::report::{Input, Status};

/// What the files of charts gave.
pub(super) struct Coverage<'a> {
    charts: &'a Charts,
    /// Why charts are left out, by their paths.
    left_out: &'a HashMap<&'a Path, String>,
    /// The number of resources of each file, those of several environments counted once.
    resources: HashMap<PathBuf, usize>,
    /// What is lost of each file: the first error in it.
    lost: HashMap<PathBuf, &'a Problem>,
    /// The files of values that something is rendered with, and the templates that gave something.
    used: HashSet<PathBuf>,
}

impl<'a> Coverage<'a> {
    pub(super) fn of(
        reader: &Reader<'_>,
        charts: &'a Charts,
        left_out: &'a HashMap<&'a Path, String>,
        loaded: &'a Loaded,
    ) -> Self {
        let mut addresses: HashMap<PathBuf, HashSet<&str>> = HashMap::new();
        for declared in &loaded.resources {
            let addresses = addresses.entry(reader.sources.path(declared.file));
            addresses.or_default().insert(&declared.resource.address);
        }
        let mut lost = HashMap::new();
        let errors = loaded.problems.iter();
        for problem in errors.filter(|problem| problem.level == Level::Error) {
            let path = match &problem.place {
                Place::Span(span) => reader.sources.path(span.file),
                Place::Path(path) => path.clone(),
            };
            lost.entry(path).or_insert(problem);
        }
        let counts = addresses.into_iter();
        Self {
            charts,
            left_out,
            resources: counts.map(|(path, all)| (path, all.len())).collect(),
            lost,
            used: loaded
                .files
                .iter()
                .map(|text| text.file.path.clone())
                .collect(),
        }
    }

    /// The row of a file.
    pub(super) fn row(&self, candidate: &Candidate) -> Input {
        let resources = self.resources.get(&candidate.shown).copied();
        let resources = resources.unwrap_or_default();
        let lost = self.lost.get(&candidate.shown);
        let (status, reason) = match (self.skipped(&candidate.path, &candidate.shown), lost) {
            (Some(reason), _) => (Status::Skipped, Some(reason)),
            (None, None) => (Status::Scanned, None),
            (None, Some(problem)) if resources == 0 => {
                (Status::Failed, Some(problem.message.clone()))
            }
            (None, Some(problem)) => (Status::Partial, Some(problem.message.clone())),
        };
        Input {
            path: candidate.shown.clone(),
            status,
            reason,
            resources,
        }
    }

    /// Why a file is left out on purpose.
    fn skipped(&self, path: &Path, shown: &Path) -> Option<String> {
        let (chart, part) = self.charts.part(path)?;
        let unused = matches!(part, Part::Values | Part::TestValues) && !self.used.contains(shown);
        let reason = || "values that nothing in this run is rendered with".to_owned();
        let left_out = self.left_out.get(chart).cloned();
        left_out.or_else(|| unused.then(reason))
    }
}
