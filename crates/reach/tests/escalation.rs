//! The subtle conditions of what access can be turned into, one by one.

mod grants;
mod support;

use grants::{bound, edges_in};
use graph::Namespace;
use kubernetes::Version;
use reach::{Access, Asker, Escalations, Options, Subject, Verdict, methods};

/// What a rule in the cluster, and one in the namespace `shop`, give in a version.
#[track_caller]
fn check(minor: u32, rules: &[(&str, &str)], method: &str, expected: &[(&str, Verdict)]) {
    let mut text = String::new();
    for (index, (place, rule)) in rules.iter().enumerate() {
        let namespace = (*place != "cluster").then_some(*place);
        text += &bound(&format!("r{index}"), namespace, rule);
    }
    let edges = edges_in(&support::graph(&text), minor);
    let found: Vec<(&str, Verdict)> = edges
        .iter()
        .filter(|edge| edge.method.name == method)
        .map(|edge| (edge.scope.name().unwrap_or("cluster"), edge.verdict))
        .collect();
    assert_eq!(found, expected);
    let told = methods().iter().any(|known| known.name == method);
    assert!(told, "there is no method {method}");
}

const EVERYWHERE: &[(&str, Verdict)] = &[("cluster", Verdict::Yes)];
const IN_SHOP: &[(&str, Verdict)] = &[("shop", Verdict::Yes)];

#[test]
fn a_get_was_enough_to_execute_before_1_35() {
    let rule = "{verbs: [get], apiGroups: [''], resources: [pods/exec]}";
    check(34, &[("shop", rule)], "exec", IN_SHOP);
    check(35, &[("shop", rule)], "exec", &[]);
    let rule = "{verbs: [get], apiGroups: [''], resources: [nodes/proxy]}";
    check(37, &[("cluster", rule)], "proxy-to-node", EVERYWHERE);
    check(37, &[("shop", rule)], "proxy-to-node", &[]);
}

#[test]
fn names_limit_what_has_a_name() {
    let named = |verb: &str, resource: &str| {
        format!("{{verbs: [{verb}], apiGroups: [''], resources: [{resource}], resourceNames: [x]}}")
    };
    check(37, &[("shop", &named("create", "pods"))], "run-pod", &[]);
    check(
        37,
        &[("shop", &named("create", "serviceaccounts/token"))],
        "request-token",
        IN_SHOP,
    );
    check(
        37,
        &[("shop", &named("list", "secrets"))],
        "read-secrets",
        IN_SHOP,
    );
    check(
        37,
        &[("kube-system", &named("update", "configmaps"))],
        "change-dns",
        &[],
    );
}

#[test]
fn rights_add_up_over_bindings_and_scopes() {
    let create =
        "{verbs: [create], apiGroups: [rbac.authorization.k8s.io], resources: [rolebindings]}";
    let bind = "{verbs: [bind], apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles]}";
    check(
        37,
        &[("shop", create), ("cluster", bind)],
        "bind-role",
        IN_SHOP,
    );
    check(
        37,
        &[("shop", create), ("shop", bind)],
        "bind-role",
        IN_SHOP,
    );
    check(37, &[("shop", create), ("other", bind)], "bind-role", &[]);
    check(
        37,
        &[("cluster", create), ("cluster", bind)],
        "bind-role",
        EVERYWHERE,
    );
    check(
        37,
        &[("cluster", create), ("cluster", bind)],
        "bind-cluster-role",
        &[],
    );
}

#[test]
fn binding_rights_are_about_roles_and_not_about_bindings() {
    let create = "{verbs: [create, bind], apiGroups: [rbac.authorization.k8s.io], resources: [rolebindings, clusterrolebindings]}";
    check(37, &[("cluster", create)], "bind-cluster-role", &[]);
    check(
        37,
        &[("cluster", create)],
        "share-rights-in-cluster",
        EVERYWHERE,
    );
    let escalate =
        "{verbs: [escalate], apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles]}";
    check(37, &[("cluster", escalate)], "rewrite-cluster-role", &[]);
}

#[test]
fn wildcards_count() {
    let all = "{verbs: ['*'], apiGroups: ['*'], resources: ['*']}";
    check(37, &[("shop", all)], "everything", IN_SHOP);
    check(
        37,
        &[("cluster", all), ("shop", all)],
        "everything",
        EVERYWHERE,
    );
    check(37, &[("shop", all)], "exec", IN_SHOP);
    check(37, &[("shop", all)], "mount-node-files", &[]);
    let subs = "{verbs: [create], apiGroups: [''], resources: ['*/proxy']}";
    check(37, &[("cluster", subs)], "proxy-to-node", EVERYWHERE);
    let core = "{verbs: ['*'], apiGroups: [''], resources: ['*']}";
    check(37, &[("shop", core)], "everything", &[]);
}

