//! What is known of a cluster as a whole, written like an object.

use std::collections::BTreeMap;
use std::sync::Arc;

use graph::{Cause, Data, Key, Namespace, NodeId, Resource, Unknown};
use kubernetes::snapshot::{Snapshot, written};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::head::Head;
use super::object::Objects;
use crate::project::Format;
use crate::project::read::{Manifests, read_file};

/// Parts of the names of images by which network plugins are known, the plugins, and whether these enforce NetworkPolicies.
const PLUGINS: [(&str, &str, bool); 15] = [
    ("calico/node", "calico", true),
    ("calico-node", "calico", true),
    ("cilium/cilium", "cilium", true),
    ("antrea/antrea", "antrea", true),
    ("antrea-agent", "antrea", true),
    ("cloudnativelabs/kube-router", "kube-router", true),
    ("kubeovn/kube-ovn", "kube-ovn", true),
    ("ovn-kube", "ovn-kubernetes", true),
    ("weave-npc", "weave", true),
    ("azure-npm", "azure-npm", true),
    ("netd-network-policy", "netd", true),
    ("kube-network-policies", "kube-network-policies", true),
    ("flannel/flannel", "flannel", false),
    ("flannelcni/flannel", "flannel", false),
    ("coreos/flannel", "flannel", false),
];

/// What is in the versions of servers of distributions.
const DISTRIBUTIONS: [(&str, &str); 6] = [
    ("+k3s", "k3s"),
    ("+rke2", "rke2"),
    ("+k0s", "k0s"),
    ("-eks-", "eks"),
    ("-gke.", "gke"),
    ("+vmware", "tanzu"),
];

/// What AKS calls itself, whose servers have the versions of anybody's, and what the labels begin with that it gives to its nodes
/// and agents.
///
/// Source: <https://learn.microsoft.com/en-us/azure/aks/use-labels#reserved-system-labels>
const AKS: (&str, &str) = ("aks", "kubernetes.azure.com/");

/// Distributions that enforce NetworkPolicies themselves, whatever their network plugin.
const ENFORCING: [&str; 3] = ["k3s", "rke2", "k0s"];

/// Why it may not be known whether anything acts on NetworkPolicies.
const NO_PLUGIN: &str = "no network plugin that is known was found in the cluster";

/// What is needed of what has labels.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Labelled {
    metadata: Labels,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Labels {
    labels: BTreeMap<String, IgnoredAny>,
}

/// What is needed of a DaemonSet.
#[derive(Deserialize)]
struct DaemonSet {
    #[serde(default)]
    spec: Spec,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Spec {
    template: Template,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Template {
    spec: Pod,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Pod {
    containers: Vec<Container>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Container {
    image: String,
}

/// A network plugin, and whether it enforces NetworkPolicies.
type Plugin = (&'static str, bool);

/// What is known of a cluster as a whole, as a file of its own.
pub(super) fn cluster(snapshot: &Snapshot, objects: &Objects<'_>) -> Manifests {
    let how = objects.how;
    let about = &snapshot.about;
    let distribution = distribution(&about.version).or_else(|| labelled_distribution(objects));
    let plugin = plugin(objects, distribution);
    let mut object = Map::new();
    let mut set = |key: &str, value: Option<Value>| {
        object.extend(value.map(|value| (key.to_owned(), value)));
    };
    let text = |text: &str| (!text.is_empty()).then(|| Value::from(text));
    set("apiVersion", text("scantling.internal/v1"));
    set("kind", text("Cluster"));
    set("metadata", Some(serde_json::json!({"name": about.context})));
    set("version", text(&about.version));
    set("distribution", distribution.and_then(text));
    set("networkPlugin", plugin.and_then(|(name, _)| text(name)));
    let enforces = plugin.map(|(_, enforces)| Value::from(enforces));
    set("enforcesNetworkPolicies", enforces);
    let path = how.root.join("cluster.yaml");
    let file = how.sources.add(path, written(Value::Object(object)));
    let mut read = read_file(file, Format::Cluster, how.yaml, how.kubernetes);
    if plugin.is_none() {
        let unread = snapshot.completeness(&how.kubernetes.pod_paths);
        let unread = unread.absent("DaemonSet", &Namespace::Unset);
        let why = || Arc::new(Unknown::new(Cause::Other(NO_PLUGIN.into())));
        leave_open(&mut read, &unread.unwrap_or_else(why));
    }
    read
}

/// Says that it can't be known whether NetworkPolicies are enforced.
fn leave_open(read: &mut Manifests, why: &Arc<Unknown>) {
    for cluster in &mut read.resources {
        let cluster: &mut Resource = Arc::make_mut(cluster);
        let span = cluster.tree.node(cluster.title_node()).span;
        let text = "enforcesNetworkPolicies".into();
        let key = Some(Key { text, span });
        let data = Data::Unknown(Arc::clone(why));
        cluster.tree.push(NodeId::ROOT, key, data, span);
    }
}

fn distribution(version: &str) -> Option<&'static str> {
    let row = DISTRIBUTIONS
        .iter()
        .find(|(part, _)| version.contains(part));
    row.map(|(_, name)| *name)
}

/// The distribution, as labels of nodes and agents say it.
fn labelled_distribution(objects: &Objects<'_>) -> Option<&'static str> {
    let (name, start) = AKS;
    let heads = objects.heads();
    let mut told = heads.filter(|(_, head)| head.is_some_and(tells_of_cluster));
    let is_labelled = |index: usize| {
        let text = objects.text(index);
        let read = || serde_json::from_str::<Labelled>(text).unwrap_or_default();
        text.contains(start)
            && read()
                .metadata
                .labels
                .keys()
                .any(|key| key.starts_with(start))
    };
    told.any(|(index, _)| is_labelled(index)).then_some(name)
}

/// Whether an object may tell of its cluster as a whole: a node, and an agent on all of them.
pub(super) fn tells_of_cluster(head: &Head) -> bool {
    matches!(head.group_kind(), ("", "Node") | ("apps", "DaemonSet"))
}

/// The network plugin, if its DaemonSet is known. Of several one that enforces policies counts, whatever moves the packets.
fn plugin(objects: &Objects<'_>, distribution: Option<&str>) -> Option<Plugin> {
    let heads = objects.heads();
    let agents = heads.filter(|(_, head)| head.is_some_and(|head| head.kind == "DaemonSet"));
    let agents =
        agents.filter_map(|(index, _)| serde_json::from_str::<DaemonSet>(objects.text(index)).ok());
    let images = agents.flat_map(|agent| agent.spec.template.spec.containers);
    let known = images.filter_map(|container| {
        let mut rows = PLUGINS.iter();
        let row = rows.find(|(part, ..)| container.image.contains(part))?;
        Some((row.1, row.2))
    });
    let found = known.max_by_key(|(_, enforces)| *enforces);
    let is_enforcing = distribution.is_some_and(|name| ENFORCING.contains(&name));
    found.filter(|(_, enforces)| *enforces || !is_enforcing)
}
