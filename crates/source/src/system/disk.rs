//! The real file system. The only place that calls `std::fs`.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the door through which files enter"
)]

mod rules;
mod walk;

use std::fs::{self, FileType, Metadata};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::{Entry, FileSystem, Found, Limits, ReadError};

/// The disk of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Disk {
    /// Writes a file that is no text, as [`FileSystem::write`] does with one that is.
    ///
    /// # Errors
    /// When the file can't be written; one that was there is then as it was.
    pub fn write_bytes(&self, path: &Path, bytes: &[u8]) -> Result<(), ReadError> {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_file() => replace(&real(path)?, &metadata, bytes),
            _ => Ok(fs::write(path, bytes)?),
        }
    }
}

impl FileSystem for Disk {
    fn read(&self, path: &Path, limits: Limits) -> Result<Vec<u8>, ReadError> {
        read_file(path, limits)
    }

    fn walk(&self, path: &Path, boundary: Option<&Path>) -> Vec<Found> {
        walk::walk(path, boundary)
    }

    fn list(&self, folder: &Path) -> Result<Vec<Entry>, ReadError> {
        let entries = fs::read_dir(folder)?.map(|entry| {
            let entry = entry?;
            let (path, kind) = (entry.path(), entry.file_type()?);
            let is_link = kind.is_symlink();
            let is_folder = kind.is_dir() || is_link && path.is_dir();
            Ok(Entry {
                path,
                is_folder,
                is_file: kind.is_file(),
                is_link,
            })
        });
        let mut entries: Vec<Entry> = entries.collect::<Result<_, ReadError>>()?;
        // All stand in one folder, so that their last names alone differ.
        entries.sort_unstable_by(|one, other| one.path.as_os_str().cmp(other.path.as_os_str()));
        Ok(entries)
    }

    fn read_entry(
        &self,
        entry: &Entry,
        limits: Limits,
        bytes: &mut Vec<u8>,
    ) -> Result<(), ReadError> {
        bytes.clear();
        // Opening what is no regular file could wait for ever.
        let opened = entry.is_file.then(|| fs::File::open(&entry.path).ok());
        match opened.flatten() {
            Some(file) => {
                let metadata = file.metadata()?;
                read_open(file, &metadata, limits, bytes)
            }
            None => read_path(&entry.path, limits, bytes),
        }
    }

    fn write(&self, path: &Path, text: &str) -> Result<(), ReadError> {
        self.write_bytes(path, text.as_bytes())
    }

    fn exists(&self, path: &Path) -> bool {
        path.exists()
    }

    fn canonical(&self, path: &Path) -> Result<PathBuf, ReadError> {
        real(path)
    }
}

fn read_file(path: &Path, limits: Limits) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    read_path(path, limits, &mut bytes)?;
    Ok(bytes)
}

fn read_path(path: &Path, limits: Limits, bytes: &mut Vec<u8>) -> Result<(), ReadError> {
    // The type is looked at before the file is opened: opening a FIFO without a writer waits for ever.
    let metadata = fs::metadata(path).map_err(|error| path_error(path, &error))?;
    check_regular(metadata.file_type())?;
    read_open(fs::File::open(path)?, &metadata, limits, bytes)
}

/// Reads a file to the end of `bytes`, which are empty.
fn read_open(
    file: fs::File,
    metadata: &Metadata,
    limits: Limits,
    bytes: &mut Vec<u8>,
) -> Result<(), ReadError> {
    check_regular(metadata.file_type())?;
    check_size(metadata, limits)?;
    bytes.reserve(usize::try_from(metadata.len()).unwrap_or(0));
    // What is added while the file is read is not waited for. Some files have no length though they hold something; one byte
    // past the limit is enough to see that they hold too much.
    let most = match metadata.len() {
        0 => limits.file_bytes + 1,
        length => length,
    };
    file.take(most).read_to_end(bytes)?;
    if bytes.len() as u64 > limits.file_bytes {
        return Err(ReadError::TooLarge {
            limit: limits.file_bytes,
        });
    }
    Ok(())
}

/// Puts a file with `text` in the place of a file, so that whatever happens one of the two is there as a whole.
fn replace(path: &Path, metadata: &Metadata, bytes: &[u8]) -> Result<(), ReadError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let written = fs::File::create_new(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.set_permissions(metadata.permissions())?;
        file.sync_all()?;
        fs::rename(&beside, path)
    });
    if written.is_err() {
        // What is left of a failed attempt is of no use, and the first error is the one to tell.
        let _ = fs::remove_file(&beside);
    }
    Ok(written?)
}

fn real(path: &Path) -> Result<PathBuf, ReadError> {
    fs::canonicalize(path).map_err(|error| path_error(path, &error))
}

/// The error of a path; where the path is a link, the error is about what it leads to.
fn path_error(path: &Path, error: &io::Error) -> ReadError {
    if path.is_symlink() {
        link_error(error)
    } else {
        error.into()
    }
}

fn link_error(error: &io::Error) -> ReadError {
    match error.kind() {
        ErrorKind::NotFound => ReadError::Link("nowhere"),
        ErrorKind::PermissionDenied => ReadError::Denied,
        // No other error is left for a link than that following it does not end.
        _ => ReadError::Link("back to itself"),
    }
}

fn check_size(metadata: &Metadata, limits: Limits) -> Result<(), ReadError> {
    if metadata.len() > limits.file_bytes {
        return Err(ReadError::TooLarge {
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
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::NotFound,
            ErrorKind::PermissionDenied => Self::Denied,
            _ => Self::Other(what_happened(error)),
        }
    }
}

/// What the operating system says, without its number.
fn what_happened(error: &io::Error) -> String {
    let text = error.to_string();
    match text.split_once(" (os error") {
        Some((text, _)) => text.to_lowercase(),
        None => text,
    }
}

#[cfg(test)]
mod tests;
