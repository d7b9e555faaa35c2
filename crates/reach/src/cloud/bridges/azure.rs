//! Identities of Azure.

use graph::{Data, NodeId, Resource, ResourceId};

use super::{Finder, Means};
use crate::truth::{Truth, because};

/// For whom tokens must be.
const AUDIENCE: &str = "api://AzureADTokenExchange";

impl Finder<'_> {
    /// Adds the ServiceAccount whose tokens a credential takes.
    pub(super) fn add_credential(&mut self, id: ResourceId, credential: &Resource) {
        let tree = &credential.tree;
        let Some(node) = tree.get(NodeId::ROOT, "subject") else {
            return;
        };
        let parent = ["parent_id", "user_assigned_identity_id"]
            .into_iter()
            .find_map(|key| tree.get(NodeId::ROOT, key));
        let is_identity = |kind: &str| kind == "azurerm_user_assigned_identity";
        let identity = parent.and_then(|node| self.referred(id, node, is_identity));
        let identity = identity.unwrap_or(id);
        let truth = has_audience(credential).and(self.is_of_cluster(id, credential));
        if truth.is_no() {
            return;
        }
        let Some(subject) = tree.as_text(node) else {
            let cause = kubernetes::unknown(&tree.node(node).data);
            let cause = cause.unwrap_or_else(|| because("the subject is not known"));
            let truth = truth.and(Truth::Maybe(cause));
            return self.push(
                Means::FederatedCredential,
                None,
                identity,
                vec![(id, node)],
                &truth,
            );
        };
        let named = subject
            .strip_prefix("system:serviceaccount:")
            .and_then(|rest| rest.split_once(':'));
        let Some((namespace, name)) = named else {
            return;
        };
        for (account, named) in self.accounts_named(namespace, name) {
            let truth = named.and(truth.clone());
            let places = vec![(id, node)];
            self.push(
                Means::FederatedCredential,
                Some(account),
                identity,
                places,
                &truth,
            );
        }
    }

    /// Whether the tokens that a credential takes are those of a cluster of the graph.
    fn is_of_cluster(&self, id: ResourceId, credential: &Resource) -> Truth {
        let issuer = credential.tree.get(NodeId::ROOT, "issuer");
        let is_cluster = |kind: &str| kind == "azurerm_kubernetes_cluster";
        let cluster = issuer.and_then(|node| self.referred(id, node, is_cluster));
        match cluster {
            Some(_) => Truth::Yes,
            None => Truth::Maybe(because(
                "whether the credential takes the tokens of this cluster is not known",
            )),
        }
    }
}

fn has_audience(credential: &Resource) -> Truth {
    let tree = &credential.tree;
    let Some(list) = tree.get(NodeId::ROOT, "audience") else {
        // The provider asks for one, and fills this one in since its fourth version.
        return Truth::Yes;
    };
    let is = |node: NodeId| match &tree.node(node).data {
        Data::String(text) => Truth::from(text == AUDIENCE),
        data => kubernetes::unknown(data).map_or(Truth::No, Truth::Maybe),
    };
    let open = tree.open(list).cloned().map_or(Truth::No, Truth::Maybe);
    let listed = tree.children(list).map(is).fold(open, Truth::or);
    is(list).or(listed)
}
