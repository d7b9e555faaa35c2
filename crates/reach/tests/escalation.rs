//! What access can be turned into: each need of each method is met and missed, and the subtle conditions one by one.

mod support;

use graph::{Graph, Namespace, SmolStr};
use kubernetes::Version;
use reach::{Access, Asker, Edge, Escalations, Options, Subject, Verdict, methods};

/// A rule of a role: verb, API group, resource and name, which may be empty; and whether it must hold in the cluster.
#[derive(Clone, Debug)]
struct Right {
    verb: String,
    group: String,
    resource: String,
    name: Option<String>,
    namespace: Option<String>,
}

/// A method as its table writes it.
struct Row {
    name: String,
    is_in_cluster: bool,
    /// The alternatives of each need.
    needs: Vec<Vec<Right>>,
}

/// Reads the table for the newest version.
fn table() -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let text = include_str!("../src/escalation/methods.txt");
    for line in text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        if let Some(need) = line.strip_prefix("    ") {
            let rights = need.split(" | ").flat_map(rights).collect();
            let row = rows.last_mut().expect("a method stands above its needs");
            row.needs.push(rights);
        } else {
            let words: Vec<&str> = line.split_whitespace().collect();
            rows.push(Row {
                name: words[0].into(),
                is_in_cluster: words[1] == "cluster",
                needs: Vec::new(),
            });
        }
    }
    rows
}

fn rights(text: &str) -> Vec<Right> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let after = |keyword: &str| {
        words
            .iter()
            .skip_while(|word| **word != keyword)
            .nth(1)
            .copied()
    };
    if after("until").is_some() {
        return Vec::new();
    }
    let (resources, group) = words[1].split_once('.').unwrap_or((words[1], ""));
    let name = after("named").map(|names| names.split(',').next().unwrap_or_default().to_owned());
    let right = |verb: &str, resource: &str| Right {
        verb: verb.into(),
        group: group.into(),
        resource: resource.into(),
        name: name.clone(),
        namespace: after("in").map(str::to_owned),
    };
    let verbs = words[0].split(',');
    verbs
        .flat_map(|verb| resources.split(',').map(move |resource| (verb, resource)))
        .map(|(verb, resource)| right(verb, resource))
        .collect()
}

/// Manifests that give someone these rights, each by a role and a binding of its own: in the namespace `shop`, in the cluster, or
/// in another namespace.
fn manifests(rights: &[Right], is_in_cluster: bool) -> String {
    let mut text = String::new();
    for (index, right) in rights.iter().enumerate() {
        let namespace = match &right.namespace {
            Some(namespace) if namespace == "cluster" => None,
            Some(namespace) => Some(namespace.as_str()),
            None if is_in_cluster => None,
            None => Some("shop"),
        };
        let names = right
            .name
            .as_ref()
            .map(|name| format!(", resourceNames: ['{name}']"));
        let rule = format!(
            "{{verbs: ['{}'], apiGroups: ['{}'], resources: ['{}']{}}}",
            right.verb,
            right.group,
            right.resource,
            names.unwrap_or_default()
        );
        text += &bound(&format!("r{index}"), namespace, &rule);
    }
    text
}

fn bound(name: &str, namespace: Option<&str>, rule: &str) -> String {
    let head = "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ";
    let (kind, within) = match namespace {
        Some(namespace) => ("RoleBinding", format!(", namespace: {namespace}")),
        None => ("ClusterRoleBinding", String::new()),
    };
    format!(
        "{head}ClusterRole\nmetadata: {{name: {name}}}\nrules: [{rule}]\n{head}{kind}\nmetadata: {{name: {name}{within}}}\nroleRef: {{kind: ClusterRole, name: {name}}}\nsubjects: [{{kind: Group, name: dev}}]\n"
    )
}

fn edges_in(graph: &Graph, minor: u32) -> Vec<Edge> {
    let options = Options {
        environment: None,
        built_in: None,
    };
    let access = Access::of(graph, &options);
    let dev: Asker = Subject::Group("dev".into()).into();
    Escalations::of(&access, Version { minor }).from(&dev)
}

fn has(text: &str, method: &str) -> bool {
    let edges = edges_in(&support::graph(text), 37);
    edges
        .iter()
        .any(|edge| edge.method.name == method && edge.verdict == Verdict::Yes)
}

#[test]
fn the_table_is_read_whole() {
    let names: Vec<SmolStr> = table().iter().map(|row| row.name.as_str().into()).collect();
    let read: Vec<SmolStr> = methods().iter().map(|method| method.name.into()).collect();
    assert_eq!(read, names);
    for method in methods() {
        assert!(
            ["critical", "high", "medium", "low"].contains(&method.severity),
            "{}",
            method.name
        );
        assert!(method.technique.starts_with('T'), "{}", method.name);
    }
}

#[test]
fn every_method_works_with_each_alternative_of_each_need() {
    let mut asked = 0;
    for row in table() {
        let firsts: Vec<Right> = row
            .needs
            .iter()
            .filter_map(|need| need.first().cloned())
            .collect();
        for (index, need) in row.needs.iter().enumerate() {
            for right in need {
                let mut rights = firsts.clone();
                rights[index] = right.clone();
                assert!(
                    has(&manifests(&rights, row.is_in_cluster), &row.name),
                    "{} by {rights:?}",
                    row.name
                );
                asked += 1;
            }
        }
    }
    assert!(asked > 250, "{asked}");
}

#[test]
fn no_method_works_without_one_of_its_needs() {
    for row in table() {
        // A need that another right fulfils too is not missing.
        for index in 0..row.needs.len() {
            let others = row
                .needs
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != index);
            let rights: Vec<Right> = others
                .filter_map(|(_, need)| need.first().cloned())
                .collect();
            assert!(
                !has(&manifests(&rights, row.is_in_cluster), &row.name),
                "{} by {rights:?}",
                row.name
            );
        }
    }
}

#[test]
fn no_method_works_with_another_verb_group_or_resource() {
    for row in table() {
        let firsts: Vec<Right> = row
            .needs
            .iter()
            .filter_map(|need| need.first().cloned())
            .collect();
        for index in 0..firsts.len() {
            let changes: [fn(&mut Right); 4] = [
                |right| right.verb = "view".into(),
                |right| right.group = "other.example.org".into(),
                |right| right.resource = "others".into(),
                |right| right.resource = format!("{}/*", right.resource),
            ];
            for change in changes {
                let mut rights = firsts.clone();
                change(&mut rights[index]);
                assert!(
                    !has(&manifests(&rights, row.is_in_cluster), &row.name),
                    "{} by {rights:?}",
                    row.name
                );
            }
        }
    }
}

#[test]
fn methods_of_the_cluster_do_not_work_in_a_namespace() {
    for row in table() {
        let mut rights: Vec<Right> = row
            .needs
            .iter()
            .filter_map(|need| need.first().cloned())
            .collect();
        let is_elsewhere = |right: &Right| {
            right
                .namespace
                .as_ref()
                .is_some_and(|namespace| namespace != "cluster")
        };
        let needs_cluster =
            row.is_in_cluster || rights.iter().any(|right| right.namespace.is_some());
        if !needs_cluster || rights.iter().any(is_elsewhere) {
            continue;
        }
        for right in &mut rights {
            right.namespace = Some("shop".into());
        }
        assert!(
            !has(&manifests(&rights, false), &row.name),
            "{} by {rights:?}",
            row.name
        );
    }
}

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
