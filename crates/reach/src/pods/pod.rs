//! What a pod has beside its containers: the token of its account, and where it may be scheduled.

use std::sync::Arc;

use graph::{Cause, Data, LinkKind, NodeId, SmolStr, Target, Tree, Unknown};

use super::Pod;
use crate::truth::Truth;

/// The labels and taints of nodes of the control plane.
const CONTROL_PLANE: [&str; 2] = [
    "node-role.kubernetes.io/control-plane",
    "node-role.kubernetes.io/master",
];

/// The account whose token a pod has.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Account {
    pub(crate) name: SmolStr,
    /// Whether its token is in the pod.
    pub(crate) has_token: Truth,
    /// What says so.
    pub(crate) node: NodeId,
}

/// The account that a pod runs as; nothing where the name is not known.
pub(crate) fn account(pod: &Pod<'_>) -> Option<Account> {
    let (tree, spec) = (&pod.resource.tree, pod.template.spec);
    let name = account_name(tree, spec)?;
    let written = tree.get(spec, "serviceAccountName");
    let node = written.unwrap_or(spec);
    let projected = projected(tree, spec);
    let has_token = match projected {
        Some(_) => Truth::Yes,
        None => mounts_token(pod, node),
    };
    Some(Account {
        name,
        has_token,
        node: projected.unwrap_or(node),
    })
}

/// The name of the account of a pod, where it is known.
pub(crate) fn account_name(tree: &Tree, spec: NodeId) -> Option<SmolStr> {
    if kubernetes::unknown(&tree.node(spec).data).is_some() {
        return None;
    }
    let written = tree.get(spec, "serviceAccountName");
    match written.map(|node| &tree.node(node).data) {
        None | Some(Data::Null) => Some("default".into()),
        Some(Data::String(name)) if name.is_empty() => Some("default".into()),
        Some(Data::String(name)) => Some(name.clone()),
        Some(_) => None,
    }
}

/// A token that the pod asks for as a volume.
fn projected(tree: &Tree, spec: NodeId) -> Option<NodeId> {
    let children = |node: Option<NodeId>| node.into_iter().flat_map(|node| tree.children(node));
    let volumes = children(tree.get(spec, "volumes"));
    let mut sources =
        volumes.flat_map(|volume| children(tree.at(volume, &["projected", "sources"])));
    sources.find_map(|source| {
        let token = tree.get(source, "serviceAccountToken")?;
        // Other audiences are for others than the API server.
        let audience = tree.text(token, "audience");
        let is_own = audience.is_none_or(SmolStr::is_empty);
        is_own.then_some(token)
    })
}

/// Whether the admission of the API server mounts the token: the pod says it, else the account, else yes.
fn mounts_token(pod: &Pod<'_>, name: NodeId) -> Truth {
    let (tree, spec) = (&pod.resource.tree, pod.template.spec);
    let own = tree.get(spec, "automountServiceAccountToken");
    match own.map(|node| &tree.node(node).data) {
        Some(Data::Bool(true)) => return Truth::Yes,
        Some(Data::Bool(false)) => return Truth::No,
        Some(Data::Null) | None => {}
        Some(data) => return kubernetes::unknown(data).map_or(Truth::Yes, Truth::Maybe),
    }
    let links = pod.graph.links_from(pod.id).iter();
    let mut accounts =
        links.filter(|link| link.kind == LinkKind::RunsAs && (link.node == name || name == spec));
    match accounts.next().map(|link| &link.target) {
        Some(Target::Resource(account)) => {
            let tree = &pod.graph.resource(*account).tree;
            let setting = tree.get(NodeId::ROOT, "automountServiceAccountToken");
            match setting.map(|node| &tree.node(node).data) {
                Some(Data::Bool(false)) => Truth::No,
                Some(data @ (Data::Unknown(_) | Data::Partial(_))) => {
                    kubernetes::unknown(data).map_or(Truth::Yes, Truth::Maybe)
                }
                _ => Truth::Yes,
            }
        }
        // Every namespace gets the account `default`.
        None => Truth::Yes,
        Some(Target::Missing) => Truth::No,
        Some(Target::Unknown(cause)) => Truth::Maybe(Arc::clone(cause)),
    }
}

/// Whether pods of the template run on nodes of the control plane.
pub(crate) fn is_on_control_planes(pod: &Pod<'_>) -> Truth {
    let (tree, spec) = (&pod.resource.tree, pod.template.spec);
    let selector = tree.get(spec, "nodeSelector");
    let selects = selector.is_some_and(|map| {
        CONTROL_PLANE
            .iter()
            .any(|label| tree.get(map, label).is_some())
    });
    match (selects, tolerates(tree, spec)) {
        (_, false) => Truth::No,
        (true, true) => Truth::Yes,
        (false, true) if pod.resource.kind == "DaemonSet" && selector.is_none() => Truth::Yes,
        (false, true) => Truth::Maybe(Arc::new(Unknown::new(Cause::Other(
            "it tolerates the taints of the control plane and may run elsewhere".into(),
        )))),
    }
}

fn tolerates(tree: &Tree, spec: NodeId) -> bool {
    let list = tree.get(spec, "tolerations").into_iter();
    let mut tolerations = list.flat_map(|list| tree.children(list));
    tolerations.any(|toleration| {
        let key = tree.text(toleration, "key").filter(|key| !key.is_empty());
        let operator = tree.text(toleration, "operator");
        let effect = tree
            .text(toleration, "effect")
            .filter(|effect| !effect.is_empty());
        let is_key = match key {
            Some(key) => CONTROL_PLANE.contains(&key.as_str()),
            None => operator.is_some_and(|operator| operator == "Exists"),
        };
        is_key && effect.is_none_or(|effect| effect == "NoSchedule")
    })
}
