//! Typed references between resources.

use std::sync::Arc;

use smol_str::SmolStr;

use crate::{Namespace, NodeId, ResourceId, Unknown};

/// What a link means, read from its source to its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkKind {
    /// A label selector matches the target (Service, NetworkPolicy, PodDisruptionBudget, ServiceMonitor …).
    Selects,
    /// The target owns the source (`ownerReferences`).
    OwnedBy,
    /// A pod runs as the ServiceAccount.
    RunsAs,
    /// A pod or another object reads the ConfigMap or Secret.
    Reads,
    /// A pod mounts the claim, or a claim is bound to the volume.
    Mounts,
    /// Image pulls use the Secret.
    PullsWith,
    /// An Ingress, route or webhook sends requests to the target.
    RoutesTo,
    /// An autoscaler sets the replicas of the target.
    Scales,
    /// A binding grants the role.
    Grants,
    /// A binding grants to the subject.
    Binds,
    /// A network policy lets traffic through between its pods and the target.
    Allows,
    /// A resource lives in the Namespace.
    LivesIn,
    /// Any other reference by name (a StorageClass, PriorityClass, IngressClass, RuntimeClass …).
    Uses,
}

impl LinkKind {
    /// The word for the link in queries and output.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Selects => "selects",
            Self::OwnedBy => "owned-by",
            Self::RunsAs => "runs-as",
            Self::Reads => "reads",
            Self::Mounts => "mounts",
            Self::PullsWith => "pulls-with",
            Self::RoutesTo => "routes-to",
            Self::Scales => "scales",
            Self::Grants => "grants",
            Self::Binds => "binds",
            Self::Allows => "allows",
            Self::LivesIn => "lives-in",
            Self::Uses => "uses",
        }
    }
}

/// What a link asks for by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// The kind, such as `Secret`.
    pub kind: SmolStr,
    /// The namespace in which it is looked for.
    pub namespace: Namespace,
    /// The name; empty for a selector.
    pub name: SmolStr,
    /// The key inside the target, where one is asked for.
    pub key: Option<SmolStr>,
    /// Whether the API server accepts that the target is missing (`optional: true`).
    pub optional: bool,
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A resource of the graph.
    Resource(ResourceId),
    /// Nothing, although all that exists is in the input.
    Missing,
    /// Something that may or may not exist.
    Unknown(Arc<Unknown>),
}

/// A reference from a place in one resource to another resource.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The resource that refers.
    pub from: ResourceId,
    /// The node that makes the reference: the name, the selector, the route's backend.
    pub node: NodeId,
    /// What the link means.
    pub kind: LinkKind,
    /// What is asked for.
    pub reference: Reference,
    /// What was found.
    pub target: Target,
}
