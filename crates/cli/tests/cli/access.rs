//! Who can do what, and who can become whom, as the program tells it.

use std::path::Path;
use std::process::Command;

use expect_test::{Expect, expect};

use crate::support::{Folder, Told};

const RBAC: &str = "\
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

const PODS: &str = "\
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

const TOKENS: &str = "\
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

fn told(name: &str, arguments: &[&str]) -> Told {
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
fn check(name: &str, arguments: &[&str], code: i32, expected: &Expect) {
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
fn paths_tell_every_hop_with_its_line_and_what_cuts_them() {
    check(
        "paths",
        &["paths"],
        1,
        &expect![[r#"
            ServiceAccount shop/deployer reaches cluster admin in 1 hop [critical]
              1. ServiceAccount shop/deployer -> cluster admin: everything (T1098.006)
                   * *.*
                     by ClusterRoleBinding/deployer (rbac.yaml:16), rule of ClusterRole/cluster-admin (of Kubernetes itself)

            Deployment/shop/api reaches cluster admin in 3 hops [critical]
              1. Deployment/shop/api -> ServiceAccount shop/api: mounted-token (T1552.001)
                   at Deployment/shop/api (pods.yaml:17)
              2. ServiceAccount shop/api -> ServiceAccount shop/deployer: request-token in shop (T1528)
                   create serviceaccounts/token
                     by RoleBinding/shop/tokens (tokens.yaml:7), rule of Role/shop/tokens (tokens.yaml:5)
              3. ServiceAccount shop/deployer -> cluster admin: everything (T1098.006)
                   * *.*
                     by ClusterRoleBinding/deployer (rbac.yaml:16), rule of ClusterRole/cluster-admin (of Kubernetes itself)

            cut: remove ClusterRoleBinding/deployer (rbac.yaml:16) closes 2 of 2 paths
            cut: remove RoleBinding/shop/tokens (tokens.yaml:7) closes 1 of 2 paths
            cut: mount no token in Deployment/shop/api (pods.yaml:9) closes 1 of 2 paths
            cut: 1 change closes all (no smaller set does):
              remove ClusterRoleBinding/deployer (rbac.yaml:16)

        "#]],
    );
}

#[test]
fn paths_without_an_object_tell_what_that_closes() {
    let arguments = [
        "paths",
        "--without",
        "RoleBinding/shop/tokens",
        "--from",
        "Deployment/shop/api",
    ];
    check(
        "paths-without",
        &arguments,
        0,
        &expect![[r#"
            Without what is left out, 1 path would be closed:
              Deployment/shop/api to cluster admin

        "#]],
    );
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

/// What the account `api` did, what others did, and what was denied.
const AUDIT_LOG: &str = r#"{"kind":"Event","stage":"ResponseComplete","verb":"get","user":{"username":"system:serviceaccount:shop:api"},"objectRef":{"resource":"secrets","namespace":"shop","name":"db","apiVersion":"v1"},"responseStatus":{"code":200}}
{"kind":"Event","stage":"ResponseComplete","verb":"get","user":{"username":"system:serviceaccount:shop:api"},"requestURI":"/healthz?verbose","responseStatus":{"code":200}}
{"kind":"Event","stage":"ResponseComplete","verb":"delete","user":{"username":"system:serviceaccount:shop:api"},"objectRef":{"resource":"pods","namespace":"shop","name":"x"},"responseStatus":{"code":403}}
{"kind":"Event","stage":"ResponseComplete","verb":"list","user":{"username":"jane"},"objectRef":{"resource":"pods","namespace":"shop"},"responseStatus":{"code":200}}
{"kind":"Event","stage":"ResponseComplete","verb":"list","user":{"username":"jane"},"impersonatedUser":{"username":"system:serviceaccount:shop:api"},"objectRef":{"resource":"jobs","apiGroup":"batch","namespace":"shop"},"responseStatus":{"code":200}}
no event
"#;

#[test]
fn the_least_that_is_needed_is_told_and_proven() {
    let folder = Folder::new("least", &[("rbac.yaml", RBAC), ("log", AUDIT_LOG)]);
    let arguments = [
        "least-privilege",
        "sa:shop/api",
        "--audit-log",
        "log",
        "-p",
        "rbac.yaml",
        "-q",
    ];
    let told = folder.run(&arguments);
    expect![[r##"
        # ServiceAccount shop/api made 3 requests in 5 events
        # 1 line of the log could not be read
        # not by a role that is known: list jobs.batch in shop
        # not used: rule of Role/shop/reader (rbac.yaml:5), by RoleBinding/shop/readers (rbac.yaml:8)
        # these roles allow each of the requests, as asked of the authorizer again
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata:
          name: api
        rules:
        - nonResourceURLs: ["/healthz"]
          verbs: [get]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata:
          name: api
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: ClusterRole
          name: api
        subjects:
        - kind: ServiceAccount
          name: api
          namespace: shop
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: api
          namespace: shop
        rules:
        - apiGroups: [""]
          resources: [secrets]
          resourceNames: [db]
          verbs: [get]
        - apiGroups: [batch]
          resources: [jobs]
          verbs: [list]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata:
          name: api
          namespace: shop
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: Role
          name: api
        subjects:
        - kind: ServiceAccount
          name: api
          namespace: shop
    "##]].assert_eq(&told.stdout);
    assert_eq!((told.code, told.stderr.as_str()), (Some(1), ""));
}

#[test]
fn diff_tells_new_and_closed_paths() {
    let files = [
        ("before/rbac.yaml", RBAC),
        ("before/pods.yaml", PODS),
        ("after/rbac.yaml", RBAC),
        ("after/pods.yaml", PODS),
        ("after/tokens.yaml", TOKENS),
    ];
    let folder = Folder::new("diff", &files);
    let told = |before: &str, after: &str| {
        folder.run(&[
            "diff",
            before,
            "-p",
            after,
            "-q",
            "--complete",
            "--to",
            "cluster-admin",
        ])
    };
    let opened = told("before", "after");
    assert_eq!(opened.code, Some(1), "{opened:?}");
    expect![[r#"
        opened: Deployment/shop/api reaches cluster admin in 3 hops [critical]
          1. Deployment/shop/api -> ServiceAccount shop/api: mounted-token (T1552.001)
               at Deployment/shop/api (after/pods.yaml:17)
          2. ServiceAccount shop/api -> ServiceAccount shop/deployer: request-token in shop (T1528)
               create serviceaccounts/token
                 by RoleBinding/shop/tokens (after/tokens.yaml:7), rule of Role/shop/tokens (after/tokens.yaml:5)
          3. ServiceAccount shop/deployer -> cluster admin: everything (T1098.006)
               * *.*
                 by ClusterRoleBinding/deployer (after/rbac.yaml:16), rule of ClusterRole/cluster-admin (of Kubernetes itself)

    "#]].assert_eq(&opened.stdout);
    let closed = told("after", "before");
    assert_eq!(closed.code, Some(0), "{closed:?}");
    assert!(
        closed
            .stdout
            .starts_with("closed: Deployment/shop/api reaches cluster admin")
    );
}

#[test]
fn graphs_hold_the_steps_of_paths() {
    expect![[r#"
        flowchart LR
          n0(["Deployment/shop/api"])
          n1["ServiceAccount shop/api"]
          n0 -->|"mounted-token"| n1
          n2(["ServiceAccount shop/deployer"])
          n1 -->|"request-token"| n2
          n3{{"cluster admin"}}
          n2 -->|"everything"| n3
    "#]]
    .assert_eq(&told("graph", &["graph"]).stdout);
    expect![[r#"
        digraph paths {
          rankdir=LR;
          node [shape=box];
          "Deployment/shop/api" [style=rounded];
          "ServiceAccount shop/api";
          "ServiceAccount shop/deployer" [style=rounded];
          "cluster admin" [style=bold, shape=octagon];
          "Deployment/shop/api" -> "ServiceAccount shop/api" [label="mounted-token T1552.001"];
          "ServiceAccount shop/api" -> "ServiceAccount shop/deployer" [label="request-token T1528"];
          "ServiceAccount shop/deployer" -> "cluster admin" [label="everything T1098.006"];
        }
    "#]]
    .assert_eq(&told("graph-dot", &["graph", "-o", "dot"]).stdout);
}

#[test]
fn accounts_of_the_controllers_of_kubernetes_are_no_starts() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut command = Command::new(env!("CARGO_BIN_EXE_scantling"));
    command.current_dir(root);
    command.args(["paths", "-p", "fixtures/shop.snapshot", "--no-cuts", "-q"]);
    let told = Told::of(&command.output().expect("the program starts"));
    let starts = told
        .stdout
        .lines()
        .filter(|line| line.contains(" reaches "));
    let starts: Vec<&str> = starts.collect();
    expect![[r#"
        ServiceAccount platform/deployer reaches cluster admin in 1 hop [critical]
        User mallory reaches cluster admin in 1 hop [critical]
        DaemonSet/platform/node-agent reaches a node in 1 hop [critical]
        Deployment/platform/builder reaches a node in 1 hop [critical]
        Deployment/platform/builder-old reaches a node in 1 hop [critical]
    "#]]
    .assert_eq(&(starts.join("\n") + "\n"));
}
