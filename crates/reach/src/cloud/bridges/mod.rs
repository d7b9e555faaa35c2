//! Identities of clouds that ServiceAccounts become: the conditions of each way stand on both sides, in objects of Kubernetes
//! and in resources of Terraform.

mod aws;
mod azure;
mod google;

use std::sync::Arc;

use graph::{
    Data, Graph, LinkKind, Namespace, NodeId, Resource, ResourceId, SmolStr, Target, Tree, Unknown,
};

use super::aws::Verdict;
use crate::truth::Truth;

/// By what a ServiceAccount becomes an identity of a cloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Means {
    /// A role of AWS trusts tokens of the cluster.
    WebIdentity,
    /// An association of EKS gives a role of AWS.
    PodIdentity,
    /// A service account of Google lets itself be impersonated.
    Impersonation,
    /// A binding of Google names the ServiceAccount itself.
    DirectAccess,
    /// An identity of Azure trusts tokens of the cluster.
    FederatedCredential,
}

/// A way from ServiceAccounts to an identity of a cloud.
#[derive(Clone, Debug, PartialEq)]
pub struct Bridge {
    /// By what.
    pub means: Means,
    /// The ServiceAccount; nothing where it is not known which.
    pub account: Option<ResourceId>,
    /// The identity, or what grants directly.
    pub identity: ResourceId,
    /// Where the conditions stand: annotations, trust policies, associations and bindings.
    pub places: Vec<(ResourceId, NodeId)>,
    /// Whether it leads there.
    pub verdict: Verdict,
    /// Why that is not known.
    pub cause: Option<Arc<Unknown>>,
}

/// The ways from the ServiceAccounts of an environment of a graph to identities of clouds, sorted. Links must be set.
#[must_use]
pub fn bridges(graph: &Graph, environment: Option<&SmolStr>) -> Vec<Bridge> {
    let mut finder = Finder {
        graph,
        accounts: Vec::new(),
        found: Vec::new(),
    };
    let resources = graph.resources().filter(|(_, resource)| {
        let own = resource.environment.as_ref();
        own.is_none() || own == environment
    });
    let resources: Vec<(ResourceId, &Arc<Resource>)> = resources.collect();
    let accounts = resources
        .iter()
        .filter(|(_, resource)| resource.address.starts_with("ServiceAccount/"));
    finder.accounts = accounts
        .map(|(id, resource)| (*id, resource.as_ref()))
        .collect();
    for (id, resource) in &resources {
        let id = *id;
        if kubernetes::is_object(resource) {
            continue;
        }
        match resource.kind.as_str() {
            "aws_iam_role" => finder.add_role(id, resource),
            "aws_eks_pod_identity_association" => finder.add_association(id, resource),
            "azurerm_federated_identity_credential" => finder.add_credential(id, resource),
            kind if kind.starts_with("google_") && kind.ends_with("_iam_member") => {
                finder.add_member(id, resource);
            }
            kind if kind.starts_with("google_") && kind.ends_with("_iam_binding") => {
                finder.add_member(id, resource);
            }
            _ => {}
        }
    }
    let mut found = finder.found;
    found.sort_by(|one, other| {
        let key = |bridge: &Bridge| (bridge.account, bridge.identity, bridge.means);
        key(one)
            .cmp(&key(other))
            .then_with(|| one.places.cmp(&other.places))
    });
    found
}

struct Finder<'g> {
    graph: &'g Graph,
    accounts: Vec<(ResourceId, &'g Resource)>,
    found: Vec<Bridge>,
}

impl Finder<'_> {
    fn push(
        &mut self,
        means: Means,
        account: Option<ResourceId>,
        identity: ResourceId,
        places: Vec<(ResourceId, NodeId)>,
        truth: &Truth,
    ) {
        let verdict = match truth {
            Truth::No => Verdict::No,
            Truth::Maybe(_) => Verdict::Unknown,
            Truth::Yes => Verdict::Yes,
        };
        self.found.push(Bridge {
            means,
            account,
            identity,
            places,
            verdict,
            cause: truth.cause().cloned(),
        });
    }

    /// The resource of a type that a node refers to.
    fn referred(
        &self,
        from: ResourceId,
        node: NodeId,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Option<ResourceId> {
        let links = self.graph.links_from(from).iter();
        let mut links = links.filter(|link| link.node == node && link.kind == LinkKind::Uses);
        links.find_map(|link| match link.target {
            Target::Resource(target) if is_wanted(&self.graph.resource(target).kind) => {
                Some(target)
            }
            _ => None,
        })
    }

    /// The ServiceAccounts that a namespace and a name mean, and whether they surely do.
    fn accounts_named(&self, namespace: &str, name: &str) -> Vec<(ResourceId, Truth)> {
        let named = self
            .accounts
            .iter()
            .filter(|(_, account)| account.name == name);
        let named = named.filter_map(|(id, account)| match &account.namespace {
            Namespace::Named(own) if own == namespace => Some((*id, Truth::Yes)),
            Namespace::Named(_) => None,
            Namespace::Cluster | Namespace::Unset => Some((
                *id,
                Truth::Maybe(crate::truth::because(
                    "whoever applies it chooses the namespace",
                )),
            )),
        });
        named.collect()
    }
}

/// The subject of the tokens of a ServiceAccount.
fn subject(account: &Resource) -> Option<String> {
    let namespace = account.namespace.name()?;
    (!account.name.is_empty())
        .then(|| format!("system:serviceaccount:{namespace}:{}", account.name))
}

/// The document that a text holds.
fn document(tree: &Tree, key: &str) -> Option<NodeId> {
    let text = tree.get(NodeId::ROOT, key)?;
    match tree.node(text).data {
        Data::String(_) | Data::Partial(_) => tree.first(text),
        _ => None,
    }
}
