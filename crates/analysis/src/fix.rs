//! Fixes: computed as edits of the text that a person edits, and offered only when the changed text was judged again.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use check::{Fix, FoundPlace, Judge};
use graph::{Graph, Link, NodeId, Resource, ResourceId, Tree};
use rayon::prelude::*;
use smol_str::SmolStr;
use source::{FileSystem, SourceFile, Span, TextEdit};

use crate::error::Error;
use crate::finding::{Placed, written};
use crate::options::Fixes;
use crate::project::{Project, ReadOptions};
use crate::report::{ProposedFix, Report};

/// Computes and proves the fixes of a run.
pub(crate) struct Prover<'a> {
    pub(crate) project: &'a Project,
    pub(crate) judge: &'a Judge,
    pub(crate) read: &'a ReadOptions,
}

/// A finding as it is compared before and after a change: its check and its semantic path.
type Identity = (SmolStr, String);

impl Prover<'_> {
    /// Gives findings their proven fixes, where their checks have one. Returns how many findings were passed over.
    pub(crate) fn prove(&self, placed: &mut [Placed], wanted: Fixes) -> usize {
        let chosen = chosen_resources(placed, wanted);
        let passed_over =
            |placed: &&Placed| placed.finding.check.fix.is_some() && !chosen.contains(&placed.id);
        let untried = placed.iter().filter(passed_over).count();
        let mut by_resource: BTreeMap<ResourceId, Vec<&mut Placed>> = BTreeMap::new();
        for placed in placed
            .iter_mut()
            .filter(|placed| chosen.contains(&placed.id))
        {
            by_resource.entry(placed.id).or_default().push(placed);
        }
        let groups: Vec<(ResourceId, Vec<&mut Placed>)> = by_resource.into_iter().collect();
        groups.into_par_iter().for_each_init(
            || self.project.graph.clone(),
            |graph, (id, findings)| self.prove_resource(graph, id, findings),
        );
        untried
    }

    /// Tries all fixes of a resource at once, as one change costs one evaluation; where that does not prove them, one by one.
    fn prove_resource(&self, graph: &mut Graph, id: ResourceId, mut findings: Vec<&mut Placed>) {
        let before: HashSet<Identity> = findings
            .iter()
            .map(|placed| self.identity(placed))
            .collect();
        let mut fixable: Vec<(&mut Placed, Vec<TextEdit>)> = Vec::new();
        for placed in findings.drain(..) {
            let edits = self.edits(placed);
            fixable.extend(edits.map(|edits| (placed, edits)));
        }
        if fixable.is_empty() {
            return;
        }
        let all: Vec<TextEdit> = fixable
            .iter()
            .flat_map(|(_, edits)| edits.clone())
            .collect();
        let gone: HashSet<Identity> = fixable
            .iter()
            .map(|(placed, _)| self.identity(placed))
            .collect();
        let together = self.is_proven(graph, id, &all, &before, &gone);
        for (placed, edits) in fixable {
            let gone = HashSet::from([self.identity(placed)]);
            if together || self.is_proven(graph, id, &edits, &before, &gone) {
                let title = title(placed);
                placed.finding.fixes.push(ProposedFix {
                    title,
                    edits,
                    proven: true,
                });
            }
        }
    }

    fn identity(&self, placed: &Placed) -> Identity {
        let resource = self.project.graph.resource(placed.id);
        (
            placed.finding.check.id.clone(),
            stable_path(resource, &placed.place),
        )
    }

    /// The edits of a finding's fix at the origin of the found value.
    fn edits(&self, placed: &Placed) -> Option<Vec<TextEdit>> {
        let check = &placed.finding.check;
        let fix = check.fix?;
        let resource = self.project.graph.resource(placed.id);
        let file = self
            .project
            .sources
            .get(resource.tree.node(placed.place.node).span.file);
        edits(&file, &resource.tree, &placed.place, fix, &check.tree).ok()
    }

    /// Whether the changed text has all of the findings but those that should be gone, and no other.
    fn is_proven(
        &self,
        graph: &mut Graph,
        id: ResourceId,
        edits: &[TextEdit],
        before: &HashSet<Identity>,
        gone: &HashSet<Identity>,
    ) -> bool {
        let Some(changed) = self.reread(id, edits) else {
            return false;
        };
        let old = Arc::clone(graph.resource(id));
        if changed.address != old.address {
            return false;
        }
        let after = self.findings_of(graph, id, &Arc::new(changed));
        graph.replace(id, old, self.project.graph.links_from(id).to_vec());
        after.is_some_and(|after| after.is_subset(before) && after.is_disjoint(gone))
    }

    fn findings_of(
        &self,
        graph: &mut Graph,
        id: ResourceId,
        changed: &Arc<Resource>,
    ) -> Option<HashSet<Identity>> {
        let links = moved_links(
            self.project.graph.links_from(id),
            self.project.graph.resource(id),
            changed,
        );
        graph.replace(id, Arc::clone(changed), links);
        let mut after = HashSet::new();
        for judged in self.judge.judge(graph, id) {
            let check = &self.judge.checks()[judged.check];
            for fail in judged.fails {
                let place = written(changed, &fail.place);
                after.insert((check.id.clone(), stable_path(changed, &place)));
            }
        }
        Some(after)
    }

    /// The resource, read again from its changed document.
    fn reread(&self, id: ResourceId, edits: &[TextEdit]) -> Option<Resource> {
        let loaded = self.project.file(id);
        let span = self.project.graph.resource(id).span();
        let document = loaded
            .documents
            .iter()
            .find(|document| document.contains(span))?;
        if !edits.iter().all(|edit| document.contains(edit.span)) {
            return None;
        }
        let local: Vec<TextEdit> = edits
            .iter()
            .map(|edit| shifted(edit, document.start))
            .collect();
        let text = source::apply(loaded.file.slice(*document), &local).ok()?;
        let file = SourceFile::new(loaded.file.id, &loaded.file.path, text);
        let yaml = yaml::read(&file, &self.read.yaml);
        if !yaml.problems.is_empty() {
            return None;
        }
        let same_document =
            |other: &&ResourceId| document.contains(self.project.graph.resource(**other).span());
        let siblings: Vec<ResourceId> = self.project.siblings(id).collect();
        let position = siblings
            .iter()
            .filter(same_document)
            .position(|other| *other == id)?;
        kubernetes::resources(yaml, &file, &self.read.kubernetes)
            .resources
            .into_iter()
            .nth(position)
    }
}

