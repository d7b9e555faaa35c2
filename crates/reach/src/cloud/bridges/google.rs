//! Service accounts and bindings of Google Cloud.

use graph::{Data, NodeId, Resource, ResourceId, SmolStr};

use super::{Finder, Means};
use crate::truth::{Truth, because};

/// The role that lets a member be a service account.
const USER_ROLE: &str = "roles/iam.workloadIdentityUser";

/// Whom a member of a binding means.
enum Member<'t> {
    Account {
        namespace: &'t str,
        name: &'t str,
    },
    Namespace(&'t str),
    /// All of the pool.
    Pool,
}

impl Finder<'_> {
    /// Adds the ServiceAccounts that a binding names.
    pub(super) fn add_member(&mut self, id: ResourceId, binding: &Resource) {
        let tree = &binding.tree;
        let one = tree.get(NodeId::ROOT, "member");
        let many = tree.get(NodeId::ROOT, "members");
        let many = many.into_iter().flat_map(|list| tree.children(list));
        let of_account = binding.kind.starts_with("google_service_account_iam_");
        let role = tree
            .get(NodeId::ROOT, "role")
            .map(|node| &tree.node(node).data);
        let is_user = match role {
            Some(Data::String(role)) => Truth::from(role == USER_ROLE),
            Some(data) => kubernetes::unknown(data).map_or(Truth::No, Truth::Maybe),
            None => Truth::No,
        };
        let conditional = tree
            .get(NodeId::ROOT, "condition")
            .filter(|node| tree.first(*node).is_some());
        let holds = match conditional {
            Some(_) => Truth::Maybe(because(
                "whether the condition of the binding holds is not known",
            )),
            None => Truth::Yes,
        };
        for node in one.into_iter().chain(many) {
            let Some(member) = tree.as_text(node).and_then(member) else {
                continue;
            };
            let (means, identity, truth) = match of_account {
                true => (
                    Means::Impersonation,
                    self.impersonated(id, binding),
                    is_user.clone(),
                ),
                false => (Means::DirectAccess, id, Truth::Yes),
            };
            let truth = truth.and(holds.clone());
            if truth.is_no() {
                continue;
            }
            for (account, named) in self.meant(&member) {
                let places = vec![(id, node)];
                self.push(
                    means,
                    Some(account),
                    identity,
                    places,
                    &named.and(truth.clone()),
                );
            }
        }
    }

    /// The service account that a binding is on; the binding itself where that is not in the graph.
    fn impersonated(&self, id: ResourceId, binding: &Resource) -> ResourceId {
        let node = binding.tree.get(NodeId::ROOT, "service_account_id");
        let is_account = |kind: &str| kind == "google_service_account";
        let account = node.and_then(|node| self.referred(id, node, is_account));
        account.unwrap_or(id)
    }

    fn meant(&self, member: &Member) -> Vec<(ResourceId, Truth)> {
        let all = |is: &dyn Fn(&Resource) -> bool| {
            let accounts = self.accounts.iter().filter(|(_, account)| is(account));
            accounts.map(|(id, _)| (*id, Truth::Yes)).collect()
        };
        match member {
            Member::Account { namespace, name } => self.accounts_named(namespace, name),
            Member::Namespace(namespace) => {
                all(&|account| account.namespace.name() == Some(namespace))
            }
            Member::Pool => all(&|_| true),
        }
    }
}

/// Whom a member means, if these are ServiceAccounts of a cluster.
fn member(text: &SmolStr) -> Option<Member<'_>> {
    if let Some(rest) = text.strip_prefix("serviceAccount:") {
        // `PROJECT.svc.id.goog[NAMESPACE/NAME]`
        let (pool, rest) = rest.split_once('[')?;
        let (namespace, name) = rest.strip_suffix(']')?.split_once('/')?;
        return pool
            .ends_with(".svc.id.goog")
            .then_some(Member::Account { namespace, name });
    }
    let (_, rest) = text.split_once("/workloadIdentityPools/")?;
    let (pool, rest) = rest.split_once('/')?;
    if !pool.ends_with(".svc.id.goog") {
        return None;
    }
    if let Some(rest) = rest.strip_prefix("subject/ns/") {
        let (namespace, name) = rest.split_once("/sa/")?;
        return Some(Member::Account { namespace, name });
    }
    match rest.strip_prefix("namespace/") {
        Some(namespace) => Some(Member::Namespace(namespace)),
        None if rest == "*" || rest.starts_with("kubernetes.cluster/") => Some(Member::Pool),
        None => None,
    }
}
