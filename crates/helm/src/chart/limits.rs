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
    bytes: u64,
    /// How many charts stand in each other.
    pub(super) depth: usize,
    /// The folders of the charts that are being read.
    pub(super) open: Vec<PathBuf>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            files: FILES,
            bytes: TOTAL,
            depth: 0,
            open: Vec::new(),
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
        let files = self.files.checked_sub(1);
        self.files = files.ok_or_else(|| format!("the chart has more than {FILES} files"))?;
        let left = self.bytes.checked_sub(bytes);
        self.bytes = left.ok_or_else(|| format!("the chart is larger than {} MiB", TOTAL >> 20))?;
        Ok(())
    }
}