/// The resources with a finding whose fix is wanted. All fixes of a resource are proven together, so it costs no more to prove
/// all of them.
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

fn shifted(edit: &TextEdit, start: u32) -> TextEdit {
    TextEdit {
        span: Span::new(
            edit.span.file,
            edit.span.start - start,
            edit.span.end - start,
        ),
        text: edit.text.clone(),
    }
}

fn title(placed: &Placed) -> String {
    let path = &placed.finding.path;
    match placed.finding.check.fix {
        Some(Fix::Remove) => format!("Remove `{path}`"),
        Some(Fix::Insert(_)) => format!("Add to `{path}`"),
        Some(Fix::Set(_)) | None => format!("Set `{path}`"),
    }
}

/// The edits that a fix makes at a place.
fn edits(
    file: &SourceFile,
    tree: &Tree,
    place: &FoundPlace,
    fix: Fix,
    values: &Tree,
) -> Result<Vec<TextEdit>, yaml::edit::CannotEdit> {
    let node = place.node;
    match fix {
        Fix::Remove => yaml::edit::remove(file, tree, node),
        Fix::Set(value) if place.missing.is_empty() => {
            yaml::edit::set(file, tree, node, (values, value))
        }
        Fix::Set(value) => {
            yaml::edit::insert_key(file, tree, node, &place.missing, (values, value))
        }
        Fix::Insert(value) if place.missing.is_empty() => {
            yaml::edit::insert_item(file, tree, node, (values, value))
        }
        Fix::Insert(value) => {
            let list = listed(values, value);
            yaml::edit::insert_key(file, tree, node, &place.missing, (&list, NodeId::ROOT))
        }
    }
}

