//! NetworkPolicies.

use std::sync::Arc;

use graph::{Data, NodeId, Resource, ResourceId, Tree, Unknown};

use super::build::{Builder, Subject};
use super::policy::{Action, Direction, Peer, Policy, Rule, RulePorts, Tier};
use super::ports::Ports;
use super::read::{
    List, REFUSED, Scope, Selection, addresses, block, exists, of_plugin, port_number, ports,
    protocol, rest_of, with_joined_blocks, written,
};
use crate::truth::Truth;

impl<'g> Builder<'g> {
    /// Adds a NetworkPolicy.
    pub(super) fn add_namespaced(&mut self, id: ResourceId, resource: &'g Resource) {
        let tree = &resource.tree;
        // Without a specification all is as if nothing were written in it.
        let spec = tree.get(NodeId::ROOT, "spec").unwrap_or(NodeId::ROOT);
        let own = Scope::Own(self.endpoints.namespace(&resource.namespace));
        let selector = written(tree, spec, "podSelector");
        let rest = rest_of(tree, spec).filter(|_| selector.is_none());
        let selection = self.pods(tree, None, selector, own);
        let (selection, unknown) = match (selection, rest) {
            (Ok(selection), rest) => (selection, rest),
            (Err(cause), _) => (
                Selection {
                    scope: own,
                    pods: None,
                },
                Some(cause),
            ),
        };
        let rules = Direction::ALL.map(|direction| self.rules(tree, spec, direction, own));
        let exists = exists(resource).given(unknown.as_ref());
        let applies =
            Direction::ALL.map(|direction| exists.clone().and(has_type(tree, spec, direction)));
        self.add_policy(
            Policy {
                resource: id,
                tier: Tier::Namespaced,
                priority: None,
                rules,
            },
            Subject { selection, applies },
        );
    }

    fn rules(
        &mut self,
        tree: &'g Tree,
        spec: NodeId,
        direction: Direction,
        own: Scope,
    ) -> std::ops::Range<u32> {
        let key = match direction {
            Direction::Ingress => "ingress",
            Direction::Egress => "egress",
        };
        let list = List::read(tree, spec, key);
        let mut rules = Vec::new();
        for (node, unknown) in &list.nodes {
            rules.push(self.rule(tree, *node, unknown.clone(), direction, own));
        }
        rules.extend(list.rest.map(|cause| any_rule(spec, &cause)));
        self.add_rules(rules)
    }

    fn rule(
        &mut self,
        tree: &'g Tree,
        node: NodeId,
        unknown: Option<Arc<Unknown>>,
        direction: Direction,
        own: Scope,
    ) -> Rule {
        if let Some(cause) = kubernetes::unknown(&tree.node(node).data) {
            return any_rule(node, &cause);
        }
        let key = match direction {
            Direction::Ingress => "from",
            Direction::Egress => "to",
        };
        let list = List::read(tree, node, key);
        let peers = (!list.is_empty()).then(|| {
            let mut peers = Vec::new();
            for (peer, unknown) in &list.nodes {
                peers.push(match unknown {
                    Some(cause) => Peer::Unknown(Arc::clone(cause)),
                    None => self.peer_at(tree, *peer, own),
                });
            }
            peers.extend(list.rest.map(Peer::Unknown));
            with_joined_blocks(peers, of_plugin(&self.options), &self.options)
        });
        Rule {
            node,
            action: Action::Allow,
            peers,
            ports: ports(&List::read(tree, node, "ports"), |port, ports| {
                add_port(tree, port, ports)
            }),
            unknown,
        }
    }

    fn peer_at(&mut self, tree: &'g Tree, peer: NodeId, own: Scope) -> Peer {
        if let Some(cause) = kubernetes::unknown(&tree.node(peer).data) {
            return Peer::Unknown(cause);
        }
        if let Some(node) = written(tree, peer, "ipBlock") {
            return self.block_at(tree, node);
        }
        let (pods, namespaces) = (
            written(tree, peer, "podSelector"),
            written(tree, peer, "namespaceSelector"),
        );
        let open = tree.open(peer).cloned();
        match (pods, namespaces, open) {
            (_, _, Some(cause)) => Peer::Unknown(cause),
            (None, None, None) => Peer::Unknown(Arc::clone(&REFUSED)),
            (pods, namespaces, None) => {
                let selection = self.pods(tree, namespaces, pods, own);
                self.peer(selection)
            }
        }
    }

