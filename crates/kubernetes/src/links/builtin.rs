//! Objects that every cluster has, though no manifest declares them.

use graph::Namespace;

/// Whether every cluster has this object: a reference to it is not dangling, and leads nowhere unless it is in the input.
/// Kubernetes creates them itself (`plugin/pkg/auth/authorizer/rbac/bootstrappolicy`, `kubernetes.default`, the controllers
/// of ServiceAccounts and of the root certificate).
pub(super) fn always_exists(kind: &str, name: &str, namespace: &Namespace) -> bool {
    match kind {
        "ServiceAccount" => name == "default",
        "ConfigMap" => {
            matches!(name, "kube-root-ca.crt" | "openshift-service-ca.crt")
                || name == "extension-apiserver-authentication" && is_in(namespace, "kube-system")
        }
        "ClusterRole" => {
            matches!(name, "cluster-admin" | "admin" | "edit" | "view")
                || name.starts_with("system:")
        }
        "ClusterRoleBinding" => name == "cluster-admin" || name.starts_with("system:"),
        "Role" => {
            is_in(namespace, "kube-system")
                && (name.starts_with("system:")
                    || name == "extension-apiserver-authentication-reader")
                || is_in(namespace, "kube-public") && name.starts_with("system:")
        }
        "PriorityClass" => matches!(name, "system-cluster-critical" | "system-node-critical"),
        "Namespace" => matches!(
            name,
            "default" | "kube-system" | "kube-public" | "kube-node-lease"
        ),
        "Service" => name == "kubernetes" && is_in(namespace, "default"),
        _ => false,
    }
}

/// Nobody wrote the namespace of an unset one: it may be this.
fn is_in(namespace: &Namespace, name: &str) -> bool {
    namespace.name().is_none_or(|found| found == name)
}
