//! The files of a chart's folder.

use std::path::{Path, PathBuf};

use source::{Level, Limits as ReadLimits, Problem};

use super::assemble::Loading;
use super::ignore::{NAME, Rules};
use super::limits::{DEEPEST, FILE};
use super::{ChartFile, Contents};

impl Loading<'_, '_> {
    /// All files of a folder but those that `.helmignore` names.
    pub(super) fn folder(&mut self, folder: &Path) -> Vec<ChartFile> {
        let rules = self.rules(folder);
        let mut files = Vec::new();
        self.add_folder(folder, "", &rules, &mut files);
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

    fn add_folder(&mut self, folder: &Path, name: &str, rules: &Rules, files: &mut Vec<ChartFile>) {
        let entries = match self.reader.system.list(folder) {
            Ok(entries) => entries,
            Err(error) => {
                let shown = (self.reader.shown)(folder);
                return self.problems.push(error.problem(&shown));
            }
        };
        if name.split('/').count() > DEEPEST {
            return self.refuse(
                "chart-folder",
                "folders stand too deep in each other",
                folder,
            );
        }
        for entry in entries {
            let last = entry.path.file_name().unwrap_or_default().to_string_lossy();
            let name = match name {
                "" => last.into_owned(),
                folder => format!("{folder}/{last}"),
            };
            if rules.ignores(&name, entry.is_folder) {
                continue;
            }
            if entry.is_folder {
                self.add_folder(&entry.path, &name, rules, files);
            } else {
                files.extend(self.file(&entry.path, name));
            }
        }
    }

    fn file(&mut self, path: &Path, name: String) -> Option<ChartFile> {
        let bytes = self.bytes(path)?;
        if let Err(message) = self.limits.take(bytes.len() as u64) {
            self.refuse("chart-folder", message, path);
            return None;
        }
        let shown = (self.reader.shown)(path);
        Some(ChartFile {
            name,
            contents: Contents::new(bytes, self.reader.sources, &shown),
        })
    }

    pub(super) fn bytes(&mut self, path: &Path) -> Option<Vec<u8>> {
        let limits = ReadLimits { file_bytes: FILE };
        match self.reader.system.read(path, limits) {
            Ok(bytes) => Some(bytes),
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
