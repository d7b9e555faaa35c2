//! Who can become whom: manifests, a start and a sink, and the hops between them.

mod cuts;
mod estate;
mod support;

use estate::{manifests, party};
use expect_test::{Expect, expect};
use graph::Graph;
use kubernetes::Version;
use reach::{Party, PathOptions, Paths};

fn options() -> PathOptions {
    PathOptions {
        version: Version::NEWEST,
        ..PathOptions::default()
    }
}

fn graph(text: &str) -> Graph {
    let mut graph = support::graph(text);
    kubernetes::link(&mut graph);
    graph
}

fn name(graph: &Graph, party: &Party) -> String {
    match party {
        Party::Pods { resource, .. } => graph.resource(*resource).address.to_string(),
        party => party.to_string(),
    }
}

/// The shortest path, a hop a line: who, by what, to whom; `?` where it is uncertain.
fn path(graph: &Graph, from: &str, to: &str, options: &PathOptions) -> String {
    let (start, sink) = (party(graph, from), party(graph, to));
    let mut paths = Paths::of(graph, options);
    let found = paths.shortest(&[start], &|party| *party == sink);
    let Some(path) = found.first() else {
        return "no path\n".to_owned();
    };
    let hops = path.hops.iter().map(|hop| {
        let from: Vec<String> = hop.from.iter().map(|party| name(graph, party)).collect();
        let doubt = if hop.unknown.is_empty() { "" } else { "?" };
        let to = name(graph, &hop.to);
        format!("{} -{}{doubt}-> {to}\n", from.join(" + "), hop.way.name())
    });
    hops.collect()
}

#[track_caller]
fn check(lines: &str, from: &str, to: &str, expected: &Expect) {
    let graph = graph(&manifests(lines));
    expected.assert_eq(&path(&graph, from, to, &options()));
}

