//! Snapshots of clusters: whole, damaged, and of kinds that could not be read.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::support::{Folder, Told};

/// The snapshot of the demo.
const SHOP: &[u8] = include_bytes!("../../../../fixtures/shop.snapshot");

fn folder(name: &str, snapshot: &[u8]) -> Folder {
    let folder = Folder::new(name, &[]);
    folder.write_bytes("a.snapshot", snapshot);
    folder
}

#[test]
fn a_whole_snapshot_is_scanned_by_kind() {
    let folder = folder("snapshot-whole", SHOP);
    let told = folder.run(&[
        "scan",
        "a.snapshot",
        "--select",
        "privileged-container",
        "-o",
        "json",
    ]);
    assert_eq!(told.code, Some(1), "{told:?}");
    let report: serde_json::Value = serde_json::from_str(&told.stdout).expect("a report");
    let places: Vec<&str> = report["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter_map(|finding| finding["location"]["file"].as_str())
        .collect();
    assert_eq!(
        places,
        [
            "a.snapshot/platform/daemonsets.apps/node-agent.yaml",
            "a.snapshot/platform/deployments.apps/builder-old.yaml"
        ]
    );
    let secrets = "\"a.snapshot/secrets\"";
    assert!(told.stdout.contains(secrets), "{}", told.stdout);
}

#[test]
fn findings_of_several_snapshots_have_fingerprints_of_their_own() {
    let folder = folder("snapshot-twice", SHOP);
    folder.write_bytes("b.snapshot", SHOP);
    let fingerprints = |paths: &[&str]| {
        let rest = ["--select", "privileged-container", "-o", "json"];
        let told = folder.run(&[&["scan"][..], paths, &rest].concat());
        let report: serde_json::Value = serde_json::from_str(&told.stdout).expect("a report");
        let findings = report["findings"].as_array().expect("findings").iter();
        let of_one = |one: &serde_json::Value| one["fingerprint"].as_str().map(str::to_owned);
        findings.filter_map(of_one).collect::<Vec<String>>()
    };
    let alone = fingerprints(&["a.snapshot"]);
    let mut both = fingerprints(&["a.snapshot", "b.snapshot"]);
    assert_eq!(both[..2], alone);
    both.sort();
    both.dedup();
    assert_eq!(both.len(), 4);
}

#[test]
fn what_is_whole_of_a_damaged_snapshot_is_scanned() {
    let folder = folder("snapshot-damaged", &SHOP[..SHOP.len() / 2]);
    let arguments = [
        "scan",
        "a.snapshot",
        "--select",
        "hostname-set",
        "--checks",
        "my-checks",
    ];
    let told = folder.run(&[&arguments[..], &["--strict"]].concat());
    assert_eq!(told.code, Some(3), "{told:?}");
    let said = format!("{}{}", told.stdout, told.stderr);
    assert!(said.contains("can't be unpacked behind object"), "{said}");
    assert!(said.contains("error[damaged-snapshot]"), "{said}");
}

/// A snapshot of these kinds and objects: group, resource, version and kind, whether it has namespaces, and its outcome.
fn packed(
    namespace: Option<&str>,
    kinds: &[serde_json::Value],
    objects: &[serde_json::Value],
) -> Vec<u8> {
    let about = serde_json::json!({
        "context": "tests", "version": "v1.37.0", "namespace": namespace, "taken": 1
    });
    let head = serde_json::json!({"form": "scantling/snapshot/v1", "about": about, "kinds": kinds});
    let mut bytes = GzEncoder::new(Vec::new(), Compression::default());
    for line in std::iter::once(&head).chain(objects) {
        writeln!(bytes, "{line}").expect("memory takes it");
    }
    bytes.finish().expect("memory takes it")
}

fn kind(
    name: &str,
    kind: &str,
    namespaced: bool,
    outcome: Option<(&str, &str)>,
) -> serde_json::Value {
    let (resource, group) = name.split_once('.').unwrap_or((name, ""));
    let (status, reason) = outcome.unzip();
    serde_json::json!({
        "group": group, "resource": resource, "version": "v1", "kind": kind, "namespaced": namespaced,
        "status": status.unwrap_or("read"), "reason": reason,
    })
}

fn objects() -> [serde_json::Value; 3] {
    let metadata = |name: &str| serde_json::json!({"name": name, "namespace": "shop", "uid": name});
    [
        serde_json::json!({
            "apiVersion": "v1", "kind": "Pod", "metadata": metadata("api"),
            "spec": {"serviceAccountName": "api", "hostPID": true, "containers": [{
                "name": "api", "image": "example.org/api:1.0", "envFrom": [{"configMapRef": {"name": "gone"}}],
            }]},
        }),
        serde_json::json!({
            "apiVersion": "v1", "kind": "Service", "metadata": metadata("front"),
            "spec": {"selector": {"app": "front"}, "ports": [{"port": 80}]},
        }),
        serde_json::json!({
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata("left"), "data": {"a": "b"},
        }),
    ]
}

/// The checks that are unknown of the objects of a snapshot, and those that fail, among some.
fn judged(name: &str, snapshot: &[u8]) -> (Vec<String>, Vec<String>) {
    let folder = folder(name, snapshot);
    let select = "host-pid,missing-config-map,missing-service-account,service-without-pods,unused-config-map,rejected-by-pod-security";
    let told = folder.run(&[
        "scan",
        "a.snapshot",
        "--select",
        select,
        "-o",
        "json",
        "--verdicts",
        "all",
    ]);
    let report: serde_json::Value = serde_json::from_str(&told.stdout).expect("a report");
    let checks = |key: &str| {
        let rows = report[key].as_array().expect("rows").iter();
        let rows = rows.filter(|row| row["verdict"] != "pass");
        let rows = rows.map(|row| {
            let reasons = row["reasons"].as_array().into_iter().flatten();
            let reasons: Vec<&str> = reasons
                .filter_map(|reason| reason["message"].as_str())
                .collect();
            format!(
                "{}: {}",
                row["check"].as_str().unwrap_or_default(),
                reasons.join("; ")
            )
        });
        rows.collect()
    };
    (checks("verdicts"), checks("findings"))
}

const FORBIDDEN: Option<(&str, &str)> = Some(("forbidden", "nobody may"));

#[test]
fn only_what_depends_on_kinds_that_were_not_read_is_unknown() {
    let kinds = [
        kind("pods", "Pod", true, None),
        kind("services", "Service", true, None),
        kind("configmaps", "ConfigMap", true, None),
        kind("namespaces", "Namespace", false, FORBIDDEN),
        kind("serviceaccounts", "ServiceAccount", true, FORBIDDEN),
        kind(
            "deployments.apps",
            "Deployment",
            true,
            Some(("failed", "503")),
        ),
        kind("nodes", "Node", false, FORBIDDEN),
        kind("widgets.example.org", "Widget", true, FORBIDDEN),
    ];
    let (unknown, findings) = judged("snapshot-half", &packed(None, &kinds, &objects()));
    assert_eq!(
        unknown,
        [
            "unused-config-map: deployments.apps could not be read: 503; widgets.example.org could not be read: forbidden: nobody may",
            "missing-service-account: serviceaccounts could not be read: forbidden: nobody may",
            "rejected-by-pod-security: namespaces could not be read: forbidden: nobody may",
            "service-without-pods: deployments.apps could not be read: 503",
        ]
    );
    assert_eq!(findings, ["host-pid: ", "missing-config-map: "]);
}

#[test]
fn other_namespaces_than_the_one_that_was_read_are_unknown() {
    let kinds = [
        kind("pods", "Pod", true, None),
        kind("services", "Service", true, None),
        kind("configmaps", "ConfigMap", true, None),
        kind("namespaces", "Namespace", false, None),
        kind("serviceaccounts", "ServiceAccount", true, None),
        kind("monitors.example.org", "Monitor", true, None),
    ];
    let bytes = packed(Some("shop"), &kinds, &objects());
    let (unknown, findings) = judged("snapshot-namespace", &bytes);
    let why = "unused-config-map: monitors.example.org were read in namespace shop only";
    assert_eq!(unknown, [why]);
    assert_eq!(
        findings,
        [
            "missing-service-account: ",
            "host-pid: ",
            "missing-config-map: ",
            "service-without-pods: ",
        ]
    );
}

/// A configuration of a client that runs a program, and one to which that program is a witness.
const PROGRAM: &str = "
current-context: a
clusters: [{name: c, cluster: {server: 'http://127.0.0.1:1'}}]
users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: touch, args: [ran], interactiveMode: Never}}}]
contexts: [{name: a, context: {cluster: c, user: u}}]
";

#[test]
fn a_configuration_among_what_is_scanned_runs_no_program() {
    let folder = Folder::new(
        "untrusted",
        &[("deploy/config", PROGRAM), ("own/config", PROGRAM)],
    );
    let scan = |config: &str, arguments: &[&str]| {
        let path = folder.path(config);
        let path = path.to_string_lossy();
        let chosen = ["--cluster", "--kubeconfig", path.as_ref()];
        let mut command = folder.command(&[&["scan", "deploy"], &chosen[..], arguments].concat());
        command.env("PATH", "/usr/bin:/bin");
        Told::of(&command.output().expect("the program starts"))
    };
    for arguments in [&[][..], &["--watch"]] {
        let told = scan("deploy/config", arguments);
        assert_eq!(told.code, Some(2), "{told:?}");
        assert!(
            told.stderr.contains("would run the program `touch`"),
            "{told:?}"
        );
        assert!(!folder.has("ran"));
    }
    // What stands elsewhere is trusted; this program gives no credentials.
    let told = scan("own/config", &[]);
    assert!(
        told.stderr.contains("does not answer with credentials"),
        "{told:?}"
    );
    assert!(folder.has("ran"));
}
