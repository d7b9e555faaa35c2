//! Policies of the cluster's administrators: AdminNetworkPolicy, BaselineAdminNetworkPolicy and ClusterNetworkPolicy.

use std::ops::Range;
use std::sync::Arc;

use graph::{Data, NodeId, Resource, ResourceId, Tree, Unknown};

use super::build::{Builder, Subject};
use super::policy::{Action, Direction, Peer, Policy, Rule, RulePorts, Tier};
use super::ports::{Ports, Protocol};
use super::read::{
    List, REFUSED, Scope, Selection, addresses, block, exists, port_number, ports, protocol,
    rest_of, with_joined_blocks, written,
};
use crate::truth::{Truth, because};

impl<'g> Builder<'g> {
    /// Adds a policy that counts for the whole cluster.
    pub(super) fn add_admin(&mut self, id: ResourceId, resource: &'g Resource) {
        let tree = &resource.tree;
        let Some(spec) = tree.get(NodeId::ROOT, "spec") else {
            return;
        };
        let (selection, unknown) = self.subject(tree, spec);
        let rules = Direction::ALL.map(|direction| self.admin_rules(tree, spec, direction));
        let (tiers, uncertain) = tiers(resource, spec);
        let exists = exists(resource)
            .given(unknown.as_ref())
            .given(uncertain.as_ref());
        for tier in tiers {
            let policy = Policy {
                resource: id,
                tier,
                priority: priority(resource, spec),
                rules: rules.clone(),
            };
            let subject = Subject {
                selection: selection.clone(),
                applies: [exists.clone(), exists.clone()],
            };
            self.add_policy(policy, subject);
        }
    }

    fn subject(&mut self, tree: &'g Tree, spec: NodeId) -> (Selection, Option<Arc<Unknown>>) {
        let selection = match written(tree, spec, "subject") {
            Some(subject) => self.admin_pods(tree, subject),
            None => Err(rest_of(tree, spec).unwrap_or_else(|| Arc::clone(&REFUSED))),
        };
        let all = Selection {
            scope: Scope::All,
            pods: None,
        };
        selection.map_or_else(|cause| (all, Some(cause)), |selection| (selection, None))
    }

    /// Pods under `namespaces` or `pods`.
    fn admin_pods(&mut self, tree: &'g Tree, map: NodeId) -> Result<Selection, Arc<Unknown>> {
        if let Some(cause) = rest_of(tree, map) {
            return Err(cause);
        }
        let (namespaces, pods) = (written(tree, map, "namespaces"), written(tree, map, "pods"));
        match (namespaces, pods) {
            (Some(namespaces), None) => self.pods(tree, Some(namespaces), None, Scope::All),
            (None, Some(pods)) => {
                rest_of(tree, pods).map_or(Ok(()), Err)?;
                let namespaces = written(tree, pods, "namespaceSelector");
                let pods = written(tree, pods, "podSelector");
                self.pods(tree, namespaces, pods, Scope::All)
            }
            _ => Err(Arc::clone(&REFUSED)),
        }
    }

    fn admin_rules(&mut self, tree: &'g Tree, spec: NodeId, direction: Direction) -> Range<u32> {
        let (key, peers) = match direction {
            Direction::Ingress => ("ingress", "from"),
            Direction::Egress => ("egress", "to"),
        };
        let list = List::read(tree, spec, key);
        let mut rules = Vec::new();
        for (node, unknown) in &list.nodes {
            let open = unknown.clone().or_else(|| rest_of(tree, *node));
            let ports = admin_ports(tree, *node);
            let peers = self.admin_peers(tree, *node, peers);
            rules.extend(actions(tree, *node).map(|(action, cause)| Rule {
                node: *node,
                action,
                peers: Some(peers.clone()),
                ports: ports.clone(),
                unknown: open.clone().or(cause),
            }));
        }
        if let Some(cause) = list.rest {
            rules.extend(ACTIONS.map(|action| Rule {
                node: spec,
                action,
                peers: Some(vec![Peer::Unknown(Arc::clone(&cause))]),
                ports: RulePorts::all(),
                unknown: Some(Arc::clone(&cause)),
            }));
        }
        self.add_rules(rules)
    }

