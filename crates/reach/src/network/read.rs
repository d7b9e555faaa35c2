//! What policies of all sorts have in common, as it is written.

use std::sync::{Arc, LazyLock};

use graph::{Data, NodeId, Resource, Tree, Unknown};
use kubernetes::Selector;

use super::Options;
use super::address::{self, Block};
use super::build::Builder;
use super::policy::{Addresses, Peer, RulePorts};
use super::ports::{Ports, Protocol};
use crate::truth::{Truth, because};

/// Something is written that the API server does not take, so that what will be there instead is open.
pub(super) static REFUSED: LazyLock<Arc<Unknown>> =
    LazyLock::new(|| because("the API server refuses what is written"));

static PLUGIN: LazyLock<Arc<Unknown>> =
    LazyLock::new(|| because("network plugins differ over whether blocks of addresses mean pods"));

static POD_ADDRESSES: LazyLock<Arc<Unknown>> =
    LazyLock::new(|| because("the addresses of pods are not known"));

static NODE_ADDRESSES: LazyLock<Arc<Unknown>> =
    LazyLock::new(|| because("the addresses of nodes are not known"));

/// The elements of a list.
#[derive(Default)]
pub(super) struct List {
    /// Each with the reason why it may not be there.
    pub(super) nodes: Vec<(NodeId, Option<Arc<Unknown>>)>,
    /// Why there may be others.
    pub(super) rest: Option<Arc<Unknown>>,
}

impl List {
    pub(super) fn read(tree: &Tree, map: NodeId, key: &str) -> Self {
        let Some(list) = tree.get(map, key) else {
            return Self {
                nodes: Vec::new(),
                rest: rest_of(tree, map),
            };
        };
        if let Data::Unknown(cause) = &tree.node(list).data {
            return Self {
                nodes: Vec::new(),
                rest: Some(Arc::clone(cause)),
            };
        }
        let rest = tree.open(list).cloned();
        let unknown = |node| rest.clone().filter(|_| tree.is_symbolic(node));
        Self {
            nodes: tree
                .children(list)
                .map(|node| (node, unknown(node)))
                .collect(),
            rest,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.rest.is_none()
    }
}

/// Why a map may have other keys than those that are known.
pub(super) fn rest_of(tree: &Tree, map: NodeId) -> Option<Arc<Unknown>> {
    kubernetes::unknown(&tree.node(map).data).or_else(|| tree.open(map).cloned())
}

/// The node under a key, where something is written there.
pub(super) fn written(tree: &Tree, map: NodeId, key: &str) -> Option<NodeId> {
    tree.get(map, key)
        .filter(|node| tree.node(*node).data != Data::Null)
}

/// Which pods are selected.
#[derive(Clone, Debug)]
pub(super) struct Selection {
    pub(super) scope: Scope,
    /// The index of the selector; all where there is none.
    pub(super) pods: Option<u32>,
}

/// In which namespaces pods are selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Scope {
    /// In this one.
    Own(u32),
    /// In those that a selector matches.
    Matching(u32),
    All,
}

impl<'g> Builder<'g> {
    /// A selector as something else refers to it; nothing where it selects everything.
    pub(super) fn selector(
        &mut self,
        tree: &'g Tree,
        node: NodeId,
    ) -> Result<Option<u32>, Arc<Unknown>> {
        let selector = Selector::read(tree, node).ok_or_else(|| Arc::clone(&REFUSED))?;
        Ok((!selector.is_empty()).then(|| self.selectors.add(selector)))
    }

    /// Pods by the labels of their namespaces and their own, each under a key of a map.
    pub(super) fn pods(
        &mut self,
        tree: &'g Tree,
        namespaces: Option<NodeId>,
        pods: Option<NodeId>,
        own: Scope,
    ) -> Result<Selection, Arc<Unknown>> {
        let scope = match namespaces {
            None => own,
            Some(node) => self
                .selector(tree, node)?
                .map_or(Scope::All, Scope::Matching),
        };
        let pods = match pods {
            None => None,
            Some(node) => self.selector(tree, node)?,
        };
        Ok(Selection { scope, pods })
    }

    /// A selection as a rule refers to it.
    pub(super) fn peer(&mut self, selection: Result<Selection, Arc<Unknown>>) -> Peer {
        match selection {
            Err(cause) => Peer::Unknown(cause),
            Ok(Selection {
                scope: Scope::All,
                pods: None,
            }) => Peer::AllPods,
            Ok(selection) => Peer::Pods(self.select(selection)),
        }
    }
}

