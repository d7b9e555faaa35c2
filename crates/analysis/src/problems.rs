//! What problems of several files say together.

use std::path::PathBuf;

use foldhash::{HashMap, HashMapExt};
use source::{Level, Place, Problem, Sources};

use crate::{gitops, terraform};

/// What is lost of each file: the first error in it.
pub(crate) fn lost<'a>(
    problems: &'a [Problem],
    sources: &Sources,
) -> HashMap<PathBuf, &'a Problem> {
    let mut lost = HashMap::new();
    let errors = problems.iter();
    for problem in errors.filter(|problem| problem.level == Level::Error) {
        let path = match &problem.place {
            Place::Span(span) => sources.path(span.file),
            Place::Path(path) => path.clone(),
        };
        lost.entry(path).or_insert(problem);
    }
    lost
}

/// Whether a problem says that something is not in the input: what is there was understood.
pub(crate) fn is_elsewhere(problem: &Problem) -> bool {
    let is_followed = problem.code != gitops::NOT_RENDERED || problem.level == Level::Error;
    terraform::ELSEWHERE.contains(&problem.code) || !is_followed
}

/// How much is not understood, or is said twice.
pub(crate) fn faults<'a>(problems: impl IntoIterator<Item = &'a Problem>) -> usize {
    let is_fault =
        |problem: &&Problem| problem.level == Level::Error || problem.code == yaml::DUPLICATE_KEY;
    problems.into_iter().filter(is_fault).count()
}

/// Leaves one of each: what several roots call, and what several environments are rendered from, is read for each of them.
pub(crate) fn deduplicate(problems: &mut Vec<Problem>) {
    problems.sort_by(|one, other| {
        (&one.place, one.code, &one.message).cmp(&(&other.place, other.code, &other.message))
    });
    problems.dedup();
}
