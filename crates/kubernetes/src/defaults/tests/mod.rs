//! Tests of the defaults: each shows the values that are added to a manifest.

mod objects;
mod pods;

use expect_test::{Expect, expect};
use graph::{Data, NodeId, Resource};

use crate::{Options, testing};

/// Shows every defaulted value without children as `path = value`.
fn show(resource: &Resource) -> String {
    let tree = &resource.tree;
    let mut out = String::new();
    let mut open = vec![NodeId::ROOT];
    while let Some(node) = open.pop() {
        let children: Vec<NodeId> = tree.children(node).collect();
        open.extend(children.iter().rev());
        if tree
            .passage(node)
            .is_none_or(|passage| passage.default.is_none())
            || !children.is_empty()
        {
            continue;
        }
        let value = match &tree.node(node).data {
            Data::String(text) => format!("{:?}", text.as_str()),
            Data::Int(number) => number.to_string(),
            Data::Bool(bool) => bool.to_string(),
            Data::Map => "{}".to_owned(),
            other => format!("{other:?}")
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect(),
        };
        out += &format!("{} = {value}\n", resource.path(node));
    }
    out
}

#[track_caller]
fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&show(&testing::one(text)));
}

/// Shows the defaults that the version adds and does not add, compared with the newest one.
#[track_caller]
fn check_version(version: &str, text: &str, expected: &Expect) {
    let options = Options {
        version: version.parse().unwrap(),
        ..Options::default()
    };
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let old = lines(&show(&testing::read_with(text, &options).1.resources[0]));
    let new = lines(&show(&testing::one(text)));
    let less = new
        .iter()
        .filter(|line| !old.contains(line))
        .map(|line| format!("-{line}\n"));
    let more = old
        .iter()
        .filter(|line| !new.contains(line))
        .map(|line| format!("+{line}\n"));
    expected.assert_eq(&less.chain(more).collect::<String>());
}

#[test]
fn older_versions_add_less() {
    check_version(
        "1.20",
        "{apiVersion: batch/v1, kind: CronJob, metadata: {name: a}, spec: {jobTemplate: {spec: {}}}}",
        &expect![[r#"
            -spec.jobTemplate.spec.completionMode = "NonIndexed"
            -spec.jobTemplate.spec.suspend = false
            -spec.jobTemplate.spec.podReplacementPolicy = "TerminatingOrFailed"
        "#]],
    );
    check_version(
        "1.26",
        "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: a}, spec: {}}",
        &expect![[r#"
            -spec.persistentVolumeClaimRetentionPolicy.whenDeleted = "Retain"
            -spec.persistentVolumeClaimRetentionPolicy.whenScaled = "Retain"
        "#]],
    );
    check_version(
        "1.21",
        "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: LoadBalancer}}",
        &expect![[r#"
            -spec.internalTrafficPolicy = "Cluster"
            -spec.allocateLoadBalancerNodePorts = true
        "#]],
    );
    check_version(
        "1.20",
        "{apiVersion: v1, kind: Namespace, metadata: {name: a}}",
        &expect![[r#"
            -metadata.labels["kubernetes.io/metadata.name"] = "a"
        "#]],
    );
    check_version(
        "1.29",
        "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec: {resources: {limits: {cpu: 1}}, volumes: [{name: a, image: {reference: r}}]}
",
        &expect![[r#"
            -spec.resources.requests.cpu = 1
            -spec.volumes[name=a].image.pullPolicy = "Always"
        "#]],
    );
}

#[test]
fn unknown_values_are_neither_replaced_nor_guessed() {
    check(
        "
apiVersion: v1
kind: Service
metadata: {name: a}
spec: {type: !unknown x, sessionAffinity: None, ports: [{port: !unknown x, protocol: TCP}]}
",
        &expect![[r#"
            spec.ports[0].targetPort = Unknown
        "#]],
    );
    check(
        "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec: {containers: [{name: a, image: !unknown x}, !unknown x]}
",
        &expect![[r#"
            spec.containers[name=a].imagePullPolicy = Unknown
            spec.containers[name=a].terminationMessagePath = "/dev/termination-log"
            spec.containers[name=a].terminationMessagePolicy = "File"
            spec.dnsPolicy = "ClusterFirst"
            spec.restartPolicy = "Always"
            spec.terminationGracePeriodSeconds = 30
            spec.schedulerName = "default-scheduler"
            spec.enableServiceLinks = true
        "#]],
    );
}

#[test]
fn settings_that_the_server_leaves_open_stay_missing() {
    let pod = testing::one(
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: a}]}}",
    );
    let spec = pod.facts.pods[0].spec;
    for key in [
        "automountServiceAccountToken",
        "securityContext",
        "serviceAccountName",
        "hostNetwork",
        "tolerations",
    ] {
        assert_eq!(pod.tree.get(spec, key), None, "{key}");
    }
    for key in ["securityContext", "resources", "livenessProbe", "stdin"] {
        assert_eq!(
            pod.tree.get(pod.facts.pods[0].containers[0].node, key),
            None,
            "{key}"
        );
    }
}

#[test]
fn defaults_stand_where_the_map_is_written_that_lacks_them() {
    let (file, manifests) = testing::read(
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a}]}}",
    );
    let pod = &manifests.resources[0];
    let span =
        |keys: &[&str]| file.slice(pod.tree.node(pod.tree.at(NodeId::ROOT, keys).unwrap()).span);
    assert_eq!(
        span(&["spec", "restartPolicy"]),
        "{containers: [{name: a}]}"
    );
    let container = pod.facts.pods[0].containers[0].node;
    let policy = pod.tree.get(container, "imagePullPolicy").unwrap();
    assert_eq!(file.slice(pod.tree.node(policy).span), "{name: a}");
}
