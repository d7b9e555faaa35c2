//! Where modules are: paths that are equal for equal folders, how they are shown, and outside of what nothing is read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use source::FileSystem;
use source::system::Stamp;

use super::names::{Role, role};
use crate::discover::{Candidate, clean};
use crate::shown::Shown;

/// The folders of a scan.
#[derive(Clone)]
pub(crate) struct Places {
    /// What no other places have.
    pub(super) stamp: Stamp,
    /// What relative paths are relative to: an absolute path, or nothing where files are only in memory.
    base: PathBuf,
    /// How the folders that were walked are shown.
    shown: Shown,
    /// The folders with a module that is to be read, and outside of what nothing is read for it.
    modules: BTreeMap<PathBuf, Arc<Path>>,
    /// The variable files that were walked.
    variables: BTreeSet<PathBuf>,
}

impl Places {
    pub(super) fn new(
        system: &dyn FileSystem,
        directory: &Path,
        candidates: &[Arc<Candidate>],
    ) -> Self {
        let here = system.canonical(Path::new(".")).unwrap_or_default();
        let base = match here.as_os_str() == "." {
            true => PathBuf::new(),
            false => here,
        };
        let mut places = Self {
            stamp: Stamp::new(),
            shown: Shown::new(plain(&base.join(directory))),
            base,
            modules: BTreeMap::new(),
            variables: BTreeSet::new(),
        };
        for candidate in candidates {
            places.add(system, candidate);
        }
        places
    }

    fn add(&mut self, system: &dyn FileSystem, candidate: &Candidate) {
        let path = self.full(&candidate.path);
        let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
        let shown = candidate.shown.parent().unwrap_or(Path::new(""));
        self.shown.add(folder.clone(), shown);
        match role(&path) {
            Some(Role::Configuration) if candidate.skip.is_none() => {
                let boundary = &candidate.boundary;
                self.modules.entry(folder).or_insert_with_key(|folder| {
                    // A file that was named without a repository around it is read with its folder.
                    match system.canonical(folder) {
                        Ok(real) if !real.starts_with(boundary) => real.into(),
                        _ => Arc::clone(boundary),
                    }
                });
            }
            Some(Role::Variables) => {
                self.variables.insert(path);
            }
            _ => {}
        }
    }

    /// A path by which a file is known here.
    pub(crate) fn full(&self, path: &Path) -> PathBuf {
        plain(&self.base.join(path))
    }

    /// The folders with a module that is to be read.
    pub(super) fn modules(&self) -> Vec<PathBuf> {
        self.modules.keys().cloned().collect()
    }

    /// Outside of what nothing is read for the module of a folder.
    pub(super) fn boundary<'a>(&'a self, folder: &'a Path) -> &'a Path {
        self.modules.get(folder).map_or(folder, AsRef::as_ref)
    }

    /// The folders outside of which nothing is read for any module.
    pub(super) fn boundaries(&self) -> Vec<PathBuf> {
        let boundaries: BTreeSet<&Path> = self.modules.values().map(AsRef::as_ref).collect();
        boundaries.into_iter().map(Path::to_path_buf).collect()
    }

    /// How a path is shown: as the walk that met its folder shows it, else relative to the folder of the run.
    pub(crate) fn shown(&self, path: &Path) -> PathBuf {
        self.shown.path(path)
    }
}

/// A path without `.` and `..`; of the folder of the run in memory, nothing.
fn plain(path: &Path) -> PathBuf {
    let path = clean(path);
    match path.as_os_str() == "." {
        true => PathBuf::new(),
        false => path,
    }
}
