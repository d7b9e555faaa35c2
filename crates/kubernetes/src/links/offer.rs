//! What resources are to those that refer to others, and whose references may lead elsewhere when that changes.

use graph::{Graph, Namespace, NodeId, Resource, ResourceId, SmolStr};

use super::asks::{Ask, Question};
use super::called::{claim_stem, defined_kind, is_of_cluster};
use super::created::{self, Created};
use super::index::Of;
use super::selector::Labels;
use super::{is_object, kind_name};

/// What a resource is to those that refer to others.
#[derive(PartialEq)]
struct Offer<'g> {
    kind: &'g str,
    name: &'g SmolStr,
    namespace: &'g Namespace,
    environment: &'g Option<SmolStr>,
    created: Vec<Created>,
    own: Option<Labels<'g>>,
    pods: Vec<Option<Labels<'g>>>,
    definition: Option<(SmolStr, bool)>,
}

impl<'g> Offer<'g> {
    fn of(resource: &'g Resource) -> Self {
        let (kind, tree) = (kind_name(resource), &resource.tree);
        let own = tree.at(NodeId::ROOT, &["metadata", "labels"]);
        let pods = resource.facts.pods.iter().map(|pod| {
            let labels = pod.metadata.and_then(|node| tree.get(node, "labels"))?;
            Some(Labels::read(tree, labels))
        });
        let definition = (kind == "CustomResourceDefinition").then(|| defined_kind(tree));
        Self {
            kind,
            name: &resource.name,
            namespace: &resource.namespace,
            environment: &resource.environment,
            created: created::by(resource, kind),
            own: own.map(|own| Labels::read(tree, own)),
            pods: pods.collect(),
            definition: definition.flatten().map(|kind| (kind, is_of_cluster(tree))),
        }
    }

    /// The questions that a resource answers; nothing where it may answer any: nobody wrote its namespace, or it defines a kind.
    fn answers(resource: &'g Resource) -> Option<Vec<Ask>> {
        let own = Self::of(resource);
        let namespace = own.namespace;
        let mut created = own.created.iter();
        let is_anywhere = *namespace == Namespace::Unset
            || created.any(|created| created.namespace.name().is_none());
        if is_anywhere || own.kind == "CustomResourceDefinition" {
            return None;
        }
        let mut asks: Vec<Ask> = Ask::to(Question::Named(own.kind, own.name), namespace).collect();
        if own.kind == "PersistentVolumeClaim" {
            asks.extend(Ask::to(Question::Claims(claim_stem(own.name)), namespace));
        }
        for created in &own.created {
            asks.extend(Ask::to(
                Question::Created(&created.name),
                &created.namespace,
            ));
        }
        for of in Of::ALL {
            if of.has(own.kind, resource) {
                asks.extend(Ask::to(Question::Selected(of), namespace));
            }
        }
        Some(asks)
    }
}

/// What changed resources offer otherwise than before.
#[derive(Default)]
pub(super) struct Otherwise {
    /// Those that do, in their order; those that came and went with them.
    pub(super) ids: Vec<ResourceId>,
    /// The questions that they answer, or answered.
    pub(super) answers: Vec<Ask>,
}

impl Otherwise {
    /// Nothing where any question may have another answer now.
    pub(super) fn of(before: &Graph, graph: &Graph, changed: &[ResourceId]) -> Option<Self> {
        let mut otherwise = Self::default();
        for id in changed {
            let object = |graph: &'_ Graph| {
                let own = graph.has(*id).then(|| graph.resource(*id).clone());
                own.filter(|one| is_object(one))
            };
            let (old, new) = (object(before), object(graph));
            let is_alike = match (&old, &new) {
                (Some(old), Some(new)) => Offer::of(old) == Offer::of(new),
                (old, new) => old.is_none() && new.is_none(),
            };
            if !is_alike {
                otherwise.ids.push(*id);
                for resource in [old, new].into_iter().flatten() {
                    otherwise.answers.extend(Offer::answers(&resource)?);
                }
            }
        }
        otherwise.answers.sort_unstable();
        otherwise.answers.dedup();
        Some(otherwise)
    }
}
