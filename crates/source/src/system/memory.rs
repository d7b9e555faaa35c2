//! Files that exist only in memory: tests, check examples, standard input.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

use super::{Entry, FileSystem, Found, FoundKind, Limits, ReadError};

/// A file system in memory, by path. It knows no links and no ignore files.
#[derive(Debug, Default)]
pub struct Memory {
    files: RwLock<BTreeMap<PathBuf, Arc<[u8]>>>,
}

impl Memory {
    /// A file system with these files.
    pub fn new<P: Into<PathBuf>, T: AsRef<[u8]>>(files: impl IntoIterator<Item = (P, T)>) -> Self {
        let files = files
            .into_iter()
            .map(|(path, text)| (path.into(), text.as_ref().into()))
            .collect();
        Self {
            files: RwLock::new(files),
        }
    }

    /// The present bytes of a file.
    #[must_use]
    pub fn get(&self, path: &Path) -> Option<Arc<[u8]>> {
        self.files
            .read()
            .expect("no thread panics while it holds the lock")
            .get(path)
            .cloned()
    }
}

impl FileSystem for Memory {
    fn read(&self, path: &Path, limits: Limits) -> Result<Vec<u8>, ReadError> {
        let bytes = self.get(path).ok_or(ReadError::NotFound)?;
        let length = bytes.len() as u64;
        if length > limits.file_bytes {
            return Err(ReadError::TooLarge {
                limit: limits.file_bytes,
            });
        }
        Ok(bytes.to_vec())
    }

    fn walk(&self, path: &Path, _boundary: Option<&Path>) -> Vec<Found> {
        let files = self
            .files
            .read()
            .expect("no thread panics while it holds the lock");
        below(&files, path)
            .map(|(file, _)| Found {
                path: file.clone(),
                kind: FoundKind::File,
            })
            .collect()
    }

    fn list(&self, folder: &Path) -> Result<Vec<Entry>, ReadError> {
        let files = self
            .files
            .read()
            .expect("no thread panics while it holds the lock");
        let entries = below(&files, folder).filter_map(|(_, below)| {
            let mut below = below.components();
            let path = folder.join(below.next()?);
            let is_folder = below.next().is_some();
            Some(Entry {
                path,
                is_folder,
                is_link: false,
            })
        });
        let entries: BTreeSet<Entry> = entries.collect();
        Ok(entries.into_iter().collect())
    }

    fn write(&self, path: &Path, text: &str) -> Result<(), ReadError> {
        let mut files = self
            .files
            .write()
            .expect("no thread panics while it holds the lock");
        let file = files.get_mut(path).ok_or(ReadError::NotFound)?;
        *file = text.as_bytes().into();
        Ok(())
    }

    fn exists(&self, path: &Path) -> bool {
        let files = self
            .files
            .read()
            .expect("no thread panics while it holds the lock");
        below(&files, path).next().is_some()
    }

    fn canonical(&self, path: &Path) -> Result<PathBuf, ReadError> {
        if self.exists(path) {
            Ok(path.to_path_buf())
        } else {
            Err(ReadError::NotFound)
        }
    }
}

/// The files below a folder, and the way to each; `.` is the folder of all files. They stand side by side, as paths are ordered
/// by their names.
fn below<'f>(
    files: &'f BTreeMap<PathBuf, Arc<[u8]>>,
    folder: &Path,
) -> impl Iterator<Item = (&'f PathBuf, &'f Path)> {
    let folder = match folder == Path::new(".") {
        true => Path::new(""),
        false => folder,
    };
    let behind = files.range::<Path, _>((Bound::Included(folder), Bound::Unbounded));
    behind.map_while(move |(file, _)| Some((file, file.strip_prefix(folder).ok()?)))
}
