//! What drifts, of files and of what runs beside them.

use std::sync::Arc;

use expect_test::{Expect, expect};
use kubernetes::snapshot::{About, Kind, Outcome, Snapshot};
use source::Memory;

use super::drift;
use crate::options::{NoProgress, Options};
use crate::report::Report;
use crate::scan::scan;

/// A cluster whose objects stand in YAML, with all kinds that they have, and with NetworkPolicies.
fn cluster(objects: &str) -> Snapshot {
    let objects = objects
        .split("---\n")
        .filter(|text| !text.trim().is_empty());
    let objects = objects.map(|text| serde_yaml::from_str(text).expect("YAML"));
    let objects: Vec<serde_json::Value> = objects.collect();
    let names = objects.iter().map(|object| {
        let text = |key: &str| object[key].as_str().unwrap_or_default().to_owned();
        (text("apiVersion"), text("kind"))
    });
    let policies = (
        "networking.k8s.io/v1".to_owned(),
        "NetworkPolicy".to_owned(),
    );
    let kinds = names.chain([policies]).map(|(api_version, kind)| {
        let (group, version) = api_version.split_once('/').unwrap_or(("", &api_version));
        Kind {
            group: group.to_owned(),
            resource: kind.to_lowercase(),
            version: version.to_owned(),
            kind,
            namespaced: true,
            outcome: Outcome::Read,
            objects: 1,
        }
    });
    Snapshot {
        about: About {
            context: "tests".to_owned(),
            ..About::default()
        },
        kinds: kinds.collect(),
        objects: objects
            .iter()
            .map(|object| object.to_string().into())
            .collect(),
    }
}

fn options(files: &[(&str, &str)], objects: &str) -> Options {
    Options {
        paths: files.iter().map(|(path, _)| (*path).into()).collect(),
        snapshot: Some(Arc::new(cluster(objects))),
        select: vec!["privileged-container".to_owned(), "host-network".to_owned()],
        ..Options::default()
    }
}

/// Shows each difference on a line, and the notices.
#[track_caller]
fn check(files: &[(&str, &str)], objects: &str, expected: &Expect) {
    let system = Memory::new(files.iter().copied());
    let found = drift(&system, &options(files, objects), &NoProgress).expect("a comparison");
    let told = found.drifts.iter().map(|drift| {
        let (class, address) = (drift.class.word(), &drift.resource.address);
        format!("{class} {address} {}: {}\n", drift.path, drift.message())
    });
    let notices = found.report.problems.iter();
    let notices = notices.map(|problem| format!("{}\n", problem.message));
    expected.assert_eq(&told.chain(notices).collect::<String>());
}

const POD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: api, namespace: shop}
spec:
  containers:
  - name: api
    image: api:1
    resources: {limits: {memory: 1024Mi}}
    env: [{name: A, value: '1'}]
";

#[test]
fn what_the_api_and_its_admission_add_is_no_difference() {
    check(
        &[("a.yaml", POD)],
        "\
apiVersion: v1
kind: Pod
metadata: {name: api, namespace: shop, uid: u, labels: {}}
spec:
  nodeName: node-1
  serviceAccountName: default
  serviceAccount: default
  priority: 0
  containers:
  - name: api
    image: api:1
    imagePullPolicy: IfNotPresent
    resources: {limits: {memory: 1Gi}}
    env: [{name: A, value: '1'}]
status: {phase: Running}
",
        &expect![""],
    );
}

