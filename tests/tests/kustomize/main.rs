//! Kustomizations of other projects: what `kustomize build` prints of them.

#![expect(
    clippy::disallowed_methods,
    reason = "tests read their data and no scanned input"
)]

#[path = "../../../crates/kustomize/tests/case/mod.rs"]
mod case;
mod charts;
mod hostile;
mod projects;

use std::path::Path;
use std::time::Instant;

use kustomize::{Build, NoCharts, Reader};
use serde_json::Value;
use source::{Disk, Level, Sources};
use tests::{corpora, parallel};

/// What our build gives, and what is wrong with it.
fn build(folder: &Path) -> (Build, Vec<String>) {
    let sources = Sources::default();
    let build = Reader::new(&Disk, &sources, &NoCharts).build(folder);
    let errors = build
        .problems
        .iter()
        .filter(|problem| problem.level == Level::Error);
    let told = errors
        .map(|problem| format!("{}: {}", problem.code, problem.message))
        .collect();
    (build, told)
}

/// The documents of a text, sorted.
fn documents(text: &str) -> Vec<&str> {
    let mut documents: Vec<&str> = text.split("---\n").collect();
    documents.sort_unstable();
    documents
}

/// What is wrong with our build of one case, if anything is.
fn fault(folder: &Path, row: &Value) -> Option<String> {
    let text = |key: &str| row[key].as_str().unwrap_or_default();
    let expected = corpora::text(&folder.join(text("expected")));
    let expected = expected.trim_start_matches('\n');
    let (build, told) = build(&folder.join(text("path")));
    let given = build.text();
    let is_same = match text("kubectl_v5_5_0") {
        "equal" => given == expected,
        _ => documents(&given) == documents(expected),
    };
    let is_right = is_same && told.is_empty();
    (!is_right).then(|| {
        format!(
            "{} {told:?}: gives\n{given}\nand not\n{expected}",
            text("case")
        )
    })
}

#[test]
fn kustomizations_are_built_as_by_kustomize() {
    let Some(folder) = corpora::folder("kustomize") else {
        return;
    };
    let start = Instant::now();
    let rows = corpora::text(&folder.join("pairs.jsonl"));
    let rows = rows
        .lines()
        .map(|line| serde_json::from_str(line).expect("a row of JSON"));
    let rows: Vec<Value> = rows.collect();
    let faults = parallel::map(&rows, |row| fault(&folder, row));
    let faults: Vec<String> = faults.into_iter().flatten().collect();
    corpora::tell(&format!(
        "Kustomizations: {} of {} are right, {:.1?}",
        rows.len() - faults.len(),
        rows.len(),
        start.elapsed()
    ));
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}
