//! Defaults of NetworkPolicies and Ingresses.

use graph::Data;

use super::filler::Filler;

/// The types and ports of a NetworkPolicy: egress is restricted only where a rule of it is written.
pub(super) fn policy(filler: &mut Filler) {
    let Some(spec) = filler.spec() else { return };
    for rules in ["ingress", "egress"] {
        for rule in filler.elements(spec, rules) {
            for port in filler.elements(rule, "ports") {
                filler.pointer(port, "protocol", Data::String("TCP".into()));
            }
        }
    }
    let has_egress = filler
        .get(spec, "egress")
        .is_some_and(|rules| filler.tree.first(rules).is_some());
    filler.texts(
        spec,
        "policyTypes",
        if has_egress {
            &["Ingress", "Egress"]
        } else {
            &["Ingress"]
        },
    );
}

/// The path types of an Ingress of the first beta; later versions ask for them.
pub(super) fn ingress(filler: &mut Filler, api_version: &str) {
    let Some(spec) = filler.spec() else { return };
    if !api_version.ends_with("/v1beta1") {
        return;
    }
    for rule in filler.elements(spec, "rules") {
        for path in filler.elements_at(rule, &["http", "paths"]) {
            filler.pointer(
                path,
                "pathType",
                Data::String("ImplementationSpecific".into()),
            );
        }
    }
}

/// The scope of an IngressClass's parameters.
pub(super) fn ingress_class(filler: &mut Filler) {
    if let Some(parameters) = filler
        .spec()
        .and_then(|spec| filler.get(spec, "parameters"))
    {
        filler.pointer(parameters, "scope", Data::String("Cluster".into()));
    }
}
