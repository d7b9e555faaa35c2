//! Policies of Cilium, as far as they are about addresses and ports. What they allow adds to NetworkPolicies, and what they deny goes
//! before everything.

use std::ops::Range;
use std::sync::Arc;

use graph::{Data, NodeId, Resource, ResourceId, SmolStr, Tree, Unknown};
use kubernetes::Selector;

use super::address;
use super::build::{Builder, Subject};
use super::namespaced::any_rule;
use super::policy::{Action, Addresses, Direction, Peer, Policy, Rule, RulePorts, Tier};
use super::ports::{Ports, Protocol};
use super::read::{
    List, REFUSED, Scope, Selection, block, exists, port_number, ports, rest_of, written,
};
use crate::truth::{Truth, because};

/// The label of an endpoint that says which namespace it is in, and the start of those that are the labels of its namespace.
const NAMESPACE: &str = "io.kubernetes.pod.namespace";
const NAMESPACE_LABELS: &str = "io.cilium.k8s.namespace.labels.";

/// The label that every namespace has.
const NAME: &str = "kubernetes.io/metadata.name";

/// The keys of a rule that name peers, without `from` or `to` before them.
const PEERS: [&str; 8] = [
    "Endpoints",
    "Entities",
    "CIDR",
    "CIDRSet",
    "FQDNs",
    "Services",
    "Nodes",
    "Groups",
];

/// What a part of a policy is read with.
#[derive(Clone, Copy)]
struct Part<'g> {
    tree: &'g Tree,
    spec: NodeId,
    direction: Direction,
    /// Where endpoints are meant that name no namespace.
    own: Scope,
}

