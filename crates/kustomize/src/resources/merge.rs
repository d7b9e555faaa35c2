//! Putting what is generated together with an older object.

use graph::Role;
use smol_str::SmolStr;

use super::metadata::{set_name, set_namespace};
use super::{Resource, annotations, set_annotation, tidy_annotations};
use crate::accumulate::ORIGIN;
use crate::node::{Data, Entry, Node, Scalar};

impl Resource {
    /// Takes labels, annotations, name and namespace from an older object, as far as this has none of its own.
    pub(super) fn take_metadata(&mut self, older: &Self) {
        let has_hash = self.has_hash && older.has_hash;
        self.remember_as(older);
        self.listed.splice(0..0, older.listed.iter().copied());
        self.has_hash = has_hash;
        self.behavior = older.behavior;
        let (name, namespace) = (older.name().clone(), older.id().namespace.clone());
        self.edit(|node| {
            for key in ["labels", "annotations"] {
                take_map(node, older.node(), &["metadata", key]);
            }
            tidy_annotations(node);
            set_name(node, &name);
            set_namespace(node, &namespace);
        });
    }

    /// Takes data from an older object, and the note of where that comes from.
    pub(super) fn take_data(&mut self, older: &Self) {
        let mut notes = annotations(older.node()).iter();
        let note = notes
            .find(|entry| entry.key == ORIGIN)
            .map(|entry| &entry.value);
        self.edit(|node| {
            if let Some(note) = note {
                set_annotation(node, ORIGIN, note.text(), note.origin.span);
            }
            for key in ["data", "binaryData"] {
                take_map(node, older.node(), &[key]);
            }
        });
    }
}

/// Adds the texts of an older map; those that are there stay.
fn take_map(node: &mut Node, older: &Node, path: &[&str]) {
    let older = older.at(path).map(Node::entries).unwrap_or_default();
    let Some((last, parents)) = path.split_last() else {
        return;
    };
    let Some(parent) = parents.iter().try_fold(node, |node, key| node.get_mut(key)) else {
        return;
    };
    let has_none = parent.get(last).is_none_or(Node::is_empty);
    if has_none && older.is_empty() {
        parent.remove(last);
        return;
    }
    let mut own: Vec<Entry> = parent
        .get(last)
        .map(|map| map.entries().to_vec())
        .unwrap_or_default();
    let mut merged: Vec<Entry> = Vec::new();
    for entry in older {
        let mut entry = entry.clone();
        if let Some(index) = own.iter().position(|one| one.key == entry.key) {
            let newer = own.remove(index);
            let origin = newer.value.origin.over(&entry.value.origin, Role::Replaced);
            entry = newer;
            entry.value.origin = origin;
        }
        merged.push(entry);
    }
    merged.extend(own);
    for entry in &mut merged {
        let text: SmolStr = entry.value.text().clone();
        entry.value.data = Data::Scalar(Scalar::string(text));
    }
    let origin = parent
        .get(last)
        .map_or_else(|| parent.origin.clone(), |map| map.origin.clone());
    let span = parent.entry(last).map_or(origin.span, |entry| entry.span);
    parent.remove(last);
    if let Data::Map(entries) = &mut parent.data {
        entries.push(Entry {
            key: (*last).into(),
            span,
            value: Node::new(Data::Map(merged), origin),
        });
    }
}
