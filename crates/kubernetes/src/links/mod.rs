//! The links between the resources of a graph.

mod again;
mod asks;
mod builtin;
mod called;
mod created;
mod fuel;
mod guesses;
mod index;
mod labels;
mod names;
mod offer;
mod recent;
mod selections;
mod selector;
mod table;
mod unread;

#[cfg(test)]
mod tests;

use graph::{
    Completeness, Graph, Link, LinkKind, Namespace, NodeId, Reference, Resource, ResourceId,
    SmolStr, Target,
};

use fuel::Spent;
use index::Index;

pub use again::{Changed, Spending, links_again};
pub use selector::{Answer, Labels, Selector, unknown};
pub(crate) use unread::references;

/// Sets the links of a graph to those between its Kubernetes resources: see [`links`].
pub fn link(graph: &mut Graph) {
    let (links, _) = links(graph);
    graph.set_links(links);
}

/// Computes all links between the Kubernetes resources of a graph, and tells what that took.
///
/// - A reference to something that is not in the graph leads to [`Target::Missing`] where the graph has all of its kind, else it
///   is unknown. What every cluster has (the `default` ServiceAccount, `kube-root-ca.crt`, system roles) is linked only where it
///   is in the graph.
/// - What a controller creates (the Secret of a Certificate or ExternalSecret) is linked to the object that asks for it.
/// - A selector has one link to each resource that it matches, and one to nothing where it matches none. The kind that it asks
///   for is `Pod`, whatever makes the pods. Peers of NetworkPolicies that match everything have no link.
/// - A custom object is linked to the CustomResourceDefinition of its kind, if that is in the graph.
/// - The kind of a reference is written as in the object, without its group.
#[must_use]
pub fn links(graph: &Graph) -> (Vec<Link>, Spending) {
    let index = Index::new(graph);
    let mut linker = Linker::new(graph, &index);
    let mut spending = Spending::new(graph.numbers(), &index);
    for (id, resource) in objects(graph) {
        spending.link(&mut linker, &Source::of(id, resource));
    }
    spending.sort_asks();
    (linker.links, spending)
}

/// Collects links.
struct Linker<'g> {
    index: &'g Index<'g>,
    links: Vec<Link>,
    /// Where the links of the current resource begin.
    start: usize,
    completeness: &'g Completeness,
    /// How many links may still be made by references that have more than one target. It bounds the memory that a small
    /// input can ask for, and is far above what real ones need.
    budget: usize,
    /// Whether some reference has more targets than the budget allowed.
    is_short: bool,
}

/// The resource whose links are computed.
struct Source<'g> {
    id: ResourceId,
    resource: &'g Resource,
    /// The kind as tables name it.
    kind: &'g str,
}

impl<'g> Source<'g> {
    fn of(id: ResourceId, resource: &'g Resource) -> Self {
        Self {
            id,
            resource,
            kind: kind_name(resource),
        }
    }
}

impl<'g> Linker<'g> {
    fn new(graph: &'g Graph, index: &'g Index<'g>) -> Self {
        Self {
            index,
            links: Vec::new(),
            start: 0,
            completeness: &graph.completeness,
            budget: 50_000 + 8 * graph.len(),
            is_short: false,
        }
    }

    /// What a reference to a named kind leads to whose target is not in the graph.
    fn absent(&self, kind: &str, namespace: &Namespace) -> Target {
        let absent = self.completeness.absent(kind, namespace);
        absent.map_or(Target::Missing, Target::Unknown)
    }

    /// What a selector leads to that matches nothing of a kind in the graph. Pods are all that makes some.
    fn unmatched(&self, kind: &str, namespace: &Namespace) -> Target {
        match kind {
            "Pod" => {
                let absent = self.completeness.absent_pods(namespace);
                absent.map_or(Target::Missing, Target::Unknown)
            }
            kind => self.absent(kind, namespace),
        }
    }

    /// How many targets of one reference are looked for: one needs no budget, and one more says that there are others.
    fn enough(&self) -> usize {
        self.budget + 2
    }

    fn add(
        &mut self,
        source: &Source,
        node: NodeId,
        kind: LinkKind,
        reference: Reference,
        target: Target,
    ) {
        self.links.push(Link {
            from: source.id,
            node,
            kind,
            reference,
            target,
        });
    }

    /// Adds one link to each target, as far as the budget goes.
    fn add_all(
        &mut self,
        source: &Source,
        node: NodeId,
        kind: LinkKind,
        reference: &Reference,
        targets: &[ResourceId],
    ) {
        for (count, target) in targets.iter().enumerate() {
            if count > 0 && self.budget == 0 {
                self.is_short = true;
                return self.add(
                    source,
                    node,
                    kind,
                    reference.clone(),
                    Target::Unknown(Spent.unknown()),
                );
            }
            self.budget = self.budget.saturating_sub(usize::from(count > 0));
            self.add(
                source,
                node,
                kind,
                reference.clone(),
                Target::Resource(*target),
            );
        }
    }
}

/// The resources of Kubernetes.
pub(crate) fn objects(graph: &Graph) -> impl Iterator<Item = (ResourceId, &Resource)> {
    graph
        .resources()
        .map(|(id, resource)| (id, resource.as_ref()))
        .filter(|(_, resource)| is_object(resource))
}

/// Whether a resource is an object of Kubernetes.
#[must_use]
pub fn is_object(resource: &Resource) -> bool {
    let mut subjects = resource.subjects.iter();
    subjects.any(|subject| subject == "kubernetes/any")
}

/// The kind of a resource as tables name it.
fn kind_name(resource: &Resource) -> &str {
    resource.address.split('/').next().unwrap_or_default()
}

/// The kind as objects write it.
fn plain_kind(name: &str) -> SmolStr {
    name.split('.').next().unwrap_or_default().into()
}

/// Whether resources can exist side by side: not in two environments.
fn may_meet(one: &Resource, other: &Resource) -> bool {
    one.environment.is_none() || other.environment.is_none() || one.environment == other.environment
}
