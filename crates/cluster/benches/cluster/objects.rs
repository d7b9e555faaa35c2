//! What stands around workloads.

use serde_json::{Value, json};

use super::Chance;

pub(super) const WORDS: [&str; 12] = [
    "orders", "payments", "catalog", "search", "mail", "reports", "billing", "gateway", "images",
    "events", "login", "stock",
];

/// A function for each kind of which a cluster has many, in turn.
pub(super) const CONFIGURATION: [fn(&Named, &mut Chance) -> Value; 12] = [
    config_map,
    secret,
    certificate,
    external_secret,
    config_map,
    service_account,
    role,
    role_binding,
    secret,
    network_policy,
    certificate,
    external_secret,
];

/// A name in a namespace.
pub(super) struct Named {
    pub(super) namespace: String,
    pub(super) name: String,
}

pub(super) fn namespace_name(number: u64) -> String {
    format!("team-{number}")
}

impl Named {
    /// What the server writes of every object, with what its manager set.
    pub(super) fn metadata(&self, fields: &Value, chance: &mut Chance) -> Value {
        let uid = [8, 4, 4, 4, 12]
            .map(|number| chance.letters(number))
            .join("-");
        let mut metadata = json!({
            "name": self.name,
            "uid": uid,
            "resourceVersion": (chance.below(9_000_000) + 1_000_000).to_string(),
            "generation": chance.below(20) + 1,
            "creationTimestamp": format!("2026-{:02}-{:02}T08:{:02}:00Z", chance.below(12) + 1, chance.below(28) + 1, chance.below(60)),
            "labels": {
                "app.kubernetes.io/name": self.name,
                "app.kubernetes.io/instance": self.name,
                "app.kubernetes.io/managed-by": "Helm",
                "helm.sh/chart": format!("{}-1.{}.0", self.name, chance.below(40)),
            },
            "annotations": {
                "meta.helm.sh/release-name": self.name,
                "meta.helm.sh/release-namespace": self.namespace,
            },
            "managedFields": [{
                "manager": "helm",
                "operation": "Update",
                "apiVersion": "v1",
                "time": "2026-05-05T08:00:00Z",
                "fieldsType": "FieldsV1",
                "fieldsV1": {
                    "f:metadata": {
                        "f:annotations": {".": {}, "f:meta.helm.sh/release-name": {}, "f:meta.helm.sh/release-namespace": {}},
                        "f:labels": {".": {}, "f:app.kubernetes.io/name": {}, "f:app.kubernetes.io/instance": {},
                            "f:app.kubernetes.io/managed-by": {}, "f:helm.sh/chart": {}},
                    },
                    "f:spec": fields,
                },
            }],
        });
        if !self.namespace.is_empty() {
            metadata["namespace"] = json!(self.namespace);
        }
        metadata
    }
}

pub(super) fn namespace(number: usize, chance: &mut Chance) -> Value {
    let named = Named {
        namespace: String::new(),
        name: namespace_name(number as u64),
    };
    let mut metadata = named.metadata(&json!({}), chance);
    if chance.once_in(3) {
        metadata["labels"]["pod-security.kubernetes.io/enforce"] =
            json!(chance.one(&["baseline", "restricted"]));
    }
    json!({"apiVersion": "v1", "kind": "Namespace", "metadata": metadata, "spec": {"finalizers": ["kubernetes"]}, "status": {"phase": "Active"}})
}

pub(super) fn node(number: usize, chance: &mut Chance) -> Value {
    let named = Named {
        namespace: String::new(),
        name: format!("node-{number}"),
    };
    let images: Vec<Value> = (0..20)
        .map(|_| json!({"names": [format!("registry.example/{}@sha256:{}", chance.one(&WORDS), chance.letters(64))], "sizeBytes": chance.below(900_000_000)}))
        .collect();
    json!({"apiVersion": "v1", "kind": "Node", "metadata": named.metadata(&json!({"f:podCIDR": {}}), chance),
        "spec": {"podCIDR": "10.1.0.0/24"},
        "status": {"capacity": {"cpu": "8", "memory": "32Gi", "pods": "110"}, "images": images,
            "nodeInfo": {"kubeletVersion": "v1.37.2", "containerRuntimeVersion": "containerd://2.2.0", "osImage": "Debian 13",
                "architecture": "amd64", "operatingSystem": "linux", "kernelVersion": "6.12"}}})
}

