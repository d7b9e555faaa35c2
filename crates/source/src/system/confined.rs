//! The files of another file system that lie in some folders.

use std::path::{Path, PathBuf};

use super::{Entry, FileSystem, Found, Limits, Moment, Questions, ReadError, Stamp};

/// Another file system without what links lead to outside of some folders.
pub struct Confined<'a> {
    below: &'a dyn FileSystem,
    /// The real paths of the folders.
    folders: Vec<PathBuf>,
}

impl<'a> Confined<'a> {
    /// The files of `below` in these folders, which are absolute paths without links.
    pub fn new(below: &'a dyn FileSystem, folders: Vec<PathBuf>) -> Self {
        Self { below, folders }
    }

    fn is_inside(&self, path: &Path) -> bool {
        let real = self.below.canonical(path);
        let is_inside = |real: PathBuf| self.folders.iter().any(|folder| real.starts_with(folder));
        // Whoever reads what is not there is told so.
        real.map_or(true, is_inside)
    }

    fn check(&self, path: &Path) -> Result<(), ReadError> {
        match self.is_inside(path) {
            true => Ok(()),
            false => Err(ReadError::Link("out of the repository")),
        }
    }
}

impl FileSystem for Confined<'_> {
    fn read(&self, path: &Path, limits: Limits) -> Result<Vec<u8>, ReadError> {
        self.check(path)?;
        self.below.read(path, limits)
    }

    fn walk(&self, path: &Path, boundary: Option<&Path>) -> Vec<Found> {
        let mut found = self.below.walk(path, boundary);
        found.retain(|found| self.is_inside(&found.path));
        found
    }

    fn list(&self, folder: &Path) -> Result<Vec<Entry>, ReadError> {
        self.check(folder)?;
        let mut entries = self.below.list(folder)?;
        // The folder is inside, and so is what stands in it and is no link.
        entries.retain(|entry| !entry.is_link || self.is_inside(&entry.path));
        Ok(entries)
    }

    fn read_entry(
        &self,
        entry: &Entry,
        limits: Limits,
        bytes: &mut Vec<u8>,
    ) -> Result<(), ReadError> {
        if entry.is_link {
            self.check(&entry.path)?;
        }
        self.below.read_entry(entry, limits, bytes)
    }

    fn write(&self, path: &Path, text: &str) -> Result<(), ReadError> {
        self.check(path)?;
        self.below.write(path, text)
    }

    fn exists(&self, path: &Path) -> bool {
        self.is_inside(path) && self.below.exists(path)
    }

    fn canonical(&self, path: &Path) -> Result<PathBuf, ReadError> {
        self.below.canonical(path)
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        // What a path leads to is part of the structure.
        self.below.stamp(path)
    }

    fn moment(&self) -> Option<Moment> {
        self.below.moment()
    }

    fn changed_since(&self, moment: Moment) -> Option<Vec<PathBuf>> {
        self.below.changed_since(moment)
    }

    fn structure(&self) -> Option<Stamp> {
        self.below.structure()
    }

    fn adopt(&self, questions: &Questions) {
        self.below.adopt(questions);
    }
}
