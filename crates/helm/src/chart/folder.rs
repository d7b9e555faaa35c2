//! The files of a chart's folder.

use std::path::{Path, PathBuf};

use source::system::Entry;
use source::{Level, Limits as ReadLimits, Problem, ReadError};

use super::assemble::Loading;
use super::ignore::{NAME, Rules};
use super::limits::{DEEPEST, FILE};
use super::{ChartFile, Contents};

/// A folder, and its path without links, if that is known.
struct Folder<'a> {
    path: &'a Path,
    real: Option<PathBuf>,
}

impl Loading<'_, '_> {
    /// All files of a folder but those that `.helmignore` names.
    pub(super) fn folder(&mut self, folder: &Path) -> Vec<ChartFile> {
        let rules = self.rules(folder);
        let mut files = Vec::new();
        let real = self.reader.system.canonical(folder).ok();
        self.add_folder(&Folder { path: folder, real }, "", &rules, &mut files);
        files
    }

    fn rules(&mut self, folder: &Path) -> Rules {
        let path = folder.join(NAME);
        if !self.reader.system.exists(&path) {
            return Rules::read("").0;
        }
        let Some(bytes) = self.bytes(&path) else {
            return Rules::read("").0;
        };
        let text = String::from_utf8_lossy(&bytes);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let (rules, mistake) = Rules::read(text);
        if let Some(mistake) = mistake {
            self.refuse("helmignore", mistake, &path);
        }
        rules
    }

    fn add_folder(
        &mut self,
        folder: &Folder<'_>,
        name: &str,
        rules: &Rules,
        files: &mut Vec<ChartFile>,
    ) {
        let Folder { path, real } = folder;
        if real.is_some() && self.limits.walked.contains(real) {
            return self.refuse("chart-folder", "a link leads to a folder above it", path);
        }
        self.limits.walked.push(real.clone());
        for entry in self.entries(path, name) {
            if self.limits.is_exhausted {
                break;
            }
            let last = entry.path.file_name().unwrap_or_default().to_string_lossy();
            let name = match name {
                "" => last.into_owned(),
                folder => format!("{folder}/{last}"),
            };
            if rules.ignores(&name, entry.is_folder) {
                continue;
            }
            if entry.is_folder {
                let real = self.real(&entry, real.as_deref());
                let path = &entry.path;
                self.add_folder(&Folder { path, real }, &name, rules, files);
            } else {
                files.extend(self.file(&entry, name));
            }
        }
        self.limits.walked.pop();
    }

    /// The real path of a folder in another one. To ask for it is slow, and only links make it another one.
    fn real(&self, entry: &Entry, parent: Option<&Path>) -> Option<PathBuf> {
        match entry.is_link {
            true => self.reader.system.canonical(&entry.path).ok(),
            false => Some(parent?.join(entry.path.file_name()?)),
        }
    }

    /// What stands in a folder, unless that is too much.
    fn entries(&mut self, folder: &Path, name: &str) -> Vec<Entry> {
        let taken = match name.split('/').count() > DEEPEST {
            true => Err("folders stand too deep in each other".into()),
            false => self.limits.take_folder(),
        };
        if let Err(message) = taken {
            self.refuse("chart-folder", message, folder);
            return Vec::new();
        }
        match self.reader.system.list(folder) {
            Ok(entries) => entries,
            Err(error) => {
                let shown = (self.reader.shown)(folder);
                self.problems.push(error.problem(&shown));
                Vec::new()
            }
        }
    }

    fn file(&mut self, entry: &Entry, name: String) -> Option<ChartFile> {
        let path = &entry.path;
        let limits = ReadLimits { file_bytes: FILE };
        let read = self
            .reader
            .system
            .read_entry(entry, limits, &mut self.buffer);
        self.told(read, path)?;
        if let Err(message) = self.limits.take(self.buffer.len() as u64) {
            self.refuse("chart-folder", message, path);
            return None;
        }
        let shown = (self.reader.shown)(path);
        let contents = Contents::new(&self.buffer, self.reader.sources, &shown);
        Some(ChartFile::new(name, contents))
    }

    pub(super) fn bytes(&mut self, path: &Path) -> Option<Vec<u8>> {
        let limits = ReadLimits { file_bytes: FILE };
        let read = self.reader.system.read(path, limits);
        self.told(read, path)
    }

    /// What was read, unless it could not be, which is told.
    fn told<T>(&mut self, read: Result<T, ReadError>, path: &Path) -> Option<T> {
        match read {
            Ok(read) => Some(read),
            Err(error) => {
                let shown = (self.reader.shown)(path);
                self.problems.push(error.problem(&shown));
                None
            }
        }
    }

    /// Tells what Helm refuses of a path.
    pub(super) fn refuse(&mut self, code: &'static str, message: impl Into<String>, path: &Path) {
        let shown: PathBuf = (self.reader.shown)(path);
        let problem = Problem::of(Level::Error, code, message, shown);
        self.problems.push(problem);
    }
}
