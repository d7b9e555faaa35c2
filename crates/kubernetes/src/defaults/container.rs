//! Defaults of containers (`SetDefaults_Container`, `SetDefaults_Probe` and their like).

use std::collections::HashSet;

use graph::{Container, ContainerRole, Data, NodeId, SmolStr};

use super::filler::Filler;
use crate::image;

/// Fills in one container.
pub(super) fn fill(filler: &mut Filler, container: &Container) {
    let node = container.node;
    pull_policy(filler, node, "image", "imagePullPolicy");
    filler.text(node, "terminationMessagePath", "/dev/termination-log");
    filler.text(node, "terminationMessagePolicy", "File");
    for port in filler.elements(node, "ports") {
        filler.text(port, "protocol", "TCP");
    }
    for variable in filler.elements(node, "env") {
        environment(filler, variable);
    }
    for probe in ["livenessProbe", "readinessProbe", "startupProbe"] {
        if let Some(probe) = filler.get(node, probe) {
            fill_probe(filler, probe);
        }
    }
    for hook in ["postStart", "preStop"] {
        if let Some(hook) = filler.at(node, &["lifecycle", hook]) {
            http_get(filler, hook);
        }
    }
    if container.role != ContainerRole::Ephemeral
        && let Some(resources) = filler.get(node, "resources")
    {
        copy_limits(filler, resources, &HashSet::new());
    }
}

/// When images are pulled, by their tag. Nothing is known of the policy where nothing is known of the tag.
pub(super) fn pull_policy(filler: &mut Filler, map: NodeId, image: &str, key: &'static str) {
    let policy = match filler
        .tree
        .get(map, image)
        .map(|node| &filler.tree.node(node).data)
    {
        Some(Data::String(reference)) if image::is_latest(reference) => "Always",
        Some(Data::Unknown(unknown)) => {
            let unknown = Data::Unknown(unknown.clone());
            filler.pointer(map, key, unknown);
            return;
        }
        Some(Data::Partial(_)) => return,
        _ => "IfNotPresent",
    };
    filler.text(map, key, policy);
}

/// Requests are limits where only these are written, except for resources with these names.
pub(super) fn copy_limits(filler: &mut Filler, resources: NodeId, except: &HashSet<SmolStr>) {
    if let Some(limits) = filler.get(resources, "limits") {
        filler.copy_amounts(limits, resources, "requests", except);
    }
}

fn environment(filler: &mut Filler, variable: NodeId) {
    let Some(source) = filler.get(variable, "valueFrom") else {
        return;
    };
    if let Some(field) = filler.get(source, "fieldRef") {
        filler.text(field, "apiVersion", "v1");
    }
    if let Some(file) = filler.get(source, "fileKeyRef")
        && filler.version.minor >= 34
    {
        filler.pointer(file, "optional", Data::Bool(false));
    }
}

fn fill_probe(filler: &mut Filler, probe: NodeId) {
    filler.number(probe, "timeoutSeconds", 1);
    filler.number(probe, "periodSeconds", 10);
    filler.number(probe, "successThreshold", 1);
    filler.number(probe, "failureThreshold", 3);
    http_get(filler, probe);
    if let Some(grpc) = filler.get(probe, "grpc") {
        filler.pointer(grpc, "service", Data::String(SmolStr::default()));
    }
}

fn http_get(filler: &mut Filler, handler: NodeId) {
    if let Some(get) = filler.get(handler, "httpGet") {
        filler.text(get, "path", "/");
        filler.text(get, "scheme", "HTTP");
    }
}