    fn admin_peers(&mut self, tree: &'g Tree, rule: NodeId, key: &str) -> Vec<Peer> {
        let list = List::read(tree, rule, key);
        let mut peers = Vec::new();
        for (peer, unknown) in &list.nodes {
            match unknown {
                Some(cause) => peers.push(Peer::Unknown(Arc::clone(cause))),
                None => peers.extend(self.admin_peer(tree, *peer)),
            }
        }
        if list.is_empty() {
            peers.push(Peer::Unknown(Arc::clone(&REFUSED)));
        }
        peers.extend(list.rest.map(Peer::Unknown));
        with_joined_blocks(peers, Truth::Yes, &self.options)
    }

    fn admin_peer(&mut self, tree: &'g Tree, peer: NodeId) -> Vec<Peer> {
        if let Some(cause) = rest_of(tree, peer) {
            return vec![Peer::Unknown(cause)];
        }
        if written(tree, peer, "networks").is_some() {
            let networks = List::read(tree, peer, "networks");
            return self.networks(tree, networks);
        }
        if written(tree, peer, "nodes").is_some() {
            return vec![Peer::Nodes(because(
                "the labels and addresses of nodes are not known",
            ))];
        }
        if written(tree, peer, "domainNames").is_some() {
            return vec![Peer::Outside(because(
                "the addresses behind names are not known",
            ))];
        }
        let selection = self.admin_pods(tree, peer);
        vec![self.peer(selection)]
    }

    /// Networks mean pods as well, if these have addresses in them.
    fn networks(&self, tree: &Tree, list: List) -> Vec<Peer> {
        let mut peers: Vec<Peer> = list.rest.map(Peer::Unknown).into_iter().collect();
        for (node, unknown) in list.nodes {
            peers.push(match block(tree, node) {
                Ok(block) => addresses(&[block], &[], unknown, Truth::Yes, &self.options),
                Err(cause) => Peer::Unknown(cause),
            });
        }
        peers
    }
}

const ACTIONS: [Action; 3] = [Action::Allow, Action::Deny, Action::Pass];

/// What a rule does, or all that it may do.
fn actions(
    tree: &Tree,
    rule: NodeId,
) -> impl Iterator<Item = (Action, Option<Arc<Unknown>>)> + use<> {
    let node = tree.get(rule, "action");
    let known = node.and_then(|node| match tree.as_text(node)?.as_str() {
        "Allow" | "Accept" => Some(Action::Allow),
        "Deny" => Some(Action::Deny),
        "Pass" => Some(Action::Pass),
        _ => None,
    });
    let unknown = node.and_then(|node| kubernetes::unknown(&tree.node(node).data));
    let unknown = unknown.unwrap_or_else(|| Arc::clone(&REFUSED));
    let (found, cause) = match known {
        Some(action) => (vec![action], None),
        None => (ACTIONS.to_vec(), Some(unknown)),
    };
    found.into_iter().map(move |action| (action, cause.clone()))
}

/// The tier of a policy, or all that it may be in.
fn tiers(resource: &Resource, spec: NodeId) -> (Vec<Tier>, Option<Arc<Unknown>>) {
    let tree = &resource.tree;
    match resource.kind.as_str() {
        "AdminNetworkPolicy" => return (vec![Tier::Admin], None),
        "BaselineAdminNetworkPolicy" => return (vec![Tier::Baseline], None),
        _ => {}
    }
    let node = tree.get(spec, "tier");
    match node
        .and_then(|node| tree.as_text(node))
        .map(graph::SmolStr::as_str)
    {
        Some("Admin") => (vec![Tier::Admin], None),
        Some("Baseline") => (vec![Tier::Baseline], None),
        _ => {
            let unknown = node.and_then(|node| kubernetes::unknown(&tree.node(node).data));
            let unknown = unknown.unwrap_or_else(|| Arc::clone(&REFUSED));
            (vec![Tier::Admin, Tier::Baseline], Some(unknown))
        }
    }
}

