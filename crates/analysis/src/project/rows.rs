//! What became of files of manifests.

use std::cmp::Ordering;
use std::path::{Path, PathBuf, is_separator};
use std::sync::Arc;

use source::{Level, ReadError};

use super::read::Manifests;
use crate::report::{Input, Status, Unit};
use crate::terraform;

/// What became of each input; of what is told twice of one, the last counts.
#[derive(Default)]
pub(super) struct Inputs(Vec<Arc<Input>>);

impl Inputs {
    pub(super) fn insert(&mut self, input: Input) {
        self.0.push(Arc::new(input));
    }

    pub(super) fn extend(&mut self, inputs: impl IntoIterator<Item = impl Into<Arc<Input>>>) {
        self.0.extend(inputs.into_iter().map(Into::into));
    }

    /// All of them by path.
    pub(super) fn finish(mut self) -> Vec<Arc<Input>> {
        self.0.reverse();
        self.0
            .sort_by(|one, other| by_parts(&one.path, &other.path));
        self.0.dedup_by(|other, one| other.path == one.path);
        self.0
    }
}

/// The order of paths as they are shown, whose parts are parted by one separator each: quicker than that of any paths.
pub(crate) fn by_parts(one: &Path, other: &Path) -> Ordering {
    let (one, other) = (one.as_os_str(), other.as_os_str());
    let (one, other) = (one.as_encoded_bytes(), other.as_encoded_bytes());
    let mut pairs = one.iter().zip(other);
    let rank = |byte: &u8| match is_separator(char::from(*byte)) {
        true => 0,
        false => u16::from(*byte) + 1,
    };
    match pairs.find(|(one, other)| one != other) {
        Some((one, other)) => rank(one).cmp(&rank(other)),
        None => one.len().cmp(&other.len()),
    }
}

pub(super) fn failed(path: PathBuf, error: &ReadError) -> Input {
    Input {
        path,
        unit: Unit::File,
        status: Status::Failed,
        reason: Some(error.to_string()),
        resources: 0,
    }
}

/// Whether a file is text of a template that stands in the folder of a chart, beside its templates: only the chart can read it.
pub(super) fn is_asset(charts: &[PathBuf], shown: &Path, manifests: &Manifests) -> bool {
    let mut problems = manifests.problems.iter();
    manifests.resources.is_empty()
        && problems.any(|problem| problem.code == yaml::TEMPLATE_TEXT)
        && charts
            .iter()
            .any(|chart| shown.starts_with(chart) || chart == Path::new("."))
}

pub(super) fn asset(path: PathBuf) -> Input {
    Input {
        path,
        unit: Unit::File,
        status: Status::Skipped,
        reason: Some(
            "text of a template beside those of a chart, which only the chart can read".to_owned(),
        ),
        resources: 0,
    }
}

/// What became of a file that could be read.
pub(super) fn input(path: PathBuf, manifests: &Manifests) -> Input {
    let resources = manifests.resources.len();
    let lost = manifests
        .problems
        .iter()
        .find(|problem| problem.level == Level::Error);
    let (status, reason) = match lost {
        Some(problem) if resources == 0 => (Status::Failed, Some(problem.message.clone())),
        Some(problem) => (Status::Partial, Some(problem.message.clone())),
        None if resources == 0 => {
            let reason = match terraform::is_plan(&path) {
                true => "no plan or state of Terraform in it",
                false => "no Kubernetes manifest in it",
            };
            (Status::Skipped, Some(reason.to_owned()))
        }
        None => (Status::Scanned, None),
    };
    Input {
        path,
        unit: Unit::File,
        status,
        reason,
        resources,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_paths_have_the_order_of_paths() {
        let paths = [
            "a", "a/b", "a-b", "a.yaml", "a/b/c", "a/b.yaml", "b", "aé/x", ".", "",
        ];
        for one in paths.map(Path::new) {
            for other in paths.map(Path::new) {
                assert_eq!(by_parts(one, other), one.cmp(other), "{one:?} {other:?}");
            }
        }
    }
}
