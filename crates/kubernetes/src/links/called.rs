//! All resources by what they are called, and what they bring into being. It names resources by their numbers only, so that it
//! stays true while none of them is called otherwise.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use graph::{Graph, NodeId, Resource, ResourceId, SmolStr, Tree};

use super::created::{self, Created};
use super::index::Of;
use super::{is_object, kind_name};
use crate::kinds;

/// All resources by what they are called.
#[derive(Debug, Default)]
pub(super) struct Called {
    /// By kind and name.
    by_kind: HashMap<SmolStr, HashMap<SmolStr, Vec<ResourceId>>>,
    /// What controllers create, by name, as soon as somebody asks for it.
    created: OnceLock<HashMap<SmolStr, Vec<(ResourceId, Created)>>>,
    /// Claims by their names without the number at the end, as those of a StatefulSet have it.
    claims: HashMap<SmolStr, Vec<ResourceId>>,
    /// Custom kinds without namespaces.
    cluster_kinds: HashSet<SmolStr>,
    /// The definitions of custom kinds, by the kind that they define.
    definitions: HashMap<SmolStr, Vec<ResourceId>>,
    /// What selectors may match, by its sort.
    selectable: HashMap<Of, Vec<ResourceId>>,
}

impl Called {
    pub(super) fn of(graph: &Graph) -> Self {
        Self::of_some(graph, graph.resources().map(|(id, _)| id))
    }

    /// The same of some resources, in the order of their numbers.
    pub(super) fn of_some(graph: &Graph, ids: impl Iterator<Item = ResourceId>) -> Self {
        let mut called = Self::default();
        for id in ids {
            let resource = graph.resource(id);
            if is_object(resource) {
                called.add(id, resource);
            }
        }
        called
    }

    fn add(&mut self, id: ResourceId, resource: &Resource) {
        let kind = kind_name(resource);
        if !resource.name.is_empty() {
            if !self.by_kind.contains_key(kind) {
                self.by_kind.insert(kind.into(), HashMap::new());
            }
            let of_kind = self.by_kind.get_mut(kind);
            let of_kind = of_kind.map(|names| names.entry(resource.name.clone()).or_default());
            of_kind.into_iter().for_each(|all| all.push(id));
        }
        let selectable = Of::ALL.iter().filter(|of| of.has(kind, resource));
        for of in selectable {
            self.selectable.entry(*of).or_default().push(id);
        }
        match kind {
            "PersistentVolumeClaim" => {
                let stem = claim_stem(&resource.name);
                self.claims.entry(stem.into()).or_default().push(id);
            }
            "CustomResourceDefinition" => self.add_definition(id, &resource.tree),
            _ => {}
        }
    }

    fn add_definition(&mut self, id: ResourceId, tree: &Tree) {
        let Some(kind) = defined_kind(tree) else {
            return;
        };
        if is_of_cluster(tree) {
            self.cluster_kinds.insert(kind.clone());
        }
        self.definitions.entry(kind).or_default().push(id);
    }

    pub(super) fn named(&self, kind: &str, name: &str) -> &[ResourceId] {
        let of_kind = self.by_kind.get(kind);
        found(of_kind.and_then(|names| names.get(name)))
    }

    pub(super) fn claims(&self, stem: &str) -> &[ResourceId] {
        found(self.claims.get(stem))
    }

    pub(super) fn definitions(&self, kind: &str) -> &[ResourceId] {
        found(self.definitions.get(kind))
    }

    /// What selectors of a sort may match.
    pub(super) fn selectable(&self, of: Of) -> &[ResourceId] {
        found(self.selectable.get(&of))
    }

    /// Whether a custom kind is one without namespaces.
    pub(super) fn is_of_cluster(&self, kind: &str) -> bool {
        self.cluster_kinds.contains(kind)
    }

    /// What controllers create of this name, and for which resources.
    pub(super) fn created(&self, graph: &Graph, name: &str) -> &[(ResourceId, Created)] {
        let created = self.created.get_or_init(|| {
            let mut all: HashMap<SmolStr, Vec<(ResourceId, Created)>> = HashMap::new();
            for (id, resource) in super::objects(graph) {
                for created in created::by(resource, kind_name(resource)) {
                    let of_name = all.entry(created.name.clone()).or_default();
                    of_name.push((id, created));
                }
            }
            all
        });
        created.get(name).map_or(&[], Vec::as_slice)
    }
}

fn found(ids: Option<&Vec<ResourceId>>) -> &[ResourceId] {
    ids.map_or(&[], Vec::as_slice)
}

/// The name of a claim without the number at its end.
pub(super) fn claim_stem(name: &str) -> &str {
    name.trim_end_matches(|character: char| character.is_ascii_digit())
}

/// The name of the kind that a CustomResourceDefinition defines.
pub(super) fn defined_kind(tree: &Tree) -> Option<SmolStr> {
    let spec = tree.get(NodeId::ROOT, "spec")?;
    let kind = tree.as_text(tree.at(spec, &["names", "kind"])?)?;
    Some(kinds::name(tree.text(spec, "group")?, kind))
}

/// Whether the kind that a CustomResourceDefinition defines has no namespaces.
pub(super) fn is_of_cluster(tree: &Tree) -> bool {
    let scope = tree.at(NodeId::ROOT, &["spec", "scope"]);
    let scope = scope.and_then(|scope| tree.as_text(scope));
    scope.is_some_and(|scope| scope == "Cluster")
}
