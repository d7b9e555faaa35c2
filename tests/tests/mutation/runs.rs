//! Scans whose findings are tried: of recorded calls of `helm template` that succeed, with the same arguments.

use std::path::{Path, PathBuf};

use analysis::{Fixes, HelmOptions, NoProgress, Options, Report};
use serde_json::Value;
use source::{Disk, Memory, Overlay};
use tests::corpora;

/// The time against which certificates are judged: 2026-01-01.
pub(crate) const NOW: i64 = 1_767_225_600;

/// A file without values: a call that names one pairs no others.
const NO_VALUES: &str = "no-values.yaml";

/// A scan of a chart with the arguments of a recorded call, or of a kustomization.
pub(crate) struct Run {
    /// The chart and its values, or the folder, as a test tells them.
    pub(crate) name: String,
    pub(crate) options: Options,
}

impl Run {
    /// The successful calls of the corpus; none where it is not there.
    pub(crate) fn recorded() -> Vec<Self> {
        let Some(folder) = corpora::folder("helm/charts") else {
            return Vec::new();
        };
        let rows = corpora::text(&folder.join("render.jsonl"));
        let rows = rows.lines().map(serde_json::from_str);
        let rows = rows.map(|row: Result<Value, _>| row.expect("a row of JSON"));
        let rows = rows.filter(|row| row["rendered"].is_string());
        rows.map(|row| Self::of(&folder, &row)).collect()
    }

    fn of(folder: &Path, row: &Value) -> Self {
        let chart = row["chart"].as_str().expect("a chart");
        let values = row["values"].as_str();
        let arguments = row["args"].as_array().expect("arguments");
        let arguments: Vec<&str> = arguments.iter().filter_map(Value::as_str).collect();
        let [release, "-n", namespace, "--kube-version", _] = arguments[..] else {
            panic!("the arguments {arguments:?} are not known");
        };
        Self {
            name: values.unwrap_or(chart).to_owned(),
            options: Options {
                paths: vec![chart.into()],
                directory: folder.to_path_buf(),
                helm: HelmOptions {
                    values: vec![values.unwrap_or(NO_VALUES).into()],
                    release: Some(release.to_owned()),
                    namespace: Some(namespace.to_owned()),
                    ..HelmOptions::default()
                },
                fixes: Fixes::None,
                now: Some(NOW),
                ..Options::default()
            },
        }
    }

    /// Everything that all checks say, with the values of the resources.
    pub(crate) fn whole(&self) -> Report {
        self.scan(["all"], true, [])
    }

    /// What one check says when a file has another text.
    pub(crate) fn changed(&self, check: &str, path: &Path, text: String) -> Report {
        self.scan([check], false, [(path, text)])
    }

    fn scan<'a>(
        &self,
        checks: impl IntoIterator<Item = &'a str>,
        values: bool,
        changed: impl IntoIterator<Item = (&'a Path, String)>,
    ) -> Report {
        let options = Options {
            select: checks.into_iter().map(str::to_owned).collect(),
            values,
            ..self.options.clone()
        };
        let none = (Path::new(NO_VALUES), String::new());
        let open = changed.into_iter().chain([none]);
        let open = open.map(|(path, text)| (self.full(path), text));
        let system = Overlay {
            open: Memory::new(open),
            below: Disk,
        };
        let report = analysis::scan(&system, &options, &NoProgress);
        report.unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }

    fn full(&self, path: &Path) -> PathBuf {
        self.options.directory.join(path)
    }
}
