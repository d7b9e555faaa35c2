//! What people do to gain more access, as `tests/cluster/run.sh` does it at a real API server: each way is found with the rights that it
//! takes there, and not with any one of them missing.

mod grants;
mod support;

use grants::{bound, edges_in};
use graph::{NodeId, Tree};
use reach::Verdict;

/// A way with the rights that it takes.
struct Case {
    way: String,
    rights: Vec<String>,
}

fn cases() -> Vec<Case> {
    let text = include_str!("performed/cases.yaml");
    text.split("\n---\n").map(case).collect()
}

fn case(text: &str) -> Case {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let lines: String = lines.map(|line| format!("  {line}\n")).collect();
    let text =
        format!("apiVersion: example.org/v1\nkind: Case\nmetadata: {{name: case}}\nspec:\n{lines}");
    let graph = support::graph(&text);
    let (_, resource) = graph.resources().next().expect("a case is an object");
    let tree: &Tree = &resource.tree;
    let spec = tree.get(NodeId::ROOT, "spec").expect("a case has keys");
    let rights = tree.get(spec, "rights").expect("a case has rights");
    let rights = tree.children(rights).map(|right| tree.as_text(right));
    Case {
        way: tree
            .text(spec, "way")
            .expect("a case has a way")
            .to_string(),
        rights: rights
            .map(|right| right.expect("a right is a text").to_string())
            .collect(),
    }
}

/// The manifests that give a right in the namespace `shop`, or where it says.
fn manifests((index, right): (usize, &String)) -> String {
    let (right, name) = right.split_once(" named ").unwrap_or((right, ""));
    let (right, place) = right.split_once(" in ").unwrap_or((right, "shop"));
    let (verb, what) = right.split_once(' ').expect("a right has a verb");
    let (resource, group) = what.split_once('.').unwrap_or((what, ""));
    let names = match name {
        "" => String::new(),
        name => format!(", resourceNames: ['{name}']"),
    };
    let rule =
        format!("{{verbs: ['{verb}'], apiGroups: ['{group}'], resources: ['{resource}']{names}}}");
    let place = (place != "cluster").then_some(place);
    bound(&format!("r{index}"), place, &rule)
}

fn is_found(way: &str, rights: &[String]) -> bool {
    let text: String = rights.iter().enumerate().map(manifests).collect();
    let edges = edges_in(&support::graph(&text), 37);
    edges
        .iter()
        .any(|edge| edge.method.name == way && edge.verdict == Verdict::Yes)
}

#[test]
fn ways_are_found_with_the_rights_that_they_take_and_not_without_one() {
    let cases = cases();
    for case in &cases {
        assert!(
            is_found(&case.way, &case.rights),
            "{} by {:?}",
            case.way,
            case.rights
        );
        for missing in 0..case.rights.len() {
            let mut rights = case.rights.clone();
            let right = rights.remove(missing);
            assert!(
                !is_found(&case.way, &rights),
                "{} without {right}",
                case.way
            );
        }
    }
    assert!(cases.len() > 50, "{}", cases.len());
}
