//! The one door to files: a trait with a disk, a memory, an overlay and a confined implementation.

mod cached;
mod changes;
mod confined;
mod disk;
mod memory;
mod overlay;
mod recorded;
mod stamp;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use thiserror::Error;

pub use cached::Cached;
pub use confined::Confined;
pub use disk::Disk;
pub use memory::Memory;
pub use overlay::Overlay;
pub use recorded::{Questions, Recorded};
pub use stamp::{Moment, Stamp};

/// Bounds on what is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest file that is read, in bytes.
    pub file_bytes: u64,
}

impl Default for Limits {
    /// 64 MiB: four times the largest rendered bundle seen in public repositories.
    fn default() -> Self {
        Self {
            file_bytes: 64 << 20,
        }
    }
}

/// What a walk met.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Found {
    /// The path, below the walked one.
    pub path: PathBuf,
    /// What it is.
    pub kind: FoundKind,
}

/// What a walked path is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FoundKind {
    /// A regular file.
    File,
    /// Something that can't be read, with the reason.
    Unreadable(ReadError),
    /// A symbolic link that is not followed, because of where it leads.
    Link(Leads),
    /// A file with ignore rules that can't be read, so that the walk goes without them.
    Rules(ReadError),
}

/// Where a symbolic link leads that is not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Leads {
    /// Out of the folder that the walk stays in.
    Outside,
    /// To a folder above the link: following it would never end.
    Above,
    /// To something that the walk meets by another path.
    Elsewhere,
}

/// Something that stands in a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry {
    /// The path, beginning with that of the folder.
    pub path: PathBuf,
    /// Whether it is a folder, or a link to one.
    pub is_folder: bool,
    /// Whether it is a regular file, and no link to one.
    pub is_file: bool,
    /// Whether it is a link.
    pub is_link: bool,
}

/// Why a path could not be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Error)]
pub enum ReadError {
    /// Nothing is there.
    #[error("no such file or folder")]
    NotFound,
    /// The file system refused.
    #[error("permission denied")]
    Denied,
    /// A FIFO, socket or device: reading it could block or never end.
    #[error("not a regular file but a {kind}")]
    NotRegular {
        /// What it is.
        kind: &'static str,
    },
    /// A link that leads back to itself, or nowhere.
    #[error("a symbolic link that leads {0}")]
    Link(&'static str),
    /// The file is larger than the limit.
    #[error("larger than the limit of {} MiB", limit >> 20)]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The file holds NUL bytes.
    #[error("a binary file")]
    Binary,
    /// The file is UTF-16 or UTF-32.
    #[error("text in {encoding}")]
    Wide {
        /// The encoding.
        encoding: &'static str,
    },
    /// The file is not UTF-8.
    #[error("not UTF-8: a wrong byte at line {line}, column {column}")]
    NotUtf8 {
        /// The line of the first wrong byte, from 1.
        line: usize,
        /// The column, in characters from 1.
        column: usize,
    },
    /// Anything else that the operating system said.
    #[error("{0}")]
    Other(String),
}

impl ReadError {
    /// The next step for a person, where there is one.
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::NotFound => Some("check the spelling of the path"),
            Self::Denied => Some("make it readable for this user, or exclude it"),
            Self::NotRegular { .. } | Self::Link(_) => {
                Some("exclude it, or give the path of a regular file")
            }
            Self::TooLarge { .. } => Some("split the file, or exclude it"),
            Self::Wide { .. } | Self::NotUtf8 { .. } => {
                Some("save the file as UTF-8, or exclude it")
            }
            Self::Binary => Some("exclude it"),
            Self::Other(_) => None,
        }
    }
}

/// Where files come from. Implementations return the same answer for the same state, in sorted order.
pub trait FileSystem: Send + Sync {
    /// The bytes of a regular file.
    ///
    /// # Errors
    /// When the path can't be read, is no regular file, or is larger than the limit.
    fn read(&self, path: &Path, limits: Limits) -> Result<Vec<u8>, ReadError>;

