//! Resources that are declared more than once.

use std::collections::HashMap;
use std::path::PathBuf;

use graph::{Graph, Resource, SmolStr};
use source::{Level, Problem, Sources, Span};

use crate::links::objects;

/// Where a resource is declared, in the order of paths and not of ids, which depend on the order of reading.
type Declared = (PathBuf, Span);

/// The problems of resources that overwrite one another: they share their address and stand in one folder, as whoever applies
/// the folder applies both. Variants in other folders (overlays, tests) are meant for other clusters. The first declaration has
/// no problem, the others name it.
#[must_use]
pub fn duplicates(graph: &Graph, sources: &Sources) -> Vec<Problem> {
    let mut by_address: HashMap<(&SmolStr, &Option<SmolStr>), Vec<&Resource>> =
        HashMap::with_capacity(graph.len());
    for (_, resource) in objects(graph) {
        // Several resources may be unnamed, or be given names when they are created.
        if !resource.name.is_empty() {
            by_address
                .entry((&resource.address, &resource.environment))
                .or_default()
                .push(resource);
        }
    }
    let shared = by_address
        .into_iter()
        .filter(|(_, resources)| resources.len() > 1);
    let mut problems: Vec<Problem> = shared
        .flat_map(|((address, _), resources)| in_folders(address, &resources, sources))
        .collect();
    problems.sort_by(|one, other| (&one.place, &one.message).cmp(&(&other.place, &other.message)));
    problems
}

/// The problems of resources with one address, folder by folder.
fn in_folders(address: &str, resources: &[&Resource], sources: &Sources) -> Vec<Problem> {
    let mut folders: HashMap<PathBuf, Vec<Declared>> = HashMap::new();
    for resource in resources {
        let span = resource.tree.node(resource.title_node()).span;
        let path = sources.path(span.file);
        let folder = path.parent().map(PathBuf::from).unwrap_or_default();
        let declared = folders.entry(folder).or_default();
        // Instances of one block may have names that differ in what is unknown.
        if !declared.contains(&(path.clone(), span)) {
            declared.push((path, span));
        }
    }
    let declared = folders.into_values().filter(|declared| declared.len() > 1);
    declared
        .flat_map(|declared| problems(address, declared, sources))
        .collect()
}

fn problems(address: &str, mut declared: Vec<Declared>, sources: &Sources) -> Vec<Problem> {
    declared.sort_by(|one, other| (&one.0, one.1.start).cmp(&(&other.0, other.1.start)));
    let (path, first) = declared.remove(0);
    let line = sources.get(first.file).position(first.start).line + 1;
    let message = format!("{address} is declared before, at {}:{line}", path.display());
    declared
        .into_iter()
        .map(|(_, span)| Problem::at(Level::Warning, "duplicate-resource", message.clone(), span))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use expect_test::expect;
    use graph::Graph;
    use source::{Place, Sources};

    use super::duplicates;
    use crate::testing;

    #[test]
    fn equal_addresses_in_one_folder_are_problems() {
        let sources = Sources::default();
        let object = |kind: &str, name: &str| {
            format!("---\napiVersion: v1\nkind: {kind}\nmetadata: {{{name}}}\n")
        };
        let files = [
            ("b/two.yaml", object("Secret", "name: a")),
            (
                "b/one.yaml",
                object("Secret", "name: a, namespace: x") + &object("Secret", "name: a"),
            ),
            (
                "b/three.yaml",
                object("Secret", "name: a") + &object("ConfigMap", "name: a"),
            ),
            ("c/four.yaml", object("Secret", "name: a")),
            (
                "c/five.yaml",
                object("Pod", "generateName: a") + &object("Pod", "generateName: a"),
            ),
        ];
        let mut resources = Vec::new();
        for (path, text) in files {
            let file = sources.add(path, text);
            resources.extend(
                testing::read_file(&file)
                    .resources
                    .into_iter()
                    .map(Arc::new),
            );
        }
        let problems = duplicates(&Graph::new(resources, false), &sources);
        let shown = problems.iter().map(|problem| match problem.place {
            Place::Span(span) => format!(
                "{}: {}\n",
                sources.path(span.file).display(),
                problem.message
            ),
            Place::Path(_) => String::new(),
        });
        expect![[r#"
            b/two.yaml: Secret/a is declared before, at b/one.yaml:8
            b/three.yaml: Secret/a is declared before, at b/one.yaml:8
        "#]]
        .assert_eq(&shown.collect::<String>());
    }
}
