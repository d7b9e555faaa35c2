//! Services that the internet reaches through a controller: of Ingresses, Gateways and the router of OpenShift.

use std::sync::Arc;

use graph::{Data, Link, LinkKind, NodeId, Resource, ResourceId, Target, Tree, Unknown};

use super::annotations::is_public_ingress;
use super::service::{Chosen, as_port};
use super::{Door, Finder, Sender, Way};
use crate::network::read::written;
use crate::truth::{Truth, because};

impl Finder<'_> {
    /// Adds the ways through an Ingress.
    pub(super) fn add_ingress(&mut self, id: ResourceId, resource: &Resource) {
        let controller = because("whether the internet reaches the controller is not known");
        let begins = is_public_ingress(resource).unwrap_or(Truth::Maybe(controller));
        for (link, service) in self.services(id) {
            let way = self.way(Door::Ingress, vec![(id, link.node)], begins.clone());
            self.follow(&way, service, &ingress_port(&resource.tree, link.node));
        }
    }

    /// Adds the ways through a Route of OpenShift, whose router is in the internet unless it is configured otherwise.
    pub(super) fn add_openshift(&mut self, id: ResourceId) {
        let resource = self.graph.resource(id).clone();
        let tree = &resource.tree;
        let port = tree.at(NodeId::ROOT, &["spec", "port", "targetPort"]);
        let chosen = || match port.map(|node| (node, &tree.node(node).data)) {
            None => Chosen::All,
            Some((_, Data::String(name))) => Chosen::Either(name.clone()),
            Some((node, data)) => {
                as_port(tree, node).map_or_else(|| unknown_port(data), Chosen::Target)
            }
        };
        let router = because("whether the internet reaches the router is not known");
        for (link, service) in self.services(id) {
            let way = self.way(
                Door::Router,
                vec![(id, link.node)],
                Truth::Maybe(Arc::clone(&router)),
            );
            self.follow(&way, service, &chosen());
        }
    }

    /// Adds the ways through the Gateways that a route of the Gateway API is attached to.
    pub(super) fn add_route(&mut self, id: ResourceId, resource: &Resource) {
        let gateways: Vec<(NodeId, ResourceId)> = self
            .graph
            .links_from(id)
            .iter()
            .filter_map(|link| match link.target {
                Target::Resource(target) => Some((link.node, target)),
                Target::Missing | Target::Unknown(_) => None,
            })
            .filter(|(_, target)| self.graph.resource(*target).kind == "Gateway")
            .collect();
        for (node, gateway) in gateways {
            let begins = self.attaches(gateway, resource);
            for (link, service) in self.services(id) {
                let begins = begins.clone().and(self.is_granted(resource, service));
                let chain = vec![(gateway, NodeId::ROOT), (id, node), (id, link.node)];
                let way = self.way(Door::Gateway, chain, begins);
                self.follow(&way, service, &backend_port(&resource.tree, link.node));
            }
        }
    }

    fn way(&self, door: Door, chain: Vec<(ResourceId, NodeId)>, begins: Truth) -> Way {
        Way {
            door,
            chain,
            begins,
            senders: vec![Sender::Controller],
        }
    }

    /// The Services that a resource routes to.
    fn services(&self, id: ResourceId) -> Vec<(Link, ResourceId)> {
        let links = self.graph.links_from(id).iter();
        let links = links.filter(|link| link.kind == LinkKind::RoutesTo);
        let services = links.filter_map(|link| match link.target {
            Target::Resource(target) => Some((link.clone(), target)),
            Target::Missing | Target::Unknown(_) => None,
        });
        let is_service = |id: ResourceId| self.graph.resource(id).address.starts_with("Service/");
        services.filter(|(_, target)| is_service(*target)).collect()
    }

    /// Whether a listener of a Gateway takes routes from the namespace of a route, and the internet reaches it.
    fn attaches(&self, gateway: ResourceId, route: &Resource) -> Truth {
        let gateway = self.graph.resource(gateway);
        let tree = &gateway.tree;
        let listeners = tree.at(NodeId::ROOT, &["spec", "listeners"]);
        let listeners = listeners.into_iter().flat_map(|list| tree.children(list));
        let is_same = gateway.namespace == route.namespace;
        let takes = |listener: NodeId| {
            let from = tree.at(listener, &["allowedRoutes", "namespaces", "from"]);
            match from.map(|node| &tree.node(node).data) {
                None | Some(Data::Null) => Truth::from(is_same),
                Some(Data::String(text)) if text == "All" => Truth::Yes,
                Some(Data::String(text)) if text == "Selector" => Truth::Maybe(because(
                    "whether the Gateway takes routes of this namespace is not computed",
                )),
                Some(data) => kubernetes::unknown(data).map_or(Truth::from(is_same), Truth::Maybe),
            }
        };
        let takes = listeners.map(takes).fold(Truth::No, Truth::or);
        let public = because("whether the internet reaches the Gateway is not known");
        takes.and(Truth::Maybe(public))
    }

    /// Whether a route may lead to a Service: to one of another namespace only where a ReferenceGrant there says so.
    fn is_granted(&self, route: &Resource, service: ResourceId) -> Truth {
        let service = self.graph.resource(service);
        if service.namespace == route.namespace {
            return Truth::Yes;
        }
        let grants = self.graph.resources().filter(|(_, grant)| {
            grant.kind == "ReferenceGrant" && grant.namespace == service.namespace
        });
        let mut grants = grants.filter(|(_, grant)| grants_to(grant, route));
        if grants.next().is_some() {
            return Truth::Yes;
        }
        let kind = "ReferenceGrant.gateway.networking.k8s.io";
        let absent = self.graph.completeness.absent(kind, &service.namespace);
        absent.map_or(Truth::No, Truth::Maybe)
    }
}

