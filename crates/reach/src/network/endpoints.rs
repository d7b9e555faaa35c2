//! Pods as networks see them: namespaces, labels, ports with names, and whether they are on the network of their node.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock};

use graph::{
    Container, ContainerRole, Data, Graph, Namespace, NodeId, PodTemplate, Resource, ResourceId,
    SmolStr, Tree, Unknown,
};
use kubernetes::Labels;

use super::labels::LabelSets;
use super::ports::{Ports, Protocol};
use crate::truth::{Truth, because};

/// The label that every Namespace has with its name.
const NAME_LABEL: &str = "kubernetes.io/metadata.name";

/// Nobody wrote the namespace of something.
pub(super) static UNSET: LazyLock<Arc<Unknown>> =
    LazyLock::new(|| because("whoever applies it chooses the namespace"));

/// A pod, or what makes pods that are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pod {
    /// The resource that is or makes it.
    pub resource: ResourceId,
    /// Its index among the pods of the resource.
    pub index: u32,
}

/// What names stand for in a pod.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct NamedPorts {
    /// Sorted.
    pub(super) known: Vec<(SmolStr, Protocol, u16)>,
    /// Why there may be others.
    pub(super) open: Option<Arc<Unknown>>,
}

/// Known ports, and the place in memory of the reason why there may be others.
pub(super) type PortsKey = (Vec<(SmolStr, Protocol, u16)>, usize);

/// Pods that no policy tells apart by more than their namespace, labels and ports.
pub(super) struct Group {
    pub(super) namespace: u32,
    pub(super) labels: u32,
    pub(super) ports: u32,
    /// Whether they are on the network of their node.
    pub(super) host: Truth,
}

/// All pods of an environment.
#[derive(Default)]
pub(super) struct Endpoints<'g> {
    pub(super) namespaces: Vec<Namespace>,
    namespace_ids: HashMap<Namespace, u32>,
    /// The labels of each namespace, as indexes in `namespace_sets`.
    pub(super) namespace_labels: Vec<u32>,
    pub(super) namespace_sets: LabelSets<'g>,
    written: HashMap<&'g str, &'g Resource>,
    absent: Option<Arc<Unknown>>,
    pub(super) pod_sets: LabelSets<'g>,
    pub(super) ports: Vec<NamedPorts>,
    port_ids: HashMap<PortsKey, u32>,
    pub(super) groups: Vec<Group>,
    group_ids: HashMap<(u32, u32, u32, u8), u32>,
    pub(super) pods: Vec<(Pod, u32)>,
    /// Those that are one pod, and not what makes pods.
    pub(super) single: HashSet<Pod>,
}

impl<'g> Endpoints<'g> {
    pub(super) fn of(graph: &'g Graph, environment: Option<&SmolStr>) -> Self {
        let mut endpoints = Self {
            absent: graph.completeness.absent("Namespace", &Namespace::Cluster),
            ..Self::default()
        };
        for (_, resource) in super::objects(graph, environment) {
            if resource.address.starts_with("Namespace/") {
                endpoints.written.entry(&resource.name).or_insert(resource);
            }
        }
        for (id, resource) in super::objects(graph, environment) {
            endpoints.add(id, resource);
        }
        endpoints
    }

    /// The index of a namespace, which may be new.
    pub(super) fn namespace(&mut self, namespace: &'g Namespace) -> u32 {
        if let Some(found) = self.namespace_ids.get(namespace) {
            return *found;
        }
        let id = number(self.namespaces.len());
        let labels = self.labels_of(namespace);
        let labels = self.namespace_sets.add(labels);
        self.namespaces.push(namespace.clone());
        self.namespace_labels.push(labels);
        self.namespace_ids.insert(namespace.clone(), id);
        id
    }

