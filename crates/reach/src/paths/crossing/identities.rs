//! Pods and accounts become identities of clouds.

use std::collections::HashMap;

use graph::{Graph, Namespace, ResourceId, SmolStr};

use super::{Crossing, Crossings, of_kind, referred};
use crate::access::Subject;
use crate::cloud::aws::Verdict;
use crate::cloud::{Bridge, Means, bridges};
use crate::paths::Party;
use crate::truth::{Truth, because};

impl Crossings {
    /// Adds what ServiceAccounts become, and nodes.
    pub(super) fn add_identities(&mut self, graph: &Graph, environment: Option<&SmolStr>) {
        let bridges = bridges(graph, environment);
        if !bridges.is_empty() {
            let pods = pods(graph, environment);
            for bridge in &bridges {
                self.add_bridge(graph, bridge, &pods);
            }
        }
        self.add_nodes(graph, environment);
    }

    /// Clouds give their credentials to pods, whether these have a token for the API server or not. Whoever has an account in another
    /// way needs a token for the cloud, too.
    fn add_bridge(&mut self, graph: &Graph, bridge: &Bridge, pods: &Pods) {
        let Some(account) = bridge.account else {
            return;
        };
        let truth = match (bridge.verdict, &bridge.cause) {
            (Verdict::Yes, _) => Truth::Yes,
            (Verdict::Unknown, Some(cause)) => Truth::Maybe(cause.clone()),
            _ => return,
        };
        let account = graph.resource(account);
        let key = (account.namespace.clone(), account.name.clone());
        let to = Party::Cloud(bridge.identity);
        let parties = pods.get(&key).into_iter().flatten();
        let from = parties.map(|party| (party.clone(), truth.clone()));
        let token = because("a token for the cloud is needed, and not only one for the API server");
        let own = Party::Subject(Subject::Account {
            namespace: account.namespace.clone(),
            name: account.name.clone(),
        });
        let own = (own, truth.clone().and(Truth::Maybe(token)));
        for (from, truth) in from.chain([own]).collect::<Vec<_>>() {
            self.push((from, to.clone()), crossing(bridge), &truth);
        }
    }

    /// A node has the role that its group gives it.
    fn add_nodes(&mut self, graph: &Graph, environment: Option<&SmolStr>) {
        for (id, group) in of_kind(graph, environment, "aws_eks_node_group") {
            let Some(node) = group.tree.get(graph::NodeId::ROOT, "node_role_arn") else {
                continue;
            };
            let Some(role) = referred(graph, id, node, "aws_iam_role") else {
                continue;
            };
            for from in [Party::AnyNode, Party::Node] {
                let crossing = Crossing {
                    name: "node-role",
                    technique: "T1552.005",
                    severity: "high",
                    places: vec![(id, node)],
                    needs: vec![vec![id]],
                };
                self.push((from, Party::Cloud(role)), crossing, &Truth::Yes);
            }
        }
    }
}

fn crossing(bridge: &Bridge) -> Crossing {
    let mut resources: Vec<ResourceId> = bridge.places.iter().map(|(id, _)| *id).collect();
    resources.dedup();
    Crossing {
        name: match bridge.means {
            Means::WebIdentity => "web-identity",
            Means::PodIdentity => "pod-identity",
            Means::Impersonation => "workload-identity",
            Means::DirectAccess => "workload-grant",
            Means::FederatedCredential => "federated-credential",
        },
        technique: "T1078.004",
        severity: "medium",
        places: bridge.places.clone(),
        needs: resources.into_iter().map(|one| vec![one]).collect(),
    }
}

/// Pods by the place and the name of their account.
type Pods = HashMap<(Namespace, SmolStr), Vec<Party>>;

fn pods(graph: &Graph, environment: Option<&SmolStr>) -> Pods {
    let mut pods = Pods::new();
    for (id, resource) in graph.resources() {
        let own = resource.environment.as_ref();
        if own.is_some() && own != environment {
            continue;
        }
        for (index, template) in (0..).zip(&resource.facts.pods) {
            let Some(name) = crate::pods::account_name(&resource.tree, template.spec) else {
                continue;
            };
            let key = (resource.namespace.clone(), name);
            let party = Party::Pods {
                resource: id,
                index,
            };
            pods.entry(key).or_default().push(party);
        }
    }
    pods
}