#[test]
fn what_is_changed_is_told_with_both_values() {
    check(
        &[("a.yaml", POD)],
        "\
apiVersion: v1
kind: Pod
metadata: {name: api, namespace: shop, uid: u}
spec:
  hostNetwork: true
  containers:
  - {name: api, image: 'api:2', resources: {limits: {memory: 1Gi}}, env: [{name: A, value: '1'}]}
  - {name: side, image: 'side:1'}
",
        &expect![[r#"
            changed Pod/shop/api spec.hostNetwork: hostNetwork runs as true and is not declared
            changed Pod/shop/api spec.containers[name=side]: containers[name=side] runs as {name: "side", image: "side:1"} and is not declared
            changed Pod/shop/api spec.containers[name=api].image: image runs as "api:2" and is declared as "api:1"
        "#]],
    );
}

#[test]
fn what_one_side_lacks_is_told_where_it_matters() {
    check(
        &[(
            "a.yaml",
            "\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny, namespace: shop}
spec: {podSelector: {}}
---
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {ports: [{port: 80}]}
",
        )],
        "\
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop, uid: a}
spec: {ports: [{port: 80, protocol: TCP, targetPort: 80, nodePort: 30000}], clusterIP: 10.0.0.1}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: default, namespace: shop, uid: b}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: mallory, namespace: shop, uid: c}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: other, namespace: shop, uid: d, annotations: {meta.helm.sh/release-name: other, meta.helm.sh/release-namespace: shop}}
",
        &expect![[r#"
            declared-only NetworkPolicy/shop/deny : this is declared and does not run
            live-only ServiceAccount/shop/mallory : this runs and is declared nowhere
            what runs of the Helm release other in shop is not declared here (1 in all)
        "#]],
    );
}

#[test]
fn values_of_secrets_are_compared_as_the_api_keeps_them_and_not_told() {
    let secret = "\
apiVersion: v1
kind: Secret
metadata: {name: login, namespace: shop}
stringData: {same: hunter2, other: hunter2}
";
    let live = "\
apiVersion: v1
kind: Secret
metadata: {name: login, namespace: shop, uid: a}
type: Opaque
data: {same: aHVudGVyMg==, other: aHVudGVyMw==}
";
    check(
        &[("a.yaml", secret)],
        live,
        &expect![[r#"
            changed Secret/shop/login data.other: other runs as a secret value and is not declared
        "#]],
    );
}

const CHART: [(&str, &str); 2] = [
    (
        "web/Chart.yaml",
        "{apiVersion: v2, name: web, version: 1.0.0}",
    ),
    (
        "web/templates/account.yaml",
        "\
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ .Release.Name }}-web
  labels: {helm.sh/chart: web-1.0.0}
automountServiceAccountToken: true
",
    ),
];

#[test]
fn a_chart_is_compared_as_the_release_that_runs() {
    check(
        &CHART,
        "\
apiVersion: v1
kind: ServiceAccount
metadata:
  name: prod-web
  namespace: shop
  uid: a
  labels: {helm.sh/chart: web-0.9.0}
  annotations: {meta.helm.sh/release-name: prod, meta.helm.sh/release-namespace: shop}
automountServiceAccountToken: false
",
        &expect![[r#"
            changed ServiceAccount/prod-web automountServiceAccountToken: automountServiceAccountToken runs as false and is declared as true
        "#]],
    );
}

fn found(report: &Report) -> String {
    let findings = report.findings.iter().map(|finding| {
        let presence = finding.presence.map_or("", |presence| presence.word());
        let path = report.sources.path(finding.span.file);
        let related = finding
            .related
            .iter()
            .map(|related| related.message.as_str());
        let related: Vec<&str> = related.collect();
        format!(
            "{presence} {}: {} {related:?}\n",
            path.display(),
            finding.check.id
        )
    });
    findings.collect()
}

#[test]
fn findings_of_both_are_told_once() {
    let declared = "\
apiVersion: v1
kind: Pod
metadata: {name: api, namespace: shop}
spec:
  containers: [{name: api, image: a, securityContext: {privileged: true}}]
";
    let live = "\
apiVersion: v1
kind: Pod
metadata: {name: api, namespace: shop, uid: u}
spec:
  hostNetwork: true
  containers: [{name: api, image: a, securityContext: {privileged: true}}]
---
apiVersion: v1
kind: Pod
metadata: {name: miner, namespace: shop, uid: v}
spec:
  containers: [{name: miner, image: a, securityContext: {privileged: true}}]
";
    let files = [("a.yaml", declared)];
    let report = scan(&Memory::new(files), &options(&files, live), &NoProgress).expect("a report");
    expect![[r#"
        both a.yaml: privileged-container ["also in the cluster: Pod/shop/api"]
        live cluster:tests/shop/pod/api.yaml: host-network ["what is declared is without it"]
        undeclared cluster:tests/shop/pod/miner.yaml: privileged-container []
    "#]]
    .assert_eq(&found(&report));
}
