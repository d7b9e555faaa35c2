//! Files that exist only in memory: tests, check examples, standard input.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

use super::{FileSystem, Found, FoundKind, Limits, ReadError};

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
                bytes: length,
                limit: limits.file_bytes,
            });
        }
        Ok(bytes.to_vec())
    }

    fn walk(&self, path: &Path) -> Vec<Found> {
        let files = self
            .files
            .read()
            .expect("no thread panics while it holds the lock");
        let below = files
            .keys()
            .filter(|file| path == Path::new(".") || file.starts_with(path));
        below
            .map(|file| Found {
                path: file.clone(),
                kind: FoundKind::File,
            })
            .collect()
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
        !self.walk(path).is_empty()
    }

    fn canonical(&self, path: &Path) -> Result<PathBuf, ReadError> {
        if self.exists(path) {
            Ok(path.to_path_buf())
        } else {
            Err(ReadError::NotFound)
        }
    }
}
