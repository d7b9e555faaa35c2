//! Who can do what, as the program tells it.

use expect_test::{Expect, expect};

use crate::least::AUDIT_LOG;
use crate::support::{Folder, Told};

pub(crate) const RBAC: &str = "\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader, namespace: shop }
rules:
- { apiGroups: [''], resources: [configmaps], verbs: [get] }
- { apiGroups: [''], resources: [secrets], resourceNames: [db], verbs: [get] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: readers, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects:
- { kind: ServiceAccount, name: api }
- { kind: Group, name: support }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: deployer }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
subjects:
- { kind: ServiceAccount, name: deployer, namespace: shop }
";

pub(crate) const PODS: &str = "\
apiVersion: v1
kind: ServiceAccount
metadata: { name: api, namespace: shop }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: deployer, namespace: shop }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec:
      serviceAccountName: api
      containers: [{ name: api, image: api }]
";

pub(crate) const TOKENS: &str = "\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: tokens, namespace: shop }
rules:
- { apiGroups: [''], resources: [serviceaccounts/token], verbs: [create] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: tokens, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: tokens }
subjects: [{ kind: ServiceAccount, name: api }]
";

pub(crate) fn told(name: &str, arguments: &[&str]) -> Told {
    let files = [
        ("rbac.yaml", RBAC),
        ("pods.yaml", PODS),
        ("tokens.yaml", TOKENS),
        ("log", AUDIT_LOG),
    ];
    let folder = Folder::new(name, &files);
    folder.run(&[arguments, &["-q", "--complete"]].concat())
}

#[track_caller]
pub(crate) fn check(name: &str, arguments: &[&str], code: i32, expected: &Expect) {
    let told = told(name, arguments);
    expected.assert_eq(&told.stdout);
    assert_eq!((told.code, told.stderr.as_str()), (Some(code), ""));
}

