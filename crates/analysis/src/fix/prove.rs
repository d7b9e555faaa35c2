//! Proofs: the fix of each finding is made by itself, and what is then found is compared with what was found before.

use std::collections::BTreeMap;
use std::sync::Arc;

use check::{FoundPlace, Judge};
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use graph::{Graph, NodeId, Resource, ResourceId};
use rayon::prelude::*;
use smol_str::SmolStr;
use source::{FileSystem, TextEdit};

use super::document::Document;
use super::edit::{edits, title};
use super::links::moved_links;
use crate::finding::{Placed, written};
use crate::options::Fixes;
use crate::project::{Project, ReadOptions};
use crate::report::ProposedFix;

/// Computes and proves the fixes of a run.
pub(crate) struct Prover<'a> {
    /// What files are read from.
    pub(crate) system: &'a dyn FileSystem,
    pub(crate) project: &'a Project,
    pub(crate) judge: &'a Judge,
    pub(crate) read: &'a ReadOptions,
    /// Whether nobody waits for the proofs any more: those that are not done are left then.
    pub(crate) is_over: IsOver<'a>,
}

/// Whether nobody waits for a result any more. It is asked between parts of the work, from several threads.
pub type IsOver<'a> = &'a (dyn Fn() -> bool + Sync);

/// A finding as it is compared before and after a change: its check and its semantic path.
pub(super) type Identity = (SmolStr, String);

/// A resource with fixes to be proven.
struct Fixable<'a> {
    id: ResourceId,
    /// What is found before any change.
    before: HashSet<Identity>,
    fixes: Vec<Unproven<'a>>,
}

/// A fix that is to be proven.
pub(super) struct Unproven<'a> {
    pub(super) placed: &'a mut Placed,
    /// What must not be found any more.
    pub(super) gone: Identity,
    pub(super) edits: Vec<TextEdit>,
}

/// A resource and the one change of it that is tried.
struct Trial<'a> {
    id: ResourceId,
    before: &'a HashSet<Identity>,
    gone: &'a Identity,
    edits: &'a [TextEdit],
}

