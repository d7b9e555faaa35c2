//! What only a cluster tells, and what is left of that for somebody who may not read all kinds.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::live::{apply, data, findings, kubectl, report, scantling};

/// What is found of `facts.yaml` beside what files tell.
const FOUND: [(&str, &str); 9] = [
    ("anonymous-binding", "RoleBinding/facts/anybody"),
    ("kubelet-version-skew", "Node/facts"),
    (
        "missing-webhook-service",
        "ValidatingWebhookConfiguration/facts",
    ),
    ("open-control-plane-node", "Node/facts"),
    ("service-without-pods", "Service/facts/web"),
    ("unenforced-network-policy", "NetworkPolicy/facts/none"),
    ("unhealthy-node", "Node/facts"),
    ("unsupported-container-runtime", "Node/facts"),
    ("webhook-fails-open", "ValidatingWebhookConfiguration/facts"),
];

fn prepare() {
    apply(&data("facts.yaml"));
    let half = data("half.yaml");
    kubectl(&["auth", "reconcile", "-f", &half.to_string_lossy()]);
}

fn scanned(user: &str) -> Value {
    let arguments = ["scan", "--cluster", "--verdicts", "all", "-o", "json"];
    report(&scantling(user, &arguments))
}

/// The checks and resources of verdicts that are unknown, with the reasons.
fn unknown(report: &Value) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let verdicts = report["verdicts"].as_array().expect("verdicts").iter();
    let verdicts = verdicts.filter(|row| row["verdict"] == "unknown");
    let rows = verdicts.map(|row| {
        let reasons = row["reasons"].as_array().into_iter().flatten();
        let reasons: Vec<String> = reasons.map(|one| text(&one["message"])).collect();
        let address = text(&row["resource"]["address"]);
        (text(&row["check"]), address, reasons.join("; "))
    });
    rows.collect()
}

#[test]
#[ignore = "it needs a live cluster: tests/cluster/run.sh"]
fn what_only_a_cluster_tells_is_judged() {
    prepare();
    let found = findings(&scanned("admin"));
    let found: BTreeSet<(&str, &str)> = found
        .iter()
        .map(|(check, address, _)| (check.as_str(), address.as_str()))
        .collect();
    let missing: Vec<_> = FOUND.iter().filter(|one| !found.contains(one)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
#[ignore = "it needs a live cluster: tests/cluster/run.sh"]
fn exactly_what_depends_on_kinds_that_may_not_be_read_is_unknown() {
    prepare();
    let (all, half) = (scanned("admin"), scanned("half"));
    let unknown = unknown(&half);
    assert!(unknown.len() > 5, "{unknown:?}");
    for (check, address, reasons) in &unknown {
        assert!(
            reasons.contains("could not be read: forbidden: User \"half\" cannot list it"),
            "{check} of {address}: {reasons}"
        );
    }
    let (whole, part) = (findings(&all), findings(&half));
    // What is found by whoever sees less is there.
    let wrong: Vec<_> = part.difference(&whole).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(part.len() > 5, "{part:?}");
    // What is there is found, or unknown, if its object may be read.
    let rows = half["verdicts"].as_array().expect("verdicts").iter();
    let passed: BTreeSet<(&str, &str)> = rows
        .filter(|row| row["verdict"] == "pass")
        .filter_map(|row| Some((row["check"].as_str()?, row["resource"]["address"].as_str()?)))
        .collect();
    let lost: Vec<_> = whole
        .iter()
        .filter(|(check, address, _)| passed.contains(&(check.as_str(), address.as_str())))
        .collect();
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
#[ignore = "it needs a live cluster: tests/cluster/run.sh"]
fn who_set_a_value_is_told() {
    // Who set it in an earlier run is gone with it.
    let namespace = ["-n", "facts", "--ignore-not-found"];
    kubectl(&[&["delete", "pod", "web", "--now"], &namespace[..]].concat());
    prepare();
    let path = data("facts.yaml");
    let said = |name: &str| {
        let all = scanned("admin");
        let findings = all["findings"].as_array().expect("findings").iter();
        let own = findings.filter(|one| one["check"] == "host-pid");
        let mut own = own.filter(|one| one["resource"]["address"] == "Pod/facts/web");
        let related = own.next().expect("a finding")["related"].to_string();
        assert!(related.contains(name), "{related}");
    };
    said("set by kubectl-client-side-apply (Update) on ");
    kubectl(&[
        "apply",
        "--server-side",
        "--force-conflicts",
        "--field-manager=tests",
        "-f",
        &path.to_string_lossy(),
    ]);
    said("set by tests (Apply) on ");
}

#[test]
#[ignore = "it needs a live cluster: tests/cluster/run.sh"]
fn what_kubectl_prints_is_judged_as_what_runs() {
    prepare();
    let kinds = "pods,services,configmaps,daemonsets,networkpolicies";
    let printed = kubectl(&["get", kinds, "-n", "facts", "-o", "yaml"]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_scantling"));
    command.args(["scan", "-", "-o", "json"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command.stderr(Stdio::null());
    let mut child = command.spawn().expect("the program starts");
    let mut input = child.stdin.take().expect("its standard input");
    input.write_all(printed.as_bytes()).expect("it reads");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    let (printed, live) = (findings(&report(&output)), findings(&scanned("admin")));
    let wrong: Vec<_> = printed.difference(&live).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let web = ("host-pid", "Pod/facts/web");
    let has_web = |(check, address, _): &(String, String, String)| (&**check, &**address) == web;
    assert!(printed.iter().any(has_web), "{printed:#?}");
}
