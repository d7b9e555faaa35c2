//! What becomes of each kind when answers go wrong, and what nothing else loses.

use expect_test::expect;
use kubernetes::snapshot::{Outcome, Snapshot};

use crate::started;

/// Groups of which one does not answer and one can't convert its objects.
const GROUPS: &str = r#"{"kind": "APIGroupDiscoveryList", "items": [
    {"metadata": {"name": "apps"}, "versions": [{"version": "v1", "freshness": "Current", "resources": [
        {"resource": "deployments", "responseKind": {"kind": "Deployment"}, "scope": "Namespaced", "verbs": ["list"]}]}]},
    {"metadata": {"name": "metrics.example"}, "versions": [{"version": "v1", "freshness": "Stale"}]},
    {"metadata": {"name": "widgets.example"}, "versions": [{"version": "v2", "freshness": "Current", "resources": [
        {"resource": "widgets", "responseKind": {"kind": "Widget"}, "scope": "Cluster", "verbs": ["list"]}]}]}]}"#;

fn told(snapshot: &Snapshot) -> String {
    let kinds = snapshot.kinds.iter().map(|kind| {
        let outcome = match &kind.outcome {
            Outcome::Read => "read".to_owned(),
            other => format!("{other:?}"),
        };
        format!("{}: {} {outcome}\n", kind.name(), kind.objects)
    });
    let objects = snapshot.objects.iter().map(|object| format!("{object}\n"));
    kinds.chain(objects).collect()
}

#[test]
fn each_fault_costs_its_kind_only_and_passing_ones_nothing() {
    let answers: &[(&str, &[&str])] = &[
        (
            "/version",
            &[
                "429,wait=1 {}",
                "cut {\"gitVersion\": \"v1.37.2\"}",
                "{\"gitVersion\": \"v1.37.2\"}",
            ],
        ),
        ("/apis", &["503 {}", GROUPS]),
        (
            "/api/v1/configmaps?limit=500",
            &["slow {\"items\": [{\"metadata\": {\"uid\": \"1\"}}]}"],
        ),
        (
            "/api/v1/pods?limit=500",
            &[
                "{\"metadata\": {\"continue\": \"x\"}, \"items\": [{\"metadata\": {\"uid\": \"2\"}}, {\"metadata\": {\"uid\": \"3\"}}]}",
            ],
        ),
        (
            "/api/v1/pods?limit=500&continue=x",
            &[
                "410 {}",
                "cut {\"items\": [{\"metadata\": {\"uid\": \"4\"}}]}",
                "{\"items\": [{\"metadata\": {\"uid\": \"4\"}}]}",
            ],
        ),
        (
            "/api/v1/secrets?limit=500&includeObject=Metadata",
            &[
                "403 {\"message\": \"secrets is forbidden: User \\\"u\\\" cannot list resource \\\"secrets\\\" in API group \\\"\\\" at the cluster scope\"}",
            ],
        ),
        ("/api/v1/services?limit=500", &["cut {\"items\": []}"]),
        (
            "/apis/apps/v1/deployments?limit=500",
            &[
                "429,wait=0 {}",
                "429,wait=0 {}",
                "{\"items\": [{\"metadata\": {\"uid\": \"5\"}}]}",
            ],
        ),
        (
            "/apis/widgets.example/v2/widgets?limit=500",
            &[
                "500 {\"message\": \"conversion webhook for widgets.example/v1, Kind=Widget failed: \\u001b[31mno\"}",
            ],
        ),
    ];
    let (_server, options) = started("reading", answers, "token: t");
    let snapshot = cluster::read(&options, &()).expect("the server is there");
    expect![[r#"
        configmaps: 1 read
        pods: 3 read
        secrets: 0 Forbidden("User \"u\" cannot list it at the cluster scope")
        services: 0 Failed("error reading a body from connection: end of file before message length reached")
        deployments.apps: 1 read
        *.metrics.example: 0 Failed("the server of this API does not answer")
        widgets.widgets.example: 0 Failed("500 Internal Server Error: conversion webhook for widgets.example/v1, Kind=Widget failed: \\u{1b}[31mno")
        {"apiVersion":"v1","kind":"ConfigMap","metadata": {"uid": "1"}}
        {"apiVersion":"v1","kind":"Pod","metadata": {"uid": "2"}}
        {"apiVersion":"v1","kind":"Pod","metadata": {"uid": "3"}}
        {"apiVersion":"v1","kind":"Pod","metadata": {"uid": "4"}}
        {"apiVersion":"apps/v1","kind":"Deployment","metadata": {"uid": "5"}}
    "#]].assert_eq(&told(&snapshot));
}
