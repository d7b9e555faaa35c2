//! Real configurations are read without a problem. They stand beside this repository; no test needs them to pass.
#![expect(
    clippy::disallowed_methods,
    reason = "tests read their data and no scanned input"
)]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use source::{FileId, SourceFile};
use terraform::syntax::{read, read_json};

use crate::{invariants, show};

/// The folder of the corpora. Where it is not there, that is told, and the test is not run.
fn folder() -> Option<PathBuf> {
    let shared = std::env::var_os("SCANTLING_SHARED").map(PathBuf::from);
    let shared =
        shared.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"));
    let folder = shared.join("data/corpora/terraform");
    if !folder.is_dir() {
        tell(&format!(
            "NOT RUN: no configurations are at {} (set SCANTLING_SHARED)",
            folder.display()
        ));
        return None;
    }
    Some(folder)
}

fn tell(text: &str) {
    // Nobody can be told that the standard error is closed.
    let _ = writeln!(std::io::stderr(), "{text}");
}

fn files(folder: PathBuf) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a corpus is whole") {
            let path = entry.expect("a corpus is whole").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files
}

#[test]
fn real_configurations_are_read_without_a_problem() {
    let Some(folder) = folder() else { return };
    let (mut count, mut bytes) = (0, 0);
    let begin = Instant::now();
    for path in ["modules", "terragoat"]
        .map(|name| files(folder.join(name)))
        .concat()
    {
        let name = path.to_string_lossy().into_owned();
        let read = match name.as_str() {
            name if name.ends_with(".tf.json") => read_json,
            name if name.ends_with(".tf") || name.ends_with(".tfvars") => read,
            _ => continue,
        };
        let text = std::fs::read_to_string(&path).expect("a corpus is text");
        let file = SourceFile::new(FileId(0), &path, text);
        let document = read(&file);
        invariants::check_document(&file, &document);
        assert_eq!(show::problems(&file, &document.problems), "", "{name}");
        (count, bytes) = (count + 1, bytes + file.text.len());
    }
    let seconds = begin.elapsed().as_secs_f64();
    tell(&format!(
        "{count} configurations of {bytes} bytes in {seconds:.2} s"
    ));
    assert!(count > 1000, "{count} configurations");
}
