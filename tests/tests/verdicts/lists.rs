//! The lists of this folder's tests in `tests/conformance`. They are compared, and rewritten where that is asked for.

pub(crate) use tests::conformance::{read, write};

/// How the files are rewritten.
const UPDATE: &str = "SCANTLING_UPDATE";

/// The command that rewrites the files.
pub(crate) const COMMAND: &str = "SCANTLING_UPDATE=1 cargo test -p tests --test verdicts";

/// Whether the files are to be rewritten.
pub(crate) fn is_update() -> bool {
    std::env::var_os(UPDATE).is_some()
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
