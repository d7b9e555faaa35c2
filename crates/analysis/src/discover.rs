//! What a project contains: which files are inputs, and as what they are judged.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use source::system::{Found, FoundKind, Leads};
use source::{FileSystem, Level, Place, Problem, ReadError};

use crate::config;
use crate::error::Error;
use crate::helm;
use crate::helm::helmfile::{LEFT_OUT, is_helmfile};
use crate::kustomize;
use crate::near::Near;
use crate::options::Options;
use crate::terraform;

/// A file to read, or the reason why it is not.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// The path to read.
    pub(crate) path: PathBuf,
    /// The path to show.
    pub(crate) shown: PathBuf,
    /// Why it is left out.
    pub(crate) skip: Option<String>,
    /// Whether the call named it, so that it is read whatever its name is.
    pub(crate) named: bool,
    /// The folder outside of which nothing is read for it: an absolute path, or nothing where files are only in memory.
    pub(crate) boundary: Arc<Path>,
}

/// The inputs of a run.
#[derive(Clone, Debug, Default)]
pub(crate) struct Discovery {
    /// The files, by shown path.
    pub(crate) candidates: Vec<Arc<Candidate>>,
    /// Paths that could not be read, with the reason.
    pub(crate) unreadable: Vec<(PathBuf, ReadError)>,
    /// Problems of the call, and of what decides what is walked.
    pub(crate) problems: Vec<Problem>,
}

/// Walks the paths of a run.
///
/// # Errors
/// When the folder outside of which nothing is read does not exist.
pub(crate) fn discover(
    system: &dyn FileSystem,
    paths: &[PathBuf],
    options: &Options,
    is_excluded: &dyn Fn(&Path) -> bool,
) -> Result<Discovery, Error> {
    let root = root(system, options)?;
    let mut discovery = Discovery::default();
    let mut found: BTreeMap<PathBuf, Candidate> = BTreeMap::new();
    for path in paths.iter().filter(|path| path.as_os_str() != "-") {
        let full = clean(&options.directory.join(path));
        let canonical = match system.canonical(&full) {
            Ok(canonical) => canonical,
            Err(error) => {
                discovery
                    .unreadable
                    .push((shown(&full, &options.directory), error));
                continue;
            }
        };
        if root
            .as_ref()
            .is_some_and(|root| !canonical.starts_with(root))
        {
            let skip = Some("outside of the folder that --root names".to_owned());
            let shown = shown(&full, &options.directory);
            found.entry(shown.clone()).or_insert(Candidate {
                path: full,
                shown,
                skip,
                named: true,
                boundary: Path::new("").into(),
            });
            continue;
        }
        let boundary = root.clone().or_else(|| repository(system, &canonical));
        let around: Arc<Path> = boundary.as_deref().unwrap_or(Path::new("")).into();
        for file in system.walk(&full, boundary.as_deref()) {
            let named = file.path == full;
            discovery.take(file, (named, &around), options, &mut found);
        }
    }
    discovery.candidates = found.into_values().map(Arc::new).collect();
    discovery.leave_out(is_excluded);
    if let Some(file) = &options.near {
        let near = Near::of(file, &discovery.candidates);
        discovery.candidates.retain(|one| near.has(&one.path));
    }
    Ok(discovery)
}

impl Discovery {
    fn take(
        &mut self,
        file: Found,
        (named, boundary): (bool, &Arc<Path>),
        options: &Options,
        found: &mut BTreeMap<PathBuf, Candidate>,
    ) {
        let shown = shown(&file.path, &options.directory);
        let is_input = named || is_input(&file.path);
        let skip = match file.kind {
            FoundKind::File if !is_input => return,
            FoundKind::File => is_helmfile(&file.path).then(|| LEFT_OUT.to_owned()),
            FoundKind::Link(Leads::Elsewhere) if !is_input => return,
            FoundKind::Link(leads) => {
                if leads == Leads::Above {
                    self.problems.push(loop_problem(&shown));
                }
                Some(unfollowed(leads).to_owned())
            }
            FoundKind::Rules(error) => {
                self.problems.push(rules_problem(&shown, &error));
                return;
            }
            // What is no file at all is an input by its name only; anything else may have been a folder of inputs.
            FoundKind::Unreadable(ReadError::NotRegular { .. } | ReadError::Link(_))
                if !is_input =>
            {
                return;
            }
            FoundKind::Unreadable(error) => {
                self.unreadable.push((shown, error));
                return;
            }
        };
        found.entry(shown.clone()).or_insert(Candidate {
            path: file.path,
            shown,
            skip,
            named,
            boundary: Arc::clone(boundary),
        });
    }

