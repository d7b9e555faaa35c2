//! What a file of JSON is, told by what it says.

use std::cell::Cell;

use graph::{Data, NodeId};
use source::SourceFile;

use super::json::Json;

/// What a file of JSON is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// `terraform show -json` of a plan.
    Plan,
    /// `terraform show -json` of a state.
    ShownState,
    /// A state as Terraform keeps it, of version 4.
    RawState,
    /// A plan or state that OpenTofu has encrypted.
    Encrypted,
}

/// What a file of JSON is, where it is a plan or state.
#[must_use]
pub fn content(file: &SourceFile) -> Option<Content> {
    if !may_be(&file.text) {
        return None;
    }
    let read = yaml::read(file, &yaml::Options::default());
    let tree = &read.documents.first()?.tree;
    of(&Json {
        file,
        tree,
        parts_left: &Cell::new(0),
    })
}

/// Whether it is worth reading: other files of JSON are large, too.
pub(super) fn may_be(text: &str) -> bool {
    let is_object = text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('{');
    let has = |key: &str| text.contains(key);
    is_object
        && (has("\"format_version\"")
            || has("\"encrypted_data\"")
            || has("\"version\"") && has("\"lineage\""))
}

pub(super) fn of(json: &Json<'_>) -> Option<Content> {
    let has = |key: &str| json.get(NodeId::ROOT, key).is_some();
    if has("encrypted_data") && (has("encryption_version") || has("meta")) {
        return Some(Content::Encrypted);
    }
    if has("lineage") && has("serial") && version(json) == Some(4) {
        return Some(Content::RawState);
    }
    json.text(NodeId::ROOT, "format_version")?;
    if has("planned_values") || has("resource_changes") {
        return Some(Content::Plan);
    }
    let is_empty = json.entries(Some(NodeId::ROOT)).count() == 1;
    let has_resources = json.at(NodeId::ROOT, &["values", "root_module"]).is_some();
    (has_resources || is_empty || has("values") && has("terraform_version"))
        .then_some(Content::ShownState)
}

fn version(json: &Json<'_>) -> Option<i64> {
    match json.tree.node(json.get(NodeId::ROOT, "version")?).data {
        Data::Int(version) => Some(version),
        _ => None,
    }
}
