//! What is judged of the objects of a cluster, and what is told of the others.

use std::path::Path;
use std::sync::Arc;

use expect_test::{Expect, expect};
use kubernetes::snapshot::{Kind, Outcome, Snapshot};
use serde_json::{Value, json};
use source::Sources;

use super::Live;
use crate::project::ReadOptions;
use crate::workspace::Kept;

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
    let judged = live.objects.iter().flat_map(|read| &read.resources);
    let judged = judged.map(|one| format!("{}\n", one.address));
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
            c/shop/ReplicaSet/api-0.yaml skipped: an earlier state of Deployment/shop/api of which nothing runs
            c/shop/Pod/api-2-a.yaml scanned: judged as ReplicaSet/shop/api-2
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
            c/shop/ReplicaSet/api-1.yaml scanned: judged as Deployment/shop/api
            c/shop/Pod/api-1-d.yaml scanned: judged as Pod/shop/api-1-c
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
        let tree = &live.objects[0].resources[0].tree;
        assert_eq!(tree.get(graph::NodeId::ROOT, "data").is_some(), hides);
        assert_eq!(
            live.objects[0].loaded.file.path,
            Path::new("c/shop/secrets/empty.yaml")
        );
    }
}

/// Objects of which a cluster has some at a time: those of one row are one object in different states.
fn states() -> Vec<Vec<Value>> {
    let sets = ["api-1", "api-2"].map(|name| {
        let of = |image, replicas| replica_set(name, image, replicas);
        vec![
            of("api:1", 1),
            of("api:2", 1),
            of("api:1", 0),
            of("api:2", 0),
        ]
    });
    let pods = [
        ("a", "api-1"),
        ("b", "api-1"),
        ("c", "api-2"),
        ("d", "api-2"),
    ];
    let pods = pods.map(|(name, owner)| {
        let done = json!({ "status": { "phase": "Succeeded" } });
        let of = |image, rest| pod(&format!("{owner}-{name}"), owner, image, rest);
        vec![
            of("api:1", json!({})),
            of("api:2", json!({})),
            of("api:2", done),
        ]
    });
    let others = ["x", "y"].map(|name| vec![object("v1", "ConfigMap", name, json!({}))]);
    let all = sets.into_iter().chain(pods).chain(others);
    all.chain([vec![deployment()]]).collect()
}

#[test]
fn what_is_taken_again_is_what_would_be_read() {
    let states = states();
    let texts: Vec<Vec<Arc<str>>> = states
        .iter()
        .map(|row| row.iter().map(|one| one.to_string().into()).collect())
        .collect();
    let (sources, options) = (
        Sources::default(),
        ReadOptions {
            kept: Kept::on(),
            ..ReadOptions::default()
        },
    );
    // Numbers that look like chance, of which the upper bits are used.
    let mut seed = 7_u64;
    let mut below = |end: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(seed >> 33).unwrap() % end
    };
    let mut present: Vec<Option<usize>> = vec![Some(0); states.len()];
    for _ in 0..300 {
        for _ in 0..=below(2) {
            let row = below(states.len());
            present[row] =
                Some(below(states[row].len() + 1)).filter(|state| *state < states[row].len());
        }
        let objects = present.iter().zip(&texts);
        let objects = objects.filter_map(|(state, row)| Some(Arc::clone(&row[(*state)?])));
        let snapshot = Snapshot {
            objects: objects.collect(),
            ..Snapshot::default()
        };
        sources.begin();
        let kept = told_with(&snapshot, &sources, &options);
        assert_eq!(kept, told(&snapshot));
    }
}
