//! Defaults of webhooks, admission policies and extensions of the API.

use graph::{Data, NodeId};

use super::filler::Filler;

/// The two sorts of webhooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Mutating,
    Validating,
}

/// What webhooks do when they fail, and which requests they see. The beta was laxer.
pub(super) fn webhooks(filler: &mut Filler, api_version: &str, sort: Sort) {
    let beta = api_version.ends_with("/v1beta1");
    let (failure, matching, seconds) = if beta {
        ("Ignore", "Exact", 30)
    } else {
        ("Fail", "Equivalent", 10)
    };
    for webhook in filler.elements(NodeId::ROOT, "webhooks") {
        filler.pointer(webhook, "failurePolicy", Data::String(failure.into()));
        filler.pointer(webhook, "matchPolicy", Data::String(matching.into()));
        filler.map(webhook, "namespaceSelector");
        filler.map(webhook, "objectSelector");
        filler.pointer(webhook, "timeoutSeconds", Data::Int(seconds));
        if beta {
            filler.pointer(webhook, "sideEffects", Data::String("Unknown".into()));
            filler.texts(webhook, "admissionReviewVersions", &["v1beta1"]);
        }
        if sort == Sort::Mutating {
            filler.pointer(webhook, "reinvocationPolicy", Data::String("Never".into()));
        }
        rules(filler, webhook, "rules");
        service_port(filler, webhook, &["clientConfig", "service"]);
    }
}

/// What an admission policy does when it fails, and which requests it sees.
pub(super) fn policy(filler: &mut Filler) {
    let Some(spec) = filler.spec() else { return };
    filler.pointer(spec, "failurePolicy", Data::String("Fail".into()));
    if let Some(constraints) = filler.get(spec, "matchConstraints") {
        match_resources(filler, constraints);
    }
}

/// Which requests the binding of an admission policy sees.
pub(super) fn policy_binding(filler: &mut Filler) {
    if let Some(resources) = filler
        .spec()
        .and_then(|spec| filler.get(spec, "matchResources"))
    {
        match_resources(filler, resources);
    }
}

/// The port of the service behind an APIService.
pub(super) fn api_service(filler: &mut Filler) {
    if let Some(spec) = filler.spec() {
        service_port(filler, spec, &["service"]);
    }
}

/// How the objects of a custom kind are converted between versions.
pub(super) fn definition(filler: &mut Filler) {
    let Some(conversion) = filler
        .spec()
        .and_then(|spec| filler.map(spec, "conversion"))
    else {
        return;
    };
    filler.text(conversion, "strategy", "None");
    service_port(filler, conversion, &["webhook", "clientConfig", "service"]);
    service_port(filler, conversion, &["webhookClientConfig", "service"]);
}

fn match_resources(filler: &mut Filler, resources: NodeId) {
    filler.pointer(resources, "matchPolicy", Data::String("Equivalent".into()));
    filler.map(resources, "namespaceSelector");
    filler.map(resources, "objectSelector");
    rules(filler, resources, "resourceRules");
    rules(filler, resources, "excludeResourceRules");
}

fn rules(filler: &mut Filler, map: NodeId, key: &str) {
    for rule in filler.elements(map, key) {
        filler.pointer(rule, "scope", Data::String("*".into()));
    }
}

fn service_port(filler: &mut Filler, from: NodeId, keys: &[&str]) {
    if let Some(service) = filler.at(from, keys) {
        filler.pointer(service, "port", Data::Int(443));
    }
}
