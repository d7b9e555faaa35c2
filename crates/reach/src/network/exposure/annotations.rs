//! By which annotations and classes a load balancer or controller is told to be private or public.

use graph::{NodeId, Resource, SmolStr};

use crate::truth::Truth;

/// Annotations of Services that keep their load balancer out of the internet: the key, and the values that do; none for any
/// that is not `false`.
const PRIVATE: [(&str, &[&str]); 9] = [
    ("service.beta.kubernetes.io/aws-load-balancer-internal", &[]),
    (
        "service.beta.kubernetes.io/aws-load-balancer-scheme",
        &["internal"],
    ),
    (
        "service.beta.kubernetes.io/azure-load-balancer-internal",
        &["true"],
    ),
    (
        "networking.gke.io/load-balancer-type",
        &["internal", "Internal"],
    ),
    (
        "cloud.google.com/load-balancer-type",
        &["internal", "Internal"],
    ),
    (
        "service.beta.kubernetes.io/openstack-internal-load-balancer",
        &["true"],
    ),
    (
        "service.beta.kubernetes.io/oci-load-balancer-internal",
        &["true"],
    ),
    (
        "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type",
        &["intranet"],
    ),
    (
        "service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type",
        &["private"],
    ),
];

/// The value of an annotation; an unknown one is an error with its cause.
fn annotation(resource: &Resource, key: &str) -> Option<Result<SmolStr, Truth>> {
    let tree = &resource.tree;
    let node = tree.at(NodeId::ROOT, &["metadata", "annotations", key])?;
    if let Some(text) = tree.as_text(node) {
        return Some(Ok(text.clone()));
    }
    kubernetes::unknown(&tree.node(node).data).map(|cause| Err(Truth::Maybe(cause)))
}

/// Whether the load balancer of a Service is in the internet.
pub(super) fn is_public(service: &Resource) -> Truth {
    let mut public = Truth::Yes;
    for (key, values) in PRIVATE {
        public = public.and(match annotation(service, key) {
            None => Truth::Yes,
            Some(Err(unknown)) => unknown,
            Some(Ok(value)) if values.is_empty() => Truth::from(value == "false"),
            Some(Ok(value)) => Truth::from(!values.contains(&value.as_str())),
        });
    }
    public
}

/// Whether the controller of an Ingress is in the internet, where that is written; nothing where it is not.
pub(super) fn is_public_ingress(ingress: &Resource) -> Option<Truth> {
    if let Some(scheme) = annotation(ingress, "alb.ingress.kubernetes.io/scheme") {
        return Some(scheme.map_or_else(
            |unknown| unknown,
            |scheme| Truth::from(scheme != "internal"),
        ));
    }
    let class = ingress.tree.at(NodeId::ROOT, &["spec", "ingressClassName"]);
    let class = class.and_then(|node| ingress.tree.as_text(node).cloned());
    let class = class.or_else(|| annotation(ingress, "kubernetes.io/ingress.class")?.ok());
    match class.as_deref() {
        // Its load balancers are internal where nothing else is said.
        Some("alb" | "gce-internal") => Some(Truth::No),
        Some("gce") => Some(Truth::Yes),
        _ => None,
    }
}
