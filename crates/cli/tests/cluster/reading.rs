//! What is read of a cluster, and how.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::live::{apply, data, findings, kubectl, report, requests, scantling, shop};

/// The folders of the demo that hold manifests only.
const FOLDERS: [&str; 6] = [
    "namespaces.yaml",
    "api",
    "database",
    "frontend",
    "jobs",
    "platform",
];

/// What is found in the files of the demo, but for what files alone can have.
fn of_files() -> BTreeSet<(String, String, String)> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scantling"));
    command.arg("scan").args(FOLDERS.map(shop));
    command.args(["--complete", "--ignore", "secret-in-manifest", "-o", "json"]);
    findings(&report(&command.output().expect("the program starts")))
}

#[test]
#[ignore = "it needs a live cluster: tests/cluster/run.sh"]
fn what_is_applied_has_the_findings_of_its_files() {
    apply(&data("definitions.yaml"));
    kubectl(&[
        "wait",
        "--for=condition=Established",
        "crd",
        "--all",
        "--timeout=60s",
    ]);
    for folder in FOLDERS {
        apply(&shop(folder));
    }
    let live = findings(&report(&scantling(
        "admin",
        &["scan", "--cluster", "--read-secrets", "-o", "json"],
    )));
    let declared = of_files();
    let missing: Vec<_> = declared.difference(&live).collect();
    assert!(declared.len() > 20, "{declared:?}");
    assert!(missing.is_empty(), "the cluster lacks {missing:#?}");
}

#[test]
#[ignore = "it needs a live cluster: tests/cluster/run.sh"]
fn only_reading_requests_leave_the_program() {
    kubectl(&[
        "auth",
        "reconcile",
        "-f",
        &data("reader.yaml").to_string_lossy(),
    ]);
    let output = scantling(
        "reader",
        &["scan", "--cluster", "--read-secrets", "-o", "json"],
    );
    report(&output);
    let own: Vec<Value> = requests()
        .into_iter()
        .filter(|row| row["user"]["username"] == "reader")
        .collect();
    assert!(own.len() > 40, "{} requests", own.len());
    for row in own {
        let verb = row["verb"].as_str().unwrap_or_default();
        assert!(["get", "list", "watch"].contains(&verb), "{row}");
        assert!(row["objectRef"]["subresource"].is_null(), "{row}");
    }
}

#[test]
#[ignore = "it needs a live cluster: tests/cluster/run.sh"]
fn a_snapshot_gives_the_findings_of_its_cluster() {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("live.snapshot");
    let saved = scantling("admin", &["snapshot", &path.to_string_lossy()]);
    assert_eq!(saved.status.code(), Some(0), "{saved:?}");
    let live = report(&scantling("admin", &["scan", "--cluster", "-o", "json"]));
    let mut command = Command::new(env!("CARGO_BIN_EXE_scantling"));
    command.arg("scan").arg(&path).args(["-o", "json"]);
    let offline = report(&command.output().expect("the program starts"));
    assert_eq!(findings(&offline), findings(&live));
}

#[test]
#[ignore = "it needs a live cluster: tests/cluster/run.sh"]
fn kinds_that_may_not_be_read_are_told() {
    kubectl(&[
        "auth",
        "reconcile",
        "-f",
        &data("half.yaml").to_string_lossy(),
    ]);
    let output = scantling("half", &["scan", "--cluster", "-o", "json"]);
    let report = report(&output);
    let inputs = report["coverage"].as_array().expect("the inputs");
    let status = |kind: &str| {
        let own = inputs
            .iter()
            .find(|row| row["path"] == format!("cluster:half/{kind}"));
        own.map(|row| {
            (
                row["status"].as_str().unwrap_or_default(),
                row["reason"].as_str().unwrap_or_default(),
            )
        })
    };
    assert_eq!(status("deployments.apps"), Some(("scanned", "")));
    let (forbidden, why) = status("rolebindings.rbac.authorization.k8s.io").expect("a row");
    assert_eq!(forbidden, "failed");
    assert_eq!(
        why,
        "not allowed: User \"half\" cannot list it at the cluster scope"
    );
    assert_eq!(status("events").map(|row| row.0), Some("skipped"));
    let nobody = scantling("nobody", &["scan", "--cluster"]);
    assert_eq!(nobody.status.code(), Some(3), "{nobody:?}");
}
