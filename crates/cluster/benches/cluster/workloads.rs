//! Applications: a workload with what it makes, and a way to it.

use serde_json::{Value, json};

use super::Chance;
use super::objects::{Named, WORDS};

/// An application as a release installs it: a Deployment with its present and two old `ReplicaSets` and its pods, an account, a
/// Service with its endpoints, and at times an Ingress.
pub(super) fn application(namespace: &str, nodes: usize, chance: &mut Chance) -> Vec<Value> {
    let name = format!("{}-{}", chance.one(&WORDS), chance.letters(6));
    let named = Named {
        namespace: namespace.to_owned(),
        name,
    };
    let template = template(&named, chance);
    let replicas = 1 + chance.below(6);
    let deployment = deployment(&named, &template, replicas, chance);
    let owner = owner(&deployment);
    let mut made = vec![account(&named, chance), service(&named, chance)];
    for age in 0..3 {
        let present = age == 0;
        let set = replica_set(
            &named,
            &template,
            &owner,
            if present { replicas } else { 0 },
            chance,
        );
        if present {
            let owner = self::owner(&set);
            made.extend((0..replicas).map(|_| pod(&set, &template, &owner, nodes, chance)));
        }
        made.push(set);
    }
    made.push(endpoints(&named, replicas, chance));
    if chance.once_in(4) {
        made.push(ingress(&named, chance));
    }
    made.push(deployment);
    made
}

/// The template of pods, well made or not.
fn template(named: &Named, chance: &mut Chance) -> Value {
    let container = |name: &str, port: u16, chance: &mut Chance| {
        let good = chance.once_in(2);
        let context = match good {
            true => {
                json!({"allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true, "runAsNonRoot": true,
                "capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"}})
            }
            false => json!({"privileged": chance.once_in(20)}),
        };
        let variables: Vec<Value> = (0..6)
            .map(|number| json!({"name": format!("OPTION_{number}"), "value": chance.letters(16)}))
            .collect();
        json!({"name": name, "image": format!("registry.example/{}:1.{}.{}", named.name, chance.below(30), chance.below(10)),
            "imagePullPolicy": "IfNotPresent", "env": variables, "securityContext": context,
            "envFrom": [{"configMapRef": {"name": named.name}}],
            "ports": [{"name": name, "containerPort": port, "protocol": "TCP"}],
            "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"memory": "256Mi"}},
            "livenessProbe": {"httpGet": {"path": "/healthz", "port": port, "scheme": "HTTP"}, "periodSeconds": 10, "timeoutSeconds": 1,
                "successThreshold": 1, "failureThreshold": 3},
            "terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File"})
    };
    let containers = [
        container("app", 8080, chance),
        container("proxy", 15000, chance),
    ];
    json!({
        "metadata": {"labels": {"app.kubernetes.io/name": named.name, "pod-template-hash": chance.letters(10)}},
        "spec": {"containers": containers, "serviceAccountName": named.name, "restartPolicy": "Always", "dnsPolicy": "ClusterFirst",
            "schedulerName": "default-scheduler", "terminationGracePeriodSeconds": 30, "securityContext": {"fsGroup": 1000}},
    })
}

fn owner(of: &Value) -> Value {
    json!([{"apiVersion": of["apiVersion"], "kind": of["kind"], "name": of["metadata"]["name"], "uid": of["metadata"]["uid"],
        "controller": true, "blockOwnerDeletion": true}])
}

fn fields() -> Value {
    let container = json!({".": {}, "f:env": {".": {}}, "f:image": {}, "f:imagePullPolicy": {}, "f:name": {}, "f:ports": {".": {}},
        "f:resources": {".": {}, "f:limits": {".": {}, "f:memory": {}}, "f:requests": {".": {}, "f:cpu": {}, "f:memory": {}}},
        "f:securityContext": {".": {}, "f:privileged": {}}, "f:terminationMessagePath": {}, "f:terminationMessagePolicy": {}});
    json!({"f:template": {"f:spec": {"f:containers": {"k:{\"name\":\"app\"}": container, "k:{\"name\":\"proxy\"}": container},
        "f:dnsPolicy": {}, "f:restartPolicy": {}, "f:serviceAccountName": {}}}})
}

