//! The configurations and what is recorded of them.
#![expect(
    clippy::disallowed_methods,
    reason = "the test reads its data and no scanned input"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::generate::{Files, configurations};

const EXPECTED: &str = "expected.json";

/// A configuration.
pub(crate) struct Case {
    pub(crate) name: String,
    /// Its files, where it is generated.
    generated: Option<Files>,
}

impl Case {
    /// All of them.
    pub(crate) fn all() -> Vec<Self> {
        let mut cases: BTreeMap<String, Option<Files>> =
            written().into_iter().map(|name| (name, None)).collect();
        for (name, files) in configurations() {
            cases.insert(name, Some(files));
        }
        cases
            .into_iter()
            .map(|(name, generated)| Self { name, generated })
            .collect()
    }

    pub(crate) fn folder(&self) -> PathBuf {
        cases().join(&self.name)
    }

    /// What is recorded.
    pub(crate) fn expected(&self) -> Option<String> {
        std::fs::read_to_string(self.folder().join(EXPECTED)).ok()
    }

    /// Whether a plan is recorded, and of the files that are there.
    pub(crate) fn is_current(&self) -> bool {
        let is_there = |(path, text): (&String, &String)| {
            std::fs::read_to_string(self.folder().join(path)).is_ok_and(|there| there == *text)
        };
        let mut generated = self.generated.iter().flatten();
        self.expected().is_some() && generated.all(is_there)
    }

    /// Writes the files of a generated configuration.
    pub(crate) fn write(&self) {
        let Some(files) = &self.generated else { return };
        let _ = std::fs::remove_dir_all(self.folder());
        for (path, text) in files {
            write(&self.folder().join(path), text);
        }
    }

    pub(crate) fn write_expected(&self, text: &str) {
        write(&self.folder().join(EXPECTED), text);
    }
}

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/plans/cases")
}

fn written() -> Vec<String> {
    let folders = std::fs::read_dir(cases()).expect("the folder of cases is there");
    let names = folders.filter_map(|folder| folder.ok()?.file_name().into_string().ok());
    names.collect()
}

fn write(path: &Path, text: &str) {
    let folder = path.parent().expect("a file lies in a folder");
    std::fs::create_dir_all(folder).expect("the folder of cases is writable");
    std::fs::write(path, text).expect("the folder of cases is writable");
}
