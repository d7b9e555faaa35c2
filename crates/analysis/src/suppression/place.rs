//! The lines that a finding belongs to.

use graph::{Data, NodeId, Role, Tree};
use source::{FileId, SourceFile, Sources, Span};

use crate::finding::Placed;
use crate::project::{Format, Project};

/// A line of a file, from 0.
pub(super) type Line = (FileId, u32);

/// The lines that a directive may name to mean a finding.
pub(super) struct Lines {
    /// Where it stands: its value, its key, and the places through which it came here.
    pub(super) own: Vec<Line>,
    /// Where it and all that holds it begin.
    pub(super) begins: Vec<Line>,
}

/// The files that a finding belongs to: that of its resource, and those that its value comes from.
pub(super) fn files(project: &Project, placed: &Placed) -> Vec<FileId> {
    let loaded = project.file(placed.id);
    let mut files = vec![loaded.file.id];
    if loaded.format != Format::Kubernetes {
        files.push(placed.finding.span.file);
        files.extend(
            placed
                .finding
                .related
                .iter()
                .map(|related| related.span.file),
        );
        files.sort_unstable();
        files.dedup();
    }
    files
}

/// The lines of a finding in its files.
pub(super) fn lines(project: &Project, placed: &Placed) -> Lines {
    let loaded = project.file(placed.id);
    let tree = &project.graph.resource(placed.id).tree;
    let holders: Vec<NodeId> =
        std::iter::successors(Some(placed.place.node), |node| tree.parent(*node)).collect();
    let node = tree.node(placed.place.node);
    let start = |span: Span| (span.file, span.start);
    let mut own = vec![start(placed.finding.span)];
    own.extend(node.key.as_ref().map(|key| start(key.span)));
    let steps = holders.iter().flat_map(|node| steps(tree, *node));
    own.extend(match loaded.format {
        Format::Kubernetes | Format::Cluster => steps
            .filter(|step| step.role == Role::Alias && step.span.file == loaded.file.id)
            .map(|step| start(step.span))
            .collect::<Vec<_>>(),
        // A value is used where the resource says so, whatever file sets it.
        Format::Terraform | Format::Helm | Format::Kustomize => {
            steps.map(|step| start(step.span)).collect()
        }
    });
    // What a reader sees is where the value begins, so a directive above that line is meant for it
    // too.
    let begins = holders
        .iter()
        .flat_map(|node| begins(tree, *node, &project.sources));
    let begins: Vec<(FileId, u32)> = begins.chain(own.iter().copied()).collect();
    Lines {
        own: numbers(&project.sources, own),
        begins: numbers(&project.sources, begins),
    }
}

fn numbers(sources: &Sources, mut offsets: Vec<(FileId, u32)>) -> Vec<Line> {
    offsets.sort_unstable();
    offsets.dedup();
    let mut lines: Vec<Line> = offsets
        .chunk_by(|one, other| one.0 == other.0)
        .flat_map(|chunk| {
            let file = sources.get(chunk[0].0);
            let number = move |offset: &(FileId, u32)| (file.id, file.position(offset.1).line);
            chunk.iter().map(number).collect::<Vec<_>>()
        })
        .collect();
    lines.dedup();
    lines
}

fn steps(tree: &Tree, node: NodeId) -> impl Iterator<Item = &graph::Step> {
    tree.passage(node)
        .into_iter()
        .flat_map(|passage| &passage.steps)
}

/// Where a node begins: its key or dash. The value of a block list or map begins with its first
/// element, so what is written above that element is not meant for the whole.
fn begins(tree: &Tree, id: NodeId, sources: &Sources) -> impl Iterator<Item = (FileId, u32)> {
    let node = tree.node(id);
    let start = node.span.start;
    let file = sources.get(node.span.file);
    let is_block =
        matches!(node.data, Data::List | Data::Map) && !rest(&file, start).starts_with(['[', '{']);
    let key = node.key.as_ref().map(|key| (key.span.file, key.span.start));
    let value = match key {
        Some(_) => (!is_block).then_some(start),
        None => Some(
            dash(&file.text, start)
                .filter(|_| tree.parent(id).is_some())
                .unwrap_or(start),
        ),
    };
    key.into_iter()
        .chain(value.map(|value| (node.span.file, value)))
}

fn rest(file: &SourceFile, start: u32) -> &str {
    file.text.get(start as usize..).unwrap_or_default()
}

/// The place of the dash before the item of a block list that begins at `start`.
fn dash(text: &str, start: u32) -> Option<u32> {
    let before = text.get(..start as usize)?.trim_end().strip_suffix('-')?;
    u32::try_from(before.len()).ok()
}
