//! What is judged of the objects of a cluster, and what is told of the others.

mod again;

use std::path::Path;
use std::sync::Arc;

use expect_test::{Expect, expect};
use graph::{Data, NodeId, Resource};
use kubernetes::snapshot::{Kind, Outcome, Snapshot};
use serde_json::{Value, json};
use source::{Memory, Place, Sources};

use super::Live;
use crate::options::{NoProgress, Options};
use crate::project::ReadOptions;
use crate::scan;

fn object(api_version: &str, kind: &str, name: &str, rest: Value) -> Value {
    let mut object = json!({
        "apiVersion": api_version,
        "kind": kind,
        "metadata": { "name": name, "namespace": "shop", "uid": format!("uid-of-{name}") },
    });
    merge(&mut object, rest);
    object
}

fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from,
    }
}

fn made_by(kind: &str, name: &str) -> Value {
    let (api_version, uid) = ("apps/v1", format!("uid-of-{name}"));
    let owner = json!({ "apiVersion": api_version, "kind": kind, "name": name, "uid": uid, "controller": true });
    json!({ "metadata": { "ownerReferences": [owner] } })
}

/// A pod's spec, as the API server keeps it.
fn spec(image: &str) -> Value {
    json!({
        "containers": [{ "name": "api", "image": image, "imagePullPolicy": "IfNotPresent", "resources": {} }],
        "restartPolicy": "Always",
    })
}

fn deployment() -> Value {
    object(
        "apps/v1",
        "Deployment",
        "api",
        json!({ "spec": { "template": {
        "metadata": { "labels": { "app": "api" } },
        "spec": spec("api:1"),
    } } }),
    )
}

fn replica_set(name: &str, image: &str, replicas: u64) -> Value {
    let mut rest = json!({
        "spec": { "replicas": replicas, "template": {
            "metadata": { "labels": { "app": "api", "pod-template-hash": "1" } },
            "spec": spec(image),
        } },
        "status": { "replicas": replicas },
    });
    merge(&mut rest, made_by("Deployment", "api"));
    object("apps/v1", "ReplicaSet", name, rest)
}

/// A pod of a ReplicaSet, with what admission gives it.
fn pod(name: &str, owner: &str, image: &str, rest: Value) -> Value {
    let token = "kube-api-access-x2x9k";
    let mount = json!({ "name": token, "mountPath": "/var/run/secrets/kubernetes.io/serviceaccount", "readOnly": true });
    let mut whole = json!({
        "metadata": { "labels": { "app": "api", "pod-template-hash": "1" }, "annotations": { "cni": "1" } },
        "spec": spec(image),
    });
    merge(
        &mut whole,
        json!({ "spec": {
        "nodeName": "node-1",
        "serviceAccount": "default",
        "serviceAccountName": "default",
        "priority": 0,
        "tolerations": [{ "key": "node.kubernetes.io/not-ready", "operator": "Exists", "effect": "NoExecute" }],
        "volumes": [{ "name": token, "projected": { "sources": [
            { "serviceAccountToken": { "path": "token" } },
            { "configMap": { "name": "kube-root-ca.crt" } },
        ] } }],
    } }),
    );
    whole["spec"]["containers"][0]["volumeMounts"] = json!([mount]);
    merge(&mut whole, made_by("ReplicaSet", owner));
    merge(&mut whole, rest);
    object("v1", "Pod", name, whole)
}

/// Shows what is judged, and what is told of the others.
#[track_caller]
fn check(objects: &[Value], expected: &Expect) {
    let snapshot = Snapshot {
        objects: objects.iter().map(|one| one.to_string().into()).collect(),
        ..Snapshot::default()
    };
    expected.assert_eq(&told(&snapshot));
}

fn told(snapshot: &Snapshot) -> String {
    told_with(snapshot, &Sources::default(), &ReadOptions::default())
}

fn told_with(snapshot: &Snapshot, sources: &Sources, options: &ReadOptions) -> String {
    let live = Live::read(snapshot, None, Path::new("c"), sources, options);
    let judged = live.objects.iter().flat_map(|(_, read)| &read.resources);
    let judged = judged.map(|one| {
        let images = one.facts.images.iter();
        let images: String = images.map(|one| format!(" {}", one.image)).collect();
        let facts = match one.facts.surrounds {
            true => format!(" {}", facts(one)),
            false => String::new(),
        };
        format!("{}{images}{facts}\n", one.address)
    });
    let inputs = live.inputs.iter();
    let inputs = inputs.map(|input| {
        let (path, status) = (input.path.display(), input.status.text());
        format!(
            "{path} {status}: {}\n",
            input.reason.as_deref().unwrap_or_default()
        )
    });
    judged.chain(inputs).collect()
}

/// What is known of a cluster as a whole.
fn facts(cluster: &Resource) -> String {
    let keys = ["distribution", "networkPlugin", "enforcesNetworkPolicies"];
    let known = keys.iter().filter_map(|key| {
        let node = cluster.tree.get(NodeId::ROOT, key)?;
        match &cluster.tree.node(node).data {
            Data::String(text) => Some(text.to_string()),
            Data::Bool(known) => Some(known.to_string()),
            _ => None,
        }
    });
    known.collect::<Vec<_>>().join(" ")
}

