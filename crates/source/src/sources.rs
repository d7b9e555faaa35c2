//! The files of one run.

use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

use crate::system::{FileSystem, Limits, ReadError};
use crate::{FileId, Level, Problem, SourceFile};

/// All files of one run, by id. Files may be added from several threads.
#[derive(Debug, Default)]
pub struct Sources {
    files: RwLock<Vec<Arc<SourceFile>>>,
}

/// What [`Sources::load`] returns.
pub type Loaded = Result<Arc<SourceFile>, ReadError>;

impl Sources {
    /// Adds a file with the given text.
    pub fn add(&self, path: impl AsRef<Path>, text: impl Into<Arc<str>>) -> Arc<SourceFile> {
        let mut files = self
            .files
            .write()
            .expect("no thread panics while it adds a file");
        let id = FileId(u32::try_from(files.len()).expect("a run reads fewer than 2^32 files"));
        let file = Arc::new(SourceFile::new(id, path, text));
        files.push(Arc::clone(&file));
        file
    }

    /// Reads `path` as UTF-8 and adds it under the name `shown`.
    ///
    /// # Errors
    /// When the path can't be read, is no regular file, is larger than the limit, or holds no UTF-8 text.
    pub fn load(
        &self,
        system: &dyn FileSystem,
        path: &Path,
        shown: &Path,
        limits: Limits,
    ) -> Loaded {
        let bytes = system.read(path, limits)?;
        let text = decode(bytes)?;
        Ok(self.add(shown, text))
    }

    /// The file with this id, which must come from this table.
    #[must_use]
    pub fn get(&self, id: FileId) -> Arc<SourceFile> {
        Arc::clone(
            &self
                .files
                .read()
                .expect("no thread panics while it adds a file")[id.0 as usize],
        )
    }

    /// The shown path of the file with this id.
    #[must_use]
    pub fn path(&self, id: FileId) -> PathBuf {
        self.get(id).path.clone()
    }
}

fn decode(bytes: Vec<u8>) -> Result<String, ReadError> {
    if bytes[..bytes.len().min(8192)].contains(&0) {
        return Err(ReadError::Binary);
    }
    String::from_utf8(bytes).map_err(|error| ReadError::NotUtf8 {
        offset: error.utf8_error().valid_up_to(),
    })
}

impl ReadError {
    /// The problem that tells a person that `path` could not be read.
    #[must_use]
    pub fn problem(&self, path: &Path) -> Problem {
        let problem = Problem::of(Level::Error, "unreadable-file", self.to_string(), path);
        match self.help() {
            Some(help) => problem.with_help(help),
            None => problem,
        }
    }
}
