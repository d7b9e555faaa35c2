//! The lines of a file that a finding belongs to.

use graph::{Data, NodeId, Role, Tree};
use source::SourceFile;

use crate::finding::Placed;
use crate::project::Project;

/// The lines, from 0, that a directive may name to mean a finding.
pub(super) struct Lines {
    /// Where it stands: its value, its key, and the aliases through which it came here.
    pub(super) own: Vec<u32>,
    /// Where it and all that holds it begin.
    pub(super) begins: Vec<u32>,
}

/// The lines of a finding in the file of its resource.
pub(super) fn lines(project: &Project, placed: &Placed) -> Lines {
    let file = &project.file(placed.id).file;
    let tree = &project.graph.resource(placed.id).tree;
    let holders: Vec<NodeId> =
        std::iter::successors(Some(placed.place.node), |node| tree.parent(*node)).collect();
    let node = tree.node(placed.place.node);
    let mut own = vec![placed.finding.span.start];
    own.extend(node.key.as_ref().map(|key| key.span.start));
    own.extend(holders.iter().flat_map(|node| aliases(tree, *node, file)));
    // What a reader sees is where the value begins, so a directive above that line is meant for it
    // too.
    let begins = holders.iter().flat_map(|node| begins(tree, *node, file));
    let begins: Vec<u32> = begins.chain(own.iter().copied()).collect();
    Lines {
        own: numbers(file, own),
        begins: numbers(file, begins),
    }
}

fn numbers(file: &SourceFile, mut offsets: Vec<u32>) -> Vec<u32> {
    offsets.sort_unstable();
    offsets.dedup();
    let mut lines: Vec<u32> = offsets
        .into_iter()
        .map(|offset| file.position(offset).line)
        .collect();
    lines.dedup();
    lines
}

fn aliases(tree: &Tree, node: NodeId, file: &SourceFile) -> impl Iterator<Item = u32> {
    let steps = tree
        .passage(node)
        .into_iter()
        .flat_map(|passage| &passage.steps);
    let aliases = steps.filter(|step| step.role == Role::Alias && step.span.file == file.id);
    aliases.map(|step| step.span.start)
}

/// Where a node begins: its key or dash. The value of a block list or map begins with its first
/// element, so what is written above that element is not meant for the whole.
fn begins(tree: &Tree, id: NodeId, file: &SourceFile) -> impl Iterator<Item = u32> {
    let node = tree.node(id);
    let start = node.span.start;
    let is_block = matches!(node.data, Data::List | Data::Map)
        && !file.text[start as usize..].starts_with(['[', '{']);
    let key = node.key.as_ref().map(|key| key.span.start);
    let value = match key {
        Some(_) => (!is_block).then_some(start),
        None => Some(
            dash(&file.text, start)
                .filter(|_| tree.parent(id).is_some())
                .unwrap_or(start),
        ),
    };
    key.into_iter().chain(value)
}

/// The place of the dash before the item of a block list that begins at `start`.
fn dash(text: &str, start: u32) -> Option<u32> {
    let before = text[..start as usize].trim_end().strip_suffix('-')?;
    u32::try_from(before.len()).ok()
}
