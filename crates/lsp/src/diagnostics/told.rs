//! What was told of files, to be taken again where nothing of it changed.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use analysis::Finding;
use source::Problem;

use super::{OfFile, Telling};
use crate::snapshot::Name;
use crate::types::{Diagnostic, Uri};

/// What was told of files. Ids of files stand for their texts, so that a finding with the same places is told in the same way.
#[derive(Default)]
pub(crate) struct Told {
    by_file: HashMap<PathBuf, Kept>,
    beginnings: u64,
    /// The names of documents that were open.
    uris: HashMap<PathBuf, Uri>,
    round: u64,
}

struct Kept {
    findings: Vec<Arc<Finding>>,
    problems: Vec<Problem>,
    list: Arc<[Diagnostic]>,
    round: u64,
}

impl Told {
    /// Forgets what no longer holds because of more than what is found.
    pub(super) fn begin(&mut self, beginnings: u64, telling: &Telling<'_>) {
        let uri = |(path, name): (&PathBuf, &Name)| (path.clone(), name.uri.clone());
        let uris: HashMap<PathBuf, Uri> = telling.names.iter().map(uri).collect();
        if self.beginnings != beginnings || self.uris != uris {
            self.by_file.clear();
            self.beginnings = beginnings;
            self.uris = uris;
        }
        self.round += 1;
    }

    pub(super) fn of(
        &mut self,
        path: &Path,
        of_file: &OfFile<'_>,
        tell: impl FnOnce() -> Arc<[Diagnostic]>,
    ) -> Arc<[Diagnostic]> {
        let round = self.round;
        if let Some(kept) = self.by_file.get_mut(path)
            && kept.is_of(of_file)
        {
            kept.round = round;
            return Arc::clone(&kept.list);
        }
        let list = tell();
        let kept = Kept {
            findings: of_file.findings.iter().copied().cloned().collect(),
            problems: of_file.problems.iter().copied().cloned().collect(),
            list: Arc::clone(&list),
            round,
        };
        self.by_file.insert(path.to_path_buf(), kept);
        list
    }

    /// Forgets the files of which nothing was told.
    pub(super) fn end(&mut self) {
        let round = self.round;
        self.by_file.retain(|_, kept| kept.round == round);
    }
}

impl Kept {
    /// Whether the same is to be told. What is found again is the same object in memory.
    fn is_of(&self, of_file: &OfFile<'_>) -> bool {
        let pairs = self.findings.iter().zip(&of_file.findings);
        self.findings.len() == of_file.findings.len()
            && self.problems.iter().eq(of_file.problems.iter().copied())
            && of_file.unknown.is_empty()
            && pairs
                .into_iter()
                .all(|(one, other)| Arc::ptr_eq(one, other))
    }
}
