//! Whatever manifest there is: a scan of it ends, and in a report.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use analysis::{Fixes, NoProgress, Options, Report, Status};
use source::Disk;
use tests::corpora;

use crate::inputs::manifests;
use crate::project::NOW;

/// Scans each folder of a corpus by itself, where the corpus is.
#[track_caller]
fn check(below: &str, folders: &[&str]) {
    let Some(corpus) = corpora::folder(below) else {
        return;
    };
    for folder in folders {
        let manifests = manifests(&corpus.join(folder));
        let report = scan(&corpus, folder);
        let told = report.inputs.iter().map(|input| corpus.join(&input.path));
        let told: BTreeSet<PathBuf> = told.collect();
        let untold = manifests.iter().filter(|path| !told.contains(*path));
        let untold: Vec<&PathBuf> = untold.collect();
        let statuses = [
            Status::Scanned,
            Status::Partial,
            Status::Failed,
            Status::Skipped,
        ];
        let count = |status: Status| format!("{} {}", report.count(status), status.text());
        corpora::tell(&format!(
            "{below}/{folder}: {} manifests; of all files {}; {} resources",
            manifests.len(),
            statuses.map(count).join(", "),
            report.resources,
        ));
        assert!(!manifests.is_empty(), "nothing is in {below}/{folder}");
        assert!(untold.is_empty(), "nothing is told of {untold:?}");
    }
}

fn scan(corpus: &Path, folder: &str) -> Report {
    let options = Options {
        paths: vec![PathBuf::from(folder)],
        directory: corpus.to_path_buf(),
        select: vec!["all".to_owned()],
        fixes: Fixes::First(10),
        now: Some(NOW),
        ..Options::default()
    };
    let report = analysis::scan(&Disk, &options, &NoProgress);
    report.unwrap_or_else(|error| panic!("{folder}: {error}"))
}

#[test]
fn manifests_of_other_projects_are_scanned() {
    let projects = [
        "GoogleCloudPlatform+microservices-demo",
        "argoproj+argo-cd",
        "argoproj+argo-rollouts",
        "bridgecrewio+kustomizegoat",
        "kubernetes+examples",
    ];
    check("manifests", &projects);
}

#[test]
fn test_data_of_other_tools_is_scanned() {
    let suites = [
        "checkov",
        "gatekeeper",
        "kics",
        "kube-linter",
        "psa",
        "regolibrary",
        "trivy-checks",
    ];
    check("verdicts", &suites);
}
