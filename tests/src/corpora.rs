//! The corpora of other projects that stand beside this repository, the verdicts in them, and the catalogue of other tools'
//! checks. No test needs them to pass.
#![expect(
    clippy::disallowed_methods,
    reason = "tests read their data and no scanned input"
)]

use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// What another tool, or its test, says of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expected {
    /// The bad thing is there.
    Fail,
    /// It is not.
    Pass,
    /// It is there, and a directive in the file accepts it.
    Skip,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fail => "fail",
            Self::Pass => "pass",
            Self::Skip => "skip",
        })
    }
}

/// One line of a list of verdicts.
#[derive(Clone, Debug)]
pub struct Line {
    /// The test of the other tool.
    pub case: String,
    /// The file or folder, relative to that of the list.
    pub path: String,
    /// What is judged, as the other tool names it; `*` is the whole file.
    pub resource: String,
    /// The check, as the other tool names it.
    pub check: String,
    /// What it says.
    pub expected: Expected,
    /// Whatever else is known.
    pub extra: Value,
}

/// A folder below that of the corpora. Where it is not there, that is told, and the test is not run.
#[must_use]
pub fn folder(below: &str) -> Option<PathBuf> {
    shared(Path::new("data/corpora"), below)
}

/// A folder below that of the catalogue of checks, in the same way.
#[must_use]
pub fn catalogue(below: &str) -> Option<PathBuf> {
    shared(Path::new("data/catalogue"), below)
}

fn shared(parent: &Path, below: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("SCANTLING_SHARED").map(PathBuf::from);
    let shared =
        shared.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"));
    let folder = shared.join(parent).join(below);
    // Readers take the `..` out of a path, so what stands beside the files in memory must be named without it, too.
    if let Ok(folder) = folder.canonicalize() {
        return Some(folder);
    }
    tell(&format!(
        "NOT RUN: {below} is not at {} (set SCANTLING_SHARED)",
        folder.display()
    ));
    None
}

/// Tells something to whoever runs the tests, also where the test passes and its output is not shown.
pub fn tell(text: &str) {
    // Nobody can be told that the standard error is closed.
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// The text of a file of a corpus.
///
/// # Panics
/// When the file can't be read: a corpus is whole, or not there.
#[must_use]
pub fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The verdicts in a folder.
///
/// # Panics
/// When the list can't be read.
#[must_use]
pub fn lines(folder: &Path) -> Vec<Line> {
    let text = text(&folder.join("verdicts.jsonl"));
    text.lines()
        .map(|line| read(line).unwrap_or_else(|| panic!("not a verdict: {line}")))
        .collect()
}

fn read(line: &str) -> Option<Line> {
    let value: Value = serde_json::from_str(line).ok()?;
    let text = |key: &str| Some(value.get(key)?.as_str()?.to_owned());
    Some(Line {
        case: text("case")?,
        path: text("path")?,
        resource: text("resource")?,
        check: text("check_id")?,
        expected: match value.get("expected")?.as_str()? {
            "fail" => Expected::Fail,
            "pass" => Expected::Pass,
            "skip" => Expected::Skip,
            _ => return None,
        },
        extra: value.get("extra")?.clone(),
    })
}