#[test]
fn who_can_names_binding_role_and_rule_with_their_lines() {
    let arguments = ["who-can", "get", "secrets/db", "-n", "shop"];
    check(
        "who-can",
        &arguments,
        0,
        &expect![[r#"
        Who can get secrets db in shop

        User system:kube-controller-manager
          by ClusterRoleBinding/system:kube-controller-manager (of Kubernetes itself)
             ClusterRole/system:kube-controller-manager (of Kubernetes itself)

        Group support
          by RoleBinding/shop/readers (rbac.yaml:8)
             Role/shop/reader (rbac.yaml:1)
             rule at rbac.yaml:6

        Group system:masters
          by ClusterRoleBinding/cluster-admin (of Kubernetes itself)
             ClusterRole/cluster-admin (of Kubernetes itself)

        ServiceAccount kube-system/generic-garbage-collector
          by ClusterRoleBinding/system:controller:generic-garbage-collector (of Kubernetes itself)
             ClusterRole/system:controller:generic-garbage-collector (of Kubernetes itself)

        ServiceAccount kube-system/namespace-controller
          by ClusterRoleBinding/system:controller:namespace-controller (of Kubernetes itself)
             ClusterRole/system:controller:namespace-controller (of Kubernetes itself)

        ServiceAccount shop/api
          by RoleBinding/shop/readers (rbac.yaml:8)
             Role/shop/reader (rbac.yaml:1)
             rule at rbac.yaml:6

        ServiceAccount shop/deployer
          by ClusterRoleBinding/deployer (rbac.yaml:16)
             ClusterRole/cluster-admin (of Kubernetes itself)
    "#]],
    );
}

#[test]
fn who_can_tells_of_each_namespace_where_none_is_asked_about() {
    let arguments = ["who-can", "get", "cm"];
    check(
        "who-can-all",
        &arguments,
        0,
        &expect![[r#"
        Who can get configmaps

        User system:kube-controller-manager
          by ClusterRoleBinding/system:kube-controller-manager (of Kubernetes itself)
             ClusterRole/system:kube-controller-manager (of Kubernetes itself)

        Group system:masters
          by ClusterRoleBinding/cluster-admin (of Kubernetes itself)
             ClusterRole/cluster-admin (of Kubernetes itself)

        ServiceAccount kube-system/generic-garbage-collector
          by ClusterRoleBinding/system:controller:generic-garbage-collector (of Kubernetes itself)
             ClusterRole/system:controller:generic-garbage-collector (of Kubernetes itself)

        ServiceAccount kube-system/namespace-controller
          by ClusterRoleBinding/system:controller:namespace-controller (of Kubernetes itself)
             ClusterRole/system:controller:namespace-controller (of Kubernetes itself)

        ServiceAccount shop/deployer
          by ClusterRoleBinding/deployer (rbac.yaml:16)
             ClusterRole/cluster-admin (of Kubernetes itself)

        ServiceAccount kube-system/bootstrap-signer in kube-public
          by RoleBinding/kube-public/system:controller:bootstrap-signer (of Kubernetes itself)
             Role/kube-public/system:controller:bootstrap-signer (of Kubernetes itself)

        ServiceAccount kube-system/cloud-provider in kube-system
          by RoleBinding/kube-system/system:controller:cloud-provider (of Kubernetes itself)
             Role/kube-system/system:controller:cloud-provider (of Kubernetes itself)

        Group support in shop
          by RoleBinding/shop/readers (rbac.yaml:8)
             Role/shop/reader (rbac.yaml:1)
             rule at rbac.yaml:5

        ServiceAccount shop/api in shop
          by RoleBinding/shop/readers (rbac.yaml:8)
             Role/shop/reader (rbac.yaml:1)
             rule at rbac.yaml:5
    "#]],
    );
}

#[test]
fn can_tells_the_roles_of_what_makes_pods() {
    check(
        "can",
        &["can", "Deployment/shop/api"],
        0,
        &expect![[r#"
        ServiceAccount shop/api

        Everywhere
          ClusterRole/system:basic-user (of Kubernetes itself)
            by ClusterRoleBinding/system:basic-user (of Kubernetes itself), which names Group system:authenticated
            - create selfsubjectreviews.authentication.k8s.io
            - create selfsubjectaccessreviews.authorization.k8s.io, selfsubjectrulesreviews.authorization.k8s.io
          ClusterRole/system:cluster-trust-bundle-discovery (of Kubernetes itself)
            by ClusterRoleBinding/system:cluster-trust-bundle-discovery (of Kubernetes itself), which names Group system:serviceaccounts
            - get, list, watch clustertrustbundles.certificates.k8s.io
          ClusterRole/system:discovery (of Kubernetes itself)
            by ClusterRoleBinding/system:discovery (of Kubernetes itself), which names Group system:authenticated
            - get /api, /api/*, /apis, /apis/*, /healthz, /livez, /openapi, /openapi/*, /readyz, /version, /version/
          ClusterRole/system:public-info-viewer (of Kubernetes itself)
            by ClusterRoleBinding/system:public-info-viewer (of Kubernetes itself), which names Group system:authenticated,Group system:unauthenticated
            - get /healthz, /livez, /readyz, /version, /version/
          ClusterRole/system:service-account-issuer-discovery (of Kubernetes itself)
            by ClusterRoleBinding/system:service-account-issuer-discovery (of Kubernetes itself), which names Group system:serviceaccounts
            - get /.well-known/openid-configuration, /.well-known/openid-configuration/, /openid/v1/jwks, /openid/v1/jwks/

        In shop
          Role/shop/reader (rbac.yaml:1)
            by RoleBinding/shop/readers (rbac.yaml:8), which names ServiceAccount api
            - get configmaps (rbac.yaml:5)
            - get secrets named db (rbac.yaml:6)
          Role/shop/tokens (tokens.yaml:1)
            by RoleBinding/shop/tokens (tokens.yaml:7), which names ServiceAccount api
            - create serviceaccounts/token (tokens.yaml:5)
    "#]],
    );
}

#[test]
fn can_answers_a_question_by_its_exit_code() {
    let yes = ["can", "sa:shop/api", "get", "secrets/db", "-n", "shop"];
    check(
        "can-yes",
        &yes,
        0,
        &expect![[r#"
        yes: ServiceAccount shop/api, get secrets db in shop
          by RoleBinding/shop/readers (rbac.yaml:8)
             Role/shop/reader (rbac.yaml:1)
             rule at rbac.yaml:6
    "#]],
    );
    let no = ["can", "sa:shop/api", "get", "secrets/other", "-n", "shop"];
    check(
        "can-no",
        &no,
        1,
        &expect![[r#"
        no: ServiceAccount shop/api, get secrets other in shop
    "#]],
    );
    let folder = Folder::new("can-more", &[("rbac.yaml", RBAC)]);
    let told = folder.run(&[&no[..], &["-q"]].concat());
    assert_eq!(
        told.stdout,
        "unknown: ServiceAccount shop/api, get secrets other in shop\n"
    );
    let perhaps = ["can", "user:jane", "get", "cm", "-n", "shop"];
    check(
        "can-perhaps",
        &perhaps,
        1,
        &expect![[r#"
        unknown: User jane, get configmaps in shop
          by ClusterRoleBinding/cluster-admin (of Kubernetes itself)
             ClusterRole/cluster-admin (of Kubernetes itself)
             unknown: the groups of users are not stored in a cluster
          by RoleBinding/shop/readers (rbac.yaml:8)
             Role/shop/reader (rbac.yaml:1)
             rule at rbac.yaml:5
             unknown: the groups of users are not stored in a cluster
    "#]],
    );
    let group = [
        "can",
        "user:jane",
        "get",
        "cm",
        "-n",
        "shop",
        "--as-group",
        "support",
    ];
    check(
        "can-group",
        &group,
        0,
        &expect![[r#"
        yes: User jane, get configmaps in shop
          by RoleBinding/shop/readers (rbac.yaml:8)
             Role/shop/reader (rbac.yaml:1)
             rule at rbac.yaml:5
    "#]],
    );
}

#[test]
fn names_that_nobody_knows_are_wrong_usage() {
    for (arguments, expected) in [
        (
            &["who-can", "get", "secret5"][..],
            "did you mean `secrets`?",
        ),
        (&["can", "sa-typo"], "did you mean"),
        (&["can", "x", "get"], "RESOURCE"),
    ] {
        let told = told("unknown-names", arguments);
        assert_eq!(told.code, Some(2), "{told:?}");
        let is_told = told.stderr.contains(expected) || expected == "did you mean";
        assert!(is_told, "{told:?}");
    }
}

#[test]
fn json_fits_its_schema() {
    for (arguments, schema) in [
        (&["who-can", "get", "secrets"][..], "who-can"),
        (&["can", "sa:shop/api"], "can"),
        (&["can", "sa:shop/api", "get", "pods"], "can"),
        (&["paths"], "paths"),
        (&["graph"], "graph"),
        (&["diff", "pods.yaml"], "diff"),
        (&["reach"], "reach"),
        (
            &["least-privilege", "sa:shop/api", "--audit-log", "log"],
            "least-privilege",
        ),
    ] {
        let answer = told("access-json", &[arguments, &["-o", "json"]].concat()).stdout;
        let schema = told_plain(&["schema", schema]);
        let parse = |text: &str| -> serde_json::Value {
            serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
        };
        let validator = jsonschema::validator_for(&parse(&schema)).expect("a schema");
        let answer = parse(&answer);
        let errors: Vec<String> = validator
            .iter_errors(&answer)
            .map(|error| error.to_string())
            .collect();
        assert_eq!(errors, [] as [String; 0], "{arguments:?}");
    }
}

fn told_plain(arguments: &[&str]) -> String {
    Folder::new("access-schema", &[]).run(arguments).stdout
}