/// Blocks of addresses without others, as a peer. Pods are meant as far as the API says, else the network plugin.
pub(super) fn addresses(
    blocks: &[Block],
    except: &[Block],
    unknown: Option<Arc<Unknown>>,
    means_pods: Truth,
    options: &Options,
) -> Peer {
    let blocks = address::minus(blocks, except);
    let among = |networks: &[Block], cause: &Arc<Unknown>| {
        let given = Truth::Yes.given(unknown.as_ref());
        cover(&blocks, networks, cause).and(given)
    };
    let pods = among(&options.pod_networks, &POD_ADDRESSES).and(means_pods);
    let nodes = match &options.nodes {
        Some(nodes) => among(nodes, &NODE_ADDRESSES),
        None => among(&Block::all(), &NODE_ADDRESSES),
    };
    Peer::Addresses(Arc::new(Addresses {
        pods,
        nodes,
        blocks,
        unknown,
    }))
}

/// Whether blocks hold what has an address in some networks.
fn cover(blocks: &[Block], networks: &[Block], cause: &Arc<Unknown>) -> Truth {
    if address::common(blocks, &address::joined(networks)).is_empty() {
        return Truth::No;
    }
    match address::minus(networks, blocks).is_empty() {
        true => Truth::Yes,
        false => Truth::Maybe(Arc::clone(cause)),
    }
}

/// The peers of a rule with those joined that are known blocks, as together they may hold more than each.
pub(super) fn with_joined_blocks(
    peers: Vec<Peer>,
    means_pods: Truth,
    options: &Options,
) -> Vec<Peer> {
    let mut blocks = Vec::new();
    let mut others = Vec::new();
    for peer in peers {
        match peer {
            Peer::Addresses(addresses) if addresses.unknown.is_none() => {
                blocks.extend_from_slice(&addresses.blocks);
            }
            other => others.push(other),
        }
    }
    if !blocks.is_empty() {
        others.push(addresses(&blocks, &[], None, means_pods, options));
    }
    others
}

/// What network plugins take blocks of NetworkPolicies for.
pub(super) fn of_plugin(options: &Options) -> Truth {
    options
        .blocks_mean_pods
        .map_or_else(|| Truth::Maybe(Arc::clone(&PLUGIN)), Truth::from)
}

/// A block of addresses at a node.
pub(super) fn block(tree: &Tree, node: NodeId) -> Result<Block, Arc<Unknown>> {
    let data = &tree.node(node).data;
    let refused = || kubernetes::unknown(data).unwrap_or_else(|| Arc::clone(&REFUSED));
    let text = tree.as_text(node).ok_or_else(refused)?;
    Block::read(text).ok_or_else(refused)
}

/// A number of a port under a key; nothing where none is written.
pub(super) fn port_number(
    tree: &Tree,
    map: NodeId,
    key: &str,
) -> Result<Option<u16>, Arc<Unknown>> {
    let Some(node) = written(tree, map, key) else {
        return rest_of(tree, map).map_or(Ok(None), Err);
    };
    match &tree.node(node).data {
        Data::Int(number) => u16::try_from(*number)
            .ok()
            .filter(|number| *number > 0)
            .map(Some)
            .ok_or_else(|| Arc::clone(&REFUSED)),
        data => Err(kubernetes::unknown(data).unwrap_or_else(|| Arc::clone(&REFUSED))),
    }
}

/// The protocol under a key, TCP where none is written.
pub(super) fn protocol(tree: &Tree, map: NodeId) -> Result<Protocol, Arc<Unknown>> {
    let Some(node) = written(tree, map, "protocol") else {
        return rest_of(tree, map).map_or(Ok(Protocol::Tcp), Err);
    };
    let data = &tree.node(node).data;
    let refused = || kubernetes::unknown(data).unwrap_or_else(|| Arc::clone(&REFUSED));
    let text = tree.as_text(node).ok_or_else(refused)?;
    Protocol::read(text).ok_or_else(refused)
}

/// The ports that the elements of a list name; all where there are none.
pub(super) fn ports(
    list: &List,
    mut add: impl FnMut(NodeId, &mut RulePorts) -> Result<(), Arc<Unknown>>,
) -> RulePorts {
    if list.is_empty() {
        return RulePorts::all();
    }
    let mut ports = RulePorts::default();
    let mut known = Vec::with_capacity(list.nodes.len());
    for (node, unknown) in &list.nodes {
        let mut own = RulePorts::default();
        let added = add(*node, &mut own);
        if let Err(cause) = added {
            ports.add_maybe(&Ports::all(), &cause);
        } else if let Some(cause) = unknown {
            ports.add_maybe(&Ports::all(), cause);
        } else {
            known.push(std::mem::take(&mut own.known));
            ports.add(own);
        }
    }
    ports.known = Ports::union_of(&known);
    if let Some(rest) = &list.rest {
        ports.add_maybe(&Ports::all(), rest);
    }
    ports
}

/// Whether a policy can be told apart from another of its name, and whether it exists at all.
pub(super) fn exists(resource: &Resource) -> Truth {
    Truth::Yes.given(resource.conditional.as_ref())
}
