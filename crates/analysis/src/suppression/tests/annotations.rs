//! Annotations, ours and those of other tools.

use super::*;

/// A pod with an annotation, of which both findings are marked.
#[track_caller]
fn check_annotation(
    annotation: &str,
    privileged: &str,
    host_network: &str,
    notices: &[(&str, u32)],
) {
    check(
        &format!(
            "apiVersion: v1\nkind: Pod\nmetadata:\n  annotations:\n    {annotation}\nspec:\n  hostNetwork: true # {host_network}\n  \
             containers:\n  - securityContext: {{ privileged: true }} # {privileged}\n"
        ),
        notices,
    );
}

#[test]
fn our_annotations_are_for_the_whole_resource() {
    check_annotation(
        "scantling.dev/ignore: privileged the driver needs it",
        "hidden",
        "shown",
        &[],
    );
    check_annotation(
        "scantling.dev/ignore: privileged because; host-network because",
        "hidden",
        "hidden",
        &[],
    );
    check_annotation(
        "scantling.dev/ignore: privileged,host-network until=2026-06-15 because",
        "hidden",
        "hidden",
        &[],
    );
    check_annotation(
        "scantling.dev/ignore.privileged: because",
        "hidden",
        "shown",
        &[],
    );
    check_annotation(
        "scantling.dev/ignore.privileged: until=2026-06-14 because",
        "shown",
        "shown",
        &[("expired-suppression", 5)],
    );
    check_annotation(
        "scantling.dev/ignore: privileged",
        "shown",
        "shown",
        &[("suppression-without-reason", 5)],
    );
    check_annotation(
        "scantling.dev/ignore.privileged: ''",
        "shown",
        "shown",
        &[("suppression-without-reason", 5)],
    );
    check_annotation(
        "scantling.dev/ignore: ''",
        "shown",
        "shown",
        &[("invalid-suppression", 5)],
    );
    check_annotation(
        "scantling.dev/ignore: true",
        "shown",
        "shown",
        &[("invalid-suppression", 5)],
    );
    check_annotation(
        "scantling.dev/ignored: privileged because",
        "shown",
        "shown",
        &[("invalid-suppression", 5)],
    );
    check_annotation(
        "scantling.dev/ignore: nothing because",
        "shown",
        "shown",
        &[("unknown-check-in-suppression", 5)],
    );
    check_annotation(
        "scantling.dev/ignore: never because",
        "shown",
        "shown",
        &[("unused-suppression", 5)],
    );
}

#[test]
fn annotations_of_other_tools_are_read() {
    for (annotation, privileged, host_network) in [
        (
            "checkov.io/skip1: CKV_K8S_16=the driver needs it",
            "hidden",
            "shown",
        ),
        ("bridgecrew.io/skip7: CKV_K8S_19", "shown", "hidden"),
        ("checkov.io/skip1: ''", "shown", "shown"),
        (
            "ignore-check.kube-linter.io/privileged-container: because",
            "hidden",
            "shown",
        ),
        (
            "ignore-check.kube-linter.io/privileged-container:",
            "hidden",
            "shown",
        ),
        (
            "ignore-check.kube-linter.io/other: because",
            "shown",
            "shown",
        ),
        ("kube-linter.io/ignore-all: because", "hidden", "hidden"),
        (
            "kube-score/ignore: 'stable-version, container-security-context-privileged'",
            "hidden",
            "shown",
        ),
        ("kube-score/ignore: container-resources", "shown", "hidden"),
        ("kube-score/ignore: '*'", "hidden", "hidden"),
        (
            "kube-score/enable: container-security-context-privileged",
            "shown",
            "shown",
        ),
        ("polaris.fairwinds.com/exempt: 'true'", "hidden", "hidden"),
        ("polaris.fairwinds.com/exempt: 'false'", "shown", "shown"),
        (
            "polaris.fairwinds.com/runAsPrivileged-exempt: 'True'",
            "hidden",
            "shown",
        ),
        (
            "polaris.fairwinds.com/run-as-privileged-exempt: 'true'",
            "hidden",
            "shown",
        ),
        (
            "polaris.fairwinds.com/host-network-set-exempt: 'false'",
            "shown",
            "shown",
        ),
        (
            "kubescape.io/skip-controls: 'C-0057, C-0041'",
            "hidden",
            "hidden",
        ),
        (
            "kubescape.io/skip-controls: C-0057\n    kubescape.io/skip-expiry: '2026-06-15T23:59:59Z'",
            "hidden",
            "shown",
        ),
        (
            "kubescape.io/skip-controls: C-0057\n    kubescape.io/skip-expiry: '2026-06-14T23:59:59Z'",
            "shown",
            "shown",
        ),
        (
            "kubescape.io/skip-controls: C-0057\n    kubescape.io/skip-expiry: soon",
            "shown",
            "shown",
        ),
        ("kubescape.io/ignore: 'true'", "shown", "shown"),
    ] {
        check_annotation(annotation, privileged, host_network, &[]);
    }
}

#[test]
fn annotations_of_a_pod_template_are_for_its_controller() {
    let library = library();
    for (annotation, expected) in [
        ("scantling.dev/ignore: privileged because", true),
        (
            "kube-score/ignore: container-security-context-privileged",
            true,
        ),
        ("checkov.io/skip1: CKV_K8S_16", true),
        ("kube-linter.io/ignore-all: because", false),
        ("polaris.fairwinds.com/exempt: 'true'", false),
    ] {
        let text = format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{ name: a }}\nspec:\n  template:\n    metadata:\n      annotations:\n        {annotation}\n    \
             spec:\n      containers:\n      - name: a\n"
        );
        let run = run(&[("app.yaml", &text)]);
        let suppressions = Suppressions::read(&run.project, &library, &Config::default(), TODAY);
        let (id, resource) = run.project.graph.resources().next().unwrap();
        let place = check::FoundPlace {
            resource: id,
            node: resource.facts.pods[0].containers[0].node,
            missing: Vec::new(),
        };
        let fail = check::Fail {
            place,
            message: "m".to_owned(),
            evidence: Vec::new(),
            faults: Vec::new(),
        };
        let check = library
            .checks
            .iter()
            .find(|check| check.id == "privileged")
            .unwrap();
        let name = Arc::new(resource_name(&run.project, fail.place.resource));
        let placed = finding(&run.project, &name, check, check.severity, &fail);
        assert_eq!(
            suppressions.hides(&run.project, &placed).is_some(),
            expected,
            "{annotation}"
        );
    }
}