fn config_map(named: &Named, chance: &mut Chance) -> Value {
    let lines = 10 + chance.below(20);
    let text: String = (0..lines)
        .map(|line| format!("option.{line} = {}\n", chance.letters(24)))
        .collect();
    json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": named.metadata(&json!({"f:data": {}}), chance),
        "data": {"application.properties": text, "LOG_LEVEL": chance.one(&["debug", "info", "warn"])}})
}

/// As they are read: without their values.
fn secret(named: &Named, chance: &mut Chance) -> Value {
    json!({"apiVersion": "v1", "kind": "Secret", "metadata": named.metadata(&json!({"f:data": {".": {}, "f:password": {}}}), chance),
        "type": chance.one(&["Opaque", "kubernetes.io/tls", "helm.sh/release.v1"])})
}

fn service_account(named: &Named, chance: &mut Chance) -> Value {
    json!({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": named.metadata(&json!({}), chance),
        "automountServiceAccountToken": chance.once_in(2)})
}

fn role(named: &Named, chance: &mut Chance) -> Value {
    let rule = json!({"apiGroups": ["", "apps"], "resources": [chance.one(&["pods", "configmaps", "deployments", "secrets"])],
        "verbs": ["get", "list", chance.one(&["watch", "update"])]});
    json!({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": named.metadata(&json!({}), chance), "rules": [rule]})
}

fn role_binding(named: &Named, chance: &mut Chance) -> Value {
    json!({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": named.metadata(&json!({}), chance),
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": chance.one(&["view", "edit"])},
        "subjects": [{"kind": "ServiceAccount", "name": named.name, "namespace": named.namespace}]})
}

fn network_policy(named: &Named, chance: &mut Chance) -> Value {
    json!({"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": named.metadata(&json!({"f:podSelector": {}}), chance),
        "spec": {"podSelector": {"matchLabels": {"app.kubernetes.io/name": named.name}}, "policyTypes": ["Ingress"],
            "ingress": [{"from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": named.namespace}}}],
                "ports": [{"port": 8080, "protocol": "TCP"}]}]}})
}

fn certificate(named: &Named, chance: &mut Chance) -> Value {
    let hosts: Vec<String> = (0..3)
        .map(|_| format!("{}.{}.example", chance.letters(8), named.namespace))
        .collect();
    json!({"apiVersion": "cert-manager.io/v1", "kind": "Certificate", "metadata": named.metadata(&json!({"f:dnsNames": {}}), chance),
        "spec": {"dnsNames": hosts, "secretName": named.name, "issuerRef": {"kind": "ClusterIssuer", "name": "letsencrypt"}},
        "status": {"conditions": [{"type": "Ready", "status": "True", "reason": "Ready", "lastTransitionTime": "2026-05-05T08:00:00Z"}]}})
}

fn external_secret(named: &Named, chance: &mut Chance) -> Value {
    let rows: Vec<Value> = (0..4)
        .map(|_| json!({"secretKey": chance.letters(8), "remoteRef": {"key": format!("{}/{}", named.namespace, chance.letters(12))}}))
        .collect();
    json!({"apiVersion": "external-secrets.io/v1", "kind": "ExternalSecret", "metadata": named.metadata(&json!({"f:data": {}}), chance),
        "spec": {"refreshInterval": "1h", "secretStoreRef": {"kind": "ClusterSecretStore", "name": "vault"}, "target": {"name": named.name}, "data": rows},
        "status": {"conditions": [{"type": "Ready", "status": "True", "reason": "SecretSynced"}]}})
}
