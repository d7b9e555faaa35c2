//! The edits that a check's fix makes where it found something.

use check::{Fix, FoundPlace};
use graph::{Data, NodeId, Tree};
use source::{SourceFile, TextEdit};

use crate::finding::Placed;
use crate::project::Project;

/// The edits of a finding's fix at the origin of the found value.
pub(super) fn edits(project: &Project, placed: &Placed) -> Option<Vec<TextEdit>> {
    let check = &placed.finding.check;
    let fix = check.fix?;
    let tree = &project.graph.resource(placed.id).tree;
    let file = project.sources.get(tree.node(placed.place.node).span.file);
    edits_at(&file, tree, &placed.place, fix, &check.tree).ok()
}

/// What a fix does, as an imperative.
pub(super) fn title(placed: &Placed) -> String {
    let path = &placed.finding.path;
    match placed.finding.check.fix {
        Some(Fix::Remove) => format!("Remove `{path}`"),
        Some(Fix::Insert(_)) => format!("Add to `{path}`"),
        Some(Fix::Set(_)) | None => format!("Set `{path}`"),
    }
}

fn edits_at(
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
    let mut list = Tree::new(Data::List, values.node(value).span);
    list.copy(NodeId::ROOT, None, values, value);
    list
}
