//! Pods that are reached at their node.

use graph::{Data, NodeId, Tree};

use super::service::as_port;
use super::{Door, Finder, Pod, Sender, Way};
use crate::network::address::Block;
use crate::network::ports::Protocol;
use crate::network::read::List;
use crate::truth::{Truth, because};

impl Finder<'_> {
    /// Adds the ways over the node of a pod.
    pub(super) fn add_pod(&mut self, pod: Pod) {
        let resource = self.graph.resource(pod.resource).clone();
        let Some(template) = resource.facts.pods.get(pod.index as usize) else {
            return;
        };
        let tree = &resource.tree;
        let nodes = Truth::Maybe(because(
            "whether the internet reaches the nodes is not known",
        ));
        let way = |door, node, begins: Truth| Way {
            door,
            chain: vec![(pod.resource, node)],
            begins: begins.and(nodes.clone()),
            senders: vec![Sender::Addresses(Block::internet())],
        };
        let node = tree
            .get(template.spec, "hostNetwork")
            .unwrap_or(template.spec);
        let host = crate::network::endpoints::host(tree, template);
        self.add(&way(Door::HostNetwork, node, host.clone()), pod, None, None);
        if host.is_yes() {
            return;
        }
        for container in &template.containers {
            for (node, _) in List::read(tree, container.node, "ports").nodes {
                let Some((place, begins)) = host_port(tree, node) else {
                    continue;
                };
                let number = tree
                    .get(node, "containerPort")
                    .and_then(|node| as_port(tree, node));
                let protocol = tree
                    .text(node, "protocol")
                    .and_then(|text| Protocol::read(text));
                let port = number.map(|number| (protocol.unwrap_or(Protocol::Tcp), number));
                self.add(&way(Door::HostPort, place, begins), pod, port, None);
            }
        }
    }
}

/// Whether a port is taken of the node, and where that is written.
fn host_port(tree: &Tree, port: NodeId) -> Option<(NodeId, Truth)> {
    let node = tree.get(port, "hostPort")?;
    let truth = match &tree.node(node).data {
        Data::Int(number) => Truth::from(*number != 0),
        data => kubernetes::unknown(data).map_or(Truth::No, Truth::Maybe),
    };
    Some((node, truth))
}
