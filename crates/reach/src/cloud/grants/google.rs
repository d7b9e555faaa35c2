//! Bindings of Google Cloud: `google_*_iam_member`, `google_*_iam_binding` and `google_*_iam_policy`.

use std::sync::Arc;

use graph::{Data, NodeId, Resource, ResourceId, SmolStr, Tree, Unknown};

use super::{Grant, Reader, Scope, doubt};
use crate::truth::because;

/// Attributes that say on what a binding is, from the most particular on.
const SCOPES: [&str; 21] = [
    "bucket",
    "service_account_id",
    "secret_id",
    "crypto_key_id",
    "key_ring_id",
    "topic",
    "subscription",
    "dataset_id",
    "table_id",
    "repository",
    "instance",
    "instance_name",
    "cloud_function",
    "service",
    "name",
    "zone",
    "subnetwork",
    "folder",
    "org_id",
    "billing_account_id",
    "project",
];

impl Reader<'_> {
    /// Adds what a binding gives.
    pub(super) fn bindings(&self, id: ResourceId, resource: &Resource, all: &mut Vec<Grant>) {
        let tree = &resource.tree;
        let kind = resource.kind.as_str();
        let role = text(tree, NodeId::ROOT, "role");
        let members: Vec<NodeId> = if kind.ends_with("_iam_member") {
            tree.get(NodeId::ROOT, "member").into_iter().collect()
        } else if kind.ends_with("_iam_binding") {
            let list = tree.get(NodeId::ROOT, "members");
            list.into_iter()
                .flat_map(|list| tree.children(list))
                .collect()
        } else if kind.ends_with("_iam_policy") {
            return self.policy(id, resource, all);
        } else {
            return;
        };
        for node in members {
            all.push(self.grant(id, resource, node, role.clone()));
        }
    }

    /// A policy has all bindings in its text.
    fn policy(&self, id: ResourceId, resource: &Resource, all: &mut Vec<Grant>) {
        let tree = &resource.tree;
        let Some(node) = tree.get(NodeId::ROOT, "policy_data") else {
            return;
        };
        let document = match tree.node(node).data {
            Data::String(_) | Data::Partial(_) => tree.first(node),
            _ => None,
        };
        let bindings = document.and_then(|document| tree.get(document, "bindings"));
        let Some(bindings) = bindings else {
            let unknown = kubernetes::unknown(&tree.node(node).data);
            if let Some(cause) = unknown {
                let mut grant = self.grant(id, resource, node, None);
                grant.unknown = Some(cause);
                all.push(grant);
            }
            return;
        };
        for binding in tree.children(bindings) {
            let role = text(tree, binding, "role");
            let members = tree.get(binding, "members");
            for member in members.into_iter().flat_map(|list| tree.children(list)) {
                let mut grant = self.grant(id, resource, member, role.clone());
                if tree.get(binding, "condition").is_some() {
                    let cause = || because("whether the condition of the grant holds is not known");
                    grant.unknown.get_or_insert_with(cause);
                }
                all.push(grant);
            }
        }
    }

    fn grant(
        &self,
        id: ResourceId,
        resource: &Resource,
        node: NodeId,
        role: Option<SmolStr>,
    ) -> Grant {
        Grant {
            member: self.member(id, resource, node),
            role,
            scope: self.scope(id, resource),
            place: (id, node),
            unknown: doubt(resource, "condition"),
        }
    }

    fn scope(&self, id: ResourceId, resource: &Resource) -> Scope {
        let node = SCOPES
            .into_iter()
            .find_map(|key| resource.tree.get(NodeId::ROOT, key));
        match node {
            Some(node) => {
                // `google_storage_bucket_iam_member` is on a `google_storage_bucket`.
                let kind = resource
                    .kind
                    .rsplit_once("_iam_")
                    .map_or("", |(kind, _)| kind);
                self.scope_at(id, resource, node, kind)
            }
            None => Scope::Unknown(own_project()),
        }
    }
}

/// Where no project is written, it is that of the provider.
fn own_project() -> Arc<Unknown> {
    because("the project is that of the provider")
}

fn text(tree: &Tree, map: NodeId, key: &str) -> Option<SmolStr> {
    tree.text(map, key).cloned()
}