#[test]
fn a_pod_becomes_admin_over_an_account_that_it_can_run_pods_as() {
    let lines = "
        account shop/api
        account shop/deployer
        namespace shop restricted
        pod api shop: serviceAccountName: api
        role shop sa:shop/api: create apps//deployments
        role cluster sa:shop/deployer: all *//*
    ";
    check(
        lines,
        "pod:api",
        "admin",
        &expect![[r#"
        Deployment/shop/api -mounted-token-> ServiceAccount shop/api
        ServiceAccount shop/api -run-pod-> ServiceAccount shop/deployer
        ServiceAccount shop/deployer -everything-> cluster admin
    "#]],
    );
    let other = lines.replace("sa:shop/deployer: all", "sa:other/deployer: all");
    check(
        &other,
        "pod:api",
        "admin",
        &expect![[r#"
        no path
    "#]],
    );
}

#[test]
fn pod_security_decides_whether_pods_lead_to_nodes() {
    let lines = "
        namespace shop LEVEL
        account shop/api
        role shop sa:shop/api: create pods
    ";
    for level in ["baseline", "restricted", "wrong"] {
        check(
            &lines.replace("LEVEL", level),
            "sa:shop/api",
            "node",
            &expect![[r#"
            no path
        "#]],
        );
    }
    for level in ["privileged", ""] {
        check(
            &lines.replace(" LEVEL", &format!(" {level}")),
            "sa:shop/api",
            "node",
            &expect![[r#"
            ServiceAccount shop/api -run-privileged-pod-> any node
        "#]],
        );
    }
    let relabel = format!(
        "{}\nrole shop sa:shop/api: patch namespaces shop",
        lines.replace("LEVEL", "restricted")
    );
    check(
        &relabel,
        "sa:shop/api",
        "node",
        &expect![[r#"
        ServiceAccount shop/api -relabel-and-run-pod-> any node
    "#]],
    );
}

#[test]
fn engines_of_policies_make_it_unknown() {
    let mut text = manifests(
        "
        namespace shop privileged
        account shop/api
        role shop sa:shop/api: create pods
    ",
    );
    text += "---\napiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: x}\n";
    expect![[r#"
        ServiceAccount shop/api -run-privileged-pod?-> any node
    "#]]
    .assert_eq(&path(&graph(&text), "sa:shop/api", "node", &options()));
}

#[test]
fn what_several_have_combines() {
    let lines = "
        account shop/one
        account shop/two
        role shop sa:shop/one: create serviceaccounts/token two
        role cluster sa:shop/one: bind rbac.authorization.k8s.io//clusterroles
        role cluster sa:shop/two: create rbac.authorization.k8s.io//clusterrolebindings
    ";
    check(
        lines,
        "sa:shop/one",
        "admin",
        &expect![[r#"
        ServiceAccount shop/one -request-token-> ServiceAccount shop/two
        ServiceAccount shop/one + ServiceAccount shop/two -bind-cluster-role-> cluster admin
    "#]],
    );
    check(
        lines,
        "sa:shop/two",
        "admin",
        &expect![[r#"
        no path
    "#]],
    );
}

#[test]
fn names_limit_whom_one_becomes() {
    let lines = "
        account shop/one
        account shop/two
        account shop/three
        role shop sa:shop/one: create serviceaccounts/token two
        role shop sa:shop/three: get secrets
    ";
    check(
        lines,
        "sa:shop/one",
        "secrets:shop",
        &expect![[r#"
        no path
    "#]],
    );
    check(
        &lines.replace("token two", "token two,three"),
        "sa:shop/one",
        "secrets:shop",
        &expect![[r#"
        ServiceAccount shop/one -request-token-> ServiceAccount shop/three
        ServiceAccount shop/three -read-secrets-> the Secrets in shop
    "#]],
    );
    check(
        &lines.replace("get secrets", "get secrets x"),
        "sa:shop/three",
        "secrets:shop",
        &expect![[r#"
        no path
    "#]],
    );
}

#[test]
fn binding_is_limited_to_the_roles_that_are_named() {
    let lines = "
        role cluster Group:dev: create rbac.authorization.k8s.io//clusterrolebindings; bind rbac.authorization.k8s.io//clusterroles ROLE
        role cluster User:nobody: list secrets
        role cluster User:root: all *//*
    ";
    check(
        &lines.replace("ROLE", "r2"),
        "group:dev",
        "admin",
        &expect![[r#"
        no path
    "#]],
    );
    check(
        &lines.replace("ROLE", "r3"),
        "group:dev",
        "admin",
        &expect![[r#"
        Group dev -bind-cluster-role-> the role r3
        the role r3 -everything-> cluster admin
    "#]],
    );
}

#[test]
fn escalating_needs_a_role_of_ones_own() {
    let rules = "escalate,update rbac.authorization.k8s.io//roles";
    let own = format!("role shop Group:dev: {rules}");
    check(
        &own,
        "group:dev",
        "everything:shop",
        &expect![[r#"
        Group dev -rewrite-role-> everything in shop
    "#]],
    );
    let other = format!("role shop Group:dev: {rules} r7");
    check(
        &other,
        "group:dev",
        "everything:shop",
        &expect![[r#"
        no path
    "#]],
    );
}

#[test]
fn pods_lead_to_nodes_and_nodes_to_their_pods() {
    let lines = "
        account shop/api
        account system/agent
        pod web shop: containers: [{name: c, image: i, securityContext: {privileged: true}}]
        role cluster sa:system/agent: get secrets
    ";
    check(
        lines,
        "pod:web",
        "a-node",
        &expect![[r#"
        Deployment/shop/web -privileged-> a node
    "#]],
    );
    let agent = format!("{lines}\npod agent system: serviceAccountName: agent");
    check(
        &agent,
        "pod:web",
        "secrets:shop",
        &expect![[r#"
            Deployment/shop/web -privileged-> a node
            a node -tokens-of-node?-> ServiceAccount system/agent
            ServiceAccount system/agent -read-secrets-> the Secrets in shop
        "#]],
    );
    let text = manifests(&agent).replace(
        "kind: Deployment\nmetadata: {name: agent",
        "kind: DaemonSet\nmetadata: {name: agent",
    );
    expect![[r#"
        Deployment/shop/web -privileged-> a node
        a node -tokens-of-node-> ServiceAccount system/agent
        ServiceAccount system/agent -read-secrets-> the Secrets in shop
    "#]]
    .assert_eq(&path(&graph(&text), "pod:web", "secrets:shop", &options()));
}

#[test]
fn tokens_that_are_not_mounted_lead_nowhere() {
    let lines = "
        account shop/api
        pod api shop: serviceAccountName: api, automountServiceAccountToken: false
        role shop sa:shop/api: get secrets
    ";
    check(
        lines,
        "pod:api",
        "secrets:shop",
        &expect![[r#"
        no path
    "#]],
    );
    let projected = lines.replace("automountServiceAccountToken: false", "automountServiceAccountToken: false, volumes: [{name: t, projected: {sources: [{serviceAccountToken: {path: t}}]}}]");
    check(
        &projected,
        "pod:api",
        "secrets:shop",
        &expect![[r#"
        Deployment/shop/api -mounted-token-> ServiceAccount shop/api
        ServiceAccount shop/api -read-secrets-> the Secrets in shop
    "#]],
    );
    let vault = projected.replace("{path: t}", "{path: t, audience: vault}");
    check(
        &vault,
        "pod:api",
        "secrets:shop",
        &expect![[r#"
        no path
    "#]],
    );
    let of_account = manifests(&lines.replace(", automountServiceAccountToken: false", ""))
        .replacen(
            "kind: ServiceAccount\n",
            "kind: ServiceAccount\nautomountServiceAccountToken: false\n",
            1,
        );
    expect![[r#"
        no path
    "#]]
    .assert_eq(&path(
        &graph(&of_account),
        "pod:api",
        "secrets:shop",
        &options(),
    ));
}

#[test]
fn a_secret_with_a_token_leads_to_its_account() {
    let mut text = manifests(
        "
        account shop/api
        account shop/admin
        role shop sa:shop/api: get secrets SECRET
        role cluster sa:shop/admin: all *//*
    ",
    );
    text += "---\napiVersion: v1\nkind: Secret\nmetadata: {name: token, namespace: shop, annotations: {kubernetes.io/service-account.name: admin}}\ntype: TYPE\n";
    let told = |secret: &str, kind: &str| {
        let text = text.replace("SECRET", secret).replace("TYPE", kind);
        path(&graph(&text), "sa:shop/api", "admin", &options())
    };
    let token = "kubernetes.io/service-account-token";
    expect![[r#"
        ServiceAccount shop/api -read-secrets-> ServiceAccount shop/admin
        ServiceAccount shop/admin -everything-> cluster admin
    "#]]
    .assert_eq(&told("token", token));
    assert_eq!(told("other", token), "no path\n");
    assert_eq!(told("token", "Opaque"), "no path\n");
}

#[test]
fn nodes_of_the_control_plane_have_the_keys_of_the_cluster() {
    let lines = "pod web shop: TOLERATION, containers: [{name: c, image: i, securityContext: {privileged: true}}]";
    let node = |labels: &str| {
        format!(
            "---\napiVersion: v1\nkind: Node\nmetadata: {{name: node-1, labels: {{{labels}}}}}\n"
        )
    };
    let told = |toleration: &str, labels: &str| {
        let text = manifests(&lines.replace("TOLERATION", toleration)) + &node(labels);
        path(&graph(&text), "pod:web", "admin", &options())
    };
    let role = "node-role.kubernetes.io/control-plane";
    let tolerates =
        format!("nodeSelector: {{{role}: ''}}, tolerations: [{{key: {role}, operator: Exists}}]");
    let own = format!("{role}: ''");
    expect![[r#"
        Deployment/shop/web -privileged-> a node of the control plane
        a node of the control plane -control-plane-> cluster admin
    "#]]
    .assert_eq(&told(&tolerates, &own));
    assert_eq!(told("hostIPC: true", &own), "no path\n");
    assert_eq!(told(&tolerates, "other: x"), "no path\n");
}

#[test]
fn stealing_pods_needs_a_node() {
    let lines = "
        account shop/thief
        account system/admin
        role cluster sa:shop/thief: patch nodes; delete pods
        role cluster sa:system/admin: all *//*
        pod admin system: serviceAccountName: admin
    ";
    check(
        lines,
        "sa:shop/thief",
        "admin",
        &expect![[r#"
        no path
    "#]],
    );
    let with_node = format!(
        "{lines}\npod web shop: serviceAccountName: thief, hostPID: true, containers: [{{name: c, image: i, securityContext: {{privileged: true}}}}]"
    );
    check(
        &with_node,
        "pod:web",
        "admin",
        &expect![[r#"
        Deployment/shop/web -mounted-token-> ServiceAccount shop/thief
        ServiceAccount shop/thief -steal-pods-> stealing of pods
        Deployment/shop/web -privileged-> a node
        stealing of pods + a node -steal-pods-> Deployment/system/admin
        Deployment/system/admin -mounted-token-> ServiceAccount system/admin
        ServiceAccount system/admin -everything-> cluster admin
    "#]],
    );
}

#[test]
fn linked_logs_need_the_right_to_read_logs() {
    let lines = "
        account shop/api
        pod web shop: serviceAccountName: api, volumes: [{name: v, hostPath: {path: /var/log}}], containers: [{name: c, image: i, volumeMounts: [{name: v, mountPath: /l}]}]
        role shop sa:shop/api: get pods/log
    ";
    check(
        lines,
        "pod:web",
        "a-node",
        &expect![[r#"
        Deployment/shop/web -link-logs-> logs in shop
        Deployment/shop/web -mounted-token-> ServiceAccount shop/api
        ServiceAccount shop/api -read-logs-> pod-logs in shop
        logs in shop + pod-logs in shop -link-logs-> a node
    "#]],
    );
    check(
        &lines.replace("pods/log", "pods"),
        "pod:web",
        "a-node",
        &expect![[r#"
        no path
    "#]],
    );
    check(
        &lines.replace("/var/log", "/var/app"),
        "pod:web",
        "a-node",
        &expect![[r#"
        no path
    "#]],
    );
}

#[test]
fn simple_paths_are_all_up_to_a_bound() {
    let lines = "
        account shop/a
        account shop/b
        account shop/c
        role shop sa:shop/a: create serviceaccounts/token b,c
        role shop sa:shop/b: create serviceaccounts/token c
        role shop sa:shop/c: get secrets
        role shop sa:shop/b: get secrets
    ";
    let graph = graph(&manifests(lines));
    let mut paths = Paths::of(&graph, &options());
    let sink = party(&graph, "secrets:shop");
    let start = party(&graph, "sa:shop/a");
    let found = paths.simple(&start, &|party| *party == sink, (4, 100));
    let lengths: Vec<usize> = found.paths.iter().map(|path| path.hops.len()).collect();
    assert_eq!((lengths, found.is_all), (vec![2, 2, 3], true));
    let few = paths.simple(&start, &|party| *party == sink, (4, 2));
    assert_eq!((few.paths.len(), few.is_all), (2, false));
}