    fn labels_of(&self, namespace: &'g Namespace) -> Labels<'g> {
        let Namespace::Named(name) = namespace else {
            return Labels {
                known: Vec::new(),
                unknown: Some(Arc::clone(&UNSET)),
            };
        };
        let mut labels = match self.written.get(name.as_str()) {
            Some(resource) => {
                let map = resource.tree.at(NodeId::ROOT, &["metadata", "labels"]);
                map.map_or_else(Labels::default, |map| Labels::read(&resource.tree, map))
            }
            None => Labels {
                known: Vec::new(),
                unknown: self.absent.clone(),
            },
        };
        labels.known.retain(|(key, _)| *key != NAME_LABEL);
        labels.known.push((NAME_LABEL, Some(name)));
        labels
    }

    fn add(&mut self, id: ResourceId, resource: &'g Resource) {
        if has_ended(resource) {
            return;
        }
        let tree = &resource.tree;
        for (index, pod) in (0..).zip(&resource.facts.pods) {
            let group = self.group(
                resource,
                labels(tree, pod),
                named_ports(tree, &pod.containers),
                host(tree, pod),
            );
            let pod = Pod {
                resource: id,
                index,
            };
            self.pods.push((pod, group));
            if resource.address.starts_with("Pod/") {
                self.single.insert(pod);
            }
        }
        if let Some(metadata) = machine(resource) {
            let map = metadata.and_then(|metadata| tree.get(metadata, "labels"));
            let labels = map.map_or_else(Labels::default, |map| Labels::read(tree, map));
            let group = self.group(resource, labels, NamedPorts::default(), Truth::No);
            let pod = Pod {
                resource: id,
                index: 0,
            };
            self.pods.push((pod, group));
        }
    }

    fn group(
        &mut self,
        resource: &'g Resource,
        labels: Labels<'g>,
        ports: NamedPorts,
        host: Truth,
    ) -> u32 {
        let namespace = self.namespace(&resource.namespace);
        let labels = self.pod_sets.add(labels);
        let ports = self.port_id(ports);
        let how = match host {
            Truth::No => 0,
            Truth::Maybe(_) => 1,
            Truth::Yes => 2,
        };
        let next = number(self.groups.len());
        let id = *self
            .group_ids
            .entry((namespace, labels, ports, how))
            .or_insert(next);
        if id == next {
            self.groups.push(Group {
                namespace,
                labels,
                ports,
                host,
            });
        }
        id
    }

    fn port_id(&mut self, ports: NamedPorts) -> u32 {
        let next = number(self.ports.len());
        let id = *self.port_ids.entry(ports.key()).or_insert(next);
        if id == next {
            self.ports.push(ports);
        }
        id
    }
}

pub(super) fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// A pod that has ended has no traffic.
fn has_ended(resource: &Resource) -> bool {
    let phase = resource.tree.at(NodeId::ROOT, &["status", "phase"]);
    let phase = phase.and_then(|node| resource.tree.as_text(node));
    resource.kind == "Pod"
        && phase.is_some_and(|phase| matches!(phase.as_str(), "Succeeded" | "Failed"))
}

/// The metadata of the pod in which KubeVirt runs a virtual machine, whose labels it takes.
fn machine(resource: &Resource) -> Option<Option<NodeId>> {
    let tree = &resource.tree;
    match resource.address.split('/').next()? {
        "VirtualMachine.kubevirt.io" | "VirtualMachineInstanceReplicaSet.kubevirt.io" => {
            Some(tree.at(NodeId::ROOT, &["spec", "template", "metadata"]))
        }
        "VirtualMachineInstance.kubevirt.io" => Some(tree.get(NodeId::ROOT, "metadata")),
        _ => None,
    }
}

fn labels<'g>(tree: &'g Tree, pod: &PodTemplate) -> Labels<'g> {
    let unknown = |node| kubernetes::unknown(&tree.node(node).data);
    let open = |unknown| Labels {
        known: Vec::new(),
        unknown,
    };
    match pod.metadata {
        Some(metadata) if unknown(metadata).is_some() => open(unknown(metadata)),
        Some(metadata) => match tree.get(metadata, "labels") {
            Some(map) => Labels::read(tree, map),
            None => open(tree.open(metadata).cloned()),
        },
        None => open(unknown(pod.spec)),
    }
}