    /// All files at or below `path`, sorted, with what could not be read. Hidden files and files that ignore rules name are
    /// left out below `path`, never `path` itself. A file is found once, whatever links lead to it, and a link that leads out
    /// of the folder `boundary` (an absolute path without links) is not followed.
    fn walk(&self, path: &Path, boundary: Option<&Path>) -> Vec<Found>;

    /// What stands directly in a folder, sorted, whatever ignore rules say.
    ///
    /// # Errors
    /// When the folder can't be listed.
    fn list(&self, folder: &Path) -> Result<Vec<Entry>, ReadError>;

    /// The bytes of a regular file that was listed, for which less must be asked, in the place of what `bytes` holds.
    ///
    /// # Errors
    /// As [`FileSystem::read`].
    fn read_entry(
        &self,
        entry: &Entry,
        limits: Limits,
        bytes: &mut Vec<u8>,
    ) -> Result<(), ReadError> {
        *bytes = self.read(&entry.path, limits)?;
        Ok(())
    }

    /// Writes a file, in place of what it held. The disk makes a file that is not there; memory, which stands for the files of
    /// somebody else, does not.
    ///
    /// # Errors
    /// When the path can't be written.
    fn write(&self, path: &Path, text: &str) -> Result<(), ReadError>;

    /// Whether a file or folder is there.
    fn exists(&self, path: &Path) -> bool;

    /// The absolute path without links and `..`.
    ///
    /// # Errors
    /// When the path does not exist or can't be resolved.
    fn canonical(&self, path: &Path) -> Result<PathBuf, ReadError>;

    /// What stands for the bytes of a file; nothing where only reading them tells whether they changed.
    fn stamp(&self, _path: &Path) -> Option<Stamp> {
        None
    }

    /// The present moment; nothing where nobody tells what changes later.
    fn moment(&self) -> Option<Moment> {
        None
    }

    /// The files that changed, came or went after a moment; nothing where any may have.
    fn changed_since(&self, _moment: Moment) -> Option<Vec<PathBuf>> {
        None
    }

    /// What stands for which files, folders and links there are; nothing where only looking tells whether that changed.
    fn structure(&self) -> Option<Stamp> {
        None
    }

    /// Takes note of questions that were answered before and have the same answers now, as if they were asked again.
    fn adopt(&self, _questions: &Questions) {}
}

/// What is borrowed or shared is read as it is.
macro_rules! read_as_it_is {
    ($($pointer:ty),*) => {
        $(impl<S: FileSystem + ?Sized> FileSystem for $pointer {
            fn read(&self, path: &Path, limits: Limits) -> Result<Vec<u8>, ReadError> {
                (**self).read(path, limits)
            }

            fn walk(&self, path: &Path, boundary: Option<&Path>) -> Vec<Found> {
                (**self).walk(path, boundary)
            }

            fn list(&self, folder: &Path) -> Result<Vec<Entry>, ReadError> {
                (**self).list(folder)
            }

            fn read_entry(
                &self,
                entry: &Entry,
                limits: Limits,
                bytes: &mut Vec<u8>,
            ) -> Result<(), ReadError> {
                (**self).read_entry(entry, limits, bytes)
            }

            fn write(&self, path: &Path, text: &str) -> Result<(), ReadError> {
                (**self).write(path, text)
            }

            fn exists(&self, path: &Path) -> bool {
                (**self).exists(path)
            }

            fn canonical(&self, path: &Path) -> Result<PathBuf, ReadError> {
                (**self).canonical(path)
            }

            fn stamp(&self, path: &Path) -> Option<Stamp> {
                (**self).stamp(path)
            }

            fn moment(&self) -> Option<Moment> {
                (**self).moment()
            }

            fn changed_since(&self, moment: Moment) -> Option<Vec<PathBuf>> {
                (**self).changed_since(moment)
            }

            fn structure(&self) -> Option<Stamp> {
                (**self).structure()
            }

            fn adopt(&self, questions: &Questions) {
                (**self).adopt(questions);
            }
        })*
    };
}

read_as_it_is!(&S, Arc<S>);
