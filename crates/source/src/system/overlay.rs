//! Open editors' texts over another file system.

use std::path::{Path, PathBuf};

use super::{Entry, FileSystem, Found, FoundKind, Limits, Memory, Moment, ReadError, Stamp};

/// Files in memory that hide the ones of another file system under the same paths.
pub struct Overlay<S> {
    /// The texts that are read first.
    pub open: Memory,
    /// What is read where `open` has nothing.
    pub below: S,
}

impl<S: FileSystem> FileSystem for Overlay<S> {
    fn read(&self, path: &Path, limits: Limits) -> Result<Vec<u8>, ReadError> {
        match self.open.read(path, limits) {
            Err(ReadError::NotFound) => self.below.read(path, limits),
            read => read,
        }
    }

    fn walk(&self, path: &Path, boundary: Option<&Path>) -> Vec<Found> {
        let mut found = self.below.walk(path, boundary);
        let mut open = self.open.walk(path, boundary);
        // What the walk below leaves out, such as for ignore rules, is left out when it is open, too.
        open.retain(
            |open| match found.binary_search_by(|below| below.path.cmp(&open.path)) {
                Ok(_) => true,
                Err(_) => !self.below.exists(&open.path),
            },
        );
        if open.is_empty() {
            return found;
        }
        found.retain(|below| {
            !open.iter().any(|file| file.path == below.path) || below.kind == FoundKind::File
        });
        found.extend(open);
        found.sort();
        found.dedup();
        found
    }

    fn list(&self, folder: &Path) -> Result<Vec<Entry>, ReadError> {
        let open = self.open.list(folder)?;
        let mut entries = match self.below.list(folder) {
            Ok(entries) => entries,
            Err(error) if open.is_empty() => return Err(error),
            Err(_) => Vec::new(),
        };
        entries.extend(open);
        entries.sort();
        entries.dedup_by(|one, other| one.path == other.path);
        Ok(entries)
    }

    fn read_entry(
        &self,
        entry: &Entry,
        limits: Limits,
        bytes: &mut Vec<u8>,
    ) -> Result<(), ReadError> {
        match self.open.read_entry(entry, limits, bytes) {
            Err(ReadError::NotFound) => self.below.read_entry(entry, limits, bytes),
            read => read,
        }
    }

    fn write(&self, path: &Path, text: &str) -> Result<(), ReadError> {
        match self.open.write(path, text) {
            Err(ReadError::NotFound) => self.below.write(path, text),
            written => written,
        }
    }

    fn exists(&self, path: &Path) -> bool {
        self.open.exists(path) || self.below.exists(path)
    }

    fn canonical(&self, path: &Path) -> Result<PathBuf, ReadError> {
        self.below
            .canonical(path)
            .or_else(|_| self.open.canonical(path))
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        match self.open.get(path) {
            Some(_) => self.open.stamp(path),
            None => self.below.stamp(path),
        }
    }

    fn moment(&self) -> Option<Moment> {
        let (open, below) = (self.open.moment()?, self.below.moment()?);
        Some(Moment {
            whose: open.whose.with(below.whose),
            at: open.at,
        })
    }

    fn changed_since(&self, moment: Moment) -> Option<Vec<PathBuf>> {
        let Moment { whose, at } = moment;
        if self.moment()?.whose != whose {
            return None;
        }
        let (open, below) = (self.open.moment()?, self.below.moment()?);
        let mut changed = self.open.changed_since(Moment { at, ..open })?;
        changed.extend(self.below.changed_since(Moment { at, ..below })?);
        Some(changed)
    }

    fn structure(&self) -> Option<Stamp> {
        Some(self.open.structure()?.with(self.below.structure()?))
    }
}