/// Whether a pod is on the network of its node.
pub(super) fn host(tree: &Tree, pod: &PodTemplate) -> Truth {
    let unknown = kubernetes::unknown(&tree.node(pod.spec).data);
    let unknown = unknown.or_else(|| tree.open(pod.spec).cloned());
    match tree.get(pod.spec, "hostNetwork") {
        None => unknown.map_or(Truth::No, Truth::Maybe),
        Some(node) => match &tree.node(node).data {
            Data::Bool(is_host) => Truth::from(*is_host),
            data => kubernetes::unknown(data).map_or(Truth::No, Truth::Maybe),
        },
    }
}

/// The ports of those containers that keep running.
pub(super) fn named_ports(tree: &Tree, containers: &[Container]) -> NamedPorts {
    let mut found = NamedPorts::default();
    for container in containers.iter().filter(|one| keeps_running(tree, one)) {
        match tree.get(container.node, "ports") {
            Some(list) => add_ports(tree, list, &mut found),
            None => {
                let unknown = kubernetes::unknown(&tree.node(container.node).data);
                let open = unknown.or_else(|| tree.open(container.node).cloned());
                found.open = found.open.take().or(open);
            }
        }
    }
    found.known.sort_unstable();
    found.known.dedup();
    found
}

fn keeps_running(tree: &Tree, container: &Container) -> bool {
    let is_sidecar = || {
        tree.text(container.node, "restartPolicy")
            .is_some_and(|policy| policy == "Always")
    };
    match container.role {
        ContainerRole::Main => true,
        ContainerRole::Init => is_sidecar(),
        ContainerRole::Ephemeral => false,
    }
}

fn add_ports(tree: &Tree, list: NodeId, found: &mut NamedPorts) {
    let open = kubernetes::unknown(&tree.node(list).data).or_else(|| tree.open(list).cloned());
    found.open = found.open.take().or(open);
    for port in tree.children(list) {
        match named_port(tree, port) {
            Ok(Some(port)) => found.known.push(port),
            Ok(None) => {}
            Err(cause) => found.open = found.open.take().or(Some(cause)),
        }
    }
}

/// A port with its name; nothing where it has none or is refused.
fn named_port(tree: &Tree, port: NodeId) -> Result<Option<(SmolStr, Protocol, u16)>, Arc<Unknown>> {
    let unknown = |node: NodeId| kubernetes::unknown(&tree.node(node).data);
    if let Some(cause) = unknown(port) {
        return Err(cause);
    }
    let Some(name) = tree.get(port, "name") else {
        return Ok(None);
    };
    let number = tree.get(port, "containerPort");
    let protocol = tree.get(port, "protocol");
    for node in [Some(name), number, protocol].into_iter().flatten() {
        unknown(node).map_or(Ok(()), Err)?;
    }
    let number = number.and_then(|node| match tree.node(node).data {
        Data::Int(number) => u16::try_from(number).ok(),
        _ => None,
    });
    let protocol = protocol.and_then(|node| tree.as_text(node));
    let protocol = protocol.map_or(Some(Protocol::Tcp), |text| Protocol::read(text));
    let row = || Some((tree.as_text(name)?.clone(), protocol?, number?));
    Ok(row())
}

impl NamedPorts {
    pub(super) fn key(&self) -> PortsKey {
        let open = self.open.as_ref();
        (
            self.known.clone(),
            open.map_or(0, |open| Arc::as_ptr(open).addr()),
        )
    }

    /// Those with one of some names.
    pub(super) fn only(&self, names: &HashSet<SmolStr>) -> Self {
        let known = self.known.iter().filter(|(name, ..)| names.contains(name));
        Self {
            known: known.cloned().collect(),
            open: self.open.clone().filter(|_| !names.is_empty()),
        }
    }

    /// The ports that a name stands for. Without a protocol, those of all.
    pub(super) fn of(&self, name: &str, protocol: Option<Protocol>) -> Ports {
        let meant = |(own, of, _): &&(SmolStr, Protocol, u16)| {
            own == name && protocol.is_none_or(|protocol| protocol == *of)
        };
        let ports = self.known.iter().filter(meant);
        ports.fold(Ports::default(), |all, (_, protocol, port)| {
            all.union(&Ports::of(*protocol, *port, *port))
        })
    }
}
