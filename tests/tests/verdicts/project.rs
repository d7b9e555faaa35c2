//! Scanning what a line is about, as a user would.

use std::path::{Path, PathBuf};

use analysis::{NoProgress, Options, Report};
use serde_json::{Value, json};
use source::{Disk, Memory, Overlay};
use tests::corpora;

use crate::suite::Inputs;

/// A fixed time, so that certificates are judged alike on every day: 2026-01-01.
const NOW: i64 = 1_767_225_600;

/// The folder in memory of files that are scanned without those beside them.
const ALONE: &str = "alone";

/// The report of all checks on the inputs, with these settings.
pub(crate) fn scan(folder: &Path, inputs: &Inputs, settings: &Value) -> Report {
    let mut config = json!({ "complete": inputs.complete });
    if !settings.is_null() {
        config["settings"] = settings.clone();
    }
    // JSON is YAML.
    let file = folder.join("scantling.yaml");
    let alone = inputs
        .alone
        .iter()
        .map(|path| (folder.join(alone(path)), corpora::text(&folder.join(path))));
    let system = Overlay {
        open: Memory::new(alone.chain([(file.clone(), config.to_string())])),
        below: Disk,
    };
    let folders = inputs.alone.iter().map(|path| Path::new(ALONE).join(path));
    let options = Options {
        paths: inputs
            .paths
            .iter()
            .map(PathBuf::from)
            .chain(folders)
            .collect(),
        directory: folder.to_path_buf(),
        root: Some(folder.to_path_buf()),
        config: Some(file),
        select: vec!["all".to_owned()],
        fixes: analysis::Fixes::None,
        passes: true,
        now: Some(NOW),
        ..Options::default()
    };
    match analysis::scan(&system, &options, &NoProgress) {
        Ok(report) => report,
        Err(error) => panic!("{inputs:?} with {settings}: {error}"),
    }
}

/// Where a file stands that is scanned alone: in a folder of its own, which has the path of the file.
fn alone(path: &str) -> PathBuf {
    let folder = Path::new(ALONE).join(path);
    let name = Path::new(path).file_name().unwrap_or_default();
    folder.join(name)
}

/// The path of a file that a report names, or of its folder where it was scanned alone: the same.
pub(crate) fn path(shown: &Path) -> &Path {
    let folder = shown.strip_prefix(ALONE).ok().and_then(Path::parent);
    folder.unwrap_or(shown)
}
