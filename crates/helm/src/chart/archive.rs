//! Packaged charts: `.tgz` archives, read in memory.

use std::io::{self, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use tar::{Archive, Entry, EntryType};

use super::assemble::Loading;
use super::limits::{FILE, RATIO, TOTAL};
use super::{ChartFile, Contents};
use crate::template::quote;

/// The least that the files of an archive may have together, however small it is.
const LEAST: u64 = 1 << 20;

/// What all gzip archives begin with.
const GZIP: &[u8] = b"\x1f\x8b";

/// The code of the problem of an archive that is one, but can't be read to its end.
pub const DAMAGED: &str = "damaged-archive";

impl Loading<'_, '_> {
    /// The files of an archive, without the name of the folder that all stand in. What is wrong is told, and ends the
    /// reading.
    pub(super) fn archive(&mut self, bytes: &[u8], path: &Path) -> Vec<ChartFile> {
        let most = (bytes.len() as u64).saturating_mul(RATIO);
        let most = most.clamp(LEAST, TOTAL);
        let unpacked = Bounded {
            inner: MultiGzDecoder::new(bytes),
            left: most,
        };
        let mut files = Vec::new();
        if let Err(error) = self.add_archive(Archive::new(unpacked), path, &mut files) {
            let is_damaged = error.kind() != io::ErrorKind::Other && bytes.starts_with(GZIP);
            let code = if is_damaged { DAMAGED } else { "chart-archive" };
            self.refuse(code, error.to_string(), path);
        } else if files.is_empty() {
            self.refuse("chart-archive", "no files in chart archive", path);
        }
        files
    }

    fn add_archive<R: Read>(
        &mut self,
        mut archive: Archive<R>,
        path: &Path,
        files: &mut Vec<ChartFile>,
    ) -> io::Result<()> {
        for entry in archive.entries()? {
            let mut entry = entry?;
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let Some(name) = self.entry_name(&entry, &name, path)? else {
                continue;
            };
            self.limits.take(entry.size()).map_err(io::Error::other)?;
            let mut bytes = Vec::new();
            entry.by_ref().take(FILE).read_to_end(&mut bytes)?;
            let shown = (self.reader.shown)(path).join(&name);
            let contents = Contents::new(&bytes, self.reader.sources, &shown);
            files.push(ChartFile::new(name, contents));
        }
        Ok(())
    }

    /// The path in the chart of what is a file.
    fn entry_name<R: Read>(
        &mut self,
        entry: &Entry<'_, R>,
        name: &str,
        path: &Path,
    ) -> io::Result<Option<String>> {
        match entry.header().entry_type() {
            EntryType::Regular | EntryType::Continuous => {}
            EntryType::Directory | EntryType::XGlobalHeader | EntryType::XHeader => {
                return Ok(None);
            }
            other => {
                let sort = match other {
                    EntryType::Symlink | EntryType::Link => "a link",
                    _ => "a special file",
                };
                let message = format!("{name} is {sort}, which is not read from archives");
                self.refuse("chart-archive", message, path);
                return Ok(None);
            }
        }
        if name.ends_with('/') {
            return Ok(None);
        }
        inner_name(name).map(Some).map_err(io::Error::other)
    }
}

/// The path below the first folder.
fn inner_name(name: &str) -> Result<String, String> {
    let name = name.replace('\\', "/");
    let (folder, rest) = name.split_once('/').unwrap_or((&name, ""));
    if rest.starts_with('/') {
        return Err("chart illegally contains absolute paths".into());
    }
    let clean = go::path::clean(rest.as_bytes());
    let clean = String::from_utf8_lossy(&clean).into_owned();
    if clean == "." {
        return Err(format!(
            "chart illegally contains content outside the base directory: {}",
            quote(name.as_bytes())
        ));
    }
    if clean.starts_with("..") {
        return Err("chart illegally references parent directory".into());
    }
    let drive = clean.as_bytes();
    if matches!(drive, [letter, b':', b'/', ..] if letter.is_ascii_alphabetic()) {
        return Err("chart contains illegally named files".into());
    }
    if folder == "Chart.yaml" {
        return Err("chart yaml not in base directory".into());
    }
    Ok(clean)
}

/// Bytes that fail where they are too many: those of a small archive that would fill the memory.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let left = self.left.checked_sub(count as u64);
        self.left = left.ok_or_else(|| {
            io::Error::other("the archive holds much more than its size makes likely")
        })?;
        Ok(count)
    }
}
