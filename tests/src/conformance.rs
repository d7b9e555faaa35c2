//! The files of `tests/conformance`: what other tools answered, and where we differ.
#![expect(clippy::disallowed_methods, reason = "the files are the tests' own")]

use std::path::{Path, PathBuf};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("conformance")
        .join(name)
}

/// The text of a file, empty where there is none.
#[must_use]
pub fn read(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap_or_default()
}

/// Writes a file.
///
/// # Panics
/// When the folder is not writable.
pub fn write(name: &str, text: &str) {
    std::fs::write(path(name), text).expect("the folder of the files is writable");
}
