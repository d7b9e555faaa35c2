//! The edits that a check's fix makes where it found something.

use std::path::Path;
use std::sync::Arc;

use check::{Fix, FoundPlace};
use graph::{Data, NodeId, Tree};
use smol_str::SmolStr;
use source::{SourceFile, TextEdit};

use super::origin::{Origin, Written};
use crate::finding::Placed;
use crate::project::{Format, LoadedFile, Project};

/// The edits of a finding's fix at the origin of the found value.
pub(super) fn edits(project: &Project, placed: &Placed) -> Option<Vec<TextEdit>> {
    let check = &placed.finding.check;
    let fix = check.fix?;
    let tree = &project.graph.resource(placed.id).tree;
    let file = project.sources.get(tree.node(placed.place.node).span.file);
    let values = &check.tree;
    let origin = match project.file(placed.id).format {
        Format::Helm => Origin::of(&file, tree, &placed.place),
        Format::Kustomize => Origin::plain(&file, tree, &placed.place),
        Format::Kubernetes | Format::Terraform => {
            return edits_at(&file, tree, &placed.place, fix, values).ok();
        }
        // Nothing is changed in a cluster.
        Format::Cluster => return None,
    };
    let origin = origin.or_else(|| Origin::embedded(&file, tree, &placed.place))?;
    let text = text(project, &file, &origin, fix, values);
    let edits = match origin.written(&file) {
        Written::Text => match &text {
            Some(text) => {
                let fix = Fix::Set(NodeId::ROOT);
                edits_at(&origin.file, &origin.tree, &origin.place, fix, text)
            }
            None => edits_at(&origin.file, &origin.tree, &origin.place, fix, values),
        },
        Written::Key(path) => return set_key(project, placed, &path, fix),
        Written::Other => return None,
    };
    edits.ok().filter(|edits| origin.spares_others(edits))
}

/// The value to set as text, where an object has a text that becomes a value of another type on its way: a parameter of an
/// application, or what a ConfigMap holds.
fn text(
    project: &Project,
    file: &SourceFile,
    origin: &Origin,
    fix: Fix,
    values: &Tree,
) -> Option<Tree> {
    let mut files = project.files.iter();
    let is_object = files.any(|one| one.file.id == file.id && one.format == Format::Kubernetes);
    let (Fix::Set(value), []) = (fix, origin.place.missing.as_slice()) else {
        return None;
    };
    let old = &origin.tree.node(origin.place.node).data;
    let text = match &values.node(value).data {
        Data::Bool(truth) => truth.to_string(),
        Data::Int(number) => number.to_string(),
        _ => return None,
    };
    let is_text = is_object && matches!(old, Data::String(_));
    is_text.then(|| Tree::new(Data::String(text.into()), values.node(value).span))
}

/// The edits that set a key in the values of a chart, which its template reads already.
fn set_key(project: &Project, placed: &Placed, path: &str, fix: Fix) -> Option<Vec<TextEdit>> {
    let chart = Path::new(project.block(placed.id)?.group);
    let is_values = |file: &&Arc<LoadedFile>| {
        let own = file.file.path.strip_prefix(chart);
        own.unwrap_or(&file.file.path) == Path::new("values.yaml")
    };
    let file = &project.files.iter().find(is_values)?.file;
    let yaml = yaml::read(file, &yaml::Options::default());
    let tree = yaml.documents.into_iter().next()?.tree;
    let below = placed.place.missing.iter().skip(1).cloned();
    let place = FoundPlace {
        node: NodeId::ROOT,
        missing: path.split('.').map(SmolStr::from).chain(below).collect(),
        ..placed.place.clone()
    };
    edits_at(file, &tree, &place, fix, &placed.finding.check.tree).ok()
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
