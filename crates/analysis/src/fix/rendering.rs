//! Proofs of fixes in charts and kustomizations: all that is made of the changed text is made again, in all environments.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt, HashSet};
use graph::{Graph, NodeId, Resource, ResourceId};
use smol_str::SmolStr;
use source::{FileId, TextEdit};

use super::prove::{Identity, Prover, Unproven};
use crate::finding::Placed;
use crate::project::Rendering;

/// A chart, or kustomizations with common files, whose fixes are proven.
struct Whole<'a> {
    rendering: &'a Rendering,
    /// Its resources in all environments, in order.
    ids: Vec<ResourceId>,
    /// What is found in them as they are.
    before: HashMap<ResourceId, HashSet<Identity>>,
}

impl Prover<'_> {
    /// The findings of each rendering, by its name.
    pub(super) fn by_rendering<'a>(
        &self,
        findings: impl IntoIterator<Item = &'a mut Placed>,
    ) -> BTreeMap<SmolStr, Vec<&'a mut Placed>> {
        let mut by_rendering: BTreeMap<SmolStr, Vec<&mut Placed>> = BTreeMap::new();
        for placed in findings {
            let block = self.project.block(placed.id);
            if let Some(block) = block {
                by_rendering
                    .entry(block.group.clone())
                    .or_default()
                    .push(placed);
            }
        }
        by_rendering
    }

    /// Tries the first fix of each resource of a rendering, then the second, and so on: it is made once for all of them.
    pub(super) fn prove_rendering(
        &self,
        graph: &mut Graph,
        name: &SmolStr,
        findings: Vec<&mut Placed>,
    ) {
        let rendering = self.project.renderings.get(name);
        let Some(rendering) = rendering.filter(|_| !(self.is_over)()) else {
            return;
        };
        let mut fixes: Vec<Unproven<'_>> = findings
            .into_iter()
            .filter_map(|placed| self.unproven(graph, placed))
            .collect();
        let ids = graph.resources().map(|(id, _)| id);
        let is_own = |id: &ResourceId| {
            self.project
                .block(*id)
                .is_some_and(|block| block.group == name)
        };
        let ids: Vec<ResourceId> = ids.filter(is_own).collect();
        let before = ids.iter().map(|id| (*id, self.found(graph, *id)));
        let whole = Whole {
            rendering,
            before: before.collect(),
            ids,
        };
        for round in rounds(&fixes, |fix| self.is_in_template(fix)) {
            if (self.is_over)() {
                return;
            }
            let round: Vec<(usize, &Unproven<'_>)> =
                round.into_iter().map(|at| (at, &fixes[at])).collect();
            for at in self.proven_in(graph, &whole, &round) {
                fixes[at].accept();
            }
        }
    }

    /// Which of some fixes succeed. One that spoils it for the others is found by halving.
    fn proven_in(
        &self,
        graph: &mut Graph,
        whole: &Whole<'_>,
        fixes: &[(usize, &Unproven<'_>)],
    ) -> Vec<usize> {
        let edits = fixes.iter().flat_map(|(_, fix)| &fix.edits);
        let after = self
            .rendered(graph, whole, edits)
            .filter(|changed| self.changes_only_its_own(graph, whole, fixes, changed))
            .and_then(|changed| self.after(graph, whole, &changed));
        let Some(after) = after else {
            let (one, two) = fixes.split_at(fixes.len() / 2);
            return match one {
                [] => Vec::new(),
                one => [one, two]
                    .into_iter()
                    .flat_map(|fixes| self.proven_in(graph, whole, fixes))
                    .collect(),
            };
        };
        let is_gone = |fix: &Unproven<'_>| {
            let all = [fix.placed.id]
                .into_iter()
                .chain(fix.placed.others.iter().copied());
            // What does not change in a resource is not fixed there.
            all.into_iter().all(|id| {
                after
                    .get(&id)
                    .is_some_and(|found| !found.contains(&fix.gone))
            })
        };
        let proven = fixes.iter().filter(|(_, fix)| is_gone(fix));
        proven.map(|(at, _)| *at).collect()
    }

    /// Whether edits of templates change nothing but what they are for: text around actions may mean something else with other
    /// text before it. What is changed in values is changed wherever it is used.
    fn changes_only_its_own(
        &self,
        graph: &Graph,
        whole: &Whole<'_>,
        fixes: &[(usize, &Unproven<'_>)],
        changed: &[Arc<Resource>],
    ) -> bool {
        if !fixes.iter().any(|(_, fix)| self.is_in_template(fix)) {
            return true;
        }
        let paths = fixes.iter().map(|(_, fix)| {
            let resource = graph.resource(fix.placed.id);
            fix.placed.place.path(resource).to_string()
        });
        let paths: Vec<String> = paths.collect();
        let is_meant = |path: &String| {
            let mut paths = paths.iter();
            paths.any(|meant| path.starts_with(list_of(meant)) || meant.starts_with(path))
        };
        whole.ids.iter().zip(changed).all(|(id, new)| {
            let (old, new) = (leaves(graph.resource(*id)), leaves(new));
            let mut different = old.symmetric_difference(&new);
            different.all(|(path, _)| is_meant(path))
        })
    }

    fn is_in_template(&self, fix: &Unproven<'_>) -> bool {
        fix.edits.iter().any(|edit| {
            let path = self.project.sources.path(edit.span.file);
            path.components()
                .any(|name| name.as_os_str() == "templates")
        })
    }

    /// The resources with edits, if they are the same ones.
    fn rendered<'e>(
        &self,
        graph: &Graph,
        whole: &Whole<'_>,
        edits: impl Iterator<Item = &'e TextEdit>,
    ) -> Option<Vec<Arc<Resource>>> {
        let mut by_file: BTreeMap<FileId, Vec<TextEdit>> = BTreeMap::new();
        for edit in edits {
            by_file
                .entry(edit.span.file)
                .or_default()
                .push(edit.clone());
        }
        let changed = by_file.into_iter().map(|(file, edits)| {
            let file = self.project.sources.get(file);
            let text = source::apply(&file.text, &edits).ok()?;
            Some((file.path.clone(), text))
        });
        let changed: Vec<_> = changed.collect::<Option<_>>()?;
        let resources = whole.rendering.again(self.system, self.read, &changed)?;
        let name = |resource: &Resource| (resource.address.clone(), resource.environment.clone());
        let new = resources.iter().map(|resource| name(resource));
        let old = whole.ids.iter().map(|id| name(graph.resource(*id)));
        new.eq(old).then_some(resources)
    }

    /// What is found in those resources that change, unless something new is among it.
    fn after(
        &self,
        graph: &mut Graph,
        whole: &Whole<'_>,
        changed: &[Arc<Resource>],
    ) -> Option<HashMap<ResourceId, HashSet<Identity>>> {
        let mut after = HashMap::new();
        for (id, new) in whole.ids.iter().zip(changed) {
            if new
                .tree
                .equal(NodeId::ROOT, &graph.resource(*id).tree, NodeId::ROOT)
            {
                continue;
            }
            let found = self.found_in(graph, *id, new);
            if !found.is_subset(whole.before.get(id)?) {
                return None;
            }
            after.insert(*id, found);
        }
        Some(after)
    }
}

/// The path of the list, where a path is that of an element of one: those behind it move.
fn list_of(path: &str) -> &str {
    let is_element = path.ends_with(']') && !path.ends_with("\"]");
    let list = path.rfind('[').filter(|_| is_element);
    &path[..list.unwrap_or(path.len())]
}

/// What somebody wrote in a resource: the paths of scalars and of empty lists and maps, and what they are.
fn leaves(resource: &Resource) -> BTreeSet<(String, String)> {
    let tree = &resource.tree;
    let mut leaves = BTreeSet::new();
    let mut open = vec![NodeId::ROOT];
    while let Some(node) = open.pop() {
        let passage = tree.passage(node);
        if passage.is_some_and(|passage| passage.default.is_some()) {
            continue;
        }
        if tree.first(node).is_none() {
            let data = format!("{:?}", tree.node(node).data);
            leaves.insert((resource.path(node).to_string(), data));
        }
        open.extend(tree.children(node));
    }
    leaves
}

/// Fixes that are tried together.
#[derive(Default)]
struct Round {
    /// Their places among all.
    fixes: Vec<usize>,
    ids: HashSet<ResourceId>,
    in_templates: bool,
    /// Where their edits begin.
    starts: HashSet<(FileId, u32)>,
}

/// The fixes that are tried together, in templates or in values: at most one of each resource, and none twice at one place.
fn rounds(
    fixes: &[Unproven<'_>],
    is_in_template: impl Fn(&Unproven<'_>) -> bool,
) -> Vec<Vec<usize>> {
    let mut rounds: Vec<Round> = Vec::new();
    for (at, fix) in fixes.iter().enumerate() {
        let starts = fix.edits.iter();
        let starts = starts.map(|edit| (edit.span.file, edit.span.start));
        let starts: HashSet<(FileId, u32)> = starts.collect();
        let id = fix.placed.id;
        let in_templates = is_in_template(fix);
        let fits = |round: &Round| {
            round.in_templates == in_templates
                && !round.ids.contains(&id)
                && round.starts.is_disjoint(&starts)
        };
        let index = rounds.iter().position(fits).unwrap_or(rounds.len());
        if index == rounds.len() {
            rounds.push(Round::default());
        }
        let round = &mut rounds[index];
        round.fixes.push(at);
        round.ids.insert(id);
        round.starts.extend(starts);
        round.in_templates = in_templates;
    }
    rounds.into_iter().map(|round| round.fixes).collect()
}
