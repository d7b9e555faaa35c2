//! Clusters in a few lines.

use graph::{Graph, Namespace};
use reach::{Party, Subject};

/// Manifests of lines: `role NAMESPACE|cluster WHO: RULE; RULE`, each rule `verbs group/resources [names]`, `pod NAME NAMESPACE: SPEC`,
/// `account NAMESPACE/NAME`, `namespace NAME LEVEL`.
pub(crate) fn manifests(lines: &str) -> String {
    let lines = lines.lines().map(str::trim).enumerate();
    let texts = lines.filter(|(_, line)| !line.is_empty()).map(manifest);
    texts.collect()
}

fn manifest((index, line): (usize, &str)) -> String {
    let (head, rest) = line.split_once(": ").unwrap_or((line, ""));
    let words: Vec<&str> = head.split(' ').collect();
    match words[..] {
        ["namespace", name] => object("v1", "Namespace", name, ""),
        ["namespace", name, level] => format!(
            "---\napiVersion: v1\nkind: Namespace\nmetadata: {{name: {name}, labels: {{pod-security.kubernetes.io/enforce: {level}}}}}\n"
        ),
        ["account", account] => {
            let (namespace, name) = account.split_once('/').expect("an account has a namespace");
            object(
                "v1",
                "ServiceAccount",
                &format!("{name}, namespace: {namespace}"),
                "",
            )
        }
        ["pod", name, namespace] => object(
            "apps/v1",
            "Deployment",
            &format!("{name}, namespace: {namespace}"),
            &format!("spec: {{template: {{spec: {{{rest}}}}}}}\n"),
        ),
        ["role", place, who] => role(index, place, who, rest),
        _ => panic!("{line}"),
    }
}

fn object(version: &str, kind: &str, name: &str, rest: &str) -> String {
    format!("---\napiVersion: {version}\nkind: {kind}\nmetadata: {{name: {name}}}\n{rest}")
}

fn role(index: usize, place: &str, who: &str, rules: &str) -> String {
    let rules: Vec<String> = rules.split("; ").map(rule).collect();
    let rules = format!("rules: [{}]\n", rules.join(", "));
    let (kind, within) = match place {
        "cluster" => ("ClusterRole", String::new()),
        namespace => ("Role", format!(", namespace: {namespace}")),
    };
    let name = format!("r{index}{within}");
    let rbac = "rbac.authorization.k8s.io/v1";
    let subject = match who.split_once(':').expect("a subject has a kind") {
        ("sa", account) => {
            let (namespace, name) = account.split_once('/').expect("an account has a namespace");
            format!("kind: ServiceAccount, name: {name}, namespace: {namespace}")
        }
        (kind, name) => format!("kind: {kind}, name: '{name}'"),
    };
    let rest = format!("roleRef: {{kind: {kind}, name: r{index}}}\nsubjects: [{{{subject}}}]\n");
    object(rbac, kind, &name, &rules) + &object(rbac, &format!("{kind}Binding"), &name, &rest)
}

fn rule(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let (group, resources) = match words[1].rsplit_once("//") {
        Some((group, resources)) => (group, resources),
        None => ("", words[1]),
    };
    let names = words
        .get(2)
        .map(|names| format!(", resourceNames: [{names}]"));
    format!(
        "{{verbs: [{}], apiGroups: ['{group}'], resources: ['{}']{}}}",
        words[0].replace("all", "'*'"),
        resources.replace(',', "', '"),
        names.unwrap_or_default()
    )
}

pub(crate) fn party(graph: &Graph, text: &str) -> Party {
    match text.split_once(':').unwrap_or((text, "")) {
        ("sa", account) => {
            let (namespace, name) = account.split_once('/').expect("an account has a namespace");
            Party::Subject(Subject::Account {
                namespace: Namespace::Named(namespace.into()),
                name: name.into(),
            })
        }
        ("group", name) => Party::Subject(Subject::Group(name.into())),
        ("pod", name) => {
            let mut resources = graph.resources();
            let pod = resources.find(|(_, one)| one.name == name && !one.facts.pods.is_empty());
            Party::Pods {
                resource: pod.expect("there are such pods").0,
                index: 0,
            }
        }
        ("admin", _) => Party::Everything,
        ("node", _) => Party::AnyNode,
        ("a-node", _) => Party::Node,
        ("secrets", name) => Party::Secrets(Namespace::Named(name.into())),
        ("everything", name) => Party::Namespace(Namespace::Named(name.into())),
        _ => panic!("{text}"),
    }
}
