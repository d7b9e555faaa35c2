//! Whom paths lead from, over and to.

use std::fmt;

use graph::{Namespace, ResourceId, SmolStr};

use crate::access::{RoleKey, Subject};

/// Whom paths lead from, over and to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// Everything in the cluster: its administrator.
    Everything,
    /// The nodes of the control plane.
    ControlPlane,
    /// Any node that one chooses.
    AnyNode,
    /// A node.
    Node,
    /// Everything in a namespace.
    Namespace(Namespace),
    /// The Secrets of a namespace.
    Secrets(Namespace),
    /// Someone whom bindings name, or an account.
    Subject(Subject),
    /// The pods that a resource is or makes, by the number of their template.
    Pods {
        /// The resource.
        resource: ResourceId,
        /// The number of the template.
        index: u32,
    },
    /// What a role allows in a scope, had by binding it.
    Role {
        /// The role.
        role: RoleKey,
        /// Its name.
        name: SmolStr,
        /// Where.
        scope: Namespace,
    },
    /// Anything else that is gained and leads no further: a word such as `traffic`, and where.
    Other {
        /// The word.
        gain: &'static str,
        /// Where.
        scope: Namespace,
    },
    /// Anyone in the internet.
    Internet,
    /// Jobs of a service that builds and deploys, as far as a role trusts them.
    Jobs {
        /// The service.
        provider: SmolStr,
        /// The role.
        role: ResourceId,
    },
    /// An identity of a cloud: a user, a role, a service account.
    Cloud(ResourceId),
    /// The administrator of an account, project or subscription of a cloud.
    CloudAdmin(&'static str),
    /// All accounts of a namespace, or of the cluster.
    Accounts(Namespace),
    /// All pods of a namespace, or of the cluster.
    AllPods(Namespace),
    /// All users, those of Kubernetes itself included.
    Users,
    /// All groups but that whose members may do everything.
    Groups,
}

impl Party {
    /// Whether it stands for others, which paths name in its place.
    pub(super) fn is_hub(&self) -> bool {
        matches!(
            self,
            Self::Accounts(_) | Self::AllPods(_) | Self::Users | Self::Groups
        )
    }

    /// The word by which `--to` names it: `cluster-admin`, `node`, `secrets`, `namespace` and others.
    #[must_use]
    pub fn class(&self) -> &'static str {
        match self {
            Self::Everything => "cluster-admin",
            Self::ControlPlane => "control-plane",
            Self::AnyNode | Self::Node => "node",
            Self::Namespace(_) => "namespace",
            Self::Secrets(_) => "secrets",
            Self::Subject(Subject::User(_)) => "user",
            Self::Subject(Subject::Group(_)) => "group",
            Self::Subject(Subject::Account { .. }) => "account",
            Self::Pods { .. } => "pod",
            Self::Role { .. } => "role",
            Self::Other { gain, .. } => gain,
            Self::Internet => "internet",
            Self::Jobs { .. } => "jobs",
            Self::Cloud(_) => "cloud-identity",
            Self::CloudAdmin(_) => "cloud-admin",
            Self::Accounts(_) => "accounts",
            Self::AllPods(_) => "pods",
            Self::Users => "users",
            Self::Groups => "groups",
        }
    }
}

impl fmt::Display for Party {
    /// For people; of pods, only that they are some, because their resource is known to the graph.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everything => write!(f, "cluster admin"),
            Self::ControlPlane => write!(f, "a node of the control plane"),
            Self::AnyNode => write!(f, "any node"),
            Self::Node => write!(f, "a node"),
            Self::Namespace(place) => write!(f, "everything{}", within(place)),
            Self::Secrets(place) => write!(f, "the Secrets{}", within(place)),
            Self::Subject(Subject::User(name)) => write!(f, "User {name}"),
            Self::Subject(Subject::Group(name)) => write!(f, "Group {name}"),
            Self::Subject(Subject::Account { namespace, name }) => match namespace.name() {
                Some(namespace) => write!(f, "ServiceAccount {namespace}/{name}"),
                None => write!(f, "ServiceAccount {name}"),
            },
            Self::Pods { .. } => write!(f, "pods"),
            Self::Role { name, scope, .. } => write!(f, "the role {name}{}", within(scope)),
            Self::Other { gain, scope } => write!(f, "{gain}{}", within(scope)),
            Self::Internet => write!(f, "the internet"),
            Self::Jobs { provider, .. } => write!(f, "jobs of {provider}"),
            Self::Cloud(_) => write!(f, "an identity of a cloud"),
            Self::CloudAdmin(cloud) => write!(f, "admin of {cloud}"),
            Self::Accounts(place) => write!(f, "the accounts{}", within(place)),
            Self::AllPods(place) => write!(f, "the pods{}", within(place)),
            Self::Users => write!(f, "any user"),
            Self::Groups => write!(f, "any group"),
        }
    }
}

fn within(namespace: &Namespace) -> String {
    match namespace {
        Namespace::Cluster => String::new(),
        Namespace::Named(name) => format!(" in {name}"),
        Namespace::Unset => " in the namespace that is chosen".to_owned(),
    }
}