fn selector(named: &Named) -> Value {
    json!({"matchLabels": {"app.kubernetes.io/name": named.name}})
}

fn deployment(named: &Named, template: &Value, replicas: u64, chance: &mut Chance) -> Value {
    json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": named.metadata(&fields(), chance),
        "spec": {"replicas": replicas, "selector": selector(named), "template": template,
            "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": "25%", "maxUnavailable": "25%"}}},
        "status": {"replicas": replicas, "readyReplicas": replicas, "availableReplicas": replicas}})
}

fn replica_set(
    named: &Named,
    template: &Value,
    owner: &Value,
    replicas: u64,
    chance: &mut Chance,
) -> Value {
    let own = Named {
        namespace: named.namespace.clone(),
        name: format!("{}-{}", named.name, chance.letters(10)),
    };
    let mut metadata = own.metadata(&fields(), chance);
    metadata["ownerReferences"] = owner.clone();
    json!({"apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": metadata,
        "spec": {"replicas": replicas, "selector": selector(named), "template": template}, "status": {"replicas": replicas}})
}

fn pod(set: &Value, template: &Value, owner: &Value, nodes: usize, chance: &mut Chance) -> Value {
    let text = |key: &str| set["metadata"][key].as_str().unwrap_or_default().to_owned();
    let named = Named {
        namespace: text("namespace"),
        name: format!("{}-{}", text("name"), chance.letters(5)),
    };
    let mut metadata = named.metadata(&fields(), chance);
    metadata["ownerReferences"] = owner.clone();
    metadata["labels"] = template["metadata"]["labels"].clone();
    let mut spec = template["spec"].clone();
    spec["nodeName"] = json!(format!("node-{}", chance.below(nodes.max(1) as u64)));
    let container = |name: &str, chance: &mut Chance| {
        json!({"name": name, "ready": true, "restartCount": chance.below(3), "containerID": format!("containerd://{}", chance.letters(64)),
            "imageID": format!("registry.example/{name}@sha256:{}", chance.letters(64)), "state": {"running": {"startedAt": "2026-05-05T08:00:00Z"}}})
    };
    let statuses = [container("app", chance), container("proxy", chance)];
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec,
        "status": {"phase": "Running", "podIP": format!("10.1.{}.{}", chance.below(250), chance.below(250)), "containerStatuses": statuses,
            "qosClass": "Burstable"}})
}

fn account(named: &Named, chance: &mut Chance) -> Value {
    json!({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": named.metadata(&json!({}), chance)})
}

fn service(named: &Named, chance: &mut Chance) -> Value {
    json!({"apiVersion": "v1", "kind": "Service", "metadata": named.metadata(&json!({"f:ports": {}, "f:selector": {}}), chance),
        "spec": {"type": "ClusterIP", "clusterIP": format!("10.0.{}.{}", chance.below(250), chance.below(250)), "selector": {"app.kubernetes.io/name": named.name},
            "ports": [{"name": "http", "port": 80, "targetPort": "app", "protocol": "TCP"}], "sessionAffinity": "None"}})
}

fn endpoints(named: &Named, replicas: u64, chance: &mut Chance) -> Value {
    let rows: Vec<Value> = (0..replicas)
        .map(|_| json!({"addresses": [format!("10.1.{}.{}", chance.below(250), chance.below(250))], "conditions": {"ready": true, "serving": true}}))
        .collect();
    json!({"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": named.metadata(&json!({}), chance),
        "addressType": "IPv4", "endpoints": rows, "ports": [{"name": "http", "port": 8080, "protocol": "TCP"}]})
}

fn ingress(named: &Named, chance: &mut Chance) -> Value {
    json!({"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": named.metadata(&json!({"f:rules": {}}), chance),
        "spec": {"ingressClassName": "nginx", "rules": [{"host": format!("{}.example", named.name), "http": {"paths": [{"path": "/", "pathType": "Prefix",
            "backend": {"service": {"name": named.name, "port": {"name": "http"}}}}]}}]}})
}
