//! The real file system. The only place that calls `std::fs`.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the door through which files enter"
)]

use std::fs::{self, FileType, Metadata};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use super::{FileSystem, Found, FoundKind, Limits, ReadError};

/// The disk of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl FileSystem for Disk {
    fn read(&self, path: &Path, limits: Limits) -> Result<Vec<u8>, ReadError> {
        // The type is looked at before the file is opened: opening a FIFO without a writer waits for ever.
        let metadata = fs::metadata(path)?;
        check_regular(metadata.file_type())?;
        check_size(&metadata, limits)?;
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0) + 1);
        // The file may grow while it is read; one byte past the limit is enough to see that.
        fs::File::open(path)?
            .take(limits.file_bytes + 1)
            .read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limits.file_bytes {
            return Err(ReadError::TooLarge {
                bytes: bytes.len() as u64,
                limit: limits.file_bytes,
            });
        }
        Ok(bytes)
    }

    fn walk(&self, path: &Path) -> Vec<Found> {
        let mut builder = WalkBuilder::new(path);
        builder
            .follow_links(true)
            .require_git(false)
            .git_global(false);
        let mut found: Vec<Found> = builder
            .build()
            .filter_map(|entry| classify(path, entry))
            .collect();
        found.sort();
        found
    }

    fn write(&self, path: &Path, text: &str) -> Result<(), ReadError> {
        Ok(fs::write(path, text)?)
    }

    fn exists(&self, path: &Path) -> bool {
        path.exists()
    }

    fn canonical(&self, path: &Path) -> Result<PathBuf, ReadError> {
        Ok(fs::canonicalize(path)?)
    }
}

fn classify(root: &Path, entry: Result<DirEntry, ignore::Error>) -> Option<Found> {
    let entry = match entry {
        Ok(entry) => entry,
        Err(error) => {
            let path = error_path(&error).unwrap_or_else(|| root.to_path_buf());
            return Some(Found {
                path,
                kind: FoundKind::Unreadable(walk_error(&error)),
            });
        }
    };
    let file_type = entry.file_type()?;
    if file_type.is_dir() {
        return None;
    }
    let kind = match check_regular(file_type) {
        Ok(()) => FoundKind::File,
        Err(error) => FoundKind::Unreadable(error),
    };
    Some(Found {
        path: entry.into_path(),
        kind,
    })
}

fn walk_error(error: &ignore::Error) -> ReadError {
    match error {
        ignore::Error::WithPath { err, .. }
        | ignore::Error::WithDepth { err, .. }
        | ignore::Error::WithLineNumber { err, .. } => walk_error(err),
        ignore::Error::Loop { .. } => ReadError::Link("back to a folder above it"),
        ignore::Error::Io(error) if error.kind() == ErrorKind::NotFound => {
            ReadError::Link("nowhere")
        }
        ignore::Error::Io(error) => error.into(),
        error => ReadError::Other(error.to_string()),
    }
}

fn error_path(error: &ignore::Error) -> Option<PathBuf> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path.clone()),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            error_path(err)
        }
        ignore::Error::Loop { child, .. } => Some(child.clone()),
        _ => None,
    }
}

fn check_size(metadata: &Metadata, limits: Limits) -> Result<(), ReadError> {
    if metadata.len() > limits.file_bytes {
        return Err(ReadError::TooLarge {
            bytes: metadata.len(),
            limit: limits.file_bytes,
        });
    }
    Ok(())
}

fn check_regular(file_type: FileType) -> Result<(), ReadError> {
    if file_type.is_file() {
        return Ok(());
    }
    if file_type.is_dir() {
        return Err(ReadError::NotRegular { kind: "folder" });
    }
    Err(ReadError::NotRegular {
        kind: special_kind(file_type),
    })
}

#[cfg(unix)]
fn special_kind(file_type: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    if file_type.is_fifo() {
        "FIFO"
    } else if file_type.is_socket() {
        "socket"
    } else {
        "device"
    }
}

#[cfg(not(unix))]
fn special_kind(_file_type: FileType) -> &'static str {
    "special file"
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        Self::from(&error)
    }
}

impl From<&io::Error> for ReadError {
    fn from(error: &io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::NotFound,
            ErrorKind::PermissionDenied => Self::Denied,
            _ => Self::Other(error.to_string()),
        }
    }
}
