//! The ports of pods that are behind a Service.

use std::sync::Arc;

use graph::{Graph, LinkKind, NodeId, ResourceId, Target, Unknown};

use super::Finder;
use super::service::ports;
use crate::network::Network;
use crate::network::endpoints::Pod;
use crate::network::ports::Protocol;

/// A port of a pod that is behind a Service.
#[derive(Clone, Debug, PartialEq)]
pub struct Behind {
    /// The pod.
    pub pod: Pod,
    /// The port of the Service, where it is known.
    pub number: Option<u16>,
    /// The protocol of that port.
    pub protocol: Protocol,
    /// Where that port is written.
    pub place: (ResourceId, NodeId),
    /// The port of the pod; nothing for any.
    pub port: Option<(Protocol, u16)>,
    /// Why it may not be behind it.
    pub unknown: Option<Arc<Unknown>>,
}

impl Network {
    /// The ports of pods that are behind a Service of the graph, which is the one of which this is the network, with its links.
    #[must_use]
    pub fn behind(&self, graph: &Graph, service: ResourceId) -> Vec<Behind> {
        let finder = Finder {
            network: self,
            graph,
            found: Vec::new(),
        };
        let ports = ports(&graph.resource(service).tree);
        let links = graph.links_from(service).iter();
        let selected = links.filter_map(|link| match (link.kind, &link.target) {
            (LinkKind::Selects, Target::Resource(target)) => Some(*target),
            _ => None,
        });
        let mut found = Vec::new();
        for pod in selected.flat_map(|target| finder.pods_of(target)) {
            for port in &ports {
                let leads = finder.leads(port, pod).into_iter();
                found.extend(leads.map(|(target, unknown)| Behind {
                    pod,
                    number: port.number,
                    protocol: port.protocol,
                    place: (service, port.node),
                    port: target,
                    unknown,
                }));
            }
        }
        found
    }
}
