//! How paths are shown that a run comes to by itself, beyond the files that it walks.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};
use source::FileSystem;

use crate::discover::Candidate;

/// How folders are shown.
#[derive(Clone)]
pub(crate) struct Shown {
    /// The folder that shown paths are relative to.
    directory: PathBuf,
    /// The folders that were walked and how they are shown.
    folders: HashMap<PathBuf, PathBuf>,
}

impl Shown {
    /// Without any folder that was walked.
    pub(crate) fn new(directory: PathBuf) -> Self {
        Self {
            directory,
            folders: HashMap::new(),
        }
    }

    /// The folders of files, by their real paths.
    pub(crate) fn of(system: &dyn FileSystem, directory: &Path, files: &[Arc<Candidate>]) -> Self {
        let real = |folder: &Path| system.canonical(folder);
        let mut shown = Self::new(match real(directory) {
            // Where files are only in memory, nothing is above them.
            Ok(here) if here.as_os_str() == "." => PathBuf::new(),
            here => here.unwrap_or_else(|_| directory.to_path_buf()),
        });
        for file in files {
            let parent = |path: &Path| path.parent().unwrap_or(Path::new("")).to_path_buf();
            let here = match parent(&file.path) {
                empty if empty.as_os_str().is_empty() => PathBuf::from("."),
                folder => folder,
            };
            if let Ok(folder) = real(&here) {
                shown.add(folder, &parent(&file.shown));
            }
        }
        shown
    }

    /// Adds a folder, unless it is there.
    pub(crate) fn add(&mut self, folder: PathBuf, shown: &Path) {
        let folder = self.folders.entry(folder);
        folder.or_insert_with(|| shown.to_path_buf());
    }

    /// How a path is shown: as the walk that met its folder shows it, else relative to the folder of the run.
    pub(crate) fn path(&self, path: &Path) -> PathBuf {
        let walked = path.ancestors().find_map(|folder| {
            let shown = self.folders.get(folder)?;
            let below = path.strip_prefix(folder).ok()?;
            Some(shown.iter().chain(below.iter()).collect())
        });
        walked.unwrap_or_else(|| relative(&self.directory, path))
    }
}

fn relative(from: &Path, path: &Path) -> PathBuf {
    let common = from
        .ancestors()
        .find(|ancestor| path.starts_with(ancestor))
        .unwrap_or(Path::new(""));
    let up = from
        .strip_prefix(common)
        .map_or(0, |up| up.components().count());
    let below = path.strip_prefix(common).unwrap_or(path);
    std::iter::repeat_n(Component::ParentDir.as_os_str(), up)
        .chain(below.iter())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_outside_are_shown_by_the_way_there() {
        let shown = |from: &str, path: &str| relative(Path::new(from), Path::new(path));
        assert_eq!(shown("/a/b", "/a/b/c.tf"), Path::new("c.tf"));
        assert_eq!(shown("/a/b", "/a/c/d.tf"), Path::new("../c/d.tf"));
    }
}
