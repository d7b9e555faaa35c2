//! Tests of references by labels.

use expect_test::{Expect, expect};

use super::{check, objects, show};
use crate::testing;

const PODS: &str = "
apps/v1 Deployment shop/web spec: {template: {metadata: {labels: {app: web, tier: front}}, spec: {containers: []}}}
apps/v1 StatefulSet shop/db spec: {template: {metadata: {labels: {app: db, tier: back}}, spec: {containers: []}}}
v1 Pod other/web spec: {containers: []}
apps/v1 Deployment web spec: {template: {metadata: {labels: {app: web}}, spec: {containers: []}}}
";

/// Shows what the selectors of one object match among `PODS`.
#[track_caller]
fn check_selector(object: &str, expected: &Expect) {
    let (_, graph) = testing::linked(&format!("{}---\n{}", objects(PODS), objects(object)), true);
    let links = graph
        .links()
        .filter(|link| link.kind.text() == "selects" || link.kind.text() == "allows");
    expected.assert_eq(&links.map(|link| show(&graph, link)).collect::<String>());
}

#[test]
fn services_select_pods_by_labels() {
    check_selector(
        "v1 Service shop/a spec: {selector: {app: web}}",
        &expect![[r#"
            Service/shop/a spec.selector -selects-> Deployment/shop/web
            Service/shop/a spec.selector -selects-> Deployment/web
        "#]],
    );
    check_selector(
        "v1 Service a spec: {selector: {tier: back}}",
        &expect![[r#"
            Service/a spec.selector -selects-> StatefulSet/shop/db
        "#]],
    );
    check_selector(
        "v1 Service shop/a spec: {selector: {app: web, tier: back}}",
        &expect![[r#"
            Service/shop/a spec.selector -selects-> missing Pod/shop/
        "#]],
    );
    check_selector("v1 Service shop/a spec: {selector: {}}", &expect![[r""]]);
    check_selector(
        "v1 Service shop/a spec: {type: ExternalName, selector: {app: web}}",
        &expect![[r""]],
    );
}

#[test]
fn policies_select_all_pods_of_their_namespace_when_they_ask_for_nothing() {
    check_selector(
        "networking.k8s.io/v1 NetworkPolicy shop/a spec: {podSelector: {}}",
        &expect![[r#"
            NetworkPolicy/shop/a spec.podSelector -selects-> Deployment/shop/web
            NetworkPolicy/shop/a spec.podSelector -selects-> StatefulSet/shop/db
            NetworkPolicy/shop/a spec.podSelector -selects-> Deployment/web
        "#]],
    );
    check_selector(
        "networking.k8s.io/v1 NetworkPolicy other/a spec: {}",
        &expect![[r#"
            NetworkPolicy/other/a spec -selects-> Pod/other/web
            NetworkPolicy/other/a spec -selects-> Deployment/web
        "#]],
    );
}

#[test]
fn expressions_of_selectors_are_evaluated() {
    let policy = |expression: &str| {
        format!(
            "networking.k8s.io/v1 NetworkPolicy shop/a spec: {{podSelector: {{matchExpressions: [{expression}]}}}}"
        )
    };
    check_selector(
        &policy("{key: app, operator: In, values: [web, db]}"),
        &expect![[r#"
            NetworkPolicy/shop/a spec.podSelector -selects-> Deployment/shop/web
            NetworkPolicy/shop/a spec.podSelector -selects-> StatefulSet/shop/db
            NetworkPolicy/shop/a spec.podSelector -selects-> Deployment/web
        "#]],
    );
    check_selector(
        &policy("{key: app, operator: NotIn, values: [web]}"),
        &expect![[r#"
            NetworkPolicy/shop/a spec.podSelector -selects-> StatefulSet/shop/db
        "#]],
    );
    check_selector(
        &policy("{key: tier, operator: Exists}"),
        &expect![[r#"
        NetworkPolicy/shop/a spec.podSelector -selects-> Deployment/shop/web
        NetworkPolicy/shop/a spec.podSelector -selects-> StatefulSet/shop/db
    "#]],
    );
    check_selector(
        &policy("{key: tier, operator: DoesNotExist}"),
        &expect![[r#"
            NetworkPolicy/shop/a spec.podSelector -selects-> Deployment/web
        "#]],
    );
    check_selector(&policy("{key: tier, operator: In}"), &expect![[r""]]);
}

#[test]
fn budgets_ask_for_nothing_with_two_meanings() {
    check_selector(
        "policy/v1 PodDisruptionBudget shop/a spec: {selector: {}}",
        &expect![[r#"
            PodDisruptionBudget/shop/a spec.selector -selects-> Deployment/shop/web
            PodDisruptionBudget/shop/a spec.selector -selects-> StatefulSet/shop/db
            PodDisruptionBudget/shop/a spec.selector -selects-> Deployment/web
        "#]],
    );
    check_selector(
        "policy/v1beta1 PodDisruptionBudget shop/a spec: {selector: {}}",
        &expect![[r#"
            PodDisruptionBudget/shop/a spec.selector -selects-> missing Pod/shop/
        "#]],
    );
    check_selector(
        "policy/v1 PodDisruptionBudget shop/a spec: {minAvailable: 1}",
        &expect![[r#"
            PodDisruptionBudget/shop/a spec -selects-> missing Pod/shop/
        "#]],
    );
    check_selector(
        "policy/v1 PodDisruptionBudget shop/a spec: {selector: {matchLabels: {app: db}}}",
        &expect![[r#"
            PodDisruptionBudget/shop/a spec.selector -selects-> StatefulSet/shop/db
        "#]],
    );
}

#[test]
fn peers_of_policies_allow_pods_and_namespaces() {
    let policy = |peer: &str| {
        format!(
            "networking.k8s.io/v1 NetworkPolicy shop/a spec: {{podSelector: {{matchLabels: {{app: db}}}}, ingress: [{{from: [{peer}]}}]}}"
        )
    };
    check_selector(
        &policy("{podSelector: {matchLabels: {app: web}}}"),
        &expect![[r#"
            NetworkPolicy/shop/a spec.podSelector -selects-> StatefulSet/shop/db
            NetworkPolicy/shop/a spec.ingress[0].from[0].podSelector -allows-> Deployment/shop/web
            NetworkPolicy/shop/a spec.ingress[0].from[0].podSelector -allows-> Deployment/web
        "#]],
    );
    check_selector(
        &policy("{podSelector: {}}"),
        &expect![[r#"
        NetworkPolicy/shop/a spec.podSelector -selects-> StatefulSet/shop/db
    "#]],
    );
    check_selector(
        &policy("{podSelector: {matchLabels: {app: gone}}, namespaceSelector: {}}"),
        &expect![[r#"
            NetworkPolicy/shop/a spec.podSelector -selects-> StatefulSet/shop/db
            NetworkPolicy/shop/a spec.ingress[0].from[0].podSelector -allows-> missing Pod/shop/
        "#]],
    );
    check_selector(
        &policy(
            "{podSelector: {matchLabels: {app: db}}, namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}}",
        ),
        &expect![[r#"
            NetworkPolicy/shop/a spec.podSelector -selects-> StatefulSet/shop/db
            NetworkPolicy/shop/a spec.ingress[0].from[0].podSelector -allows-> StatefulSet/shop/db
        "#]],
    );
    let namespaces = "v1 Namespace shop\nv1 Namespace other labels {team: b}\n";
    check_selector(
        &format!(
            "{namespaces}{}",
            policy("{namespaceSelector: {matchLabels: {team: b}}}")
        ),
        &expect![[r#"
            NetworkPolicy/shop/a spec.podSelector -selects-> StatefulSet/shop/db
            NetworkPolicy/shop/a spec.ingress[0].from[0].namespaceSelector -allows-> Namespace/other
        "#]],
    );
    check_selector(
        &format!(
            "{namespaces}{}",
            policy("{namespaceSelector: {matchLabels: {team: x}}}")
        ),
        &expect![[r#"
            NetworkPolicy/shop/a spec.podSelector -selects-> StatefulSet/shop/db
            NetworkPolicy/shop/a spec.ingress[0].from[0].namespaceSelector -allows-> missing Namespace/
        "#]],
    );
    check_selector(
        &policy("{ipBlock: {cidr: 10.0.0.0/8}}"),
        &expect![[r#"
        NetworkPolicy/shop/a spec.podSelector -selects-> StatefulSet/shop/db
    "#]],
    );
}

#[test]
fn monitors_look_in_the_namespaces_that_they_name() {
    let services = "v1 Service shop/s labels {app: web}\nv1 Service other/s labels {app: web}\n";
    let monitor = |rest: &str| {
        format!(
            "{services}monitoring.coreos.com/v1 ServiceMonitor shop/m spec: {{selector: {{matchLabels: {{app: web}}}}{rest}}}"
        )
    };
    check_selector(
        &monitor(""),
        &expect![[r#"
        ServiceMonitor.monitoring.coreos.com/shop/m spec.selector -selects-> Service/shop/s
    "#]],
    );
    check_selector(
        &monitor(", namespaceSelector: {any: true}"),
        &expect![[r#"
            ServiceMonitor.monitoring.coreos.com/shop/m spec.selector -selects-> Service/shop/s
            ServiceMonitor.monitoring.coreos.com/shop/m spec.selector -selects-> Service/other/s
        "#]],
    );
    check_selector(
        &monitor(", namespaceSelector: {matchNames: [other]}"),
        &expect![[r#"
            ServiceMonitor.monitoring.coreos.com/shop/m spec.selector -selects-> Service/other/s
        "#]],
    );
    check_selector(
        "monitoring.coreos.com/v1 PodMonitor shop/m spec: {selector: {matchLabels: {app: db}}}",
        &expect![[r#"
            PodMonitor.monitoring.coreos.com/shop/m spec.selector -selects-> StatefulSet/shop/db
        "#]],
    );
}

#[test]
fn roles_are_made_of_others() {
    let role = "rbac.authorization.k8s.io/v1 ClusterRole all aggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}\n";
    check_selector(
        &format!("{role}rbac.authorization.k8s.io/v1 ClusterRole one labels {{a: b}}"),
        &expect![[r#"
            ClusterRole/all aggregationRule.clusterRoleSelectors[0] -selects-> ClusterRole/one
        "#]],
    );
    check_selector(
        role,
        &expect![[r#"
        ClusterRole/all aggregationRule.clusterRoleSelectors[0] -selects-> missing ClusterRole/
    "#]],
    );
}

#[test]
fn unknown_labels_and_selectors_may_match() {
    check(
        "
apiVersion: v1
kind: Pod
metadata: {name: p, labels: {app: !unknown x, tier: back}}
spec: {containers: []}
---
{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {selector: {app: web}}}
---
{apiVersion: v1, kind: Service, metadata: {name: b}, spec: {selector: {app: web, tier: front}}}
",
        &expect![[r#"
            Service/a spec.selector -selects-> unknown Pod/: the example leaves it open
            Service/b spec.selector -selects-> missing Pod/
        "#]],
    );
    check_selector(
        "v1 Service shop/s spec: {selector: {app: !unknown x}}",
        &expect![[r#"
            Service/shop/s spec.selector -selects-> unknown Pod/shop/: the example leaves it open
        "#]],
    );
    check_selector(
        "v1 Service shop/s spec: {selector: {app: !unknown x, tier: gone}}",
        &expect![[r#"
            Service/shop/s spec.selector -selects-> missing Pod/shop/
        "#]],
    );
}
