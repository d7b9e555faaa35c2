//! Resources that are declared more than once.

use std::collections::HashMap;

use graph::{Graph, Resource, SmolStr};
use source::{Level, Problem};

/// The problems of resources that share their address, and so would overwrite one another in a cluster. Each of them has one.
#[must_use]
pub fn duplicates(graph: &Graph) -> Vec<Problem> {
    let mut by_address: HashMap<(&SmolStr, &Option<SmolStr>), Vec<&Resource>> =
        HashMap::with_capacity(graph.len());
    for (_, resource) in graph.resources() {
        // Several resources may be unnamed, or be given names when they are created.
        if !resource.name.is_empty() {
            by_address
                .entry((&resource.address, &resource.environment))
                .or_default()
                .push(resource);
        }
    }
    let shared = by_address
        .into_values()
        .filter(|resources| resources.len() > 1);
    let mut problems: Vec<Problem> = shared.flatten().map(problem).collect();
    problems.sort_by(|one, other| one.place.cmp(&other.place));
    problems
}

fn problem(resource: &Resource) -> Problem {
    let span = resource.tree.node(resource.title_node()).span;
    let message = format!("{} is declared more than once", resource.address);
    Problem::at(Level::Warning, "duplicate-resource", message, span)
}

#[cfg(test)]
mod tests {
    use super::duplicates;
    use crate::testing;

    #[test]
    fn each_of_several_equal_addresses_is_a_problem() {
        let object = |kind: &str, name: &str| {
            format!("---\napiVersion: v1\nkind: {kind}\nmetadata: {{{name}}}\n")
        };
        let text = [
            object("Secret", "name: a"),
            object("Secret", "name: a, namespace: x"),
            object("ConfigMap", "name: a"),
            object("Secret", "name: a"),
            object("Pod", "generateName: a"),
            object("Pod", "generateName: a"),
        ];
        let (file, graph) = testing::linked(&text.concat(), false);
        let problems = duplicates(&graph);
        let shown: Vec<String> = problems
            .iter()
            .map(|problem| testing::show_problem(&file, problem))
            .collect();
        let expected = "duplicate-resource: Secret/a is declared more than once at \"a\"";
        assert_eq!(shown, [expected, expected]);
    }
}