fn priority(resource: &Resource, spec: NodeId) -> Option<i64> {
    let node = resource.tree.get(spec, "priority");
    match node.map(|node| &resource.tree.node(node).data) {
        Some(Data::Int(priority)) => Some(*priority),
        // There is only one of this kind.
        _ if resource.kind == "BaselineAdminNetworkPolicy" => Some(0),
        _ => None,
    }
}

fn admin_ports(tree: &Tree, rule: NodeId) -> RulePorts {
    let key = match written(tree, rule, "protocols") {
        Some(_) => "protocols",
        None => "ports",
    };
    ports(&List::read(tree, rule, key), |port, ports| {
        if let Some(cause) = rest_of(tree, port) {
            return Err(cause);
        }
        match key {
            "protocols" => add_protocol(tree, port, ports),
            _ => add_port(tree, port, ports),
        }
    })
}

/// A port of the first version: `portNumber`, `portRange` or `namedPort`.
fn add_port(tree: &Tree, port: NodeId, ports: &mut RulePorts) -> Result<(), Arc<Unknown>> {
    let refused = || Arc::clone(&REFUSED);
    if let Some(node) = written(tree, port, "namedPort") {
        let unknown = kubernetes::unknown(&tree.node(node).data);
        let name = tree.as_text(node).cloned();
        let name = name.ok_or_else(|| unknown.unwrap_or_else(refused))?;
        ports.names.push((name, None));
        return Ok(());
    }
    if let Some(node) = written(tree, port, "portNumber") {
        let number = port_number(tree, node, "port")?.ok_or_else(refused)?;
        ports.add_known(&Ports::of(protocol(tree, node)?, number, number));
        return Ok(());
    }
    let node = written(tree, port, "portRange").ok_or_else(refused)?;
    let range = range(tree, node)?.ok_or_else(refused)?;
    ports.add_known(&Ports::of(protocol(tree, node)?, range.0, range.1));
    Ok(())
}

/// A port of the second version: `tcp`, `udp` or `sctp`, or a name.
fn add_protocol(tree: &Tree, port: NodeId, ports: &mut RulePorts) -> Result<(), Arc<Unknown>> {
    let refused = || Arc::clone(&REFUSED);
    if let Some(node) = written(tree, port, "destinationNamedPort") {
        let unknown = kubernetes::unknown(&tree.node(node).data);
        let name = tree.as_text(node).cloned();
        let name = name.ok_or_else(|| unknown.unwrap_or_else(refused))?;
        ports.names.push((name, None));
        return Ok(());
    }
    let protocols = [
        ("tcp", Protocol::Tcp),
        ("udp", Protocol::Udp),
        ("sctp", Protocol::Sctp),
    ];
    let (key, protocol) = protocols
        .into_iter()
        .find(|(key, _)| written(tree, port, key).is_some())
        .ok_or_else(refused)?;
    let node = tree.get(port, key).ok_or_else(refused)?;
    rest_of(tree, node).map_or(Ok(()), Err)?;
    let Some(destination) = written(tree, node, "destinationPort") else {
        ports.add_known(&Ports::all_of(protocol));
        return Ok(());
    };
    let found = match port_number(tree, destination, "number")? {
        Some(number) => (number, number),
        None => {
            let node = written(tree, destination, "range").ok_or_else(refused)?;
            range(tree, node)?.ok_or_else(refused)?
        }
    };
    ports.add_known(&Ports::of(protocol, found.0, found.1));
    Ok(())
}

fn range(tree: &Tree, node: NodeId) -> Result<Option<(u16, u16)>, Arc<Unknown>> {
    let start = port_number(tree, node, "start")?;
    let end = port_number(tree, node, "end")?;
    Ok(start.zip(end))
}
