//! What a failing example lacks stands in a passing example of the same check: put into the failing one, it makes that pass.

use std::sync::Arc;

use check::{Check, Expectation, Judge, Library};
use graph::{Link, NodeId, Resource, ResourceId, SmolStr, Target, Tree};
use tests::{corpora, parallel};

use crate::inputs::{self, Case};
use crate::project::{Files, Found, Project, edited, is_written, judge};
use crate::remake::remade;

/// The natives by which a query asks whether something refers to a resource.
const ASKS_FOR_LINKS: [&str; 2] = ["is_referenced", "linked_by"];

/// Whether a check may find that nothing refers to a resource.
pub(crate) fn asks_for_links(check: &Check) -> bool {
    let query = check.query_text();
    ASKS_FOR_LINKS.iter().any(|native| query.contains(native))
}

/// A failing example, and the passing ones of its check.
struct Failing<'a> {
    case: &'a Case,
    judge: Judge,
    project: Project,
    passing: &'a [Project],
}

/// Something that a finding lacks.
enum Lack<'a> {
    /// A key that is not there.
    Leaf,
    /// What these links should lead to.
    Targets(Vec<&'a Link>),
    /// A resource that refers to the judged one.
    Neighbors,
}

impl Failing<'_> {
    /// What is missing where something was found, if anything is.
    fn lack(&self, found: &Found) -> Option<Lack<'_>> {
        let tree = &self.resource(found).tree;
        if !found.place.missing.is_empty() {
            return Some(Lack::Leaf);
        }
        let links = self.project.graph.links_from(found.place.resource).iter();
        let targets: Vec<&Link> = links
            .filter(|link| link.target == Target::Missing)
            .filter(|link| is_below(tree, link.node, found.place.node))
            .collect();
        if !targets.is_empty() {
            return Some(Lack::Targets(targets));
        }
        asks_for_links(&found.check).then_some(Lack::Neighbors)
    }

    /// Whether a passing example shows what is missing.
    fn is_shown(&self, found: &Found, lack: &Lack<'_>) -> bool {
        match lack {
            Lack::Leaf => self
                .leaves(found)
                .iter()
                .any(|leaf| self.passes_with(found, leaf)),
            Lack::Targets(links) => {
                let targets = links.iter().map(|link| self.target(link));
                let targets: Option<Vec<String>> = targets.collect();
                targets.is_some_and(|targets| self.passes_beside(found, &targets))
                    // What a selector looks for has no name.
                    || self.passes_with_neighbors(found)
            }
            Lack::Neighbors => self.passes_with_neighbors(found),
        }
    }

    fn resource(&self, found: &Found) -> &Resource {
        self.project.graph.resource(found.place.resource)
    }

    /// What the passing examples hold under the keys that are missing.
    fn leaves(&self, found: &Found) -> Vec<Tree> {
        let resources = self
            .passing
            .iter()
            .flat_map(|project| project.graph.resources());
        let nodes = resources.flat_map(|(_, resource)| {
            let ends = ending_with(&resource.tree, &found.place.missing);
            ends.into_iter().map(|node| resource.tree.subtree(node))
        });
        nodes.collect()
    }

    /// The finding's resource passes with the missing keys and this value under them.
    fn passes_with(&self, found: &Found, leaf: &Tree) -> bool {
        let file = self.project.file(found.place.resource);
        let (tree, keys) = (&self.resource(found).tree, &found.place.missing);
        let leaf = (leaf, NodeId::ROOT);
        let edits = yaml::edit::insert_key(file, tree, found.place.node, keys, leaf).ok();
        let files = edits.and_then(|edits| edited(&self.case.files, file.id, &edits));
        files.is_some_and(|files| self.passes(found, &files))
    }

    /// What a link should lead to, made of a resource of its kind in a passing example.
    fn target(&self, link: &Link) -> Option<String> {
        let wanted = &link.reference;
        self.passing.iter().find_map(|project| {
            let mut resources = project.graph.resources().map(|(_, resource)| resource);
            let like = resources.find(|resource| resource.kind == wanted.kind)?;
            let words = [(&like.name, &wanted.name)];
            Some(remade(project, like, &words, &wanted.namespace))
        })
    }

    /// Whether the finding's resource passes among those that stand around a resource of its kind in a passing example, when
    /// they mean it instead.
    fn passes_with_neighbors(&self, found: &Found) -> bool {
        let failing = self.resource(found);
        self.passing.iter().any(|project| {
            let like = project.graph.resources();
            let mut like = like.filter(|(_, resource)| resource.kind == failing.kind);
            like.any(|(id, _)| self.passes_beside(found, &self.neighbors(failing, project, id)))
        })
    }

    fn neighbors(&self, failing: &Resource, project: &Project, id: ResourceId) -> Vec<String> {
        let like = project.graph.resource(id);
        let known = |resource: &Resource| {
            let mut known = self.project.graph.resources();
            known.any(|(_, known)| known.kind == resource.kind && known.name == resource.name)
        };
        let mut neighbors = Vec::new();
        for (other, resource) in project.graph.resources().filter(|(other, _)| *other != id) {
            let (mut words, added) = (
                vec![(&like.name, &failing.name)],
                format!("added-{}", other.0),
            );
            let added = SmolStr::from(added);
            // A neighbor of the failing example's that has the same name is another one.
            if known(resource) && resource.name != like.name {
                words.push((&resource.name, &added));
            }
            let namespace = match resource.namespace == like.namespace {
                true => &failing.namespace,
                false => &resource.namespace,
            };
            neighbors.push(remade(project, resource, &words, namespace));
        }
        neighbors
    }

    fn passes_beside(&self, found: &Found, documents: &[String]) -> bool {
        let mut files = self.case.files.clone();
        for document in documents {
            files[0].1 += &format!("\n---\n{document}\n");
        }
        !documents.is_empty() && self.passes(found, &files)
    }

    /// Whether the check is certain of the finding's resource, and finds nothing at this place.
    fn passes(&self, found: &Found, files: &Files) -> bool {
        let changed = Project::read(files, &self.case.terms);
        let id = found.place.resource;
        let path = found.place.path(self.resource(found));
        let judged = self.judge.judge(&changed.graph, id);
        let still = changed.found_in(&self.judge, id);
        judged.iter().all(|judged| judged.unknown.is_empty())
            && still
                .iter()
                .all(|still| still.place.path(changed.graph.resource(id)) != path)
    }
}

