//! References by name.

use std::sync::Arc;

use graph::{
    Data, LinkKind, NodeId, Reference, Resource, ResourceId, SmolStr, Target, Tree, Unknown,
};
use smol_str::format_smolstr;

use super::fuel::Spent;
use super::selector::unknown;
use super::table::{self, Row};
use super::{Linker, Source, builtin, plain_kind};

/// What is written where a name is expected.
enum Name {
    Known {
        namespace: Option<SmolStr>,
        name: SmolStr,
    },
    Unknown(Arc<Unknown>),
}

impl Linker<'_> {
    /// Links what the resource, its pods and their containers refer to by name.
    pub(super) fn link_names(&mut self, source: &Source) {
        self.start = self.links.len();
        self.link_rows(source, NodeId::ROOT, "any");
        self.link_rows(source, NodeId::ROOT, source.kind);
        for pod in &source.resource.facts.pods {
            self.link_rows(source, pod.spec, "pod");
            self.link_default_account(source, pod.spec);
            for container in &pod.containers {
                self.link_rows(source, container.node, "container");
            }
        }
        if source.kind == "StatefulSet" {
            self.link_claims(source);
        }
    }

    fn link_rows(&mut self, source: &Source, from: NodeId, owner: &str) {
        let tree = &source.resource.tree;
        for row in table::rows(owner) {
            row.places
                .each(tree, from, &mut |node| self.link_row(source, row, node));
        }
    }

    fn link_row(&mut self, source: &Source, row: &Row, node: NodeId) {
        let tree = &source.resource.tree;
        let (Some(name), Some(kind)) = (name(tree, node, row.has_slash), row.kind(tree, node))
        else {
            return;
        };
        if is_replaced(source, node) {
            return;
        }
        let beside = |key| tree.parent(node).and_then(|map| tree.text(map, key));
        let (namespace, name) = match name {
            Name::Known { namespace, name } => (namespace, name),
            Name::Unknown(unknown) => {
                if row.only_found {
                    return;
                }
                let reference = self.reference(source.resource, &kind, None, SmolStr::default());
                return self.add(
                    source,
                    node,
                    row.meaning,
                    reference,
                    Target::Unknown(unknown),
                );
            }
        };
        let namespace = namespace
            .as_ref()
            .or_else(|| beside("namespace").filter(|_| row.has_namespace));
        let mut reference = self.reference(source.resource, &kind, namespace, name);
        reference.key = beside("key").filter(|_| has_keys(&kind)).cloned();
        reference.optional = is_optional(tree, node);
        self.resolve(source, node, row.meaning, &kind, &reference, row.only_found);
        if has_keys(&kind) {
            self.link_keys(source, node, row.meaning, &kind, &reference);
        }
    }

    /// Links a custom object to the definitions of its kind.
    pub(super) fn link_definition(&mut self, source: &Source) {
        let kind = "CustomResourceDefinition";
        let found = self.index.definitions(source.resource, source.kind);
        let found: Vec<ResourceId> = found.take(self.enough()).collect();
        let (Some(first), Some(node)) = (
            found.first(),
            source.resource.tree.get(NodeId::ROOT, "kind"),
        ) else {
            return;
        };
        let name = self.index.name(*first).into();
        let reference = self.reference(source.resource, kind, None, name);
        self.add_all(source, node, LinkKind::Uses, &reference, &found);
    }

    fn reference(
        &self,
        from: &Resource,
        kind: &str,
        namespace: Option<&SmolStr>,
        name: SmolStr,
    ) -> Reference {
        let namespace = self.index.namespace(from, kind, namespace);
        Reference {
            kind: plain_kind(kind),
            namespace,
            name,
            key: None,
            optional: false,
        }
    }

    /// Adds the links of one reference to the named kind.
    pub(super) fn resolve(
        &mut self,
        source: &Source,
        node: NodeId,
        meaning: LinkKind,
        kind: &str,
        reference: &Reference,
        only_found: bool,
    ) {
        match self.meant(source, kind, reference) {
            Err(spent) => {
                return self.add(
                    source,
                    node,
                    meaning,
                    reference.clone(),
                    Target::Unknown(spent.unknown()),
                );
            }
            // What an object has made for itself is there, and no link.
            Ok(found) if found.contains(&source.id) && found.len() == 1 => return,
            Ok(found) if !found.is_empty() => {
                return self.add_all(source, node, meaning, reference, &found);
            }
            Ok(_) => {}
        }
        let exists = builtin::always_exists(kind, &reference.name, &reference.namespace);
        let absent = self.absent(kind, &reference.namespace);
        if !only_found && !exists {
            self.add(source, node, meaning, reference.clone(), absent);
        } else if matches!(&absent, Target::Unknown(unknown) if unknown.is_unread()) {
            // It is there or means something else, but if it is there, nothing is known of it.
            let reference = Reference {
                optional: true,
                ..reference.clone()
            };
            self.add(source, node, meaning, reference, absent);
        }
    }

    /// The resources that a reference means, or for which a controller creates what it means.
    fn meant(
        &self,
        source: &Source,
        kind: &str,
        reference: &Reference,
    ) -> Result<Vec<ResourceId>, Spent> {
        let named = self.index.named(source.resource, kind, reference)?;
        if named.is_empty() {
            self.index.creators(source.resource, kind, reference)
        } else {
            Ok(named)
        }
    }

    /// The keys that a volume takes from a ConfigMap or Secret, if that is in the graph.
    fn link_keys(
        &mut self,
        source: &Source,
        name: NodeId,
        meaning: LinkKind,
        kind: &str,
        reference: &Reference,
    ) {
        let tree = &source.resource.tree;
        let Some(items) = tree.parent(name).and_then(|map| tree.get(map, "items")) else {
            return;
        };
        let found = self.meant(source, kind, reference).unwrap_or_default();
        for item in tree.children(items) {
            let Some(node) = tree.get(item, "key") else {
                continue;
            };
            let Some(key) = tree.as_text(node) else {
                continue;
            };
            let reference = Reference {
                key: Some(key.clone()),
                ..reference.clone()
            };
            self.add_all(source, node, meaning, &reference, &found);
        }
    }

    /// A pod that names no ServiceAccount runs as `default`, which every namespace has.
    fn link_default_account(&mut self, source: &Source, spec: NodeId) {
        let tree = &source.resource.tree;
        let named = tree
            .get(spec, "serviceAccountName")
            .is_some_and(|node| name(tree, node, false).is_some());
        if !named && tree.node(spec).data == Data::Map && tree.open(spec).is_none() {
            let kind = "ServiceAccount";
            let reference = self.reference(source.resource, kind, None, "default".into());
            self.resolve(source, spec, LinkKind::RunsAs, kind, &reference, true);
        }
    }

    /// Claims that a StatefulSet would make, but that are written.
    fn link_claims(&mut self, source: &Source) {
        let tree = &source.resource.tree;
        let Some(templates) = tree.at(NodeId::ROOT, &["spec", "volumeClaimTemplates"]) else {
            return;
        };
        for template in tree.children(templates) {
            let Some(node) = tree.at(template, &["metadata", "name"]) else {
                continue;
            };
            let Some(name) = tree
                .as_text(node)
                .filter(|_| !source.resource.name.is_empty())
            else {
                continue;
            };
            let stem = format_smolstr!("{name}-{}-", source.resource.name);
            let found = self
                .index
                .claims(source.resource, &stem)
                .unwrap_or_default();
            let reference = self.reference(source.resource, "PersistentVolumeClaim", None, stem);
            self.add_all(source, node, LinkKind::Mounts, &reference, &found);
        }
    }
}

