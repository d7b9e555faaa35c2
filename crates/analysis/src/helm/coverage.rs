//! What became of the files of charts.

use std::collections::HashMap;

use source::{FileId, Level, Place, Problem};

use super::{Loaded, Reader};
use crate::discover::Candidate;
use crate::report::{Input, Status};

impl Reader<'_> {
    /// A row for each file of a chart.
    pub(super) fn inputs(&self, own: &[Candidate], loaded: &Loaded) -> Vec<Input> {
        let mut counts: HashMap<FileId, std::collections::HashSet<&str>> = HashMap::new();
        for declared in &loaded.resources {
            let addresses = counts.entry(declared.file).or_default();
            addresses.insert(&declared.resource.address);
        }
        let mut resources: HashMap<std::path::PathBuf, usize> = HashMap::new();
        for (file, addresses) in counts {
            *resources.entry(self.sources.path(file)).or_default() += addresses.len();
        }
        let row = |candidate: &Candidate| {
            let count = resources.get(&candidate.shown).copied().unwrap_or_default();
            self.row(candidate, count, &loaded.problems)
        };
        own.iter().map(row).collect()
    }

    fn row(&self, candidate: &Candidate, resources: usize, problems: &[Problem]) -> Input {
        let is_lost = |problem: &&Problem| {
            problem.level == Level::Error
                && match &problem.place {
                    Place::Span(span) => self.sources.path(span.file) == candidate.shown,
                    Place::Path(path) => *path == candidate.shown,
                }
        };
        let lost = problems.iter().find(is_lost);
        let status = match lost {
            None => Status::Scanned,
            Some(_) if resources == 0 => Status::Failed,
            Some(_) => Status::Partial,
        };
        Input {
            path: candidate.shown.clone(),
            status,
            reason: lost.map(|problem| problem.message.clone()),
            resources,
        }
    }
}