fn grants_to(grant: &Resource, route: &Resource) -> bool {
    let tree = &grant.tree;
    let list = |key| tree.at(NodeId::ROOT, &["spec", key]);
    let elements = |key| list(key).into_iter().flat_map(|list| tree.children(list));
    let is = |node, key, wanted: &str| tree.text(node, key).is_some_and(|text| text == wanted);
    let from = elements("from").any(|from| {
        is(from, "kind", &route.kind)
            && route
                .namespace
                .name()
                .is_some_and(|name| is(from, "namespace", name))
    });
    from && elements("to").any(|to| is(to, "kind", "Service"))
}

fn unknown_port(data: &Data) -> Chosen {
    let cause: Arc<Unknown> =
        kubernetes::unknown(data).unwrap_or_else(|| because("the port is not written"));
    Chosen::Unknown(cause)
}

/// The port of a backend of an Ingress, by the node that names its Service.
fn ingress_port(tree: &Tree, name: NodeId) -> Chosen {
    let Some(service) = tree.parent(name) else {
        return Chosen::All;
    };
    // The first beta has it beside the name.
    if let Some(node) = written(tree, service, "servicePort") {
        return by_number_or_name(tree, node);
    }
    let Some(port) = written(tree, service, "port") else {
        return Chosen::All;
    };
    match (written(tree, port, "number"), written(tree, port, "name")) {
        (Some(node), _) | (None, Some(node)) => by_number_or_name(tree, node),
        (None, None) => unknown_port(&tree.node(port).data),
    }
}

fn backend_port(tree: &Tree, name: NodeId) -> Chosen {
    let port = tree
        .parent(name)
        .and_then(|backend| written(tree, backend, "port"));
    port.map_or(Chosen::All, |port| by_number_or_name(tree, port))
}

fn by_number_or_name(tree: &Tree, node: NodeId) -> Chosen {
    match (&tree.node(node).data, as_port(tree, node)) {
        (_, Some(number)) => Chosen::Number(number),
        (Data::String(name), None) => Chosen::Name(name.clone()),
        (data, None) => unknown_port(data),
    }
}