impl Prover<'_> {
    /// Gives findings their proven fixes, where their checks have one. Returns how many findings were passed over.
    pub(crate) fn prove(&self, placed: &mut [Placed], wanted: Fixes) -> usize {
        let chosen = chosen_resources(placed, wanted);
        let is_chosen = |placed: &Placed| chosen.contains(&placed.id);
        let fixable = placed.iter_mut();
        let fixable = fixable.filter(|placed| placed.finding.check.fix.is_some());
        let (tried, untried): (Vec<_>, Vec<_>) = fixable.partition(|placed| is_chosen(placed));
        let is_rendered = |placed: &&mut Placed| self.project.file(placed.id).format.is_rendered();
        let (rendered, others): (Vec<_>, Vec<_>) = tried.into_iter().partition(is_rendered);
        let renderings = self.by_rendering(rendered);
        renderings.into_par_iter().for_each_init(
            || self.project.graph.clone(),
            |graph, (name, findings)| self.prove_rendering(graph, &name, findings),
        );
        let mut by_resource: BTreeMap<ResourceId, Vec<&mut Placed>> = BTreeMap::new();
        for placed in others {
            by_resource.entry(placed.id).or_default().push(placed);
        }
        self.by_document(by_resource).into_par_iter().for_each_init(
            || self.project.graph.clone(),
            |graph, (document, findings)| self.prove_document(graph, &document, findings),
        );
        untried.len()
    }

    /// The findings of each resource of each document.
    fn by_document<'a>(
        &self,
        by_resource: BTreeMap<ResourceId, Vec<&'a mut Placed>>,
    ) -> Vec<(Document<'_>, Vec<Vec<&'a mut Placed>>)> {
        let mut documents: Vec<(Document<'_>, Vec<Vec<&mut Placed>>)> = Vec::new();
        for (id, findings) in by_resource {
            match documents.last_mut() {
                Some((document, resources)) if document.declares(id) => resources.push(findings),
                _ => {
                    let document = Document::of(self.project, id);
                    documents.extend(document.map(|document| (document, vec![findings])));
                }
            }
        }
        documents
    }

    /// Tries the first fix of each resource of a document, then the second, and so on: the document is read once for all of them.
    fn prove_document(
        &self,
        graph: &mut Graph,
        document: &Document<'_>,
        findings: Vec<Vec<&mut Placed>>,
    ) {
        if (self.is_over)() {
            return;
        }
        let fixable = findings.into_iter();
        let fixable = fixable.filter_map(|findings| self.fixable(graph, findings));
        let mut resources: Vec<Fixable<'_>> = fixable.collect();
        let counts = resources.iter().map(|resource| resource.fixes.len());
        let rounds = counts.max().unwrap_or_default();
        // A document that is not understood as it is stays so.
        if rounds == 0 || document.reread([], self.read).is_none() {
            return;
        }
        let is_shared = document.shares_text();
        for round in 0..rounds {
            if (self.is_over)() {
                return;
            }
            let trials = resources.iter();
            let trials: Vec<Trial<'_>> = trials.filter_map(|one| one.trial(round)).collect();
            let together = if is_shared { 1 } else { trials.len() };
            let proven: HashSet<ResourceId> = trials
                .chunks(together)
                .flat_map(|trials| self.proven(graph, document, trials))
                .collect();
            let resources = resources.iter_mut();
            for resource in resources.filter(|resource| proven.contains(&resource.id)) {
                resource.fixes[round].accept();
            }
        }
    }

    /// A resource with those of its findings whose fix makes edits.
    fn fixable<'a>(&self, graph: &Graph, findings: Vec<&'a mut Placed>) -> Option<Fixable<'a>> {
        let id = findings.first()?.id;
        let fixes = findings.into_iter();
        let fixes = fixes.filter_map(|placed| self.unproven(graph, placed));
        let fixes: Vec<Unproven<'_>> = fixes.collect();
        (!fixes.is_empty()).then(|| Fixable {
            id,
            before: self.found(graph, id),
            fixes,
        })
    }

    /// A finding with its fix, where that makes edits.
    pub(super) fn unproven<'a>(
        &self,
        graph: &Graph,
        placed: &'a mut Placed,
    ) -> Option<Unproven<'a>> {
        let path = stable_path(graph.resource(placed.id), &placed.place);
        Some(Unproven {
            edits: edits(self.project, placed)?,
            gone: (placed.finding.check.id.clone(), path),
            placed,
        })
    }

    /// The resources whose trial succeeds. One that spoils the document for the others is found by halving.
    fn proven(
        &self,
        graph: &mut Graph,
        document: &Document<'_>,
        trials: &[Trial<'_>],
    ) -> Vec<ResourceId> {
        let edits = trials.iter().flat_map(|trial| trial.edits);
        let changed = document
            .reread(edits, self.read)
            .filter(|changed| self.spares_others(graph, document, trials, changed));
        let Some(changed) = changed else {
            let (one, two) = trials.split_at(trials.len() / 2);
            return match one {
                [] => Vec::new(),
                one => [one, two]
                    .into_iter()
                    .flat_map(|trials| self.proven(graph, document, trials))
                    .collect(),
            };
        };
        let is_proven = |trial: &&Trial<'_>| {
            let after = self.found_in(graph, trial.id, &changed[document.position(trial.id)]);
            after.is_subset(trial.before) && !after.contains(trial.gone)
        };
        let proven = trials.iter().filter(is_proven);
        proven.map(|trial| trial.id).collect()
    }

    /// Whether nothing new is found in the other resources of the document, which a shared text may change.
    fn spares_others(
        &self,
        graph: &mut Graph,
        document: &Document<'_>,
        trials: &[Trial<'_>],
        changed: &[Arc<Resource>],
    ) -> bool {
        let tried: HashSet<ResourceId> = trials.iter().map(|trial| trial.id).collect();
        let mut others = document
            .resources()
            .zip(changed)
            .filter(|((id, _), _)| !tried.contains(id));
        others.all(|((id, old), new)| {
            new.tree.equal(NodeId::ROOT, &old.tree, NodeId::ROOT) || {
                let before = self.found(graph, id);
                self.found_in(graph, id, new).is_subset(&before)
            }
        })
    }

    /// What is found in a resource when it is changed.
    pub(super) fn found_in(
        &self,
        graph: &mut Graph,
        id: ResourceId,
        changed: &Arc<Resource>,
    ) -> HashSet<Identity> {
        let old = Arc::clone(graph.resource(id));
        let links = self.project.graph.links_from(id);
        graph.replace(id, Arc::clone(changed), moved_links(links, &old, changed));
        let found = self.found(graph, id);
        graph.replace(id, old, links.to_vec());
        found
    }

    /// What is found in a resource, by all checks that run at all, whatever the configuration says of its path.
    pub(super) fn found(&self, graph: &Graph, id: ResourceId) -> HashSet<Identity> {
        let resource = graph.resource(id);
        let mut found = HashSet::new();
        for judged in self.judge.judge(graph, id) {
            let check = &self.judge.checks()[judged.check].id;
            for fail in judged.fails {
                let path = stable_path(resource, &written(resource, &fail.place));
                found.insert((check.clone(), path));
            }
        }
        found
    }
}

impl Fixable<'_> {
    fn trial(&self, round: usize) -> Option<Trial<'_>> {
        let fix = self.fixes.get(round)?;
        Some(Trial {
            id: self.id,
            before: &self.before,
            gone: &fix.gone,
            edits: &fix.edits,
        })
    }
}

impl Unproven<'_> {
    pub(super) fn accept(&mut self) {
        let fix = ProposedFix {
            title: title(self.placed),
            edits: std::mem::take(&mut self.edits),
            proven: true,
        };
        Arc::make_mut(&mut self.placed.finding).fixes.push(fix);
    }
}

/// The resources with a finding whose fix is wanted. Their other fixes are proven along with it.
fn chosen_resources(placed: &[Placed], wanted: Fixes) -> HashSet<ResourceId> {
    let most = match wanted {
        Fixes::None => 0,
        Fixes::First(most) => most,
        Fixes::All => usize::MAX,
    };
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut chosen = HashSet::new();
    for placed in placed
        .iter()
        .filter(|placed| placed.finding.check.fix.is_some())
    {
        let count = counts.entry(&placed.finding.check.id).or_default();
        *count += 1;
        if *count <= most {
            chosen.insert(placed.id);
        }
    }
    chosen
}

/// The path of a place, in which text in a list goes by itself: when its neighbor goes, it has another index.
fn stable_path(resource: &Resource, place: &FoundPlace) -> String {
    let tree = &resource.tree;
    match (tree.parent(place.node), tree.as_text(place.node)) {
        (Some(parent), Some(text)) if tree.node(place.node).key.is_none() => {
            format!("{}[={text}]", resource.path(parent))
        }
        _ => place.path(resource).to_string(),
    }
}
