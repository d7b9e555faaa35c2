//! Whole projects: their kustomizations give what kubectl prints of them, byte for byte. `projects.sh` writes what that is.

use sha2::{Digest as _, Sha256};
use tests::{corpora, parallel};

use crate::build;

/// The folders, each with the SHA-256 of what kubectl prints.
const PROJECTS: &str = include_str!("projects.tsv");

/// What is wrong with our build of one folder, if anything is.
fn fault(corpus: &std::path::Path, row: &str) -> Option<String> {
    let (folder, expected) = row.split_once('\t').expect("a folder and a sum");
    let (build, told) = build(&corpus.join(folder));
    let bytes = Sha256::digest(build.text());
    let given: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    (given != expected || !told.is_empty()).then(|| format!("{folder} {told:?}"))
}

#[test]
fn kustomizations_of_projects_are_built_as_by_kubectl() {
    let Some(corpus) = corpora::folder("manifests") else {
        return;
    };
    let rows = PROJECTS.lines().filter(|line| !line.starts_with('#'));
    let rows: Vec<&str> = rows.collect();
    let faults = parallel::map(&rows, |row| fault(&corpus, row));
    let faults: Vec<String> = faults.into_iter().flatten().collect();
    corpora::tell(&format!(
        "Kustomizations of projects: {} of {} are equal",
        rows.len() - faults.len(),
        rows.len()
    ));
    assert!(!rows.is_empty());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
