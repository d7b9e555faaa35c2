//! All resources by name and by label.

use std::cell::OnceCell;
use std::sync::Arc;

use graph::{Graph, Namespace, NodeId, Reference, Resource, ResourceId, SmolStr};

use super::called::Called;
use super::fuel::{Fuel, Spent};
use super::labels::Labeled;
use super::{kind_name, may_meet};
use crate::kinds::{self, Scope};

/// All resources by name and by label.
pub(super) struct Index<'g> {
    graph: &'g Graph,
    pub(super) called: Arc<Called>,
    pub(super) fuel: Fuel,
    pods: OnceCell<Labeled<'g>>,
    services: OnceCell<Labeled<'g>>,
    namespaces: OnceCell<Labeled<'g>>,
    cluster_roles: OnceCell<Labeled<'g>>,
}

impl<'g> Index<'g> {
    pub(super) fn new(graph: &'g Graph) -> Self {
        Self::knowing(graph, Arc::new(Called::of(graph)))
    }

    /// The same, where it is known what all resources are called.
    pub(super) fn knowing(graph: &'g Graph, called: Arc<Called>) -> Self {
        Self {
            graph,
            called,
            fuel: Fuel::new(graph.len()),
            pods: OnceCell::new(),
            services: OnceCell::new(),
            namespaces: OnceCell::new(),
            cluster_roles: OnceCell::new(),
        }
    }

    /// The pods that resources make.
    pub(super) fn pods(&self) -> &Labeled<'g> {
        self.pods.get_or_init(|| {
            let mut pods = Labeled::default();
            for (id, resource) in super::objects(self.graph) {
                for pod in &resource.facts.pods {
                    let metadata = pod.metadata;
                    let labels = metadata.and_then(|node| resource.tree.get(node, "labels"));
                    pods.add(id, resource, labels);
                }
            }
            pods
        })
    }

    pub(super) fn services(&self) -> &Labeled<'g> {
        self.services.get_or_init(|| self.labeled("Service"))
    }

    pub(super) fn namespaces(&self) -> &Labeled<'g> {
        self.namespaces.get_or_init(|| self.labeled("Namespace"))
    }

    pub(super) fn cluster_roles(&self) -> &Labeled<'g> {
        self.cluster_roles
            .get_or_init(|| self.labeled("ClusterRole"))
    }

    /// The resources of a kind by their own labels.
    fn labeled(&self, kind: &str) -> Labeled<'g> {
        let mut labeled = Labeled::default();
        let own = super::objects(self.graph).filter(|(_, one)| kind_name(one) == kind);
        for (id, resource) in own {
            let labels = resource.tree.at(NodeId::ROOT, &["metadata", "labels"]);
            labeled.add(id, resource, labels);
        }
        labeled
    }

    /// The name of a resource.
    pub(super) fn name(&self, id: ResourceId) -> &'g str {
        &self.graph.resource(id).name
    }

    /// The namespace in which an object of the named kind is looked for, if its name stands in a resource.
    pub(super) fn namespace(
        &self,
        from: &Resource,
        kind: &str,
        written: Option<&SmolStr>,
    ) -> Namespace {
        let is_cluster =
            kinds::scope(kind) == Some(Scope::Cluster) || self.called.is_of_cluster(kind);
        match (written, &from.namespace) {
            _ if is_cluster => Namespace::Cluster,
            (Some(written), _) if !written.is_empty() => Namespace::Named(written.clone()),
            (_, Namespace::Cluster) => Namespace::Unset,
            (_, namespace) => namespace.clone(),
        }
    }

    /// The resources that a reference to the named kind means. Those in exactly its namespace hide those of which nobody wrote
    /// the namespace; where nobody wrote any, those of the same file hide others.
    pub(super) fn named(
        &self,
        from: &Resource,
        kind: &str,
        reference: &Reference,
    ) -> Result<Vec<ResourceId>, Spent> {
        let all = self.called.named(kind, &reference.name);
        self.fuel.spend(all.len())?;
        let near = self.near(from, &reference.namespace, all);
        let exact = keep(&near, |id| {
            self.resource(id).namespace == reference.namespace
        });
        if exact.is_empty() {
            return Ok(near);
        }
        let file = from.span().file;
        let here = keep(&exact, |id| self.resource(id).span().file == file);
        Ok(
            if reference.namespace == Namespace::Unset && !here.is_empty() {
                here
            } else {
                exact
            },
        )
    }

    /// The resources for which a controller creates what a reference to the named kind means.
    pub(super) fn creators(
        &self,
        from: &Resource,
        kind: &str,
        reference: &Reference,
    ) -> Result<Vec<ResourceId>, Spent> {
        let all = self.called.created(self.graph, &reference.name);
        self.fuel.spend(all.len())?;
        let meant = all.iter().filter(|(id, created)| {
            created.kind == kind
                && created.namespace.may_equal(&reference.namespace)
                && may_meet(from, self.resource(*id))
        });
        Ok(meant.map(|(id, _)| *id).collect())
    }

    /// The claims that a StatefulSet makes from a template, as far as they are written: `template-name-0` and so on.
    pub(super) fn claims(&self, from: &Resource, stem: &str) -> Result<Vec<ResourceId>, Spent> {
        let all = self.called.claims(stem);
        self.fuel.spend(all.len())?;
        let near = self.near(from, &from.namespace, all);
        Ok(keep(&near, |id| self.resource(id).name.len() > stem.len()))
    }

    /// The definitions of the kind of a custom object.
    pub(super) fn definitions(
        &self,
        from: &Resource,
        kind: &str,
    ) -> impl Iterator<Item = ResourceId> {
        let all = self.called.definitions(kind).iter().copied();
        all.filter(|id| may_meet(from, self.resource(*id)))
    }

    /// Those that may be in the namespace.
    fn near(&self, from: &Resource, namespace: &Namespace, all: &[ResourceId]) -> Vec<ResourceId> {
        keep(all, |id| {
            self.resource(id).namespace.may_equal(namespace) && may_meet(from, self.resource(id))
        })
    }

    fn resource(&self, id: ResourceId) -> &'g Resource {
        self.graph.resource(id)
    }
}

fn keep(ids: &[ResourceId], wanted: impl Fn(ResourceId) -> bool) -> Vec<ResourceId> {
    ids.iter().copied().filter(|id| wanted(*id)).collect()
}