impl<'g> Builder<'g> {
    /// Adds a part of a policy.
    ///
    /// # Errors
    /// When the part can't be told, so that all that it is for is open.
    pub(super) fn add_cilium_part(
        &mut self,
        (id, resource): (ResourceId, &'g Resource),
        spec: NodeId,
        own: Scope,
    ) -> Result<(), Arc<Unknown>> {
        let tree = &resource.tree;
        rest_of(tree, spec).map_or(Ok(()), Err)?;
        let Some(selector) = written(tree, spec, "endpointSelector") else {
            // A policy for nodes is not for pods.
            let is_for_nodes = written(tree, spec, "nodeSelector").is_some();
            return is_for_nodes
                .then_some(())
                .ok_or_else(|| Arc::clone(&REFUSED));
        };
        let selection = self.endpoints_at(tree, selector, own)?;
        let isolates = isolates(tree, spec)?;
        let (mut allowing, mut denying) = ([0..0, 0..0], [0..0, 0..0]);
        for direction in Direction::ALL {
            let part = Part {
                tree,
                spec,
                direction,
                own,
            };
            allowing[direction as usize] = self.cilium_rules(part, Action::Allow);
            denying[direction as usize] = self.cilium_rules(part, Action::Deny);
        }
        let exists = exists(resource);
        let applies = isolates.map(|isolates| exists.clone().and(Truth::from(isolates)));
        let policy = |tier, priority, rules| Policy {
            resource: id,
            tier,
            priority,
            rules,
        };
        let subject = |applies| Subject {
            selection: selection.clone(),
            applies,
        };
        self.add_policy(policy(Tier::Namespaced, None, allowing), subject(applies));
        if denying.iter().any(|rules| !rules.is_empty()) {
            let denies = denying
                .clone()
                .map(|rules: Range<u32>| exists.clone().and(Truth::from(!rules.is_empty())));
            let first = Some(i64::MIN);
            self.add_policy(policy(Tier::Admin, first, denying), subject(denies));
        }
        Ok(())
    }

    fn cilium_rules(&mut self, part: Part<'g>, action: Action) -> Range<u32> {
        let key = match (part.direction, action) {
            (Direction::Ingress, Action::Deny) => "ingressDeny",
            (Direction::Ingress, _) => "ingress",
            (Direction::Egress, Action::Deny) => "egressDeny",
            (Direction::Egress, _) => "egress",
        };
        let list = List::read(part.tree, part.spec, key);
        let mut rules = Vec::new();
        for (node, unknown) in &list.nodes {
            let unknown = unknown.clone().or_else(|| rest_of(part.tree, *node));
            rules.extend(match unknown {
                Some(cause) => Some(any_rule(*node, &cause)),
                None => self.cilium_rule(part, *node),
            });
        }
        rules.extend(list.rest.map(|cause| any_rule(part.spec, &cause)));
        self.add_rules(
            rules
                .into_iter()
                .map(|rule| Rule { action, ..rule })
                .collect(),
        )
    }

    /// A rule; nothing for one that is about nobody or about ICMP, and only makes what is selected isolated.
    fn cilium_rule(&mut self, part: Part<'g>, node: NodeId) -> Option<Rule> {
        let tree = part.tree;
        let start = match part.direction {
            Direction::Ingress => "from",
            Direction::Egress => "to",
        };
        let has_ports = written(tree, node, "toPorts").is_some();
        if written(tree, node, "icmps").is_some() && !has_ports {
            return None;
        }
        if written(tree, node, &format!("{start}Requires")).is_some() {
            return Some(any_rule(
                node,
                &because("requirements of Cilium are not computed"),
            ));
        }
        let keys = PEERS.iter().map(|key| (*key, format!("{start}{key}")));
        let keys: Vec<(&str, NodeId)> = keys
            .filter_map(|(key, own)| Some((key, written(tree, node, &own)?)))
            .collect();
        let peers = match (keys.is_empty(), has_ports) {
            (true, false) => return None,
            (true, true) => None,
            (false, _) => {
                let peers = keys
                    .into_iter()
                    .map(|(key, list)| self.cilium_peers(part, key, list));
                Some(peers.flatten().collect::<Vec<Peer>>())
            }
        };
        // One list of ports holds those of all its elements.
        let mut all = RulePorts::default();
        let elements = List::read(tree, node, "toPorts");
        for (element, _) in &elements.nodes {
            let own = ports(&List::read(tree, *element, "ports"), |port, ports| {
                add_port(tree, port, ports)
            });
            all.add_known(&own.known.clone());
            all.add(own);
        }
        if let Some(cause) = elements.rest {
            all.add_maybe(&Ports::all(), &cause);
        }
        Some(Rule {
            node,
            action: Action::Allow,
            peers,
            ports: if has_ports { all } else { RulePorts::all() },
            unknown: None,
        })
    }

    fn cilium_peers(&mut self, part: Part<'g>, key: &str, list: NodeId) -> Vec<Peer> {
        let tree = part.tree;
        if let Some(cause) = rest_of(tree, list) {
            return vec![Peer::Unknown(cause)];
        }
        let elements: Vec<NodeId> = tree.children(list).collect();
        if key == "Entities" {
            return elements
                .into_iter()
                .flat_map(|node| entity(tree, node))
                .collect();
        }
        let peers = elements.into_iter().map(|node| match key {
            "Endpoints" => {
                let selection = self.endpoints_at(tree, node, part.own);
                self.peer(selection)
            }
            "CIDR" => outside(block(tree, node).map(|block| vec![block])),
            "CIDRSet" => outside(blocks(tree, node)),
            "FQDNs" => Peer::Outside(because("the addresses behind names are not known")),
            "Nodes" => Peer::Nodes(because("the labels of nodes are not compared")),
            _ => Peer::Unknown(because(
                "what Cilium finds for services and groups is not known",
            )),
        });
        peers.collect()
    }

    /// Endpoints by their labels, whose keys may say where they come from.
    fn endpoints_at(
        &mut self,
        tree: &'g Tree,
        selector: NodeId,
        own: Scope,
    ) -> Result<Selection, Arc<Unknown>> {
        let not_compared = || because("labels of Cilium are not all compared");
        rest_of(tree, selector).map_or(Ok(()), Err)?;
        let labels = written(tree, selector, "matchLabels");
        let expressions = written(tree, selector, "matchExpressions");
        for node in labels.into_iter().chain(expressions) {
            rest_of(tree, node).map_or(Ok(()), Err)?;
        }
        let keys = expressions.into_iter().flat_map(|list| tree.children(list));
        let keys: Vec<&str> = keys
            .filter_map(|one| tree.text(one, "key").map(SmolStr::as_str))
            .collect();
        let mut known = Vec::new();
        for label in labels.into_iter().flat_map(|map| tree.children(map)) {
            let key = tree.node(label).key.as_ref().map_or("", |key| &key.text);
            let value = tree.as_text(label).ok_or_else(|| Arc::clone(&REFUSED))?;
            known.push((key, value.as_str()));
        }
        let is_plain = known
            .iter()
            .all(|(key, _)| source_of(key) == Some(("", *key)));
        if is_plain && keys.iter().all(|key| source_of(key) == Some(("", *key))) {
            return self.pods(tree, None, Some(selector), own);
        }
        if !keys.is_empty() {
            return Err(not_compared());
        }
        let (mut namespaces, mut pods) = (Vec::new(), Vec::new());
        for (key, value) in known {
            let (_, key) = source_of(key).ok_or_else(not_compared)?;
            match key.strip_prefix(NAMESPACE_LABELS) {
                Some(key) => namespaces.push((key, value)),
                None if key == NAMESPACE => namespaces.push((NAME, value)),
                None => pods.push((key, value)),
            }
        }
        let scope = match namespaces.is_empty() {
            true => own,
            false => {
                let selector = Selector::equal_to(namespaces.into_iter());
                Scope::Matching(self.selectors.add(selector))
            }
        };
        let pods =
            (!pods.is_empty()).then(|| self.selectors.add(Selector::equal_to(pods.into_iter())));
        Ok(Selection { scope, pods })
    }
}

/// Where the key of a label says that it comes from, and the rest; nothing for what is no label of Kubernetes.
fn source_of(key: &str) -> Option<(&str, &str)> {
    match key.split_once(':') {
        Some((source @ ("k8s" | "any"), key)) => Some((source, key)),
        Some(_) => None,
        None if key == NAMESPACE || key.starts_with(NAMESPACE_LABELS) => Some(("k8s", key)),
        None if key.starts_with("io.cilium") || key.starts_with("io.kubernetes") => None,
        None => Some(("", key)),
    }
}

/// Whether what is selected lets nothing through but what rules allow, by direction.
fn isolates(tree: &Tree, spec: NodeId) -> Result<[bool; 2], Arc<Unknown>> {
    let has = |key| written(tree, spec, key).is_some_and(|list| tree.first(list).is_some());
    let usual = [
        ("ingress", has("ingress") || has("ingressDeny")),
        ("egress", has("egress") || has("egressDeny")),
    ];
    let written = written(tree, spec, "enableDefaultDeny");
    let mut found = [false; 2];
    for (own, (key, usual)) in found.iter_mut().zip(usual) {
        let said = written.and_then(|map| tree.get(map, key));
        *own = match said.map(|node| &tree.node(node).data) {
            None | Some(Data::Null) => usual,
            Some(Data::Bool(true)) => true,
            // What it allows counts where another policy isolates.
            Some(Data::Bool(false)) if usual => {
                return Err(because(
                    "a policy of Cilium that isolates nothing is not computed",
                ));
            }
            Some(Data::Bool(false)) => false,
            Some(data) => {
                return Err(kubernetes::unknown(data).unwrap_or_else(|| Arc::clone(&REFUSED)));
            }
        };
    }
    Ok(found)
}

/// Addresses outside of the cluster: pods are known by their labels only, and nodes where Cilium is told to.
fn outside(blocks: Result<Vec<address::Block>, Arc<Unknown>>) -> Peer {
    match blocks {
        Ok(blocks) => Peer::Addresses(Arc::new(Addresses {
            blocks,
            unknown: None,
            pods: Truth::No,
            nodes: Truth::Maybe(because(
                "whether blocks of addresses mean nodes is set in Cilium",
            )),
        })),
        Err(cause) => Peer::Unknown(cause),
    }
}

fn blocks(tree: &Tree, set: NodeId) -> Result<Vec<address::Block>, Arc<Unknown>> {
    rest_of(tree, set).map_or(Ok(()), Err)?;
    let cidr = written(tree, set, "cidr");
    let cidr = cidr.ok_or_else(|| because("groups of addresses of Cilium are not followed"))?;
    let except = List::read(tree, set, "except");
    let excepted = except.nodes.iter().map(|(node, unknown)| match unknown {
        Some(cause) => Err(Arc::clone(cause)),
        None => block(tree, *node),
    });
    let excepted: Vec<address::Block> = excepted.collect::<Result<_, _>>()?;
    except.rest.map_or(Ok(()), Err)?;
    Ok(address::minus(&[block(tree, cidr)?], &excepted))
}

fn entity(tree: &Tree, node: NodeId) -> Vec<Peer> {
    let addresses = |blocks: &[address::Block], pods, nodes| {
        Peer::Addresses(Arc::new(Addresses {
            blocks: blocks.to_vec(),
            unknown: None,
            pods,
            nodes,
        }))
    };
    let everywhere = address::Block::all();
    match tree.as_text(node).map(SmolStr::as_str) {
        Some("all") => vec![addresses(&everywhere, Truth::Yes, Truth::Yes)],
        Some("world") => vec![addresses(&everywhere, Truth::No, Truth::No)],
        Some("cluster") => vec![Peer::AllPods, addresses(&[], Truth::No, Truth::Yes)],
        Some("host" | "remote-node") => {
            vec![Peer::Nodes(because(
                "which node a pod runs on is not known",
            ))]
        }
        Some(_) => vec![Peer::Unknown(because(
            "what an entity of Cilium stands for is not known",
        ))],
        None => {
            let unknown = kubernetes::unknown(&tree.node(node).data);
            vec![Peer::Unknown(
                unknown.unwrap_or_else(|| Arc::clone(&REFUSED)),
            )]
        }
    }
}

/// A port as text, a number or a name; zero stands for all.
fn add_port(tree: &Tree, port: NodeId, ports: &mut RulePorts) -> Result<(), Arc<Unknown>> {
    rest_of(tree, port).map_or(Ok(()), Err)?;
    let refused = || Arc::clone(&REFUSED);
    let protocol = match tree.text(port, "protocol").map(SmolStr::as_str) {
        None if written(tree, port, "protocol").is_some() => return Err(refused()),
        None | Some("ANY") => None,
        Some("ICMP" | "ICMPv6" | "VRRP" | "IGMP") => return Ok(()),
        Some(text) => Some(Protocol::read(text).ok_or_else(refused)?),
    };
    let protocols = match protocol {
        Some(one) => vec![one],
        None => Protocol::ALL.to_vec(),
    };
    let node = written(tree, port, "port").ok_or_else(refused)?;
    let start = match &tree.node(node).data {
        Data::Int(number) => u16::try_from(*number).map_err(|_| refused())?,
        Data::String(text) => match text.parse() {
            Ok(number) => number,
            Err(_) => {
                ports.names.push((text.clone(), protocol));
                return Ok(());
            }
        },
        data => return Err(kubernetes::unknown(data).unwrap_or_else(refused)),
    };
    let end = match start {
        0 => u16::MAX,
        start => port_number(tree, port, "endPort")?.unwrap_or(start),
    };
    for protocol in protocols {
        ports.add_known(&Ports::of(protocol, start, end));
    }
    Ok(())
}
