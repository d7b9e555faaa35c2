//! What the internet reaches: pods behind load balancers, node ports, external addresses, Ingresses, Gateways and Routes, and
//! ports on the network of nodes.

mod annotations;
mod behind;
mod node;
mod route;
mod service;

use std::sync::Arc;

use graph::{Graph, NodeId, ResourceId, Unknown};

use super::answer::Verdict;
use super::endpoints::Pod;
use super::evaluate::{Connections, Other};
use super::explain::{Explained, Reason};
use super::policy::Direction;
use super::ports::{Ports, Protocol};
use super::{Block, Network};
use crate::truth::{Truth, because};

pub use behind::Behind;

/// By what the internet reaches a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Door {
    /// The load balancer of a Service.
    LoadBalancer,
    /// A port of all nodes, which a Service asks for.
    NodePort,
    /// An address that a Service says is routed to the cluster.
    ExternalAddress,
    /// A controller that an Ingress configures.
    Ingress,
    /// A Gateway of the Gateway API.
    Gateway,
    /// The router of OpenShift.
    Router,
    /// A port of its node that a container takes.
    HostPort,
    /// The network of its node.
    HostNetwork,
}

/// A way from the internet to a pod.
#[derive(Clone, Debug, PartialEq)]
pub struct Exposure {
    /// The pod.
    pub pod: Pod,
    /// By what.
    pub door: Door,
    /// The port of the pod; nothing for all.
    pub port: Option<(Protocol, u16)>,
    /// The objects that make the way, from the outermost to the pod, each with the place that leads on.
    pub chain: Vec<(ResourceId, NodeId)>,
    /// Whether the internet gets through.
    pub verdict: Verdict,
    /// The policies that decide at the pod.
    pub reasons: Vec<Reason>,
    /// Why the verdict is unknown.
    pub causes: Vec<Arc<Unknown>>,
}

/// A way before policies are asked.
#[derive(Clone)]
struct Way {
    door: Door,
    chain: Vec<(ResourceId, NodeId)>,
    /// Whether it begins in the internet.
    begins: Truth,
    /// Who is seen at the pod.
    senders: Vec<Sender>,
}

/// Whom policies of a pod take for the sender.
#[derive(Clone, Debug)]
enum Sender {
    /// Who really sends: these addresses.
    Addresses(Vec<Block>),
    /// A node that passes it on.
    Node,
    /// A pod of which nothing is known, or something outside.
    Controller,
}

impl Door {
    /// A word for it.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::LoadBalancer => "load-balancer",
            Self::NodePort => "node-port",
            Self::ExternalAddress => "external-address",
            Self::Ingress => "ingress",
            Self::Gateway => "gateway",
            Self::Router => "router",
            Self::HostPort => "host-port",
            Self::HostNetwork => "host-network",
        }
    }
}

impl Network {
    /// All ways from the internet to pods, sorted. The graph is the one of which this is the network, with its links.
    #[must_use]
    pub fn exposures(&self, graph: &Graph) -> Vec<Exposure> {
        let mut finder = Finder {
            network: self,
            graph,
            found: Vec::new(),
        };
        let environment = self.options.environment.as_ref();
        for (id, resource) in super::objects(graph, environment) {
            match resource.address.split('/').next().unwrap_or_default() {
                "Service" => finder.add_service(id, resource),
                "Ingress" | "Ingress.extensions" => finder.add_ingress(id, resource),
                "Route.route.openshift.io" => finder.add_openshift(id),
                kind if kind.ends_with("Route.gateway.networking.k8s.io") => {
                    finder.add_route(id, resource);
                }
                _ => {}
            }
        }
        for pod in self.pods() {
            finder.add_pod(pod);
        }
        let mut found = finder.found;
        found.sort_by(|one, other| {
            let key = |exposure: &Exposure| (exposure.pod, exposure.door, exposure.port);
            key(one)
                .cmp(&key(other))
                .then_with(|| one.chain.cmp(&other.chain))
        });
        found.dedup();
        found
    }
}

struct Finder<'n> {
    network: &'n Network,
    graph: &'n Graph,
    found: Vec<Exposure>,
}

impl Finder<'_> {
    /// The pods that a resource is or makes.
    fn pods_of(&self, resource: ResourceId) -> impl Iterator<Item = Pod> + use<'_> {
        let count = self.graph.resource(resource).facts.pods.len();
        let pods = (0..super::endpoints::number(count)).map(move |index| Pod { resource, index });
        pods.filter(|pod| self.network.class(*pod).is_some())
    }

    /// Adds a way to a port of a pod, or to all.
    fn add(
        &mut self,
        way: &Way,
        pod: Pod,
        port: Option<(Protocol, u16)>,
        maybe: Option<&Arc<Unknown>>,
    ) {
        let Some(class) = self.network.class(pod) else {
            return;
        };
        if way.begins.is_no() {
            return;
        }
        let asked = port.map_or_else(Ports::all, |(protocol, port)| {
            Ports::of(protocol, port, port)
        });
        // Addresses are a choice of the sender; which sort of sender is seen is not.
        let by_sender = way.senders.iter().filter_map(|sender| {
            let points = self.points(sender, class).into_iter();
            let judged = points.map(|other| {
                let connections = self.network.judge(class, Direction::Ingress, other);
                (verdict(&connections, &asked), other)
            });
            judged.max_by_key(|(verdict, _)| *verdict)
        });
        let by_sender: Vec<(Verdict, Other)> = by_sender.collect();
        let Some((verdict, other)) = by_sender.first().copied() else {
            return;
        };
        let differs = by_sender.iter().any(|(other, _)| *other != verdict);
        let mut explained = Explained::default();
        self.network
            .explain_at(class, Direction::Ingress, other, &asked, &mut explained);
        let mut causes = match verdict {
            Verdict::Unknown => explained.causes,
            Verdict::Denied | Verdict::Allowed => Vec::new(),
        };
        if differs {
            causes.push(because(
                "whether the sender or a node is seen at the pod depends on the network",
            ));
        }
        if verdict != Verdict::Denied || differs {
            causes.extend(way.begins.cause().cloned());
            causes.extend(maybe.cloned());
        }
        let is_known = causes.is_empty();
        self.found.push(Exposure {
            pod,
            door: way.door,
            port,
            chain: way.chain.clone(),
            verdict: if is_known { verdict } else { Verdict::Unknown },
            reasons: explained.reasons,
            causes,
        });
    }

    fn points(&self, sender: &Sender, class: super::ClassId) -> Vec<Other> {
        match sender {
            Sender::Node => vec![Other::Node],
            Sender::Controller => vec![Other::Controller],
            Sender::Addresses(blocks) => {
                let parts = self.network.outside(class, Direction::Ingress, blocks);
                parts
                    .into_iter()
                    .map(|(part, _)| Other::Address(part.first()))
                    .collect()
            }
        }
    }
}

/// The greatest verdict for any of some ports.
fn verdict(connections: &Connections, asked: &Ports) -> Verdict {
    let has = |ports: &Ports| !ports.intersection(asked).is_empty();
    if has(&connections.allowed()) {
        return Verdict::Allowed;
    }
    match has(&connections.unknown()) {
        true => Verdict::Unknown,
        false => Verdict::Denied,
    }
}
