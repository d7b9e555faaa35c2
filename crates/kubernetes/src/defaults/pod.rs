//! Defaults of pods (`SetDefaults_Pod` and `SetDefaults_PodSpec`).

use std::collections::HashSet;

use graph::{ContainerRole, Data, NodeId, PodTemplate, SmolStr};

use super::filler::{Filler, is_empty};
use super::{container, volume};

/// Fills in a pod's spec, containers and volumes.
pub(super) fn fill(filler: &mut Filler, pod: &PodTemplate) {
    let spec = pod.spec;
    for volume in filler.elements(spec, "volumes") {
        volume::fill(filler, volume);
    }
    for container in &pod.containers {
        container::fill(filler, container);
    }
    if filler
        .tree
        .get(spec, "hostNetwork")
        .is_some_and(|node| filler.tree.node(node).data == Data::Bool(true))
    {
        host_ports(filler, pod);
    }
    if filler.version.minor >= 34 {
        requests(filler, pod);
    }
    settings(filler, spec);
}

fn settings(filler: &mut Filler, spec: NodeId) {
    account(filler, spec);
    filler.text(spec, "dnsPolicy", "ClusterFirst");
    filler.text(spec, "restartPolicy", "Always");
    filler.pointer(spec, "terminationGracePeriodSeconds", Data::Int(30));
    filler.text(spec, "schedulerName", "default-scheduler");
    filler.pointer(spec, "enableServiceLinks", Data::Bool(true));
}

/// The old name of the field still counts where the new one says nothing (`Convert_v1_PodSpec_To_core_PodSpec`).
fn account(filler: &mut Filler, spec: NodeId) {
    let old = filler.get(spec, "serviceAccount");
    let Some(account) = old.map(|old| filler.tree.node(old).data.clone()) else {
        return;
    };
    if !matches!(account, Data::List | Data::Map) {
        filler.set(spec, "serviceAccountName", account, is_empty);
    }
}

/// In the network of the node, each port of a container is a port of the node.
fn host_ports(filler: &mut Filler, pod: &PodTemplate) {
    for container in pod
        .containers
        .iter()
        .filter(|container| container.role != ContainerRole::Ephemeral)
    {
        for port in filler.elements(container.node, "ports") {
            let number = filler
                .tree
                .get(port, "containerPort")
                .map(|node| filler.tree.node(node).data.clone());
            if let Some(number @ (Data::Int(_) | Data::Unknown(_))) = number {
                filler.set(port, "hostPort", number, |data| {
                    matches!(data, Data::Null | Data::Int(0))
                });
            }
        }
    }
}

/// The requests of a whole pod are its limits where no container requests the resource; the sum that the API server takes
/// where containers do is left out.
fn requests(filler: &mut Filler, pod: &PodTemplate) {
    let Some(resources) = filler.get(pod.spec, "resources") else {
        return;
    };
    let requests = pod
        .containers
        .iter()
        .filter_map(|container| filler.at(container.node, &["resources", "requests"]));
    let requested: HashSet<SmolStr> = requests
        .flat_map(|requests| filler.tree.children(requests))
        .filter_map(|request| {
            filler
                .tree
                .node(request)
                .key
                .as_ref()
                .map(|key| key.text.clone())
        })
        .collect();
    container::copy_limits(filler, resources, &requested);
}
