//! What became of each file of Terraform's.

use std::path::Path;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt, HashSet};
use smol_str::SmolStr;
use source::{FileId, FileSystem, Level, Place, Problem, SourceFile, Sources};
use terraform::provider::LOCK_FILE;

use super::known::OfModule;
use super::names::{Role, role};
use super::places::Places;
use super::{Declared, is_block};
use crate::discover::Candidate;
use crate::report::{Input, Status, Unit};

/// What was read, to tell what became of each file.
pub(super) struct Coverage<'a> {
    pub(super) system: &'a dyn FileSystem,
    pub(super) sources: &'a Sources,
    pub(super) places: &'a Places,
    pub(super) modules: &'a [Arc<OfModule>],
    pub(super) variables: &'a [Arc<SourceFile>],
    /// What files gave in each evaluation.
    pub(super) gave: &'a [Arc<Gave>],
    pub(super) problems: &'a [Problem],
}

/// The first problem of each file in which something was lost.
#[derive(Default)]
struct Lost<'a> {
    at: HashMap<FileId, &'a Problem>,
    /// Of files that could not be read.
    of: HashMap<&'a Path, &'a Problem>,
}

impl Coverage<'_> {
    /// A row for each file that was met or read. Of those of one file the last counts.
    pub(super) fn inputs(&self, candidates: &[Arc<Candidate>]) -> Vec<Input> {
        let lost = self.lost();
        let mut rows = self.lock_files();
        rows.extend(candidates.iter().map(|one| self.unread(one, &lost)));
        let counts = self.counts();
        for module in self.modules {
            for file in &module.module.files {
                let count = counts.get(&file.id).copied().unwrap_or_default();
                let declares = module.declaring.contains(&file.id);
                let problem = lost.at.get(&file.id).copied();
                rows.push(read(file, problem, declares, count));
            }
        }
        for file in self.variables {
            let problem = self.lost_in(file, &lost);
            rows.push(read(file, problem, true, 0));
        }
        rows
    }

    fn lost(&self) -> Lost<'_> {
        let mut lost = Lost::default();
        let errors = self
            .problems
            .iter()
            .filter(|problem| problem.level == Level::Error);
        for problem in errors {
            match &problem.place {
                Place::Span(span) => {
                    lost.at.entry(span.file).or_insert(problem);
                }
                Place::Path(path) => {
                    lost.of.entry(path).or_insert(problem);
                }
            }
        }
        lost
    }

    /// A variable file may be read for several roots, each time as another file of the table.
    fn lost_in<'l>(&self, file: &SourceFile, lost: &Lost<'l>) -> Option<&'l Problem> {
        let of_path = |id: &&FileId| self.sources.path(**id) == file.path;
        let found = lost.at.get(&file.id).copied();
        found.or_else(|| {
            let same = lost.at.keys().filter(of_path).min();
            same.and_then(|id| lost.at.get(id).copied())
        })
    }

    /// The row of a file that a walk met, as long as nothing is known to have read it.
    fn unread(&self, candidate: &Candidate, lost: &Lost<'_>) -> Input {
        let path = &candidate.shown;
        let skipped = |reason: String| Input {
            path: path.clone(),
            unit: Unit::File,
            status: Status::Skipped,
            reason: Some(reason),
            resources: 0,
        };
        if let Some(problem) = lost.of.get(path.as_path()) {
            return Input {
                status: Status::Failed,
                ..skipped(problem.message.clone())
            };
        }
        match (&candidate.skip, role(&candidate.path)) {
            (Some(reason), _) => skipped(reason.clone()),
            (None, Some(Role::LeftOut(reason))) => skipped(reason.to_owned()),
            (None, Some(Role::Variables)) => skipped(
                "values for variables that no root module reads by itself; `--var-file` gives them"
                    .to_owned(),
            ),
            (None, _) => {
                skipped("the OpenTofu file of the same name is read in its place".to_owned())
            }
        }
    }

    /// Lock files are hidden from walks.
    fn lock_files(&self) -> Vec<Input> {
        let folders = self.places.modules().into_iter();
        let files = folders.map(|folder| folder.join(LOCK_FILE));
        let there = files.filter(|file| self.system.exists(file));
        there
            .filter_map(|file| match role(&file) {
                Some(Role::LeftOut(reason)) => Some(Input {
                    path: self.places.shown(&file),
                    unit: Unit::File,
                    status: Status::Skipped,
                    reason: Some(reason.to_owned()),
                    resources: 0,
                }),
                _ => None,
            })
            .collect()
    }

    /// The number of resources that each file gave, those of several environments counted once.
    fn counts(&self) -> HashMap<FileId, usize> {
        let mut all: HashMap<FileId, Vec<&Vec<SmolStr>>> = HashMap::new();
        for (file, addresses) in self.gave.iter().flat_map(|gave| gave.iter()) {
            all.entry(*file).or_default().push(addresses);
        }
        let counts = all.into_iter().map(|(file, all)| match &all[..] {
            [one] => (file, one.len()),
            several => {
                let addresses = several.iter().copied().flatten();
                (file, addresses.collect::<HashSet<_>>().len())
            }
        });
        counts.collect()
    }
}

/// The addresses of the resources that files gave.
pub(super) type Gave = HashMap<FileId, Vec<SmolStr>>;

/// What each file gave of these resources.
pub(super) fn gave(resources: &[Arc<Declared>]) -> Gave {
    let mut gave = Gave::new();
    let resources = resources.iter();
    for declared in resources.filter(|declared| !is_block(&declared.resource)) {
        let addresses = gave.entry(declared.file).or_default();
        addresses.push(declared.address.clone());
    }
    for addresses in gave.values_mut() {
        addresses.sort_unstable();
        addresses.dedup();
    }
    gave
}

/// The row of a file that was read.
fn read(file: &SourceFile, lost: Option<&Problem>, declares: bool, resources: usize) -> Input {
    let status = match lost {
        None => Status::Scanned,
        Some(_) if declares => Status::Partial,
        Some(_) => Status::Failed,
    };
    Input {
        path: file.path.clone(),
        unit: Unit::File,
        status,
        reason: lost.map(|problem| problem.message.clone()),
        resources,
    }
}