#[test]
fn what_is_unknown_is_an_unknown_edge() {
    let open = "{verbs: ['?'], apiGroups: [''], resources: [secrets]}";
    check(
        37,
        &[("cluster", open)],
        "read-secrets",
        &[("cluster", Verdict::Unknown)],
    );
    let known = "{verbs: [get], apiGroups: [''], resources: [secrets]}";
    check(
        37,
        &[("cluster", open), ("shop", known)],
        "read-secrets",
        &[("cluster", Verdict::Unknown), ("shop", Verdict::Yes)],
    );
}

#[test]
fn what_may_not_exist_is_an_unknown_edge() {
    let head = "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ";
    let rule = |resource: &str| {
        format!("rules: [{{verbs: [get], apiGroups: [''], resources: [{resource}]}}]")
    };
    let binding = |metadata: &str| {
        format!(
            "{head}ClusterRoleBinding\nmetadata: {{name: b{metadata}}}\nroleRef: {{kind: ClusterRole, name: r}}\nsubjects: [{{kind: Group, name: dev}}]\n"
        )
    };
    let role = |resource: &str| {
        format!(
            "{head}ClusterRole\nmetadata: {{name: r}}\n{}\n",
            rule(resource)
        )
    };
    let verdict = |text: &str| {
        let edges = edges_in(&support::graph(text), 37);
        let edge = edges.iter().find(|edge| edge.method.name == "read-secrets");
        edge.map_or(Verdict::No, |edge| edge.verdict)
    };
    let conditional = binding(", annotations: {conditional: 'yes'}");
    for (text, expected) in [
        (role("secrets") + &binding(""), Verdict::Yes),
        (role("secrets") + &conditional, Verdict::Unknown),
        (
            role("secrets") + &role("pods") + &binding(""),
            Verdict::Unknown,
        ),
        (
            role("secrets") + &role("secrets, pods") + &binding(""),
            Verdict::Yes,
        ),
        (role("pods") + &role("pods") + &binding(""), Verdict::No),
    ] {
        assert_eq!(verdict(&text), expected, "{text}");
    }
}

#[test]
fn steps_tell_the_names_to_which_rules_limit_them() {
    let names = |rules: &[&str], method: &str| {
        let text: String = (0..)
            .zip(rules)
            .map(|(index, rule)| bound(&format!("r{index}"), None, rule))
            .collect();
        let graph = support::graph(&text);
        let options = Options {
            environment: None,
            built_in: None,
            ..Options::default()
        };
        let access = Access::of(&graph, &options);
        let escalations = Escalations::of(&access, Version::NEWEST);
        let dev: Asker = Subject::Group("dev".into()).into();
        let edges = escalations.from(&dev);
        let edge = edges
            .iter()
            .find(|edge| edge.method.name == method)
            .unwrap();
        let steps = escalations.steps(&dev, edge);
        let names = steps[0]
            .names
            .as_ref()
            .map(|names| names.iter().map(ToString::to_string).collect());
        names.map(|names: Vec<String>| names.join(" "))
    };
    let token = |name: &str| {
        format!("{{verbs: [create], apiGroups: [''], resources: [serviceaccounts/token]{name}}}")
    };
    let (one, other, all) = (
        token(", resourceNames: [a, b]"),
        token(", resourceNames: [c]"),
        token(""),
    );
    assert_eq!(
        names(&[&one, &other], "request-token").as_deref(),
        Some("a b c")
    );
    assert_eq!(names(&[&one, &all], "request-token"), None);
    let open = token(", resourceNames: [a, 'b?']");
    assert_eq!(names(&[&open], "request-token"), None);
    let pods = "{verbs: [create], apiGroups: [''], resources: [pods]}";
    assert_eq!(names(&[pods], "run-pod"), None);
}

#[test]
fn steps_tell_by_by_which_bindings_each_need_is_met() {
    let rules = [
        "{verbs: [create], apiGroups: [''], resources: [secrets]}",
        "{verbs: [patch], apiGroups: [apps], resources: [daemonsets]}",
    ];
    let text: String = rules
        .iter()
        .enumerate()
        .map(|(index, rule)| bound(&format!("r{index}"), Some("shop"), rule))
        .collect();
    let graph = support::graph(&text);
    let access = Access::of(
        &graph,
        &Options {
            environment: None,
            built_in: None,
            ..Options::default()
        },
    );
    let escalations = Escalations::of(&access, Version::NEWEST);
    let dev: Asker = Subject::Group("dev".into()).into();
    let edges = escalations.from(&dev);
    let edge = edges
        .iter()
        .find(|edge| edge.method.name == "mint-token-secret")
        .unwrap();
    assert_eq!(edge.scope, Namespace::Named("shop".into()));
    let steps = escalations.steps(&dev, edge);
    let told: Vec<(&str, usize)> = steps
        .iter()
        .map(|step| (step.action.as_str(), step.answer.grants.len()))
        .collect();
    assert_eq!(told, [("create secrets", 1), ("patch daemonsets.apps", 1)]);
}
