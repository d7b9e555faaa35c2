//! What was told of files, to be taken again where nothing of it changed.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hash, Hasher, RandomState};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use analysis::Finding;
use source::{Place, Problem};

use super::{OfFile, Telling};
use crate::snapshot::Name;
use crate::types::{Diagnostic, Uri};

/// What was told of files. Ids of files stand for their texts, so that a finding with the same places is told in the same way.
#[derive(Default)]
pub(crate) struct Told {
    by_file: HashMap<PathBuf, Kept>,
    state: RandomState,
    beginnings: u64,
    /// The names of documents that were open.
    uris: HashMap<PathBuf, Uri>,
    round: u64,
}

struct Kept {
    hash: u64,
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
        let hash = hash(&self.state, of_file);
        if let Some(kept) = self.by_file.get_mut(path)
            && kept.hash == hash
            && of_file.unknown.is_empty()
        {
            kept.round = round;
            return Arc::clone(&kept.list);
        }
        let list = tell();
        let kept = Kept {
            hash,
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

/// A hash of all that diagnostics are made of.
fn hash(state: &RandomState, of_file: &OfFile<'_>) -> u64 {
    let mut hasher = state.build_hasher();
    for finding in &of_file.findings {
        hash_finding(finding, &mut hasher);
    }
    for problem in &of_file.problems {
        hash_problem(problem, &mut hasher);
    }
    hasher.finish()
}

fn hash_finding(finding: &Finding, hasher: &mut impl Hasher) {
    finding.check.id.hash(hasher);
    finding.fingerprint.hash(hasher);
    finding.span.hash(hasher);
    finding.message.hash(hasher);
    finding.environments.hash(hasher);
    (finding.severity as u8).hash(hasher);
    for related in &finding.related {
        related.span.hash(hasher);
        related.message.hash(hasher);
    }
}

fn hash_problem(problem: &Problem, hasher: &mut impl Hasher) {
    problem.code.hash(hasher);
    problem.level.hash(hasher);
    problem.message.hash(hasher);
    problem.help.hash(hasher);
    match &problem.place {
        Place::Span(span) => span.hash(hasher),
        Place::Path(path) => path.hash(hasher),
    }
}
