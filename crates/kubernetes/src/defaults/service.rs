//! Defaults of Services and their endpoints.

use graph::{Data, NodeId, SmolStr};

use super::filler::Filler;

/// Seconds for which a client stays with a pod.
const AFFINITY_SECONDS: Data = Data::Int(10800);

/// The type, ports and traffic policies of a Service.
pub(super) fn service(filler: &mut Filler) {
    let Some(spec) = filler.spec() else { return };
    filler.text(spec, "type", "ClusterIP");
    affinity(filler, spec);
    for port in filler.elements(spec, "ports") {
        filler.text(port, "protocol", "TCP");
        target_port(filler, port);
    }
    traffic(filler, spec);
}

/// The ports of Endpoints.
pub(super) fn endpoints(filler: &mut Filler) {
    for subset in filler.elements(NodeId::ROOT, "subsets") {
        for port in filler.elements(subset, "ports") {
            filler.text(port, "protocol", "TCP");
        }
    }
}

/// The ports of an EndpointSlice.
pub(super) fn endpoint_slice(filler: &mut Filler) {
    for port in filler.elements(NodeId::ROOT, "ports") {
        filler.pointer(port, "name", Data::String(SmolStr::default()));
        filler.pointer(port, "protocol", Data::String("TCP".into()));
    }
}

fn affinity(filler: &mut Filler, spec: NodeId) {
    filler.text(spec, "sessionAffinity", "None");
    if !filler.is_text(spec, "sessionAffinity", "ClientIP") {
        return;
    }
    let client = filler
        .map(spec, "sessionAffinityConfig")
        .and_then(|config| filler.map(config, "clientIP"));
    if let Some(client) = client {
        filler.pointer(client, "timeoutSeconds", AFFINITY_SECONDS);
    }
}

fn target_port(filler: &mut Filler, port: NodeId) {
    let Some(number) = filler
        .get(port, "port")
        .map(|node| filler.tree.node(node).data.clone())
    else {
        return;
    };
    if matches!(number, Data::Int(_) | Data::Unknown(_)) {
        let unset = |data: &Data| match data {
            Data::Null | Data::Int(0) => true,
            Data::String(text) => text.is_empty(),
            _ => false,
        };
        filler.set(port, "targetPort", number, unset);
    }
}

fn traffic(filler: &mut Filler, spec: NodeId) {
    let [cluster, node, balancer] =
        ["ClusterIP", "NodePort", "LoadBalancer"].map(|text| filler.is_text(spec, "type", text));
    let external = node || balancer || cluster && !filler.elements(spec, "externalIPs").is_empty();
    if external {
        filler.text(spec, "externalTrafficPolicy", "Cluster");
    }
    if filler.version.minor >= 22 && (cluster || node || balancer) {
        filler.pointer(
            spec,
            "internalTrafficPolicy",
            Data::String("Cluster".into()),
        );
    }
    if filler.version.minor >= 22 && balancer {
        filler.pointer(spec, "allocateLoadBalancerNodePorts", Data::Bool(true));
    }
}
