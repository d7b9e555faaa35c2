//! The cluster of the tests, and the programs run against it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// The folder of this crate's data for clusters.
pub(crate) fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cluster/data")
        .join(name)
}

/// The repository of the demo.
pub(crate) fn shop(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures/shop")
        .join(path)
}

fn variable(name: &str) -> String {
    let value = std::env::var(name);
    value
        .unwrap_or_else(|_| panic!("{name} is not set; tests/cluster/run.sh sets it and runs this"))
}

/// A file of the cluster, such as the configuration of its clients.
pub(crate) fn file(name: &str) -> PathBuf {
    Path::new(&variable("SCANTLING_CLUSTER")).join(name)
}

/// What the server was asked, as its audit log has it.
pub(crate) fn requests() -> Vec<Value> {
    let log = std::fs::read_to_string(file("audit.log")).expect("the server keeps a log");
    // The last line may be half of one.
    let rows = log
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    rows.collect()
}

/// What the real `kubectl` of the server's version answers the administrator.
fn answered(arguments: &[&str]) -> Output {
    let mut command = Command::new(variable("SCANTLING_CLUSTER_PROGRAM"));
    command
        .arg("kubectl")
        .arg("--kubeconfig")
        .arg(file("kubeconfig"));
    command.args(arguments).output().expect("kubectl starts")
}

/// What `kubectl` says beside its output, where not all of what it is told to do can be done.
pub(crate) fn kubectl_says(arguments: &[&str]) -> String {
    String::from_utf8_lossy(&answered(arguments).stderr).into_owned()
}

/// Runs `kubectl`.
#[track_caller]
pub(crate) fn kubectl(arguments: &[&str]) -> String {
    let output = answered(arguments);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "kubectl {arguments:?}: {told}");
    String::from_utf8(output.stdout).expect("kubectl prints UTF-8")
}

/// Starts or stops the server, or lets it forget.
#[track_caller]
pub(crate) fn cluster(verb: &str) {
    let mut command = Command::new(variable("SCANTLING_CLUSTER_PROGRAM"));
    let output = command.arg(verb).arg(file("")).output();
    let output = output.expect("the program of the cluster starts");
    assert!(output.status.success(), "{verb}: {output:?}");
}

/// Applies the text of manifests.
#[track_caller]
pub(crate) fn apply_text(text: &str) {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("applied.yaml");
    std::fs::write(&path, text).expect("the folder is there");
    apply(&path);
}

/// Applies manifests.
#[track_caller]
pub(crate) fn apply(path: &Path) {
    let path = path.to_string_lossy();
    kubectl(&["apply", "--server-side=false", "-f", &path]);
}

/// The program as one of the users of the cluster.
pub(crate) fn scantling(user: &str, arguments: &[&str]) -> Output {
    let output = scantling_command(user, arguments).output();
    output.expect("the program starts")
}

/// The program without a cluster.
pub(crate) fn scantling_files(arguments: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_scantling"))
        .args(arguments)
        .output();
    output.expect("the program starts")
}

/// The program as one of the users of the cluster, not started yet.
pub(crate) fn scantling_command(user: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scantling"));
    command.args(arguments);
    command
        .arg("--kubeconfig")
        .arg(file("kubeconfig"))
        .args(["--context", user]);
    command
}

/// The report of a scan as JSON.
#[track_caller]
pub(crate) fn report(output: &Output) -> Value {
    let told = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {told}"))
}

/// What the findings of a report say: the check, the resource and the path.
pub(crate) fn findings(report: &Value) -> BTreeSet<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let findings = report["findings"].as_array().into_iter().flatten();
    let findings = findings.map(|finding| {
        let address = text(&finding["resource"]["address"]);
        (text(&finding["check"]), address, text(&finding["path"]))
    });
    findings.collect()
}
