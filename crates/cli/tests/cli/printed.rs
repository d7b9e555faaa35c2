//! What a real `kubectl` printed of the cluster of the tests, which is judged as what runs.

use std::path::Path;
use std::process::Command;

/// What is said of what `kubectl` printed, as text and as JSON.
fn scanned(path: &str, arguments: &[&str]) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/printed");
    let mut command = Command::new(env!("CARGO_BIN_EXE_scantling"));
    command.current_dir(folder).args(["scan", path]);
    let output = command
        .args(arguments)
        .output()
        .expect("the program starts");
    let told = String::from_utf8(output.stdout).expect("it prints UTF-8");
    assert!(
        !told.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    told
}

/// The checks and addresses of the findings.
fn findings(path: &str) -> Vec<(String, String)> {
    let checks = "host-pid,missing-secret,secret-in-manifest,service-without-pods";
    let report = scanned(path, &["--select", checks, "-o", "json"]);
    let report: serde_json::Value = serde_json::from_str(&report).expect("a report");
    let findings = report["findings"].as_array().expect("findings").iter();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let findings = findings.map(|one| (text(&one["check"]), text(&one["resource"]["address"])));
    findings.collect()
}

#[test]
fn every_form_is_judged_as_what_runs() {
    let expected = [("host-pid".to_owned(), "Deployment/printed/web".to_owned())];
    for path in ["list.yaml", "list.json", "one.yaml", "dump", "dump.txt"] {
        assert_eq!(findings(path), expected, "{path}");
    }
}

#[test]
fn what_is_made_is_judged_in_what_makes_it() {
    for path in ["list.yaml", "dump", "dump.txt"] {
        let told = scanned(path, &["-v", "--select", "host-pid"]);
        let made = told.matches("judged as Deployment/printed/web").count();
        assert_eq!(made, 2, "{told}");
    }
}

#[test]
fn values_of_secrets_that_were_printed_are_not_told() {
    for path in ["list.yaml", "list.json"] {
        for format in ["human", "json", "sarif", "junit", "github"] {
            let told = scanned(path, &["-v", "--select", "all", "-o", format]);
            assert!(!told.contains("canary"), "{told}");
            assert!(!told.contains("Y2FuYXJ5"), "{told}");
        }
    }
}

#[test]
fn who_set_a_value_is_told_in_every_format() {
    let said = "set by kubectl-client-side-apply (Update) on 2026-11-30";
    for format in ["human", "json", "sarif"] {
        let told = scanned("one.yaml", &["--select", "host-pid", "-o", format]);
        assert!(told.contains(said), "{told}");
        assert!(!told.contains("managedFields"), "{told}");
    }
}
