//! Tests of the links: each shows the links of some manifests.

mod again;
mod names;
mod selections;

use expect_test::{Expect, expect};
use graph::{Cause, Graph, Link, Target};

use crate::testing;

/// Shows a link as `source path -meaning-> target`. A target that is not a resource is followed by what is asked for.
fn show(graph: &Graph, link: &Link) -> String {
    let source = graph.resource(link.from);
    let reference = &link.reference;
    let namespace = reference
        .namespace
        .name()
        .map_or(String::new(), |namespace| format!("{namespace}/"));
    let asked = format!("{}/{namespace}{}", reference.kind, reference.name);
    let target = match &link.target {
        Target::Resource(id) => graph.resource(*id).address.to_string(),
        Target::Missing => format!("missing {asked}"),
        Target::Unknown(unknown) if unknown.cause == Cause::OutsideInput => {
            format!("unknown {asked}")
        }
        Target::Unknown(unknown) => format!("unknown {asked}: {}", unknown.cause.text()),
    };
    let key = reference
        .key
        .as_ref()
        .map_or(String::new(), |key| format!(" key {key}"));
    let optional = if reference.optional { " optional" } else { "" };
    format!(
        "{} {} -{}-> {target}{key}{optional}\n",
        source.address,
        source.path(link.node),
        link.kind.text()
    )
}

#[track_caller]
fn check_with(text: &str, complete: bool, expected: &Expect) {
    let (_, graph) = testing::linked(text, complete);
    expected.assert_eq(
        &graph
            .links()
            .map(|link| show(&graph, link))
            .collect::<String>(),
    );
}

/// Shows the links where everything that exists is in the text.
#[track_caller]
fn check(text: &str, expected: &Expect) {
    check_with(text, true, expected);
}

/// Documents of objects, each written as `apiVersion Kind namespace/name rest`.
fn objects(lines: &str) -> String {
    let object = |line: &str| {
        let mut words = line.splitn(4, ' ');
        let (version, kind, name) = (
            words.next().unwrap(),
            words.next().unwrap(),
            words.next().unwrap(),
        );
        let metadata = match name.split_once('/') {
            Some((namespace, name)) => format!("namespace: {namespace}, name: {name}"),
            None => format!("name: {name}"),
        };
        let rest = words.next().unwrap_or("");
        let rest = match rest.strip_prefix("labels ") {
            Some(labels) => format!("metadata: {{{metadata}, labels: {labels}}}"),
            None if rest.is_empty() => format!("metadata: {{{metadata}}}"),
            None => format!("metadata: {{{metadata}}}\n{rest}"),
        };
        format!("apiVersion: {version}\nkind: {kind}\n{rest}\n")
    };
    lines
        .lines()
        .filter(|line| !line.is_empty())
        .map(object)
        .collect::<Vec<_>>()
        .join("---\n")
}

