//! All resources by what they are called, where some came, went or are called otherwise since all of them were looked at.

use std::collections::BTreeSet;
use std::sync::Arc;

use graph::{Graph, ResourceId};

use super::called::Called;
use super::created::Created;
use super::index::Of;

/// How many resources are looked at again each time before all are.
const RECENT: usize = 1024;

/// All resources by what they are called.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    all: Arc<Called>,
    /// The resources of which that holds no more.
    over: Arc<BTreeSet<ResourceId>>,
    /// Those of them that are there.
    recent: Arc<Called>,
}

impl Names {
    pub(super) fn of(graph: &Graph) -> Self {
        Self {
            all: Arc::new(Called::of(graph)),
            ..Self::default()
        }
    }

    /// The same, where some resources came, went or are called otherwise.
    pub(super) fn with(&self, graph: &Graph, changed: &[ResourceId]) -> Self {
        if changed.is_empty() {
            return self.clone();
        }
        let over = self.over.iter().chain(changed).copied();
        let over: BTreeSet<ResourceId> = over.collect();
        if over.len() > RECENT {
            return Self::of(graph);
        }
        let present = over.iter().copied().filter(|id| graph.has(*id));
        Self {
            all: Arc::clone(&self.all),
            recent: Arc::new(Called::of_some(graph, present)),
            over: Arc::new(over),
        }
    }

    pub(super) fn named(&self, graph: &Graph, kind: &str, name: &str) -> Vec<ResourceId> {
        self.both(graph, |called| called.named(kind, name))
    }

    pub(super) fn claims(&self, graph: &Graph, stem: &str) -> Vec<ResourceId> {
        self.both(graph, |called| called.claims(stem))
    }

    pub(super) fn definitions(&self, graph: &Graph, kind: &str) -> Vec<ResourceId> {
        self.both(graph, |called| called.definitions(kind))
    }

    /// What selectors of a sort may match.
    pub(super) fn selectable(&self, graph: &Graph, of: Of) -> Vec<ResourceId> {
        self.both(graph, |called| called.selectable(of))
    }

    /// Whether a custom kind is one without namespaces.
    pub(super) fn is_of_cluster(&self, kind: &str) -> bool {
        self.all.is_of_cluster(kind)
    }

    /// What controllers create of this name, and for which resources.
    pub(super) fn created<'c>(
        &'c self,
        graph: &Graph,
        name: &str,
    ) -> Vec<&'c (ResourceId, Created)> {
        let known = self.all.created(graph, name).iter();
        let known = known.filter(|(id, _)| !self.over.contains(id));
        let recent = self.recent.created(graph, name).iter();
        let recent = recent.filter(|(id, _)| self.over.contains(id));
        let mut all: Vec<&(ResourceId, Created)> = known.chain(recent).collect();
        all.sort_by_key(|(id, _)| graph.place(*id));
        all
    }

    /// What is known of all and of those that are others now, in the order of the graph.
    fn both<'c>(
        &'c self,
        graph: &Graph,
        of: impl Fn(&'c Called) -> &'c [ResourceId],
    ) -> Vec<ResourceId> {
        let known = of(&self.all).iter().copied();
        let recent = of(&self.recent);
        if self.over.is_empty() {
            return known.collect();
        }
        let known = known.filter(|id| !self.over.contains(id));
        let mut all: Vec<ResourceId> = known.chain(recent.iter().copied()).collect();
        if !recent.is_empty() {
            all.sort_by_key(|id| graph.place(*id));
        }
        all
    }
}