    /// Takes out what the call or the configuration excludes; never what the call names.
    fn leave_out(&mut self, is_excluded: &dyn Fn(&Path) -> bool) {
        let excluded = self
            .candidates
            .iter_mut()
            .filter(|candidate| !candidate.named && is_excluded(&candidate.shown));
        for candidate in excluded {
            Arc::make_mut(candidate).skip =
                Some("excluded by the call or the configuration".to_owned());
        }
        self.unreadable.retain(|(path, _)| !is_excluded(path));
        self.problems.retain(|problem| match &problem.place {
            Place::Path(path) => !is_excluded(path),
            Place::Span(_) => true,
        });
    }
}

/// Why a link is not followed.
fn unfollowed(leads: Leads) -> &'static str {
    match leads {
        Leads::Outside => "a link that leads out of the repository",
        Leads::Above => "a link to a folder above it",
        Leads::Elsewhere => "a link to what is scanned in its own place",
    }
}

fn loop_problem(path: &Path) -> Problem {
    let message = "a symbolic link to a folder above it is not followed";
    Problem::of(Level::Warning, "link-loop", message, path).with_help("exclude or remove the link")
}

fn rules_problem(path: &Path, error: &ReadError) -> Problem {
    let message = format!("these ignore rules do not count: {error}");
    Problem::of(Level::Warning, "unreadable-file", message, path)
}

/// The folder of `--root`.
fn root(system: &dyn FileSystem, options: &Options) -> Result<Option<PathBuf>, Error> {
    let Some(root) = &options.root else {
        return Ok(None);
    };
    let path = clean(&options.directory.join(root));
    match system.canonical(&path) {
        Ok(root) => Ok(Some(root)),
        Err(source) => Err(Error::Read { path, source }),
    }
}

/// The folder outside of which nothing is read where the call names none: the repository around the path, else the path itself.
pub(crate) fn repository(system: &dyn FileSystem, canonical: &Path) -> Option<PathBuf> {
    if canonical.as_os_str() == "." {
        // A file system in memory has nothing around its files.
        return None;
    }
    let repository = canonical
        .ancestors()
        .find(|folder| system.exists(&folder.join(".git")));
    Some(repository.unwrap_or(canonical).to_path_buf())
}

/// The folder outside of which nothing is read for a path that is no walk of its own.
///
/// # Errors
/// When that folder or the path does not exist.
pub(crate) fn boundary(
    system: &dyn FileSystem,
    options: &Options,
    path: &Path,
) -> Result<PathBuf, Error> {
    if let Some(root) = root(system, options)? {
        return Ok(root);
    }
    let canonical = system.canonical(path).map_err(|source| Error::Read {
        path: path.to_path_buf(),
        source,
    })?;
    Ok(repository(system, &canonical).unwrap_or_default())
}

/// Whether a file of a walked folder is an input, by its name.
pub(crate) fn is_input(path: &Path) -> bool {
    if path.ends_with(config::NAME) {
        return false;
    }
    let is_manifest = path.extension().is_some_and(|extension| {
        ["yaml", "yml", "json"]
            .iter()
            .any(|input| extension.eq_ignore_ascii_case(input))
    });
    is_manifest
        || helm::is_archive(path)
        || kustomize::is_kustomization(path)
        || is_helmfile(path)
        || terraform::is_plan(path)
        || terraform::role(path).is_some()
}

/// A path without `.` and with `..` resolved by name.
pub(crate) fn clean(path: &Path) -> PathBuf {
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
pub(crate) fn shown(path: &Path, directory: &Path) -> PathBuf {
    let directory = clean(directory);
    let relative = path.strip_prefix(&directory).unwrap_or(path);
    clean(relative)
}