#[test]
fn what_controllers_create_is_linked_to_who_asks_for_it() {
    let lines = "
cert-manager.io/v1 Certificate shop/tls spec: {secretName: tls-secret, issuerRef: {kind: ClusterIssuer, name: ca}}
cert-manager.io/v1 ClusterIssuer ca
external-secrets.io/v1 ExternalSecret shop/db spec: {}
bitnami.com/v1alpha1 SealedSecret shop/sealed
example.org/v1 Database shop/d spec: {writeConnectionSecretToRef: {name: conn, namespace: shop}}
v1 Pod shop/p spec: {containers: [{name: a, envFrom: [{secretRef: {name: tls-secret}}, {secretRef: {name: db}}, {secretRef: {name: sealed}}, {secretRef: {name: conn}}]}]}
v1 Pod other/p spec: {containers: [{name: a, envFrom: [{secretRef: {name: db}}]}]}
";
    check(
        &objects(lines),
        &expect![[r#"
        Certificate.cert-manager.io/shop/tls spec.issuerRef.name -uses-> ClusterIssuer.cert-manager.io/ca
        Pod/shop/p spec.containers[name=a].envFrom[0].secretRef.name -reads-> Certificate.cert-manager.io/shop/tls
        Pod/shop/p spec.containers[name=a].envFrom[1].secretRef.name -reads-> ExternalSecret.external-secrets.io/shop/db
        Pod/shop/p spec.containers[name=a].envFrom[2].secretRef.name -reads-> SealedSecret.bitnami.com/shop/sealed
        Pod/shop/p spec.containers[name=a].envFrom[3].secretRef.name -reads-> Database.example.org/shop/d
        Pod/other/p spec.containers[name=a].envFrom[0].secretRef.name -reads-> missing Secret/other/db
    "#]],
    );
    check(
        "
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, annotations: {cert-manager.io/cluster-issuer: ca}}
spec: {tls: [{secretName: made}]}
",
        &expect![[r""]],
    );
}

#[test]
fn custom_kinds_refer_by_their_form_to_what_is_there() {
    let lines = "
example.org/v1 Widget shop/w spec: {auth: {passwordSecretRef: {name: s, key: k}, tokenSecretRef: {name: gone}}, tlsSecretName: t, nested: [{configMapRef: {name: c}}], serviceAccountName: sa}
v1 Secret shop/s
v1 Secret shop/t
v1 ConfigMap shop/c
v1 ServiceAccount shop/sa
";
    check(
        &objects(lines),
        &expect![[r#"
        Widget.example.org/shop/w spec.auth.passwordSecretRef.name -reads-> Secret/shop/s key k
        Widget.example.org/shop/w spec.tlsSecretName -reads-> Secret/shop/t
        Widget.example.org/shop/w spec.nested[0].configMapRef.name -reads-> ConfigMap/shop/c
        Widget.example.org/shop/w spec.serviceAccountName -runs-as-> ServiceAccount/shop/sa
    "#]],
    );
}

#[test]
fn custom_kinds_without_namespaces_are_known_from_their_definition() {
    let lines = "
apiextensions.k8s.io/v1 CustomResourceDefinition w spec: {scope: Cluster, group: example.org, names: {kind: Widget}}
example.org/v1 Widget w
apps/v1 Deployment shop/d
autoscaling/v2 HorizontalPodAutoscaler shop/a spec: {scaleTargetRef: {apiVersion: example.org/v1, kind: Widget, name: w}}
autoscaling/v2 HorizontalPodAutoscaler shop/b spec: {scaleTargetRef: {apiVersion: example.org/v1, kind: Widget, name: gone}}
";
    check(
        &objects(lines),
        &expect![[r#"
        Widget.example.org/w kind -uses-> CustomResourceDefinition/w
        HorizontalPodAutoscaler/shop/a spec.scaleTargetRef.name -scales-> Widget.example.org/w
        HorizontalPodAutoscaler/shop/b spec.scaleTargetRef.name -scales-> missing Widget/gone
    "#]],
    );
}

#[test]
fn custom_objects_are_linked_to_the_definitions_of_their_kind() {
    let lines = "
apiextensions.k8s.io/v1 CustomResourceDefinition widgets.example.org spec: {group: example.org, names: {kind: Widget}}
apiextensions.k8s.io/v1 CustomResourceDefinition widgets.other.org spec: {group: other.org, names: {kind: Widget}}
example.org/v1 Widget shop/a
example.org/v1beta1 Widget shop/b
example.org/v1 Gadget shop/c
v1 ConfigMap shop/d
";
    check(
        &objects(lines),
        &expect![[r#"
            Widget.example.org/shop/a kind -uses-> CustomResourceDefinition/widgets.example.org
            Widget.example.org/shop/b kind -uses-> CustomResourceDefinition/widgets.example.org
        "#]],
    );
}

#[test]
fn links_of_a_small_input_are_bounded() {
    let pods = "v1 Pod p spec: {containers: []}\n".repeat(1000);
    let policies = "networking.k8s.io/v1 NetworkPolicy n spec: {}\n".repeat(1000);
    let (_, graph) = testing::linked(&objects(&format!("{pods}{policies}")), true);
    let count = graph.links().count();
    assert!(count < 200_000, "{count}");
    assert!(
        graph
            .links()
            .any(|link| matches!(link.target, Target::Unknown(_)))
    );
}
