//! Each way out of a container, with all of its conditions and with each one missing.

mod escape_cases;
mod support;

use std::collections::BTreeSet;

use escape_cases::{CASES, Case, manifests};
use kubernetes::Version;
use reach::{escapes, escapes_of};

const ROOT_MOUNT: &str = "volumeMounts: [{name: v, mountPath: /host}]";

/// Escapes that no object proves: what they need of a node can't be known.
const NEVER_SURE: [&str; 1] = ["release-agent"];

/// The escapes of the first resource, those that are uncertain with `?`.
fn found(text: &str, minor: u32) -> BTreeSet<String> {
    let mut graph = support::graph(text);
    kubernetes::link(&mut graph);
    let (id, _) = graph.resources().next().expect("there is a pod");
    let all = escapes_of(&graph, id, Version { minor });
    let told = all.into_iter().flatten().map(|one| match one.unknown {
        None => one.escape.name.to_owned(),
        Some(_) => format!("{}?", one.escape.name),
    });
    told.collect()
}

#[test]
fn every_escape_works_with_its_conditions_and_not_without_one() {
    for case in CASES {
        let text = manifests(case);
        assert!(found(&text, 37).contains(case.escape), "{text}");
        for (from, to) in case.missing {
            let missing = text.replacen(from, to, 1);
            assert_ne!(missing, text, "{} {from}", case.escape);
            assert!(!found(&missing, 37).contains(case.escape), "{missing}");
        }
    }
}

#[test]
fn every_escape_has_a_case() {
    for escape in escapes() {
        let has_case = CASES.iter().any(|case| case.escape == escape.name);
        assert!(
            has_case || NEVER_SURE.contains(&escape.name),
            "{}",
            escape.name
        );
    }
}

#[test]
fn what_needs_a_property_of_the_node_is_unknown() {
    let admin = Case {
        escape: "release-agent",
        spec: "hostUsers: true",
        container: "securityContext: {capabilities: {add: [SYS_ADMIN]}}",
        volumes: "",
        missing: &[],
    };
    let text = manifests(&admin);
    assert!(found(&text, 30).contains("release-agent?"));
    // Since 1.31 the profile of the runtime holds it.
    assert!(!found(&text, 31).contains("release-agent?"));
}

#[test]
fn values_that_are_open_make_escapes_unknown() {
    for (from, to) in [
        ("privileged: true", "privileged: '?'"),
        ("hostUsers: true", "hostUsers: '?'"),
    ] {
        let text = manifests(&CASES[0]).replacen(from, to, 1);
        assert!(found(&text, 37).contains("privileged?"), "{text}");
    }
    let text = manifests(&CASES[6]).replacen("/etc/cron.d", "'?'", 1);
    assert!(found(&text, 37).contains("write-node-files?"), "{text}");
}

#[test]
fn mounts_count_for_their_container() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  volumes: [{name: v, hostPath: {path: /}}]\n  containers:\n  - {name: a, image: i, securityContext: {runAsUser: 1000}, VOLUME}\n  - {name: b, image: i, securityContext: {runAsUser: 0}}\n";
    let here = text.replace("VOLUME", ROOT_MOUNT);
    assert!(!found(&here, 37).contains("write-node-files"));
    let there = text
        .replace(", VOLUME", "")
        .replace("runAsUser: 0}", &format!("runAsUser: 0}}, {ROOT_MOUNT}"));
    assert!(found(&there, 37).contains("write-node-files"));
}
