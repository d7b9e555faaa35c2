//! Which of the files of a walk make charts.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::discover::Candidate;

/// The file that makes a folder a chart.
pub(crate) const CHART_FILE: &str = "Chart.yaml";

/// The charts among the files of a walk, and the files that belong to them.
#[derive(Clone, Default)]
pub(super) struct Charts {
    /// The folders and archives of charts that stand in no other chart, in order.
    pub(super) roots: BTreeSet<PathBuf>,
}

/// What a file is to the chart that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// `Chart.yaml`, templates, and everything else that the chart is rendered from.
    Source,
    /// A file of values beside `values.yaml`.
    Values,
    /// A file of values for tests, in `ci/`.
    TestValues,
}

impl Charts {
    pub(super) fn of(candidates: &[Arc<Candidate>]) -> Self {
        let wanted = candidates
            .iter()
            .filter(|candidate| candidate.skip.is_none());
        let paths: Vec<&Path> = wanted.map(|candidate| candidate.path.as_path()).collect();
        let folders: BTreeSet<PathBuf> = paths
            .iter()
            .filter(|path| path.file_name().is_some_and(|name| name == CHART_FILE))
            .filter_map(|path| path.parent().map(Path::to_path_buf))
            .collect();
        let archives = paths.iter().filter(|path| is_archive(path));
        let all = folders
            .iter()
            .cloned()
            .chain(archives.map(|path| path.to_path_buf()));
        Self {
            roots: all.filter(|path| !is_inside(&folders, path)).collect(),
        }
    }

    /// The chart that a file belongs to, and what it is there; none of a file that is an input of its own.
    pub(super) fn part(&self, path: &Path) -> Option<(&Path, Part)> {
        let above: Vec<&Path> = path.ancestors().collect();
        // The outermost chart with a use for it: what stands in the charts of a chart is its source.
        let outermost = above.into_iter().rev();
        let mut roots = outermost.filter_map(|folder| self.roots.get(folder));
        roots.find_map(|root| {
            let below = path.strip_prefix(root).ok()?;
            let part = match below.as_os_str().is_empty() {
                true => Part::Source,
                false => part(below)?,
            };
            Some((root.as_path(), part))
        })
    }
}

/// What a file is by its path in the chart.
///
/// Source: <https://helm.sh/docs/topics/charts/#the-chart-file-structure>,
/// <https://github.com/helm/chart-testing> for `ci/`.
fn part(below: &Path) -> Option<Part> {
    let mut names = below
        .components()
        .map(|name| name.as_os_str().to_string_lossy());
    let first = names.next()?;
    let is_single = names.next().is_none();
    match first.as_ref() {
        "templates" | "charts" | "crds" => Some(Part::Source),
        CHART_FILE | "Chart.lock" | "values.yaml" | "values.schema.json" | "requirements.yaml"
        | "requirements.lock"
            if is_single =>
        {
            Some(Part::Source)
        }
        "ci" if is_values(below) => Some(Part::TestValues),
        "values" | "environments" | "envs" if is_values_folder(below) => Some(Part::Values),
        _ if is_single && is_values(below) => Some(Part::Values),
        _ => None,
    }
}

fn stem(path: &Path) -> Option<&str> {
    let name = path.file_name()?.to_str()?;
    name.strip_suffix(".yaml")
        .or_else(|| name.strip_suffix(".yml"))
}

/// Whether a file holds values by its name: `values-prod.yaml`, `prod-values.yaml`, `values.prod.yaml`.
fn is_values(path: &Path) -> bool {
    stem(path).is_some_and(|stem| environment_of(stem).is_some() || stem == "values")
}

fn is_values_folder(path: &Path) -> bool {
    path.components().count() == 2 && stem(path).is_some()
}

/// The environment that a file of values is for, by its name without the ending.
pub(super) fn environment_of(stem: &str) -> Option<&str> {
    const WORD: &str = "values";
    let before = stem
        .strip_suffix(WORD)
        .and_then(|name| name.strip_suffix(['-', '.', '_']));
    let after = stem
        .strip_prefix(WORD)
        .and_then(|name| name.strip_prefix(['-', '.', '_']));
    before.or(after).filter(|name| !name.is_empty())
}

/// Whether a path is that of a packaged chart, by its name.
pub(crate) fn is_archive(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "tgz")
}

/// Whether a chart stands in the charts of another one.
fn is_inside(folders: &BTreeSet<PathBuf>, path: &Path) -> bool {
    let above = path.ancestors().skip(1);
    above.into_iter().any(|folder| {
        let below = path.strip_prefix(folder).ok();
        let first = below.and_then(|below| below.components().next());
        folders.contains(folder) && first.is_some_and(|name| name.as_os_str() == "charts")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_values_are_told_by_their_names() {
        let environments = [
            "values-prod",
            "prod-values",
            "values.prod",
            "values",
            "prod",
        ];
        let found = environments.map(environment_of);
        assert_eq!(
            found,
            [Some("prod"), Some("prod"), Some("prod"), None, None]
        );
        for (path, expected) in [
            ("templates/a.yaml", Some(Part::Source)),
            ("values.yaml", Some(Part::Source)),
            ("values-prod.yaml", Some(Part::Values)),
            ("values/prod.yaml", Some(Part::Values)),
            ("ci/test-values.yaml", Some(Part::TestValues)),
            ("examples/pod.yaml", None),
            ("pod.yaml", None),
        ] {
            assert_eq!(part(Path::new(path)), expected, "{path}");
        }
    }
}
