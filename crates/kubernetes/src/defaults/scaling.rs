//! Defaults of autoscalers, limit ranges and priorities.

use std::collections::HashSet;

use graph::{Data, NodeId};

use super::filler::Filler;

/// The least replicas and the metric of a HorizontalPodAutoscaler.
pub(super) fn autoscaler(filler: &mut Filler, api_version: &str) {
    let Some(spec) = filler.spec() else { return };
    filler.pointer(spec, "minReplicas", Data::Int(1));
    if api_version == "autoscaling/v1" || !filler.elements(spec, "metrics").is_empty() {
        return;
    }
    let metrics = filler.set(spec, "metrics", Data::List, |data| {
        matches!(data, Data::Null)
    });
    let Some(metrics) = metrics.filter(|list| {
        filler.tree.node(*list).data == Data::List && filler.tree.open(*list).is_none()
    }) else {
        return;
    };
    let metric = filler.element(metrics, Data::Map);
    filler.text(metric, "type", "Resource");
    let Some(resource) = filler.map(metric, "resource") else {
        return;
    };
    filler.text(resource, "name", "cpu");
    let Some(target) = filler.map(resource, "target") else {
        return;
    };
    filler.text(target, "type", "Utilization");
    filler.pointer(target, "averageUtilization", Data::Int(80));
}

/// The limits and requests that a LimitRange derives from one another, for containers.
pub(super) fn limit_range(filler: &mut Filler) {
    let Some(spec) = filler.spec() else { return };
    for limit in filler.elements(spec, "limits") {
        if filler.is_text(limit, "type", "Container") {
            copy_missing(filler, limit, "max", "default");
            copy_missing(filler, limit, "default", "defaultRequest");
            copy_missing(filler, limit, "min", "defaultRequest");
        }
    }
}

/// Whether a class of priority may drive out other pods.
pub(super) fn priority_class(filler: &mut Filler) {
    filler.pointer(
        NodeId::ROOT,
        "preemptionPolicy",
        Data::String("PreemptLowerPriority".into()),
    );
}

fn copy_missing(filler: &mut Filler, limit: NodeId, from: &str, to: &'static str) {
    if let Some(from) = filler.get(limit, from) {
        filler.copy_amounts(from, limit, to, &HashSet::new());
    }
}
