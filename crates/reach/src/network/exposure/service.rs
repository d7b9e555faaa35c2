//! Services that the internet reaches by themselves.

use std::sync::Arc;

use graph::{Data, LinkKind, NodeId, Resource, ResourceId, SmolStr, Target, Tree, Unknown};

use super::annotations::is_public;
use super::{Door, Finder, Sender, Way};
use crate::network::address::{self, Block};
use crate::network::ports::{Ports, Protocol};
use crate::network::read::{List, block, written};
use crate::truth::{Truth, because};

/// A port of a pod, and why it may be none.
pub(super) type Lead = (Option<(Protocol, u16)>, Option<Arc<Unknown>>);

/// A port of a Service.
pub(super) struct ServicePort {
    pub(super) node: NodeId,
    name: Option<SmolStr>,
    pub(super) number: Option<u16>,
    pub(super) protocol: Protocol,
    target: Wanted,
}

/// Where a port of a Service leads.
enum Wanted {
    Number(u16),
    Name(SmolStr),
    Unknown(Arc<Unknown>),
}

/// Which port of a Service is meant.
pub(super) enum Chosen {
    All,
    Number(u16),
    Name(SmolStr),
    /// The port behind it, by number.
    Target(u16),
    /// The port itself or the one behind it, by name.
    Either(SmolStr),
    Unknown(Arc<Unknown>),
}

impl Finder<'_> {
    /// Adds the ways that a Service opens by itself.
    pub(super) fn add_service(&mut self, id: ResourceId, resource: &Resource) {
        let tree = &resource.tree;
        let Some(spec) = tree.get(NodeId::ROOT, "spec") else {
            return;
        };
        let node = tree.get(spec, "type");
        let kind = node.map_or(&Data::Null, |node| &tree.node(node).data);
        let is = |wanted: &str| match kind {
            Data::String(kind) => Truth::from(kind == wanted),
            data => kubernetes::unknown(data).map_or(Truth::No, Truth::Maybe),
        };
        let place = node.unwrap_or(spec);
        let sources = sources(tree, spec);
        let balancer = is("LoadBalancer").and(is_public(resource));
        let limited = address::common(&Block::internet(), &address::joined(&sources));
        let balancer = balancer.and(Truth::from(!limited.is_empty()));
        self.add_door(id, resource, Door::LoadBalancer, place, balancer, &limited);
        let nodes = because("whether the internet reaches the nodes is not known");
        let node_port = is("NodePort").and(Truth::Maybe(nodes));
        self.add_door(
            id,
            resource,
            Door::NodePort,
            place,
            node_port,
            &Block::internet(),
        );
        let is_external = is("ExternalName");
        for (address, node) in external(tree, spec) {
            let begins = address.and(is_external.clone().not());
            self.add_door(
                id,
                resource,
                Door::ExternalAddress,
                node,
                begins,
                &Block::internet(),
            );
        }
    }

    fn add_door(
        &mut self,
        id: ResourceId,
        resource: &Resource,
        door: Door,
        node: NodeId,
        begins: Truth,
        from: &[Block],
    ) {
        let is_local = resource
            .tree
            .at(NodeId::ROOT, &["spec", "externalTrafficPolicy"]);
        let is_local = is_local.and_then(|node| resource.tree.as_text(node));
        let addresses = Sender::Addresses(from.to_vec());
        let senders = match is_local.map(SmolStr::as_str) {
            Some("Local") => vec![addresses],
            // A node may put its own address in the place of the sender's.
            _ => vec![addresses, Sender::Node],
        };
        let way = Way {
            door,
            chain: vec![(id, node)],
            begins,
            senders,
        };
        self.follow(&way, id, &Chosen::All);
    }

    /// Follows a way through a Service to the pods behind.
    pub(super) fn follow(&mut self, way: &Way, service: ResourceId, chosen: &Chosen) {
        if way.begins.is_no() {
            return;
        }
        let resource = self.graph.resource(service).clone();
        let ports = ports(&resource.tree);
        for link in self.graph.links_from(service) {
            let (LinkKind::Selects, Target::Resource(target)) = (link.kind, &link.target) else {
                continue;
            };
            for pod in self.pods_of(*target).collect::<Vec<_>>() {
                for port in &ports {
                    let Some(maybe) = chosen.is(port) else {
                        continue;
                    };
                    self.follow_port(way, (service, port.node), port, pod, maybe.as_ref());
                }
            }
        }
    }

    fn follow_port(
        &mut self,
        way: &Way,
        place: (ResourceId, NodeId),
        port: &ServicePort,
        pod: super::Pod,
        maybe: Option<&Arc<Unknown>>,
    ) {
        let mut way = way.clone();
        way.chain.push(place);
        let node = self.graph.resource(pod.resource).facts.pods[pod.index as usize].spec;
        way.chain.push((pod.resource, node));
        for (target, open) in self.leads(port, pod) {
            self.add(&way, pod, target, open.as_ref().or(maybe));
        }
    }

    /// The ports of a pod that a port of a Service leads to, any of them where there is none, and why it may not lead there.
    pub(super) fn leads(&self, port: &ServicePort, pod: super::Pod) -> Vec<Lead> {
        let name = match &port.target {
            Wanted::Number(number) => return vec![(Some((port.protocol, *number)), None)],
            Wanted::Unknown(cause) => return vec![(None, Some(Arc::clone(cause)))],
            Wanted::Name(name) => name,
        };
        let named = self.named(pod);
        let ports: Ports = named.of(name, Some(port.protocol));
        let open = named.open.filter(|_| ports.is_empty());
        let known = ports.ranges(port.protocol).iter();
        let known = known.map(|(start, _)| (Some((port.protocol, *start)), None));
        known.chain(open.map(|open| (None, Some(open)))).collect()
    }

    fn named(&self, pod: super::Pod) -> crate::network::endpoints::NamedPorts {
        let resource = self.graph.resource(pod.resource);
        let containers = &resource.facts.pods[pod.index as usize].containers;
        crate::network::endpoints::named_ports(&resource.tree, containers)
    }
}