/// A list of one value.
fn listed(values: &Tree, value: NodeId) -> Tree {
    let mut list = Tree::new(graph::Data::List, values.node(value).span);
    list.copy(NodeId::ROOT, None, values, value);
    list
}

/// The links of a resource in terms of its changed tree: by path, as the ids of nodes differ.
fn moved_links(links: &[Link], old: &Resource, new: &Resource) -> Vec<Link> {
    let moved = links.iter().filter_map(|link| {
        let node = same_node(&old.tree, &new.tree, link.node)?;
        Some(Link {
            node,
            ..link.clone()
        })
    });
    moved.collect()
}

/// The node of `new` at the path of a node of `old`; list elements go by their place.
fn same_node(old: &Tree, new: &Tree, node: NodeId) -> Option<NodeId> {
    let Some(parent) = old.parent(node) else {
        return Some(NodeId::ROOT);
    };
    let parent_in_new = same_node(old, new, parent)?;
    match &old.node(node).key {
        Some(key) => new.get(parent_in_new, &key.text),
        None => {
            let index = old
                .children(parent)
                .take_while(|child| *child != node)
                .count();
            new.children(parent_in_new).nth(index)
        }
    }
}

/// A file before and after its fixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixedFile {
    /// The path, as it is shown.
    pub path: PathBuf,
    /// The text as it was read.
    pub before: Arc<str>,
    /// The text with all fixes that fit together.
    pub after: String,
    /// The number of findings that it fixes.
    pub findings: usize,
}

/// The files that proven fixes change. A fix that overlaps an earlier one is left for the next run.
#[must_use]
pub fn fixed_files(report: &Report) -> Vec<FixedFile> {
    let mut by_file: BTreeMap<PathBuf, (Arc<SourceFile>, Vec<&ProposedFix>)> = BTreeMap::new();
    for fix in report
        .findings
        .iter()
        .filter_map(|finding| finding.fixes.first())
        .filter(|fix| fix.proven)
    {
        let Some(edit) = fix.edits.first() else {
            continue;
        };
        let file = report.sources.get(edit.span.file);
        by_file
            .entry(file.path.clone())
            .or_insert_with(|| (file, Vec::new()))
            .1
            .push(fix);
    }
    by_file
        .into_iter()
        .map(|(path, (file, fixes))| fixed_file(path, &file, &fixes))
        .collect()
}

fn fixed_file(path: PathBuf, file: &SourceFile, fixes: &[&ProposedFix]) -> FixedFile {
    let mut edits: Vec<TextEdit> = Vec::new();
    let mut findings = 0;
    for fix in fixes {
        let free = |edit: &TextEdit| {
            edits
                .iter()
                .all(|other| other == edit || !overlap(other, edit))
        };
        if fix.edits.iter().all(free) {
            edits.extend(fix.edits.iter().cloned());
            findings += 1;
        }
    }
    let after = source::apply(&file.text, &edits).unwrap_or_else(|_| file.text.to_string());
    FixedFile {
        path,
        before: Arc::clone(&file.text),
        after,
        findings,
    }
}

fn overlap(one: &TextEdit, two: &TextEdit) -> bool {
    one.span.start == two.span.start
        || (one.span.start < two.span.end && two.span.start < one.span.end)
}

/// Writes fixed files.
///
/// # Errors
/// When a file can't be written; those before it are.
pub fn write_fixes(
    system: &dyn FileSystem,
    directory: &Path,
    files: &[FixedFile],
) -> Result<(), Error> {
    for file in files {
        let failed = |source| Error::Read {
            path: file.path.clone(),
            source,
        };
        system
            .write(&directory.join(&file.path), &file.after)
            .map_err(failed)?;
    }
    Ok(())
}
