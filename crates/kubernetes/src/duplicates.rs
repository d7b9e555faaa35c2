//! Resources that are declared more than once.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use graph::{Graph, Resource, ResourceId, SmolStr};
use source::{Level, Problem, Sources, Span};

use crate::links::{is_object, objects};

/// Where a resource is declared, in the order of paths and not of ids, which depend on the order of reading.
type Declared = (PathBuf, Span);

/// Resources that overwrite one another: they share their address and stand in one folder, as whoever applies the folder applies
/// both. Variants in other folders (overlays, tests) are meant for other clusters.
#[derive(Clone, Debug, Default)]
pub struct Duplicates(Vec<Vec<ResourceId>>);

impl Duplicates {
    /// Those of a graph. Where nothing changed that matters, they are those of one before.
    #[must_use]
    pub fn of(graph: &Graph, sources: &Sources, before: Option<(&Graph, &Self)>) -> Self {
        let known = before.filter(|(before, known)| known.hold(graph, before, sources));
        known.map_or_else(|| Self::find(graph, sources), |(_, known)| known.clone())
    }

    /// Whether they are those of a graph that came after one: nothing that came or went shares its address with others.
    fn hold(&self, graph: &Graph, before: &Graph, sources: &Sources) -> bool {
        let Some(changed) = graph.changed_since(before) else {
            return false;
        };
        let is_elsewhere =
            |id: &ResourceId| stand(before, *id, sources) != stand(graph, *id, sources);
        let moved: Vec<ResourceId> = changed.into_iter().filter(is_elsewhere).collect();
        let addresses = |graph| moved.iter().filter_map(move |id| address(graph, *id));
        let gone: HashSet<Address<'_>> = addresses(before).collect();
        let mut groups = self.0.iter().filter_map(|group| address(before, group[0]));
        if groups.any(|one| gone.contains(&one)) {
            return false;
        }
        let new: HashSet<Address<'_>> = addresses(graph).collect();
        let all = || objects(graph).filter_map(|(id, _)| address(graph, id));
        new.is_empty() || all().filter(|one| new.contains(one)).count() == new.len()
    }

    fn find(graph: &Graph, sources: &Sources) -> Self {
        let mut by_address: HashMap<Address<'_>, Vec<ResourceId>> =
            HashMap::with_capacity(graph.len());
        for (id, _) in objects(graph) {
            if let Some(address) = address(graph, id) {
                by_address.entry(address).or_default().push(id);
            }
        }
        let shared = by_address.into_values().filter(|all| all.len() > 1);
        let mut found: Vec<_> = shared
            .flat_map(|all| by_folder(graph, sources, all))
            .collect();
        found.sort();
        Self(found)
    }

    /// The problems: the first declaration has none, the others name it.
    #[must_use]
    pub fn problems(&self, graph: &Graph, sources: &Sources) -> Vec<Problem> {
        let groups = self.0.iter();
        let mut found: Vec<Problem> = groups
            .flat_map(|group| {
                let mut declared: Vec<Declared> = Vec::new();
                for id in group {
                    let one = place(graph.resource(*id), sources);
                    // Instances of one block may have names that differ in what is unknown.
                    if !declared.contains(&one) {
                        declared.push(one);
                    }
                }
                problems(&graph.resource(group[0]).address, declared, sources)
            })
            .collect();
        found.sort_by(|one, other| (&one.place, &one.message).cmp(&(&other.place, &other.message)));
        found
    }
}

/// Where a resource is declared.
fn place(resource: &Resource, sources: &Sources) -> Declared {
    let span = resource.tree.node(resource.title_node()).span;
    (sources.path(span.file), span)
}

/// What names a resource in one environment.
type Address<'g> = (&'g SmolStr, &'g Option<SmolStr>);

/// What names an object. Several may be unnamed, or be given names when they are created.
fn address(graph: &Graph, id: ResourceId) -> Option<Address<'_>> {
    let resource = graph.has(id).then(|| graph.resource(id))?;
    let is_named = is_object(resource) && !resource.name.is_empty();
    is_named.then_some((&resource.address, &resource.environment))
}

/// What names an object, and the folder that it stands in.
fn stand<'g>(
    graph: &'g Graph,
    id: ResourceId,
    sources: &Sources,
) -> Option<(Address<'g>, PathBuf)> {
    let address = address(graph, id)?;
    Some((address, folder(&place(graph.resource(id), sources).0)))
}

fn folder(path: &Path) -> PathBuf {
    path.parent().map(PathBuf::from).unwrap_or_default()
}

/// Those of resources with one address that stand in one folder with others.
fn by_folder(graph: &Graph, sources: &Sources, all: Vec<ResourceId>) -> Vec<Vec<ResourceId>> {
    let mut folders: HashMap<PathBuf, Vec<ResourceId>> = HashMap::new();
    for id in all {
        let (path, _) = place(graph.resource(id), sources);
        folders.entry(folder(&path)).or_default().push(id);
    }
    let shared = folders.into_values().filter(|all| all.len() > 1);
    shared.collect()
}

/// The problems of resources with one address in one folder.
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

    use super::Duplicates;
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
        let graph = Graph::new(resources, false);
        let problems = Duplicates::of(&graph, &sources, None).problems(&graph, &sources);
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
