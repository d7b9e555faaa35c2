//! What kustomize remembers of an object it keeps in annotations of it, where patches and replacements meet it.

use smol_str::SmolStr;

use super::id::Previous;
use super::{Behavior, Resource, annotations, remove_annotation, set_annotation};
use crate::node::Node;

const BEHAVIOR: &str = "internal.config.kubernetes.io/generatorBehavior";
const HASH: &str = "internal.config.kubernetes.io/needsHashSuffix";
const PREFIXES: &str = "internal.config.kubernetes.io/prefixes";
const SUFFIXES: &str = "internal.config.kubernetes.io/suffixes";
const KINDS: &str = "internal.config.kubernetes.io/previousKinds";
const NAMES: &str = "internal.config.kubernetes.io/previousNames";
const NAMESPACES: &str = "internal.config.kubernetes.io/previousNamespaces";

const ALL: [&str; 7] = [BEHAVIOR, HASH, PREFIXES, SUFFIXES, KINDS, NAMES, NAMESPACES];

impl Behavior {
    /// The words of the annotation.
    const WORDS: [(Self, &'static str); 4] = [
        (Self::Unspecified, "unspecified"),
        (Self::Create, "create"),
        (Self::Replace, "replace"),
        (Self::Merge, "merge"),
    ];
}

impl Resource {
    /// The object as kustomize has it, with what it remembers.
    pub(crate) fn noted(&self) -> Node {
        let mut node = self.node().clone();
        self.write_notes(&mut node);
        node
    }

    /// Changes the object as kustomize has it: with its annotations it may lose what is remembered of it, or take over what is
    /// remembered of others.
    pub(crate) fn edit_noted<T>(&mut self, change: impl FnOnce(&mut Node) -> T) -> T {
        self.with_notes(|resource| {
            let result = resource.edit(change);
            resource.read_notes();
            result
        })
    }

    /// The same, where kustomize puts back what it remembers.
    pub(crate) fn edit_below_notes<T>(&mut self, change: impl FnOnce(&mut Node) -> T) -> T {
        self.with_notes(|resource| resource.edit(change))
    }

    fn with_notes<T>(&mut self, change: impl FnOnce(&mut Self) -> T) -> T {
        let has_own = self
            .node()
            .at(&["metadata", "annotations"])
            .is_some_and(|own| !own.is_null());
        let noted = self.noted();
        self.put_node(noted);
        let result = change(self);
        self.edit(|node| ALL.iter().for_each(|key| remove_annotation(node, key)));
        if !has_own {
            self.edit(remove_empty_annotations);
        }
        result
    }

    fn write_notes(&self, node: &mut Node) {
        let span = node.origin.span;
        let of_previous = |part: fn(&Previous) -> &SmolStr| joined(self.previous.iter().map(part));
        let word = Behavior::WORDS
            .iter()
            .find(|(behavior, _)| self.is_generated && *behavior == self.behavior);
        let notes = [
            (BEHAVIOR, word.map(|(_, word)| (*word).to_owned())),
            (HASH, self.has_hash.then(|| "enabled".to_owned())),
            (PREFIXES, joined(self.prefixes.iter())),
            (SUFFIXES, joined(self.suffixes.iter())),
            (KINDS, of_previous(|previous| &previous.kind)),
            (NAMES, of_previous(|previous| &previous.name)),
            (NAMESPACES, of_previous(|previous| &previous.namespace)),
        ];
        for (key, text) in notes {
            if let Some(text) = text {
                set_annotation(node, key, &text, span);
            }
        }
    }

    fn read_notes(&mut self) {
        let node = self.node();
        let text = |key: &str| {
            let mut all = annotations(node).iter();
            let entry = all.find(|entry| entry.key == key);
            entry.map(|entry| entry.value.text().clone())
        };
        let behavior = text(BEHAVIOR);
        let word = |(_, word): &&(Behavior, &str)| behavior.as_deref() == Some(*word);
        let known = Behavior::WORDS.iter().find(word);
        let parts = |key: &str| parts(text(key).as_deref());
        let (kinds, names, namespaces) = (parts(KINDS), parts(NAMES), parts(NAMESPACES));
        let previous = kinds.into_iter().zip(names).zip(namespaces);
        let previous = previous.map(|((kind, name), namespace)| Previous {
            namespace,
            name,
            kind,
        });
        let previous = previous.collect();
        let (prefixes, suffixes) = (parts(PREFIXES), parts(SUFFIXES));
        let has_hash = text(HASH).is_some();
        self.is_generated = behavior.is_some();
        self.has_hash = has_hash;
        self.behavior = known.map_or_else(Behavior::default, |(behavior, _)| *behavior);
        self.previous = previous;
        (self.prefixes, self.suffixes) = (prefixes, suffixes);
    }
}

/// Texts with commas between them; nothing if there are none.
fn joined<'a>(texts: impl Iterator<Item = &'a SmolStr>) -> Option<String> {
    let texts: Vec<&str> = texts.map(SmolStr::as_str).collect();
    (!texts.is_empty()).then(|| texts.join(","))
}

fn parts(text: Option<&str>) -> Vec<SmolStr> {
    text.map(|text| text.split(',').map(SmolStr::from).collect())
        .unwrap_or_default()
}

fn remove_empty_annotations(node: &mut Node) {
    let Some(metadata) = node.get_mut("metadata") else {
        return;
    };
    if metadata.get("annotations").is_some_and(Node::is_empty) {
        metadata.remove("annotations");
    }
}