/// Whether a name stands in a volume that a StatefulSet replaces by a claim of the same name, which it makes for each pod.
///
/// Source: `updateStorage` in <https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/statefulset/stateful_set_utils.go>.
fn is_replaced(source: &Source, node: NodeId) -> bool {
    let tree = &source.resource.tree;
    let volume = || tree.parent(tree.parent(node)?);
    let templates = || tree.at(NodeId::ROOT, &["spec", "volumeClaimTemplates"]);
    let is_claim = || {
        tree.node(node)
            .key
            .as_ref()
            .is_some_and(|key| key.text == "claimName")
    };
    if source.kind != "StatefulSet" || !is_claim() {
        return false;
    }
    let (Some(volume), Some(templates)) = (volume(), templates()) else {
        return false;
    };
    let name = tree.text(volume, "name");
    let mut templates = tree.children(templates);
    name.is_some()
        && templates.any(|template| {
            let metadata = tree.get(template, "metadata");
            metadata.and_then(|metadata| tree.text(metadata, "name")) == name
        })
}

/// Reads a name; `None` where none is written.
fn name(tree: &Tree, node: NodeId, has_slash: bool) -> Option<Name> {
    match &tree.node(node).data {
        Data::String(text) if text.is_empty() => None,
        Data::String(text) => Some(match text.split_once('/').filter(|_| has_slash) {
            Some((namespace, name)) => Name::Known {
                namespace: Some(namespace.into()),
                name: name.into(),
            },
            None => Name::Known {
                namespace: None,
                name: text.clone(),
            },
        }),
        data => unknown(data).map(Name::Unknown),
    }
}

/// Whether references to the kind may ask for a key in it.
fn has_keys(kind: &str) -> bool {
    matches!(kind, "ConfigMap" | "Secret")
}

fn is_optional(tree: &Tree, name: NodeId) -> bool {
    let optional = tree.parent(name).and_then(|map| tree.get(map, "optional"));
    optional.is_some_and(|node| tree.node(node).data == Data::Bool(true))
}
