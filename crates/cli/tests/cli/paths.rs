//! Who can become whom, as the program tells it.

use std::path::Path;
use std::process::Command;

use expect_test::expect;

use crate::access::{PODS, RBAC, TOKENS, check, told};
use crate::support::{Folder, Told};

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
        the internet reaches a node in 2 hops, perhaps [critical]
               unknown: whether the internet reaches the nodes is not known
    "#]]
    .assert_eq(&(starts.join("\n") + "\n"));
}

#[test]
fn paths_with_a_file_tell_what_that_opens() {
    let files = [
        ("now/rbac.yaml", RBAC),
        ("now/pods.yaml", PODS),
        ("tokens.yaml", TOKENS),
    ];
    let folder = Folder::new("paths-with", &files);
    let told = folder.run(&[
        "paths",
        "-p",
        "now",
        "--with",
        "tokens.yaml",
        "--from",
        "pods",
        "--no-cuts",
        "--complete",
        "-q",
    ]);
    expect![[r#"
        Deployment/shop/api reaches cluster admin in 3 hops [critical]
          1. Deployment/shop/api -> ServiceAccount shop/api: mounted-token (T1552.001)
               at Deployment/shop/api (now/pods.yaml:17)
          2. ServiceAccount shop/api -> ServiceAccount shop/deployer: request-token in shop (T1528)
               create serviceaccounts/token
                 by RoleBinding/shop/tokens (tokens.yaml:7), rule of Role/shop/tokens (tokens.yaml:5)
          3. ServiceAccount shop/deployer -> cluster admin: everything (T1098.006)
               * *.*
                 by ClusterRoleBinding/deployer (now/rbac.yaml:16), rule of ClusterRole/cluster-admin (of Kubernetes itself)

        With what is added, 1 path would be opened:
          Deployment/shop/api to cluster admin

    "#]].assert_eq(&told.stdout);
    assert_eq!((told.code, told.stderr.as_str()), (Some(1), ""));
    let told = folder.run(&["paths", "--with", "tokens.yaml", "-q"]);
    assert_eq!(told.code, Some(2), "{told:?}");
    assert!(told.stderr.contains("--path"), "{told:?}");
}

const DEVELOPERS: &str = "\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: developers }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
subjects: [{ kind: Group, name: developers, apiGroup: rbac.authorization.k8s.io }]
";

#[test]
fn paths_start_with_the_groups_of_a_user() {
    let folder = Folder::new("paths-group", &[("rbac.yaml", DEVELOPERS)]);
    let ask = |more: &[&str]| {
        let all = ["paths", "--from", "user:jane", "--complete", "-q"];
        folder.run(&[&all[..], more].concat())
    };
    let told = ask(&[]);
    assert_eq!((told.code, told.stdout.as_str()), (Some(0), ""), "{told:?}");
    expect![[r#"
        User jane reaches cluster admin in 1 hop [critical]
          1. Group developers -> cluster admin: everything (T1098.006)
               * *.*
                 by ClusterRoleBinding/developers (rbac.yaml:1), rule of ClusterRole/cluster-admin (of Kubernetes itself)

    "#]].assert_eq(&ask(&["--as-group", "developers"]).stdout);
}