    fn block_at(&self, tree: &Tree, node: NodeId) -> Peer {
        let cidr = match tree.get(node, "cidr") {
            Some(cidr) => block(tree, cidr),
            None => Err(rest_of(tree, node).unwrap_or_else(|| Arc::clone(&REFUSED))),
        };
        let cidr = match cidr {
            Ok(cidr) => cidr,
            Err(cause) => return Peer::Unknown(cause),
        };
        let list = List::read(tree, node, "except");
        let mut unknown = list.rest;
        let mut except = Vec::new();
        for (node, cause) in list.nodes {
            match block(tree, node) {
                Ok(block) if cause.is_none() => except.push(block),
                Ok(_) => unknown = cause,
                Err(cause) => unknown = Some(cause),
            }
        }
        let plugin = of_plugin(&self.options);
        addresses(&[cidr], &except, unknown, plugin, &self.options)
    }
}

/// A rule of which nothing is known.
pub(super) fn any_rule(node: NodeId, cause: &Arc<Unknown>) -> Rule {
    let mut ports = RulePorts::default();
    ports.add_maybe(&Ports::all(), cause);
    Rule {
        node,
        action: Action::Allow,
        peers: Some(vec![Peer::Unknown(Arc::clone(cause))]),
        ports,
        unknown: Some(Arc::clone(cause)),
    }
}

/// Whether a policy restricts a direction. Ingress always where nothing is said, egress where rules for it are written.
fn has_type(tree: &Tree, spec: NodeId, direction: Direction) -> Truth {
    let text = match direction {
        Direction::Ingress => "Ingress",
        Direction::Egress => "Egress",
    };
    let node = tree.get(spec, "policyTypes");
    let is_default = |node| {
        tree.passage(node)
            .is_some_and(|passage| passage.default.is_some())
    };
    let types = match node {
        Some(node) if !is_default(node) => List::read(tree, spec, "policyTypes"),
        Some(_) => List::default(),
        None => List {
            nodes: Vec::new(),
            rest: rest_of(tree, spec),
        },
    };
    if types.is_empty() {
        let egress = List::read(tree, spec, "egress");
        return match (direction, egress.nodes.first(), egress.rest) {
            (Direction::Ingress, ..) | (_, Some((_, None)), _) => Truth::Yes,
            (Direction::Egress, _, Some(cause)) => Truth::Maybe(cause),
            (Direction::Egress, ..) => Truth::No,
        };
    }
    let holds = |(node, unknown): &(NodeId, Option<Arc<Unknown>>)| {
        let is = match &tree.node(*node).data {
            Data::String(found) => Truth::from(found == text),
            data => kubernetes::unknown(data).map_or(Truth::No, Truth::Maybe),
        };
        is.given(unknown.as_ref())
    };
    let named = types.nodes.iter().map(holds).fold(Truth::No, Truth::or);
    named.or(types.rest.map_or(Truth::No, Truth::Maybe))
}

fn add_port(tree: &Tree, port: NodeId, ports: &mut RulePorts) -> Result<(), Arc<Unknown>> {
    if let Some(cause) = kubernetes::unknown(&tree.node(port).data) {
        return Err(cause);
    }
    let protocol = protocol(tree, port)?;
    let number = written(tree, port, "port");
    if let Some(name) = number.and_then(|node| tree.as_text(node)) {
        ports.names.push((name.clone(), Some(protocol)));
        return Ok(());
    }
    let all = Ports::all_of(protocol);
    let found = match port_number(tree, port, "port") {
        Ok(None) => all,
        Ok(Some(start)) => match port_number(tree, port, "endPort") {
            Ok(end) => Ports::of(protocol, start, end.unwrap_or(start)),
            Err(cause) => {
                ports.add_maybe(&Ports::of(protocol, start, u16::MAX), &cause);
                Ports::of(protocol, start, start)
            }
        },
        Err(cause) => {
            ports.add_maybe(&all, &cause);
            return Ok(());
        }
    };
    ports.add_known(&found);
    Ok(())
}