impl Chosen {
    /// Whether a port is meant, and why it may not be.
    fn is(&self, port: &ServicePort) -> Option<Option<Arc<Unknown>>> {
        let by_target = |name: &SmolStr| matches!(&port.target, Wanted::Name(own) if own == name);
        let is = match self {
            Self::All => true,
            Self::Number(number) => port.number == Some(*number),
            Self::Name(name) => port.name.as_ref() == Some(name),
            Self::Target(number) => {
                matches!(port.target, Wanted::Number(own) if own == *number)
                    || port.number == Some(*number)
            }
            Self::Either(name) => port.name.as_ref() == Some(name) || by_target(name),
            Self::Unknown(cause) => return Some(Some(Arc::clone(cause))),
        };
        is.then_some(None)
    }
}

/// The ports of a Service.
pub(super) fn ports(tree: &Tree) -> Vec<ServicePort> {
    let Some(spec) = tree.get(NodeId::ROOT, "spec") else {
        return Vec::new();
    };
    let list = List::read(tree, spec, "ports");
    let port = |(node, _): &(NodeId, Option<Arc<Unknown>>)| {
        let number = tree.get(*node, "port");
        let target = written(tree, *node, "targetPort").or(number);
        let protocol = tree.text(*node, "protocol");
        ServicePort {
            node: *node,
            name: tree.text(*node, "name").cloned(),
            number: number.and_then(|number| as_port(tree, number)),
            protocol: protocol
                .and_then(|text| Protocol::read(text))
                .unwrap_or(Protocol::Tcp),
            target: match target {
                Some(target) => wanted(tree, target),
                None => Wanted::Unknown(because("the port is not written")),
            },
        }
    };
    list.nodes.iter().map(port).collect()
}

fn wanted(tree: &Tree, node: NodeId) -> Wanted {
    let data = &tree.node(node).data;
    match (data, as_port(tree, node)) {
        // Zero stands for nothing written.
        (_, Some(number)) => Wanted::Number(number),
        (Data::String(name), _) => Wanted::Name(name.clone()),
        (data, None) => Wanted::Unknown(
            kubernetes::unknown(data).unwrap_or_else(|| because("the port is not written")),
        ),
    }
}

pub(super) fn as_port(tree: &Tree, node: NodeId) -> Option<u16> {
    match &tree.node(node).data {
        Data::Int(number) => u16::try_from(*number).ok().filter(|number| *number > 0),
        _ => None,
    }
}

/// From which addresses a load balancer takes traffic; all where nothing is written.
fn sources(tree: &Tree, spec: NodeId) -> Vec<Block> {
    let list = List::read(tree, spec, "loadBalancerSourceRanges");
    let blocks = list
        .nodes
        .iter()
        .filter_map(|(node, _)| block(tree, *node).ok());
    let blocks: Vec<Block> = blocks.collect();
    match list.nodes.is_empty() || blocks.len() < list.nodes.len() || list.rest.is_some() {
        true => Block::all().to_vec(),
        false => blocks,
    }
}

/// The external addresses of a Service: whether each is one of the internet.
fn external(tree: &Tree, spec: NodeId) -> Vec<(Truth, NodeId)> {
    let list = List::read(tree, spec, "externalIPs");
    let address = |(node, _): &(NodeId, Option<Arc<Unknown>>)| {
        let truth = match tree.as_text(*node) {
            Some(text) => {
                let address = text.parse().ok();
                Truth::from(address.is_some_and(|one| address::holds(&Block::internet(), one)))
            }
            None => kubernetes::unknown(&tree.node(*node).data).map_or(Truth::No, Truth::Maybe),
        };
        let routed = because("whether the address is routed to the nodes is not known");
        (truth.and(Truth::Maybe(routed)), *node)
    };
    list.nodes.iter().map(address).collect()
}
