//! What charts name: keys of values, and templates by their names.

mod charts;
mod template;

use std::path::{Path, PathBuf};

use graph::{NodeId, Tree};
use smol_str::SmolStr;
use source::SourceFile;

use super::mention::{Mention, Name, Role};
use super::texts::Texts;
use charts::Place;

/// How deep folders of a chart are looked into.
const DEPTH: usize = 12;

/// All that a template or a file of values names.
pub(super) fn mentions(texts: &Texts<'_>, path: &Path, file: &SourceFile) -> Vec<Mention> {
    let Some(place) = Place::of(texts, path) else {
        return Vec::new();
    };
    if path.starts_with(place.chart.join("templates")) {
        return template::mentions(&place, path, file);
    }
    if !is_values(path) {
        return Vec::new();
    }
    let yaml = yaml::read(file, &yaml::Options::default());
    let mut found = Vec::new();
    if let Some(document) = yaml.documents.first() {
        keys(
            &place,
            &document.tree,
            NodeId::ROOT,
            &mut Vec::new(),
            &mut found,
        );
    }
    found
}

fn is_values(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy());
    let name = name.unwrap_or_default();
    name.starts_with("values") && (name.ends_with(".yaml") || name.ends_with(".yml"))
}

/// The keys of values, each with those around it.
fn keys(
    place: &Place,
    tree: &Tree,
    node: NodeId,
    path: &mut Vec<SmolStr>,
    found: &mut Vec<Mention>,
) {
    for child in tree.children(node) {
        let Some(key) = &tree.node(child).key else {
            continue;
        };
        path.push(key.text.clone());
        found.push(Mention {
            name: Name::Value(place.top.clone(), place.key(path)),
            span: key.span,
            role: Role::Declares,
        });
        keys(place, tree, child, path, found);
        path.pop();
    }
}

/// The templates and files of values of a chart on top, and of those in it.
pub(super) fn files(texts: &Texts<'_>, chart: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    add_files(texts, chart, DEPTH, &mut found);
    found
}

fn add_files(texts: &Texts<'_>, folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    let Some(depth) = depth.checked_sub(1) else {
        return;
    };
    for entry in texts.system.list(folder).unwrap_or_default() {
        let ending = entry.path.extension().and_then(|ending| ending.to_str());
        if entry.is_folder && !entry.is_link {
            add_files(texts, &entry.path, depth, found);
        } else if matches!(ending, Some("yaml" | "yml" | "tpl" | "txt")) {
            found.push(entry.path);
        }
    }
}
