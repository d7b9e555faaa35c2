//! References in custom kinds that the table lacks, recognized by their form.

use std::collections::HashSet;

use graph::{LinkKind, NodeId, Reference, Tree};

use super::{Linker, Source, plain_kind};
use crate::kinds;

/// Endings of keys, and what they name: of those whose map names an object (`passwordSecretRef: {name: …}`), then of those whose
/// text does (`tlsSecretName: …`).
pub(super) const GUESSES: [(&str, LinkKind, &str); 9] = [
    ("secretref", LinkKind::Reads, "Secret"),
    ("secretkeyref", LinkKind::Reads, "Secret"),
    ("configmapref", LinkKind::Reads, "ConfigMap"),
    ("configmapkeyref", LinkKind::Reads, "ConfigMap"),
    ("secretname", LinkKind::Reads, "Secret"),
    ("existingsecret", LinkKind::Reads, "Secret"),
    ("configmapname", LinkKind::Reads, "ConfigMap"),
    ("serviceaccountname", LinkKind::RunsAs, "ServiceAccount"),
    ("claimname", LinkKind::Mounts, "PersistentVolumeClaim"),
];

/// How many of them are those of maps.
const MAPS: usize = 4;

impl Linker<'_> {
    /// Links what a custom object refers to by its form. It may mean something else, so only what is in the graph counts.
    pub(super) fn link_guesses(&mut self, source: &Source) {
        if kinds::is_served_kind(source.kind) {
            return;
        }
        let tree = &source.resource.tree;
        let linked: HashSet<NodeId> = self.links[self.start..]
            .iter()
            .map(|link| link.node)
            .collect();
        let mut open = vec![NodeId::ROOT];
        while let Some(node) = open.pop() {
            open.extend(tree.children(node));
            if let Some((name, meaning, kind)) = guess(tree, node)
                && !linked.contains(&name)
            {
                self.link_guess(source, name, meaning, kind);
            }
        }
    }

    fn link_guess(&mut self, source: &Source, node: NodeId, meaning: LinkKind, kind: &str) {
        let tree = &source.resource.tree;
        let Some(name) = tree.as_text(node).filter(|name| !name.is_empty()) else {
            return;
        };
        let beside = |key| tree.parent(node).and_then(|map| tree.text(map, key));
        let namespace = self
            .index
            .namespace(source.resource, kind, beside("namespace"));
        let key = beside("key").cloned();
        let reference = Reference {
            kind: plain_kind(kind),
            namespace,
            name: name.clone(),
            key,
            optional: false,
        };
        self.resolve(source, node, meaning, kind, &reference, true);
    }
}

/// The name that a node holds or is, and what it names.
fn guess(tree: &Tree, node: NodeId) -> Option<(NodeId, LinkKind, &'static str)> {
    let key = &tree.node(node).key.as_ref()?.text;
    let ends = |ending: &str| {
        let start = key.len().checked_sub(ending.len());
        start
            .and_then(|start| key.get(start..))
            .is_some_and(|end| end.eq_ignore_ascii_case(ending))
    };
    let (maps, texts) = GUESSES.split_at(MAPS);
    let map = maps.iter().find(|(ending, ..)| ends(ending));
    let named = map.and_then(|(_, meaning, kind)| Some((tree.get(node, "name")?, *meaning, *kind)));
    let text = || {
        texts
            .iter()
            .find(|(ending, ..)| ends(ending))
            .map(|(_, meaning, kind)| (node, *meaning, *kind))
    };
    named.or_else(text)
}
