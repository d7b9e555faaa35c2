//! The values that the API server fills in (`pkg/apis/*/*/defaults.go` of Kubernetes, and `+default` markers of its types).
//!
//! Templates get what the objects made from them get: a Deployment's template the defaults of a Pod, a CronJob's those of a
//! Job. Left out is what no reader of a value could tell from its absence: empty maps (`securityContext: {}`), status, and
//! labels that move up from templates; and what admission plugins add, which a cluster may not run.

mod access;
mod admission;
mod container;
mod filler;
mod network;
mod pod;
mod scaling;
mod service;
mod storage;
mod volume;
mod workload;

#[cfg(test)]
mod tests;

use graph::{NodeId, PodTemplate, SmolStr, Tree};

use crate::Version;
use crate::identity::Identity;
use filler::Filler;

/// Fills in the defaults of an object and of its pods.
pub(crate) fn fill(tree: &mut Tree, identity: &Identity, pods: &[PodTemplate], version: Version) {
    let mut filler = Filler { tree, version };
    let api_version = identity.api_version.as_str();
    match identity.kind_name.as_str() {
        "Deployment" => workload::deployment(&mut filler, api_version),
        "StatefulSet" => workload::stateful_set(&mut filler, api_version),
        "DaemonSet" => workload::daemon_set(&mut filler, api_version),
        "ReplicaSet" | "ReplicationController" => workload::replicas(&mut filler),
        "Job" => workload::job(&mut filler),
        "CronJob" => workload::cron_job(&mut filler),
        "Service" => service::service(&mut filler),
        "Endpoints" => service::endpoints(&mut filler),
        "EndpointSlice" => service::endpoint_slice(&mut filler),
        "Ingress" => network::ingress(&mut filler, api_version),
        "IngressClass" => network::ingress_class(&mut filler),
        "NetworkPolicy" => network::policy(&mut filler),
        "HorizontalPodAutoscaler" => scaling::autoscaler(&mut filler, api_version),
        "LimitRange" => scaling::limit_range(&mut filler),
        "PriorityClass" => scaling::priority_class(&mut filler),
        "PersistentVolume" => storage::volume(&mut filler),
        "PersistentVolumeClaim" => storage::claim(&mut filler),
        "StorageClass" => storage::class(&mut filler),
        "CSIDriver" => storage::driver(&mut filler),
        "RoleBinding" | "ClusterRoleBinding" => access::binding(&mut filler),
        "Secret" => access::secret(&mut filler),
        "Namespace" => access::namespace(&mut filler, &identity.name),
        "MutatingWebhookConfiguration" => {
            admission::webhooks(&mut filler, api_version, admission::Sort::Mutating);
        }
        "ValidatingWebhookConfiguration" => {
            admission::webhooks(&mut filler, api_version, admission::Sort::Validating);
        }
        "ValidatingAdmissionPolicy" | "MutatingAdmissionPolicy" => admission::policy(&mut filler),
        "ValidatingAdmissionPolicyBinding" => admission::policy_binding(&mut filler),
        "APIService" => admission::api_service(&mut filler),
        "CustomResourceDefinition" => admission::definition(&mut filler),
        _ => {}
    }
    for pod in pods {
        pod::fill(&mut filler, pod);
    }
}

/// Fills in the type of an element of a list of one kind.
pub(crate) fn fill_type(tree: &mut Tree, api_version: &SmolStr, kind: &SmolStr) {
    let mut filler = Filler {
        tree,
        version: Version::NEWEST,
    };
    filler.text(NodeId::ROOT, "apiVersion", api_version.clone());
    filler.text(NodeId::ROOT, "kind", kind.clone());
}
