//! What Secrets hold leaves the server only when it is asked for, and never leaves the program.

use std::io::Read as _;

use flate2::read::MultiGzDecoder;

use crate::live::{apply, data, kubectl, scantling};

/// Texts that stand in the values of Secrets, and what they are in Base64.
fn canaries() -> Vec<String> {
    let text = kubectl(&["get", "secrets", "-n", "canary", "-o", "json"]);
    let list: serde_json::Value = serde_json::from_str(&text).expect("kubectl prints JSON");
    let secrets = list["items"].as_array().expect("a list");
    let values = secrets
        .iter()
        .filter_map(|secret| secret["data"].as_object());
    let values = values.flat_map(|data| data.values().filter_map(|value| value.as_str()));
    let plain = [
        "canary-in-a-secret",
        "canary-in-a-release",
        "canary-in-a-registry",
    ];
    values.chain(plain).map(str::to_owned).collect()
}

#[track_caller]
fn assert_silent(what: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for canary in canaries() {
        assert!(!text.contains(&canary), "{what} tells {canary}");
    }
}

#[test]
#[ignore = "it needs a live cluster: tests/cluster/run.sh"]
fn values_of_secrets_are_never_told() {
    apply(&data("canary.yaml"));
    assert!(canaries().len() >= 6, "the server keeps the canaries");
    for read in [&["--cluster"][..], &["--cluster", "--read-secrets"]] {
        for format in ["human", "json", "sarif", "junit", "github"] {
            let arguments = [&["scan", "-v", "--select", "all", "-o", format], read].concat();
            let output = scantling("admin", &arguments);
            assert!(output.stdout.len() > 1000, "{format} is a report");
            assert_silent(format, &output.stdout);
            assert_silent(format, &output.stderr);
        }
    }
}

#[test]
#[ignore = "it needs a live cluster: tests/cluster/run.sh"]
fn snapshots_hold_no_values_of_secrets() {
    apply(&data("canary.yaml"));
    let path = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("canary.snapshot");
    let output = scantling("admin", &["snapshot", &path.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let bytes = std::fs::read(&path).expect("the snapshot is there");
    let mut text = Vec::new();
    let unpacked = MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut text);
    unpacked.expect("the snapshot is packed");
    assert!(String::from_utf8_lossy(&text).contains("kubernetes.io/dockerconfigjson"));
    assert_silent("the snapshot", &text);
    let refused = scantling("admin", &["snapshot", "no", "--read-secrets"]);
    assert_eq!(refused.status.code(), Some(2));
}