#[test]
fn pods_and_replica_sets_are_judged_in_their_deployment() {
    check(
        &[
            pod("api-1-a", "api-1", "api:1", json!({})),
            replica_set("api-1", "api:1", 1),
            deployment(),
        ],
        &expect![[r#"
            Deployment/shop/api
            Cluster.scantling.internal/(unnamed) 
            c/shop/Pod/api-1-a.yaml scanned: judged as Deployment/shop/api
            c/shop/ReplicaSet/api-1.yaml scanned: judged as Deployment/shop/api
        "#]],
    );
}

#[test]
fn revisions_without_pods_are_over_and_others_are_judged() {
    check(
        &[
            deployment(),
            replica_set("api-0", "api:0", 0),
            replica_set("api-2", "api:2", 3),
            pod("api-2-a", "api-2", "api:2", json!({})),
        ],
        &expect![[r#"
            Deployment/shop/api
            ReplicaSet/shop/api-2
            Cluster.scantling.internal/(unnamed) 
            c/shop/Pod/api-2-a.yaml scanned: judged as ReplicaSet/shop/api-2
            c/shop/ReplicaSet/api-0.yaml skipped: an earlier state of Deployment/shop/api of which nothing runs
        "#]],
    );
}

#[test]
fn pods_that_differ_are_judged_once() {
    let debugged =
        json!({ "spec": { "ephemeralContainers": [{ "name": "debug", "image": "busybox" }] } });
    let hidden = json!({ "spec": { "volumes": [{ "name": "kube-api-access-x", "hostPath": { "path": "/" } }] } });
    let mut injected = pod("api-1-c", "api-1", "api:1", json!({}));
    let containers = injected["spec"]["containers"]
        .as_array_mut()
        .expect("a list");
    containers.push(json!({ "name": "proxy", "image": "proxy" }));
    let mut same = injected.clone();
    same["metadata"]["name"] = json!("api-1-d");
    check(
        &[
            deployment(),
            replica_set("api-1", "api:1", 1),
            pod("api-1-a", "api-1", "api:1", debugged),
            pod("api-1-b", "api-1", "api:1", hidden),
            injected,
            same,
        ],
        &expect![[r#"
            Deployment/shop/api
            Pod/shop/api-1-a
            Pod/shop/api-1-b
            Pod/shop/api-1-c
            Cluster.scantling.internal/(unnamed) 
            c/shop/Pod/api-1-d.yaml scanned: judged as Pod/shop/api-1-c
            c/shop/ReplicaSet/api-1.yaml scanned: judged as Deployment/shop/api
        "#]],
    );
}

#[test]
fn owners_are_known_by_all_that_names_them() {
    let mut other_namespace = pod("api-1-a", "api-1", "api:1", json!({}));
    other_namespace["metadata"]["namespace"] = json!("other");
    let mut no_uid = pod("api-1-b", "api-1", "api:1", json!({}));
    no_uid["metadata"]["ownerReferences"][0]["uid"] = json!("");
    let mut other_kind = pod("api-1-c", "api-1", "api:1", json!({}));
    other_kind["metadata"]["ownerReferences"][0]["kind"] = json!("Deployment");
    let mut nobody = replica_set("api-9", "api:1", 1);
    nobody["metadata"]["uid"] = json!("");
    check(
        &[
            deployment(),
            replica_set("api-1", "api:1", 1),
            other_namespace,
            no_uid,
            other_kind,
            nobody,
        ],
        &expect![[r#"
            Deployment/shop/api
            Pod/other/api-1-a
            Pod/shop/api-1-b
            Pod/shop/api-1-c
            Cluster.scantling.internal/(unnamed) 
            c/shop/ReplicaSet/api-1.yaml scanned: judged as Deployment/shop/api
            c/shop/ReplicaSet/api-9.yaml scanned: judged as Deployment/shop/api
        "#]],
    );
}

#[test]
fn distributions_are_known_by_versions_and_by_labels() {
    let labels = json!({ "metadata": { "labels": { "kubernetes.azure.com/cluster": "mine" } } });
    let node = |name, rest| object("v1", "Node", name, rest);
    let facts = |version: &str, objects: &[Value]| {
        let mut snapshot = Snapshot {
            objects: objects.iter().map(|one| one.to_string().into()).collect(),
            ..Snapshot::default()
        };
        snapshot.about.version = version.to_owned();
        let told = told(&snapshot);
        let row = told.lines().find(|row| row.starts_with("Cluster"));
        row.and_then(|row| row.split_once(' '))
            .map(|(_, facts)| facts.to_owned())
    };
    let azure = [node("one", json!({})), node("two", labels.clone())];
    let mentions =
        json!({ "metadata": { "annotations": { "about": "kubernetes.azure.com/cluster" } } });
    for (version, objects, expected) in [
        ("v1.33.1", &azure[..], "aks"),
        ("v1.33.1-eks-1", &azure[..1], "eks"),
        ("v1.33.1-gke.100", &azure[..0], "gke"),
        ("v1.33.1", &[node("one", mentions)][..], ""),
        (
            "v1.33.1",
            &[object("v1", "ConfigMap", "one", labels)][..],
            "",
        ),
    ] {
        assert_eq!(
            facts(version, objects).as_deref(),
            Some(expected),
            "{version}"
        );
    }
}

#[test]
fn a_secret_without_values_hides_them_only_where_they_were_not_read() {
    let secret = object("v1", "Secret", "empty", json!({ "type": "Opaque" }));
    for (outcome, hides) in [
        (Outcome::Read, false),
        (Outcome::Partly("no".to_owned()), true),
    ] {
        let snapshot = Snapshot {
            kinds: vec![Kind {
                group: String::new(),
                resource: "secrets".to_owned(),
                version: "v1".to_owned(),
                kind: "Secret".to_owned(),
                namespaced: true,
                outcome,
                objects: 1,
            }],
            objects: vec![secret.to_string().into()],
            ..Snapshot::default()
        };
        let (sources, options) = (Sources::default(), ReadOptions::default());
        let live = Live::read(&snapshot, None, Path::new("c"), &sources, &options);
        let tree = &live.objects[0].1.resources[0].tree;
        assert_eq!(tree.get(NodeId::ROOT, "data").is_some(), hides);
        assert_eq!(
            live.objects[0].1.loaded.file.path,
            Path::new("c/shop/secrets/empty.yaml")
        );
    }
}

/// Objects with suppressions of which one hides something, one names no check and one hides nothing.
fn suppressing() -> [Value; 2] {
    let annotations = json!({ "metadata": { "annotations": {
        "scantling.dev/ignore.host-pid": "it looks at all processes",
        "scantling.dev/ignore.no-such-check": "nobody knows",
        "scantling.dev/ignore.host-network": "it has none",
    } } });
    let mut spec = spec("api:1");
    merge(&mut spec, json!({ "hostPID": true }));
    let mut pod = object("v1", "Pod", "api", json!({ "spec": spec }));
    merge(&mut pod, annotations);
    [pod, object("v1", "ConfigMap", "other", json!({}))]
}

/// What is said of suppressions, and where.
fn notices(files: &str) -> String {
    let snapshot = Snapshot {
        objects: suppressing()
            .iter()
            .map(|one| one.to_string().into())
            .collect(),
        ..Snapshot::default()
    };
    let options = Options {
        directory: "/p".into(),
        paths: vec!["app.yaml".into()],
        snapshot: Some(Arc::new(snapshot)),
        ..Options::default()
    };
    let system = Memory::new([("/p/app.yaml", files)]);
    let report = scan(&system, &options, &NoProgress).unwrap();
    let of_suppressions = report
        .problems
        .iter()
        .filter(|one| one.code.contains("suppression"));
    let told = of_suppressions.map(|one| match &one.place {
        Place::Span(span) => {
            let path = report.sources.path(span.file);
            format!("{}: {}\n", path.display(), one.message)
        }
        Place::Path(path) => format!("{}: {}\n", path.display(), one.message),
    });
    told.collect()
}

#[test]
fn suppressions_of_what_runs_are_told_where_they_are_wrong() {
    expect![[r#"
        cluster:/shop/Pod/api.yaml: the suppression of `no-such-check` hides nothing: there is no such check
        cluster:/shop/Pod/api.yaml: the suppression of `host-network` hides nothing
    "#]].assert_eq(&notices(""));
}

#[test]
fn suppressions_that_files_declare_are_told_there() {
    let [pod, _] = suppressing();
    expect![[r#"
        app.yaml: the suppression of `no-such-check` hides nothing: there is no such check
        app.yaml: the suppression of `host-network` hides nothing
    "#]]
    .assert_eq(&notices(&pod.to_string()));
}

#[test]
fn single_objects_beside_lists_run_where_these_do() {
    let kept = json!({ "metadata": { "resourceVersion": "1", "creationTimestamp": "2026-01-01T00:00:00Z" }, "status": {} });
    let account = object("v1", "ServiceAccount", "api", kept.clone());
    let namespace = object("v1", "Namespace", "shop", kept.clone());
    let list = json!({ "apiVersion": "v1", "kind": "List", "items": [account] });
    let system = Memory::new([
        ("/p/live/accounts.yaml", list.to_string()),
        ("/p/live/namespace.yaml", namespace.to_string()),
        ("/p/declared/namespace.yaml", namespace.to_string()),
    ]);
    let options = Options {
        directory: "/p".into(),
        complete: true,
        ..Options::default()
    };
    let report = scan(&system, &options, &NoProgress).unwrap();
    let inputs = report.inputs.iter();
    let told = inputs.map(|input| {
        let reason = input.reason.as_deref().unwrap_or("declared");
        format!("{}: {reason}\n", input.path.display())
    });
    expect![[r#"
        declared/namespace.yaml: declared
        live/accounts.yaml: it is what runs in a cluster, as kubectl prints it
        live/namespace.yaml: it is what runs in a cluster, as kubectl prints it
    "#]]
    .assert_eq(&told.collect::<String>());
}