fn is_below(tree: &Tree, node: NodeId, top: NodeId) -> bool {
    std::iter::successors(Some(node), |node| tree.parent(*node)).any(|node| node == top)
}

/// The written nodes whose own key and those above it end with these.
fn ending_with(tree: &Tree, keys: &[SmolStr]) -> Vec<NodeId> {
    let ends = |node: NodeId| {
        let mut above = std::iter::successors(Some(node), |node| tree.parent(*node));
        keys.iter().rev().all(|key| {
            let node = above.next().and_then(|node| tree.node(node).key.as_ref());
            node.is_some_and(|found| found.text == *key)
        })
    };
    let mut found = Vec::new();
    let mut open = vec![NodeId::ROOT];
    while let Some(node) = open.pop() {
        found.extend(Some(node).filter(|node| is_written(tree, *node) && ends(*node)));
        open.extend(tree.children(node));
    }
    found
}

/// What the failing examples of a check lack: how much of it the passing ones show, and what they do not.
#[derive(Default)]
struct Shown {
    shown: usize,
    faults: Vec<String>,
}

fn shown(library: &Library, check: &Arc<Check>) -> Shown {
    let passing = inputs::examples(check, &[Expectation::Pass]);
    let passing: Vec<Project> = passing
        .iter()
        .map(|case| Project::read(&case.files, &case.terms))
        .collect();
    let mut shown = Shown::default();
    for case in inputs::examples(check, &[Expectation::Fail]) {
        let failing = Failing {
            judge: judge(library, &[Arc::clone(check)], &case.settings(), &case.terms),
            project: Project::read(&case.files, &case.terms),
            case: &case,
            passing: &passing,
        };
        for found in failing.project.found(&failing.judge) {
            match failing.lack(&found) {
                None => {}
                Some(lack) if failing.is_shown(&found, &lack) => shown.shown += 1,
                Some(_) => {
                    let path = found.place.path(failing.resource(&found));
                    shown.faults.push(format!("{} at {path}", case.name));
                }
            }
        }
    }
    shown
}

#[test]
fn what_failing_examples_lack_is_shown_by_passing_ones() {
    let library = Library::builtin().0;
    let shown = parallel::map(&library.checks, |check| shown(&library, check));
    let count: usize = shown.iter().map(|shown| shown.shown).sum();
    let faults: Vec<String> = shown.into_iter().flat_map(|shown| shown.faults).collect();
    corpora::tell(&format!(
        "{count} missing keys and links of failing examples stand in passing ones"
    ));
    assert!(
        faults.is_empty(),
        "no passing example shows how {} findings go away:\n{}",
        faults.len(),
        faults.join("\n")
    );
}
