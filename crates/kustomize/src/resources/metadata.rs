//! Names, labels and annotations of objects.

use smol_str::SmolStr;
use source::Span;

use crate::node::{Data, Entry, Node, Origin, Scalar, Setting, set_field};

/// The labels of an object.
pub(crate) fn labels(node: &Node) -> &[Entry] {
    node.at(&["metadata", "labels"])
        .map(Node::entries)
        .unwrap_or_default()
}

/// The annotations of an object.
pub(crate) fn annotations(node: &Node) -> &[Entry] {
    node.at(&["metadata", "annotations"])
        .map(Node::entries)
        .unwrap_or_default()
}

/// Sets the name of an object. It has the quotes of the older one.
pub(crate) fn set_name(node: &mut Node, name: &SmolStr) {
    set_meta(node, "name", name);
}

/// Sets the namespace of an object, or takes it away if it is empty.
pub(crate) fn set_namespace(node: &mut Node, namespace: &SmolStr) {
    if !namespace.is_empty() {
        return set_meta(node, "namespace", namespace);
    }
    if let Some(metadata) = node.get_mut("metadata") {
        metadata.remove("namespace");
    }
}

fn set_meta(node: &mut Node, key: &str, text: &SmolStr) {
    let Some(metadata) = node.get_mut("metadata") else {
        return;
    };
    // Nobody writes what is set here: the origin of the older value stays.
    let older = metadata.get(key).unwrap_or(metadata);
    let origin = older.origin.clone();
    let span = origin.span;
    let setting = Setting {
        scalar: Scalar::open(text.clone()),
        origin,
        role: graph::Role::Replaced,
    };
    // Metadata that is no map has no name to be set.
    let _ = set_field(metadata, key, &setting, span);
}

/// Sets an annotation that kustomize itself makes.
pub(crate) fn set_annotation(node: &mut Node, key: &str, text: &str, span: Span) {
    let Some(metadata) = node.get_mut("metadata") else {
        return;
    };
    if metadata.get("annotations").is_none_or(Node::is_empty) {
        metadata.remove("annotations");
        if let Data::Map(entries) = &mut metadata.data {
            entries.push(Entry {
                key: "annotations".into(),
                span,
                value: Node::new(Data::Map(Vec::new()), Origin::at(span)),
            });
        }
    }
    if let Some(annotations) = metadata.get_mut("annotations") {
        let setting = Setting::new(Scalar::string(text), span);
        // Annotations that are no map stay as they are.
        let _ = set_field(annotations, key, &setting, span);
    }
}

/// Makes all annotations strings, and takes empty ones away: kustomize does so when it takes its own from them.
pub(crate) fn tidy_annotations(node: &mut Node) {
    tidy(node, "annotations");
}

/// The same with labels.
pub(crate) fn tidy_labels(node: &mut Node) {
    tidy(node, "labels");
}

fn tidy(node: &mut Node, key: &str) {
    let Some(metadata) = node.get_mut("metadata") else {
        return;
    };
    if metadata.get(key).is_some_and(Node::is_empty) {
        metadata.remove(key);
    }
    let pairs = metadata.get_mut(key);
    let Some(Data::Map(entries)) = pairs.map(|node| &mut node.data) else {
        return;
    };
    for entry in entries {
        let text = entry.value.text().clone();
        entry.value.data = Data::Scalar(Scalar::string(text));
    }
}

/// Takes an annotation away.
pub(crate) fn remove_annotation(node: &mut Node, key: &str) {
    let metadata = node.get_mut("metadata");
    if let Some(annotations) = metadata.and_then(|metadata| metadata.get_mut("annotations")) {
        annotations.remove(key);
    }
}

/// The annotations in which kustomize keeps what it remembers of objects.
const OWN: [&str; 18] = [
    "config.k8s.io/id",
    "config.kubernetes.io/index",
    "config.kubernetes.io/path",
    "internal.config.kubernetes.io/allowKindChange",
    "internal.config.kubernetes.io/allowNameChange",
    "internal.config.kubernetes.io/annotations-migration-resource-id",
    "internal.config.kubernetes.io/generatorBehavior",
    "internal.config.kubernetes.io/id",
    "internal.config.kubernetes.io/index",
    "internal.config.kubernetes.io/needsHashSuffix",
    "internal.config.kubernetes.io/path",
    "internal.config.kubernetes.io/prefixes",
    "internal.config.kubernetes.io/previousKinds",
    "internal.config.kubernetes.io/previousNames",
    "internal.config.kubernetes.io/previousNamespaces",
    "internal.config.kubernetes.io/refBy",
    "internal.config.kubernetes.io/seqindent",
    "internal.config.kubernetes.io/suffixes",
];

/// Takes the annotations away that are kustomize's own.
pub(crate) fn remove_own_annotations(node: &mut Node) {
    if node.get("metadata").is_none() {
        let (span, origin) = (node.origin.span, node.origin.clone());
        if let Data::Map(entries) = &mut node.data {
            let value = Node::new(Data::Map(Vec::new()), origin);
            let key = "metadata".into();
            entries.push(Entry { key, span, value });
        }
    }
    for key in OWN {
        remove_annotation(node, key);
    }
}
