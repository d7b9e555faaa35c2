//! Files that exist only in memory: tests, check examples, standard input.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::changes::Changes;
use super::{Entry, FileSystem, Found, FoundKind, Limits, Moment, ReadError, Stamp};

/// A file system in memory, by path. It knows no links and no ignore files.
#[derive(Debug, Default)]
pub struct Memory {
    files: RwLock<Files>,
}

/// The files, and what stands for which there are.
#[derive(Debug, Default)]
struct Files {
    by_path: BTreeMap<PathBuf, File>,
    structure: Stamp,
    changes: Changes,
}

#[derive(Clone, Debug)]
struct File {
    bytes: Arc<[u8]>,
    stamp: Stamp,
}

impl File {
    fn new(bytes: &[u8]) -> Self {
        Self {
            bytes: bytes.into(),
            stamp: Stamp::new(),
        }
    }
}

impl Memory {
    /// A file system with these files.
    pub fn new<P: Into<PathBuf>, T: AsRef<[u8]>>(files: impl IntoIterator<Item = (P, T)>) -> Self {
        let files = files
            .into_iter()
            .map(|(path, text)| (path.into(), File::new(text.as_ref())));
        Self {
            files: RwLock::new(Files {
                by_path: files.collect(),
                ..Files::default()
            }),
        }
    }

    /// The present bytes of a file.
    #[must_use]
    pub fn get(&self, path: &Path) -> Option<Arc<[u8]>> {
        let files = self.read_files();
        let file = files.by_path.get(path)?;
        Some(Arc::clone(&file.bytes))
    }

    /// Puts a file there, or other bytes into one that is there.
    pub fn set(&self, path: &Path, bytes: &[u8]) {
        let mut files = self.write_files();
        files.changes.add(path);
        let file = File::new(bytes);
        match files.by_path.get_mut(path) {
            Some(present) => *present = file,
            None => {
                files.by_path.insert(path.to_path_buf(), file);
                files.structure = Stamp::new();
            }
        }
    }

    /// Takes away those files that are not to be kept.
    pub fn retain(&self, is_kept: impl Fn(&Path) -> bool) {
        let mut files = self.write_files();
        let before = files.by_path.len();
        files.by_path.retain(|path, _| is_kept(path));
        if files.by_path.len() < before {
            files.structure = Stamp::new();
            files.changes.forget();
        }
    }

    fn read_files(&self) -> RwLockReadGuard<'_, Files> {
        self.files
            .read()
            .expect("no thread panics while it holds the lock")
    }

    fn write_files(&self) -> RwLockWriteGuard<'_, Files> {
        self.files
            .write()
            .expect("no thread panics while it holds the lock")
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
        below(&self.read_files().by_path, path)
            .map(|(file, _)| Found {
                path: file.clone(),
                kind: FoundKind::File,
            })
            .collect()
    }

    fn list(&self, folder: &Path) -> Result<Vec<Entry>, ReadError> {
        let files = self.read_files();
        let entries = below(&files.by_path, folder).filter_map(|(_, below)| {
            let mut below = below.components();
            let path = folder.join(below.next()?);
            let is_folder = below.next().is_some();
            Some(Entry {
                path,
                is_folder,
                is_file: !is_folder,
                is_link: false,
            })
        });
        let entries: BTreeSet<Entry> = entries.collect();
        Ok(entries.into_iter().collect())
    }

    fn write(&self, path: &Path, text: &str) -> Result<(), ReadError> {
        match self.get(path) {
            Some(_) => {
                self.set(path, text.as_bytes());
                Ok(())
            }
            None => Err(ReadError::NotFound),
        }
    }

    fn exists(&self, path: &Path) -> bool {
        below(&self.read_files().by_path, path).next().is_some()
    }

    fn canonical(&self, path: &Path) -> Result<PathBuf, ReadError> {
        if self.exists(path) {
            Ok(path.to_path_buf())
        } else {
            Err(ReadError::NotFound)
        }
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        let files = self.read_files();
        let file = files.by_path.get(path);
        Some(file.map_or(Stamp::ABSENT, |file| file.stamp))
    }

    fn moment(&self) -> Option<Moment> {
        Some(self.read_files().changes.moment())
    }

    fn changed_since(&self, moment: Moment) -> Option<Vec<PathBuf>> {
        self.read_files().changes.since(moment)
    }

    fn structure(&self) -> Option<Stamp> {
        Some(self.read_files().structure)
    }
}

/// The files below a folder, and the way to each; `.` is the folder of all files. They stand side by side, as paths are ordered
/// by their names.
fn below<'f>(
    files: &'f BTreeMap<PathBuf, File>,
    folder: &Path,
) -> impl Iterator<Item = (&'f PathBuf, &'f Path)> {
    let folder = match folder == Path::new(".") {
        true => Path::new(""),
        false => folder,
    };
    let behind = files.range::<Path, _>((Bound::Included(folder), Bound::Unbounded));
    behind.map_while(move |(file, _)| Some((file, file.strip_prefix(folder).ok()?)))
}
