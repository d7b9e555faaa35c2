//! What is analyzed together: the folders of the workspace, and files that lie in none of them.

use std::path::{Path, PathBuf};

use analysis::{Fixes, Options};
use source::FileSystem;

use crate::settings::Settings;
use crate::uri::is_unsaved;

/// A folder, or a file in none, that is analyzed as one project.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Folder {
    /// The folder that shown paths are relative to.
    pub(crate) path: PathBuf,
    /// The file that alone is analyzed, where it lies in no folder of the workspace.
    pub(crate) file: Option<PathBuf>,
    /// A file whose source alone is analyzed, of all that lies in the folder.
    pub(crate) near: Option<PathBuf>,
}

impl Folder {
    pub(crate) fn workspace(path: PathBuf) -> Self {
        Self {
            path,
            file: None,
            near: None,
        }
    }

    /// A file that lies in no folder of the workspace.
    pub(crate) fn single(file: &Path) -> Self {
        let parent = file.parent().unwrap_or(file);
        Self {
            path: parent.to_path_buf(),
            file: Some(file.to_path_buf()),
            near: None,
        }
    }

    /// Whether a file is analyzed in it.
    pub(crate) fn has(&self, path: &Path) -> bool {
        match &self.file {
            Some(file) => file == path,
            None => path.starts_with(&self.path),
        }
    }

    /// Only what a file of it belongs to.
    pub(crate) fn around(&self, file: &Path) -> Self {
        Self {
            near: Some(file.to_path_buf()),
            ..self.clone()
        }
    }

    /// What `scantling scan` is told in this folder. A configuration belongs to files.
    pub(crate) fn options(&self, settings: &Settings) -> Options {
        let config = settings.config.as_ref();
        let config = config.filter(|_| !is_unsaved(&self.path));
        Options {
            paths: self.file.iter().map(|file| self.named(file)).collect(),
            near: self.near.clone(),
            directory: self.path.clone(),
            config: config.map(|path| self.path.join(path)),
            select: settings.select.clone(),
            ignore: settings.ignore.clone(),
            fixes: Fixes::None,
            unknown: settings.unknown,
            ..Options::default()
        }
    }

    /// A file as a call names it that is made in this folder, which only a path that is relative itself has to be shortened for.
    fn named(&self, file: &Path) -> PathBuf {
        let within = file.strip_prefix(&self.path).ok();
        let within = within.filter(|_| is_unsaved(file));
        within.unwrap_or(file).to_path_buf()
    }
}

/// The path by which a folder of the workspace reaches a file, whatever links the editor came through; nothing where none does.
pub(crate) fn path_in(
    system: &dyn FileSystem,
    folders: &[PathBuf],
    path: &Path,
) -> Option<PathBuf> {
    if folders.iter().any(|folder| path.starts_with(folder)) {
        return Some(path.to_path_buf());
    }
    // What is not saved yet has no real path; its folder has one.
    let real = system.canonical(path).ok().or_else(|| {
        let parent = system.canonical(path.parent()?).ok()?;
        Some(parent.join(path.file_name()?))
    })?;
    let within = |folder: &PathBuf| {
        let rest = real.strip_prefix(system.canonical(folder).ok()?).ok()?;
        Some(folder.join(rest))
    };
    folders.iter().find_map(within)
}
