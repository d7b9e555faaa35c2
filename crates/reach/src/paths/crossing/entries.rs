//! Identities of AWS come into the cluster by its access entries.

use graph::{Graph, Namespace, NodeId, ResourceId, SmolStr, Tree};

use super::{Crossing, Crossings, of_kind, referred};
use crate::access::Subject;
use crate::paths::Party;
use crate::truth::Truth;

impl Crossings {
    /// Adds whom entries make of roles and users.
    pub(super) fn add_entries(&mut self, graph: &Graph, environment: Option<&SmolStr>) {
        for (id, entry) in of_kind(graph, environment, "aws_eks_access_entry") {
            let groups = entry.tree.get(NodeId::ROOT, "kubernetes_groups");
            let groups = groups
                .into_iter()
                .flat_map(|list| entry.tree.children(list));
            for group in groups {
                if let Some(name) = entry.tree.as_text(group) {
                    let to = Party::Subject(Subject::Group(name.clone()));
                    self.add_entry(graph, (id, group), to);
                }
            }
        }
        let kind = "aws_eks_access_policy_association";
        for (id, association) in of_kind(graph, environment, kind) {
            for to in administered(&association.tree) {
                self.add_entry(graph, (id, NodeId::ROOT), to);
            }
        }
    }

    fn add_entry(&mut self, graph: &Graph, place: (ResourceId, NodeId), to: Party) {
        let resource = graph.resource(place.0);
        let Some(node) = resource.tree.get(NodeId::ROOT, "principal_arn") else {
            return;
        };
        let kinds = ["aws_iam_role", "aws_iam_user"].into_iter();
        let mut found = kinds.filter_map(|kind| referred(graph, place.0, node, kind));
        let Some(identity) = found.next() else {
            return;
        };
        let crossing = Crossing {
            name: "access-entry",
            technique: "T1078.004",
            severity: "high",
            places: vec![place],
            needs: vec![vec![place.0]],
        };
        let truth = Truth::Yes.given(resource.conditional.as_ref());
        self.push((Party::Cloud(identity), to), crossing, &truth);
    }
}

/// What a policy of EKS lets someone administer.
fn administered(tree: &Tree) -> Vec<Party> {
    let policy = tree.text(NodeId::ROOT, "policy_arn");
    let name = policy.and_then(|policy| policy.rsplit('/').next());
    if !matches!(
        name,
        Some("AmazonEKSClusterAdminPolicy" | "AmazonEKSAdminPolicy")
    ) {
        return Vec::new();
    }
    let list = tree.get(NodeId::ROOT, "access_scope");
    let scopes = list
        .into_iter()
        .flat_map(|list| match tree.get(list, "type") {
            Some(_) => vec![list],
            None => tree.children(list).collect(),
        });
    let mut parties = Vec::new();
    for scope in scopes {
        if tree
            .text(scope, "type")
            .is_some_and(|kind| kind == "cluster")
        {
            parties.push(Party::Everything);
        }
        let names = tree.get(scope, "namespaces");
        let names = names.into_iter().flat_map(|list| tree.children(list));
        let names = names.filter_map(|node| tree.as_text(node));
        parties.extend(names.map(|name| Party::Namespace(Namespace::Named(name.clone()))));
    }
    parties
}
