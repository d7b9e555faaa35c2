//! What became of the files of charts.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use foldhash::{HashMap, HashMapExt, HashSet};
use source::{FileId, Problem};

use super::charts::{CHART_FILE, Part, is_archive};
use super::{Own, Reader, is_chart};
use crate::problems::lost;
use crate::project::Rendered;
use crate::report::{Input, Status, Unit};
use crate::terraform::role;

/// What the files of charts gave.
pub(super) struct Coverage<'a> {
    /// Why charts are left out, by their paths.
    left_out: &'a HashMap<&'a Path, String>,
    /// Through what charts are judged that are not judged by themselves.
    installed: &'a HashMap<&'a Path, String>,
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
        (left_out, installed): (&'a HashMap<&'a Path, String>, &'a HashMap<&'a Path, String>),
        loaded: &[&'a Rendered],
    ) -> Self {
        let mut of_files: HashMap<FileId, HashSet<&str>> = HashMap::new();
        let objects = loaded.iter().flat_map(|loaded| &loaded.resources);
        for declared in objects.filter(|one| !is_chart(&one.resource)) {
            let addresses = of_files.entry(declared.file).or_default();
            addresses.insert(&declared.resource.address);
        }
        let mut addresses: HashMap<PathBuf, HashSet<&str>> = HashMap::new();
        for (file, of_file) in of_files {
            let addresses = addresses.entry(reader.sources.path(file)).or_default();
            addresses.extend(of_file);
        }
        let counts = addresses.into_iter();
        Self {
            left_out,
            installed,
            resources: counts.map(|(path, all)| (path, all.len())).collect(),
            lost: loaded
                .iter()
                .flat_map(|loaded| lost(&loaded.problems, reader.sources))
                .collect(),
            used: loaded
                .iter()
                .flat_map(|loaded| &loaded.files)
                .map(|text| text.file.path.clone())
                .collect(),
        }
    }

    /// A row for each file that a walk met, and for each other one that gave something.
    pub(super) fn rows(&self, own: &[Own]) -> Vec<Input> {
        let mut rows: Vec<Input> = own.iter().map(|one| self.row(one)).collect();
        let met: HashSet<&Path> = own.iter().map(|one| one.file.shown.as_path()).collect();
        let others = self.resources.keys().chain(&self.used);
        // What stands in the configuration is told there.
        let others = others.filter(|path| !met.contains(path.as_path()) && role(path).is_none());
        let others: BTreeSet<&PathBuf> = others.collect();
        rows.extend(others.into_iter().map(|path| {
            let lost = self.lost.get(path);
            Input {
                path: path.clone(),
                unit: Unit::File,
                status: lost.map_or(Status::Scanned, |_| Status::Partial),
                reason: lost.map(|problem| problem.message.clone()),
                resources: self.resources.get(path).copied().unwrap_or_default(),
            }
        }));
        rows
    }

    /// The row of a file.
    fn row(&self, own: &Own) -> Input {
        let candidate = &own.file;
        let shown = &candidate.shown;
        let (resources, lost) = self.gave(shown);
        let (status, reason) = match (lost, self.skipped(own)) {
            (Some(problem), _) if resources == 0 => (Status::Failed, Some(problem.message.clone())),
            (Some(problem), _) => (Status::Partial, Some(problem.message.clone())),
            (None, Some(reason)) => (Status::Skipped, Some(reason)),
            (None, None) => (Status::Scanned, self.judged_through(&candidate.path)),
        };
        Input {
            path: shown.clone(),
            unit: Unit::File,
            status,
            reason,
            resources,
        }
    }

    /// The number of resources of a file, and the first error in it. The files of an archive have no rows of their own.
    fn gave(&self, shown: &Path) -> (usize, Option<&Problem>) {
        if !is_archive(shown) {
            let count = self.resources.get(shown).copied();
            return (count.unwrap_or_default(), self.lost.get(shown).copied());
        }
        let counts = self.resources.iter();
        let counts = counts.filter(|(path, _)| path.starts_with(shown));
        let lost = self.lost.iter();
        let lost = lost.filter(|(path, _)| path.starts_with(shown));
        let lost = lost.min_by_key(|(path, _)| *path);
        let count = counts.map(|(_, count)| count).sum();
        (count, lost.map(|(_, problem)| *problem))
    }

    /// Through what a chart is judged where that is not by itself, told at the file that makes it one.
    fn judged_through(&self, path: &Path) -> Option<String> {
        let chart = match path.ends_with(CHART_FILE) {
            true => path.parent()?,
            false => path,
        };
        self.installed.get(chart).cloned()
    }

    /// Why a file is left out on purpose.
    fn skipped(&self, own: &Own) -> Option<String> {
        let is_values = matches!(own.part, Part::Values | Part::TestValues);
        let unused = is_values && !self.used.contains(&own.file.shown);
        let reason = || "values that nothing in this run is rendered with".to_owned();
        let left_out = self.left_out.get(own.chart.as_path()).cloned();
        left_out.or_else(|| unused.then(reason))
    }
}
