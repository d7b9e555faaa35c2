//! The texts that are analyzed: those of files, and those that are no files yet.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use source::{FileSystem, Memory, Overlay};

use crate::disk::Disk;
use crate::folders::Folder;
use crate::snapshot::Snapshot;
use crate::uri::is_unsaved;

/// The texts that are analyzed. What is no file yet stands apart from all files: neither can read the other.
pub(crate) struct Texts {
    /// The texts that are open over those of the disk.
    files: Overlay<Disk>,
    unsaved: Memory,
    /// All that are open.
    open: HashMap<PathBuf, Arc<str>>,
}

impl Texts {
    pub(crate) fn new(disk: Disk) -> Self {
        Self {
            files: Overlay {
                open: Memory::default(),
                below: disk,
            },
            unsaved: Memory::default(),
            open: HashMap::new(),
        }
    }

    /// Lays the texts of a snapshot over those of the disk.
    pub(crate) fn lay(&mut self, snapshot: &Snapshot) {
        for memory in [&self.files.open, &self.unsaved] {
            memory.retain(|path| snapshot.open.contains_key(path));
        }
        for (path, text) in &snapshot.open {
            if self.open.get(path) != Some(text) {
                self.memory(path).set(path, text.as_bytes());
            }
        }
        self.open.clone_from(&snapshot.open);
    }

    /// What can be read where a folder is analyzed.
    pub(crate) fn of(&self, folder: &Folder) -> &dyn FileSystem {
        match is_unsaved(&folder.path) {
            true => &self.unsaved,
            false => &self.files,
        }
    }

    fn memory(&self, path: &Path) -> &Memory {
        match is_unsaved(path) {
            true => &self.unsaved,
            false => &self.files.open,
        }
    }
}
