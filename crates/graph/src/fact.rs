//! Things derived in Rust from a resource, which checks then judge.

use smol_str::SmolStr;

use crate::{Manager, NodeId};

/// The three kinds of containers of a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContainerRole {
    /// From `initContainers`.
    Init,
    /// From `containers`.
    Main,
    /// From `ephemeralContainers`.
    Ephemeral,
}

/// One container of a pod template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Container {
    /// The container's map.
    pub node: NodeId,
    /// The list that it stands in.
    pub role: ContainerRole,
}

/// A pod, or the template from which a controller makes pods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PodTemplate {
    /// The pod's `metadata`, where it is written.
    pub metadata: Option<NodeId>,
    /// The pod's `spec`.
    pub spec: NodeId,
    /// Its containers in the order init, main, ephemeral.
    pub containers: Vec<Container>,
}

/// An X.509 certificate that a resource holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The node whose text holds it.
    pub node: NodeId,
    /// When it ceases to be valid, in seconds since 1970.
    pub not_after: i64,
}

/// An image as a pod names it, and what a node pulled for that.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RunningImage {
    /// The name in the pod.
    pub image: SmolStr,
    /// The digest, such as `sha256:…`.
    pub digest: SmolStr,
}

/// The facts of one resource.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The pods that the resource is or makes. Most workloads have one, a JobSet several.
    pub pods: Vec<PodTemplate>,
    /// The certificates that the resource holds.
    pub certificates: Vec<Certificate>,
    /// Values that are never printed.
    pub sensitive: Vec<NodeId>,
    /// Who set its fields, where it runs.
    pub managers: Vec<Manager>,
    /// The images that its pods run, sorted.
    pub images: Vec<RunningImage>,
    /// Whether it is what all other resources live in.
    pub surrounds: bool,
}
