//! What a project contains: which files are inputs, and as what they are judged.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use source::system::{Found, FoundKind};
use source::{FileSystem, Level, Problem, ReadError};

use crate::options::Options;

/// A file to read, or the reason why it is not.
#[derive(Debug)]
pub(crate) struct Candidate {
    /// The path to read.
    pub(crate) path: PathBuf,
    /// The path to show.
    pub(crate) shown: PathBuf,
    /// Why it is left out.
    pub(crate) skip: Option<String>,
    /// Whether the call named it, so that it is read whatever its name is.
    pub(crate) named: bool,
}

/// The inputs of a run.
#[derive(Debug, Default)]
pub(crate) struct Discovery {
    /// The files, by shown path.
    pub(crate) candidates: Vec<Candidate>,
    /// Paths that could not be read, with the reason.
    pub(crate) unreadable: Vec<(PathBuf, ReadError)>,
    /// Problems of the call.
    pub(crate) problems: Vec<Problem>,
}

/// Walks the paths of a run.
pub(crate) fn discover(
    system: &dyn FileSystem,
    paths: &[PathBuf],
    options: &Options,
    is_excluded: &dyn Fn(&Path) -> bool,
) -> Discovery {
    let mut discovery = Discovery::default();
    let mut found: BTreeMap<PathBuf, Candidate> = BTreeMap::new();
    for path in paths.iter().filter(|path| path.as_os_str() != "-") {
        let full = clean(&options.directory.join(path));
        if !system.exists(&full) {
            let shown = shown(&full, options);
            let problem = Problem::of(
                Level::Error,
                "no-such-path",
                ReadError::NotFound.to_string(),
                &shown,
            );
            discovery
                .problems
                .push(problem.with_help("check the spelling of the path"));
            discovery.unreadable.push((shown, ReadError::NotFound));
            continue;
        }
        let boundary = boundary(system, &full, options);
        for file in system.walk(&full) {
            let named = file.path == full;
            discovery.take(
                system,
                file,
                named,
                boundary.as_deref(),
                options,
                &mut found,
            );
        }
    }
    discovery.candidates = found.into_values().collect();
    let excluded = discovery
        .candidates
        .iter_mut()
        .filter(|candidate| !candidate.named && is_excluded(&candidate.shown));
    for candidate in excluded {
        candidate.skip = Some("excluded by the call or the configuration".to_owned());
    }
    discovery.unreadable.retain(|(path, _)| !is_excluded(path));
    mark_charts(&mut discovery.candidates);
    discovery
}

impl Discovery {
    fn take(
        &mut self,
        system: &dyn FileSystem,
        file: Found,
        named: bool,
        boundary: Option<&Path>,
        options: &Options,
        found: &mut BTreeMap<PathBuf, Candidate>,
    ) {
        let shown = shown(&file.path, options);
        if !named && !is_input(&file.path) {
            return;
        }
        if let FoundKind::Unreadable(error) = file.kind {
            self.unreadable.push((shown, error));
            return;
        }
        let outside = boundary.is_some_and(|boundary| {
            system
                .canonical(&file.path)
                .is_ok_and(|canonical| !canonical.starts_with(boundary))
        });
        let skip = outside.then(|| "a link that leads out of the repository".to_owned());
        found.entry(shown.clone()).or_insert(Candidate {
            path: file.path,
            shown,
            skip,
            named,
        });
    }
}

/// The folder outside of which nothing is read: `--root`, else the repository around the path, else the path itself.
fn boundary(system: &dyn FileSystem, path: &Path, options: &Options) -> Option<PathBuf> {
    if let Some(root) = &options.root {
        return system.canonical(&options.directory.join(root)).ok();
    }
    let canonical = system.canonical(path).ok()?;
    if canonical.as_os_str() == "." {
        // A file system in memory has nothing around its files.
        return None;
    }
    let repository = canonical
        .ancestors()
        .find(|folder| system.exists(&folder.join(".git")));
    Some(repository.map_or_else(|| canonical.clone(), Path::to_path_buf))
}

/// Whether a file of a walked folder is an input, by its name.
fn is_input(path: &Path) -> bool {
    path.extension().is_some_and(|extension| {
        ["yaml", "yml", "json"]
            .iter()
            .any(|input| extension.eq_ignore_ascii_case(input))
    })
}

/// A path without `.` and with `..` resolved by name.
fn clean(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if out.file_name().is_some() => {
                out.pop();
            }
            component => out.push(component),
        }
    }
    if out.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        out
    }
}

/// A path as it is shown: relative to the directory of the run where it lies below it.
fn shown(path: &Path, options: &Options) -> PathBuf {
    let directory = clean(&options.directory);
    let relative = path.strip_prefix(&directory).unwrap_or(path);
    clean(relative)
}

/// Templates and subcharts of Helm charts are never manifests by themselves.
fn mark_charts(candidates: &mut [Candidate]) {
    let charts: BTreeSet<PathBuf> = candidates
        .iter()
        .filter(|candidate| {
            candidate
                .path
                .file_name()
                .is_some_and(|name| name == "Chart.yaml")
        })
        .filter_map(|candidate| candidate.path.parent().map(Path::to_path_buf))
        .collect();
    for candidate in candidates
        .iter_mut()
        .filter(|candidate| !candidate.named && candidate.skip.is_none())
    {
        let chart = candidate
            .path
            .ancestors()
            .skip(1)
            .find(|folder| charts.contains(*folder));
        let Some(chart) = chart else { continue };
        let first = candidate
            .path
            .strip_prefix(chart)
            .ok()
            .and_then(|below| below.components().next());
        let part = first
            .map(|component| component.as_os_str().to_string_lossy().into_owned())
            .unwrap_or_default();
        let reason = match part.as_str() {
            "templates" => "a template of a Helm chart; charts are not rendered by this version",
            "charts" => "part of a subchart; charts are not rendered by this version",
            "Chart.yaml" | "values.yaml" | "values.yml" | "values.schema.json" => {
                "part of a Helm chart; charts are not rendered by this version"
            }
            _ => continue,
        };
        candidate.skip = Some(reason.to_owned());
    }
}
