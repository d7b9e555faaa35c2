//! The files of this folder's tests in `tests/conformance`. They are compared, and rewritten where that is asked for.
#![expect(clippy::disallowed_methods, reason = "the files are the tests' own")]

use std::path::{Path, PathBuf};

/// How the files are rewritten.
const UPDATE: &str = "SCANTLING_UPDATE";

/// The command that rewrites the files.
pub(crate) const COMMAND: &str = "SCANTLING_UPDATE=1 cargo test -p tests --test verdicts";

/// Whether the files are to be rewritten.
pub(crate) fn is_update() -> bool {
    std::env::var_os(UPDATE).is_some()
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("conformance")
        .join(name)
}

/// The text of a file, empty where there is none.
pub(crate) fn read(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap_or_default()
}

/// Writes a file.
pub(crate) fn write(name: &str, text: &str) {
    std::fs::write(path(name), text).expect("the folder of the lists is writable");
}

/// What is wrong with a file that is wholly derived. Where that is asked for, it is rewritten.
pub(crate) fn check(name: &str, text: &str) -> Option<String> {
    if read(name) == text {
        return None;
    }
    if is_update() {
        write(name, text);
        return None;
    }
    Some(format!("{name} is stale; run {COMMAND}"))
}
