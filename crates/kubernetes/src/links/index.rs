//! All resources by name and by label.

use std::cell::{OnceCell, RefCell};

use graph::{Graph, Namespace, NodeId, Reference, Resource, ResourceId, SmolStr};

use super::asks::{Ask, Question};
use super::fuel::{Fuel, Spent};
use super::labels::{Labeled, Search, Selected};
use super::may_meet;
use super::recent::Names;
use crate::kinds::{self, Scope};

/// What selectors match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Of {
    /// The pods that resources make, by the labels of these.
    Pods,
    Services,
    Namespaces,
    ClusterRoles,
}

impl Of {
    pub(super) const ALL: [Self; 4] = [
        Self::Pods,
        Self::Services,
        Self::Namespaces,
        Self::ClusterRoles,
    ];

    /// Whether a resource of a kind may be matched.
    pub(super) fn has(self, kind: &str, resource: &Resource) -> bool {
        match self {
            Self::Pods => !resource.facts.pods.is_empty(),
            Self::Services => kind == "Service",
            Self::Namespaces => kind == "Namespace",
            Self::ClusterRoles => kind == "ClusterRole",
        }
    }
}

/// All resources by name and by label.
pub(super) struct Index<'g> {
    graph: &'g Graph,
    pub(super) names: Names,
    pub(super) fuel: Fuel,
    /// By [`Of`].
    labeled: [OnceCell<Labeled<'g>>; Of::ALL.len()],
    /// What was asked for since that was taken.
    asked: RefCell<Vec<Ask>>,
}

impl<'g> Index<'g> {
    pub(super) fn new(graph: &'g Graph) -> Self {
        Self::knowing(graph, Names::of(graph))
    }

    /// The same, where it is known what all resources are called.
    pub(super) fn knowing(graph: &'g Graph, names: Names) -> Self {
        Self {
            graph,
            names,
            fuel: Fuel::new(graph.len()),
            labeled: Default::default(),
            asked: RefCell::default(),
        }
    }

    /// What was asked for since this was asked last.
    pub(super) fn take_asked(&self) -> Vec<Ask> {
        self.asked.take()
    }

    fn ask(&self, question: Question<'_>, namespace: &Namespace) {
        let asks = Ask::from(question, namespace);
        self.asked.borrow_mut().extend(asks);
    }

    /// What a selector matches.
    pub(super) fn find(&self, of: Of, search: &Search<'_>) -> Selected {
        let within = search.within.name();
        let ask = Ask::within(&Question::Selected(of), within);
        self.asked.borrow_mut().push(ask);
        let labeled = self.labeled[of as usize].get_or_init(|| self.labeled(of));
        labeled.find(&self.fuel, search)
    }

    /// What selectors of a sort may match, by labels.
    fn labeled(&self, of: Of) -> Labeled<'g> {
        let mut labeled = Labeled::new(self.graph);
        for id in self.names.selectable(self.graph, of) {
            let resource: &'g Resource = self.graph.resource(id);
            let tree = &resource.tree;
            if of != Of::Pods {
                let labels = tree.at(NodeId::ROOT, &["metadata", "labels"]);
                labeled.add(id, resource, labels);
                continue;
            }
            for pod in &resource.facts.pods {
                let labels = pod.metadata.and_then(|node| tree.get(node, "labels"));
                labeled.add(id, resource, labels);
            }
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
            kinds::scope(kind) == Some(Scope::Cluster) || self.names.is_of_cluster(kind);
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
        self.ask(Question::Named(kind, &reference.name), &reference.namespace);
        let all = self.names.named(self.graph, kind, &reference.name);
        self.fuel.spend(all.len())?;
        let near = self.near(from, &reference.namespace, &all);
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
        self.ask(Question::Created(&reference.name), &reference.namespace);
        let all = self.names.created(self.graph, &reference.name);
        self.fuel.spend(all.len())?;
        let meant = all.into_iter().filter(|(id, created)| {
            created.kind == kind
                && created.namespace.may_equal(&reference.namespace)
                && may_meet(from, self.resource(*id))
        });
        Ok(meant.map(|(id, _)| *id).collect())
    }

    /// The claims that a StatefulSet makes from a template, as far as they are written: `template-name-0` and so on.
    pub(super) fn claims(&self, from: &Resource, stem: &str) -> Result<Vec<ResourceId>, Spent> {
        self.ask(Question::Claims(stem), &from.namespace);
        let all = self.names.claims(self.graph, stem);
        self.fuel.spend(all.len())?;
        let near = self.near(from, &from.namespace, &all);
        Ok(keep(&near, |id| self.resource(id).name.len() > stem.len()))
    }

    /// The definitions of the kind of a custom object.
    pub(super) fn definitions(
        &self,
        from: &Resource,
        kind: &str,
    ) -> impl Iterator<Item = ResourceId> {
        let all = self.names.definitions(self.graph, kind).into_iter();
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
