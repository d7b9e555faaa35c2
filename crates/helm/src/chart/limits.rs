//! What a chart may hold.

use std::path::PathBuf;

/// The largest file that Helm takes, in bytes.
pub(super) const FILE: u64 = 5 << 20;

/// The most bytes that the files of a chart may have together, as Helm has it for an archive.
pub(super) const TOTAL: u64 = 100 << 20;

/// The most files that a chart may have, those of the charts in it included.
const FILES: usize = 20_000;

/// How deep folders, and charts in charts, may stand in each other.
pub(super) const DEEPEST: usize = 40;

/// How many times larger than the archive its files may be: text is seldom compressed to a fiftieth.
pub(super) const RATIO: u64 = 500;

/// What may still be read of a chart.
#[derive(Debug)]
pub(super) struct Limits {
    files: usize,
    folders: usize,
    bytes: u64,
    /// Whether nothing more may be read.
    pub(super) is_exhausted: bool,
    /// How many charts stand in each other.
    pub(super) depth: usize,
    /// The folders of the charts that are being read.
    pub(super) open: Vec<PathBuf>,
    /// The real paths of the folders that are being walked, where they are known.
    pub(super) walked: Vec<Option<PathBuf>>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            files: FILES,
            folders: FILES,
            bytes: TOTAL,
            is_exhausted: false,
            depth: 0,
            open: Vec::new(),
            walked: Vec::new(),
        }
    }
}

impl Limits {
    /// Takes a file of so many bytes.
    ///
    /// # Errors
    /// When it is too much.
    pub(super) fn take(&mut self, bytes: u64) -> Result<(), String> {
        if bytes > FILE {
            return Err(format!("the file is larger than {} MiB", FILE >> 20));
        }
        let left = self.files.checked_sub(1).zip(self.bytes.checked_sub(bytes));
        (self.files, self.bytes) = left.ok_or_else(|| {
            self.is_exhausted = true;
            format!(
                "the chart has more than {FILES} files, or more than {} MiB",
                TOTAL >> 20
            )
        })?;
        Ok(())
    }

    /// Takes a folder.
    ///
    /// # Errors
    /// When there are too many.
    pub(super) fn take_folder(&mut self) -> Result<(), String> {
        let left = self.folders.checked_sub(1);
        self.folders = left.ok_or_else(|| {
            self.is_exhausted = true;
            format!("the chart has more than {FILES} folders")
        })?;
        Ok(())
    }
}
