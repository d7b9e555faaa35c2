//! Proofs of fixes in charts: the chart is rendered again with the changed text, in all its environments.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use graph::{Graph, NodeId, Resource, ResourceId};
use smol_str::SmolStr;
use source::{FileId, TextEdit};

use super::prove::{Identity, Prover, Unproven};
use crate::finding::Placed;
use crate::helm::ChartInput;
use crate::project::Format;

/// A chart whose fixes are proven.
struct Chart<'a> {
    input: &'a ChartInput,
    /// Its resources in all environments, in order.
    ids: Vec<ResourceId>,
    /// What is found in them as they are.
    before: HashMap<ResourceId, HashSet<Identity>>,
}

impl Prover<'_> {
    /// The findings of each chart, by its name.
    pub(super) fn by_chart<'a>(
        &self,
        findings: impl IntoIterator<Item = &'a mut Placed>,
    ) -> BTreeMap<SmolStr, Vec<&'a mut Placed>> {
        let mut by_chart: BTreeMap<SmolStr, Vec<&mut Placed>> = BTreeMap::new();
        for placed in findings {
            let block = self.project.block(placed.id);
            if let Some(block) =
                block.filter(|_| self.project.file(placed.id).format == Format::Helm)
            {
                by_chart
                    .entry(block.group.clone())
                    .or_default()
                    .push(placed);
            }
        }
        by_chart
    }

    /// Tries the first fix of each resource of a chart, then the second, and so on: the chart is rendered once for all of them.
    pub(super) fn prove_chart(
        &self,
        graph: &mut Graph,
        name: &SmolStr,
        findings: Vec<&mut Placed>,
    ) {
        let Some(input) = self.project.charts.get(name) else {
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
                .is_some_and(|block| block.group == *name)
        };
        let ids: Vec<ResourceId> = ids.filter(is_own).collect();
        let before = ids.iter().map(|id| (*id, self.found(graph, *id)));
        let chart = Chart {
            input,
            before: before.collect(),
            ids,
        };
        for round in rounds(&fixes) {
            let round: Vec<(usize, &Unproven<'_>)> =
                round.into_iter().map(|at| (at, &fixes[at])).collect();
            for at in self.proven_in(graph, &chart, &round) {
                fixes[at].accept();
            }
        }
    }

    /// Which of some fixes succeed. One that spoils the chart for the others is found by halving.
    fn proven_in(
        &self,
        graph: &mut Graph,
        chart: &Chart<'_>,
        fixes: &[(usize, &Unproven<'_>)],
    ) -> Vec<usize> {
        let edits = fixes.iter().flat_map(|(_, fix)| &fix.edits);
        let after = self
            .rendered(graph, chart, edits)
            .and_then(|changed| self.after(graph, chart, &changed));
        let Some(after) = after else {
            let (one, two) = fixes.split_at(fixes.len() / 2);
            return match one {
                [] => Vec::new(),
                one => [one, two]
                    .into_iter()
                    .flat_map(|fixes| self.proven_in(graph, chart, fixes))
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

    /// The resources of a chart with edits, if they are the same ones.
    fn rendered<'e>(
        &self,
        graph: &Graph,
        chart: &Chart<'_>,
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
        let resources = chart.input.again(self.system, self.read, &changed)?;
        let name = |resource: &Resource| (resource.address.clone(), resource.environment.clone());
        let new = resources.iter().map(|resource| name(resource));
        let old = chart.ids.iter().map(|id| name(graph.resource(*id)));
        new.eq(old).then_some(resources)
    }

    /// What is found in those resources of a chart that change, unless something new is among it.
    fn after(
        &self,
        graph: &mut Graph,
        chart: &Chart<'_>,
        changed: &[Arc<Resource>],
    ) -> Option<HashMap<ResourceId, HashSet<Identity>>> {
        let mut after = HashMap::new();
        for (id, new) in chart.ids.iter().zip(changed) {
            if new
                .tree
                .equal(NodeId::ROOT, &graph.resource(*id).tree, NodeId::ROOT)
            {
                continue;
            }
            let found = self.found_in(graph, *id, new);
            if !found.is_subset(chart.before.get(id)?) {
                return None;
            }
            after.insert(*id, found);
        }
        Some(after)
    }
}

/// Fixes that are tried together.
#[derive(Default)]
struct Round {
    /// Their places among all.
    fixes: Vec<usize>,
    ids: HashSet<ResourceId>,
    /// Where their edits begin.
    starts: HashSet<(FileId, u32)>,
}

/// The fixes that are tried together: at most one of each resource, and none twice at one place.
fn rounds(fixes: &[Unproven<'_>]) -> Vec<Vec<usize>> {
    let mut rounds: Vec<Round> = Vec::new();
    for (at, fix) in fixes.iter().enumerate() {
        let starts = fix.edits.iter();
        let starts = starts.map(|edit| (edit.span.file, edit.span.start));
        let starts: HashSet<(FileId, u32)> = starts.collect();
        let id = fix.placed.id;
        let fits = |round: &Round| !round.ids.contains(&id) && round.starts.is_disjoint(&starts);
        let index = rounds.iter().position(fits).unwrap_or(rounds.len());
        if index == rounds.len() {
            rounds.push(Round::default());
        }
        let round = &mut rounds[index];
        round.fixes.push(at);
        round.ids.insert(id);
        round.starts.extend(starts);
    }
    rounds.into_iter().map(|round| round.fixes).collect()
}
