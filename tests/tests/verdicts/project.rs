//! Scanning what a line is about, as a user would.

use std::path::{Path, PathBuf};

use analysis::{NoProgress, Options, Report};
use serde_json::{Value, json};
use source::{Disk, Memory, Overlay};

use crate::suite::Inputs;

/// A fixed time, so that certificates are judged alike on every day: 2026-01-01.
const NOW: i64 = 1_767_225_600;

/// The report of all checks on the inputs, with these settings.
pub(crate) fn scan(folder: &Path, inputs: &Inputs, settings: &Value) -> Report {
    let mut config = json!({ "complete": inputs.complete });
    if !settings.is_null() {
        config["settings"] = settings.clone();
    }
    // JSON is YAML.
    let file = folder.join("scantling.yaml");
    let system = Overlay {
        open: Memory::new([(&file, config.to_string())]),
        below: Disk,
    };
    let options = Options {
        paths: inputs.paths.iter().map(PathBuf::from).collect(),
        directory: folder.to_path_buf(),
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
