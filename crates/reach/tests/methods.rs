//! Each need of each method by which access becomes more access, met and missed.

mod grants;
mod support;

use grants::{bound, edges_in};
use graph::SmolStr;
use reach::{Verdict, methods};

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
