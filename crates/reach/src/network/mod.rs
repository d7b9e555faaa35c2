//! Who can talk to whom: what NetworkPolicies and the policies of the cluster's administrators let through.

mod address;
mod admin;
mod answer;
mod build;
mod cilium;
mod endpoints;
mod evaluate;
mod explain;
mod exposure;
mod foreign;
mod labels;
mod namespaced;
mod pairs;
mod policy;
mod ports;
mod read;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use graph::{Graph, Namespace, Resource, ResourceId, SmolStr};

use build::Builder;
use endpoints::NamedPorts;
use foreign::Foreign;
use policy::{Applied, Policy, Rule};

use crate::truth::Truth;

pub use address::Block;
pub use answer::{Answer, End, Traffic, Verdict};
pub use endpoints::Pod;
pub use evaluate::Connections;
pub use explain::Reason;
pub use exposure::{Behind, Door, Exposure};
pub use pairs::Pair;
pub use policy::{Action, Direction};
pub use ports::{Ports, Protocol, Range as PortRange};

/// How the network is computed.
#[derive(Clone, Debug)]
pub struct Options {
    /// The environment: its resources count, and those that belong to none.
    pub environment: Option<SmolStr>,
    /// Whether the network plugin takes blocks of addresses in NetworkPolicies to mean pods that have such an address. Some do
    /// and some do not, so nothing is unknown.
    pub blocks_mean_pods: Option<bool>,
    /// Where pods have their addresses.
    pub pod_networks: Vec<Block>,
    /// Where nodes have their addresses, if that is known.
    pub nodes: Option<Vec<Block>>,
}

impl Default for Options {
    /// Any plugin; pods have private addresses, and nodes any.
    fn default() -> Self {
        Self {
            environment: None,
            blocks_mean_pods: None,
            pod_networks: Block::of_pods(),
            nodes: None,
        }
    }
}

/// What the policies of one environment of a graph let through between pods, and between them and other addresses.
///
/// It answers as the API documents the policies, on pods: what goes through a Service is judged at the port of the pod behind.
///
/// - A pod is isolated in a direction once a NetworkPolicy for that direction selects it; traffic needs the leave of both ends.
/// - Pods on the network of their node are selected by nothing and meant by no selector, as plugins have it.
/// - A node always reaches its own pods, so what a policy denies between a pod and one on the network of a node is unknown.
/// - Policies of administrators come first, by priority; what they pass or leave over goes to NetworkPolicies, and what
///   these do not isolate to the baseline. Of several with one priority any may come first.
/// - What policies of network plugins and meshes do is not computed: it is unknown for the pods that they are about.
/// - Policies that the graph does not have (`Graph::completeness`) are not thought of: the caller has to.
#[derive(Debug)]
pub struct Network {
    options: Options,
    policies: Vec<Policy>,
    rules: Vec<Rule>,
    foreign: Vec<Foreign>,
    classes: Vec<Class>,
    pods: HashMap<Pod, ClassId>,
    /// Those that are one pod, and not what makes pods.
    single: HashSet<Pod>,
    by_namespace: HashMap<Namespace, Vec<ClassId>>,
    ports: Vec<NamedPorts>,
    /// The classes that each selection of a rule means.
    means: Vec<Vec<(u32, bool)>>,
}

/// Pods that no policy tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassId(pub u32);

/// What policies see of the pods of a class.
#[derive(Debug)]
struct Class {
    /// What names stand for, as an index.
    ports: u32,
    /// Whether the pods are on the network of their node.
    host: Truth,
    /// The policies by direction, ascending.
    applied: [Vec<Applied>; 2],
    /// The policies of plugins and meshes by direction, ascending.
    foreign: [Vec<u32>; 2],
    /// The selections of rules that mean the pods, ascending.
    selected: Vec<(u32, Truth)>,
    /// How many pods, or things that make pods, are in it.
    size: usize,
}

impl Network {
    /// The network that a graph declares.
    #[must_use]
    pub fn of(graph: &Graph, options: &Options) -> Self {
        let mut builder = Builder::new(graph, options);
        for (id, resource) in objects(graph, options.environment.as_ref()) {
            match kind(resource) {
                Some(Kind::Namespaced) => builder.add_namespaced(id, resource),
                Some(Kind::Admin) => builder.add_admin(id, resource),
                None => builder.add_foreign(id, resource),
            }
        }
        builder.finish()
    }

    /// All pods, sorted.
    #[must_use]
    pub fn pods(&self) -> Vec<Pod> {
        let mut pods: Vec<Pod> = self.pods.keys().copied().collect();
        pods.sort_unstable();
        pods
    }

    /// The class of a pod.
    #[must_use]
    pub fn class(&self, pod: Pod) -> Option<ClassId> {
        self.pods.get(&pod).copied()
    }

    /// All classes.
    pub fn classes(&self) -> impl Iterator<Item = ClassId> + use<> {
        (0..endpoints::number(self.classes.len())).map(ClassId)
    }

    /// How many pods, or things that make pods, are in a class.
    #[must_use]
    pub fn size(&self, class: ClassId) -> usize {
        self.classes[class.0 as usize].size
    }

    fn rules(&self, range: &Range<u32>) -> impl DoubleEndedIterator<Item = (u32, &Rule)> {
        let rules = &self.rules[range.start as usize..range.end as usize];
        range.clone().zip(rules)
    }
}

/// The sorts of policies.
enum Kind {
    Namespaced,
    Admin,
}

fn kind(resource: &Resource) -> Option<Kind> {
    match resource.address.split('/').next()? {
        "NetworkPolicy" => Some(Kind::Namespaced),
        "AdminNetworkPolicy.policy.networking.k8s.io"
        | "BaselineAdminNetworkPolicy.policy.networking.k8s.io"
        | "ClusterNetworkPolicy.policy.networking.k8s.io" => Some(Kind::Admin),
        _ => None,
    }
}

/// The objects of an environment.
fn objects<'g>(
    graph: &'g Graph,
    environment: Option<&SmolStr>,
) -> impl Iterator<Item = (ResourceId, &'g Resource)> {
    graph
        .resources()
        .map(|(id, resource)| (id, resource.as_ref()))
        .filter(move |(_, resource)| {
            let own = resource.environment.as_ref();
            kubernetes::is_object(resource) && (own.is_none() || own == environment)
        })
}
