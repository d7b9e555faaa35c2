//! The reader against a server that answers as it is told to.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use expect_test::{Expect, expect};
use http::{Request, Response, StatusCode};
use kube::Client;
use kube::client::Body;
use kubernetes::snapshot::{Outcome, Snapshot};

use crate::client::Reader;
use crate::error::Error;
use crate::list;
use crate::options::Options;

const VERSION: &str = r#"{"gitVersion": "v1.37.2"}"#;

/// Answers to paths: each is given once, the last of a path again and again. The first word is the status where it is no 200,
/// with the seconds to wait behind a `/`.
type Answers = HashMap<&'static str, Vec<&'static str>>;

/// A server, and what it was asked.
struct Server {
    answers: Mutex<Answers>,
    asked: Mutex<Vec<String>>,
}

impl Server {
    fn new(answers: &[(&'static str, &[&'static str])]) -> Arc<Self> {
        // What a test says of a path counts before what all servers answer.
        let answers = USUAL.iter().chain(answers);
        let answers = answers.map(|(path, rows)| (*path, rows.to_vec()));
        Arc::new(Self {
            answers: Mutex::new(answers.collect()),
            asked: Mutex::default(),
        })
    }

    fn answer(&self, request: &Request<Body>) -> Response<Body> {
        let path = request.uri().to_string();
        self.asked.lock().unwrap().push(path.clone());
        let mut answers = self.answers.lock().unwrap();
        let answer = match answers.get_mut(path.as_str()) {
            Some(rows) if rows.len() > 1 => rows.remove(0),
            Some(rows) => rows[0],
            None => "404 {}",
        };
        let (head, body) = answer.split_once(' ').unwrap_or(("", answer));
        let (status, wait) = head.split_once('/').unwrap_or((head, ""));
        let Ok(status) = status.parse::<u16>() else {
            return Response::new(Body::from(answer.as_bytes().to_vec()));
        };
        let response = Response::builder().status(StatusCode::from_u16(status).unwrap());
        let response = match wait {
            "" => response,
            wait => response.header("Retry-After", wait),
        };
        response.body(Body::from(body.as_bytes().to_vec())).unwrap()
    }

    fn read(self: &Arc<Self>, options: &Options) -> Result<Snapshot, Error> {
        let runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = { runtime }.enable_all().start_paused(true).build().unwrap();
        let server = Arc::clone(self);
        runtime.block_on(async {
            let service = tower::service_fn(move |request: Request<Body>| {
                let answer = server.answer(&request);
                async move { Ok::<_, std::convert::Infallible>(answer) }
            });
            let client = Client::new(service, "default");
            let reader = Reader::of(client, "https://server", "tests");
            Ok(list::all(&reader, options, &()).await?.snapshot())
        })
    }
}

fn told(snapshot: &Snapshot) -> String {
    let kinds = snapshot.kinds.iter().map(|kind| {
        let outcome = match &kind.outcome {
            Outcome::Read => "read".to_owned(),
            Outcome::Partly(why) => format!("partly: {why}"),
            Outcome::LeftOut(why) => format!("left out: {why}"),
            Outcome::Forbidden(why) => format!("forbidden: {why}"),
            Outcome::Failed(why) => format!("failed: {why}"),
        };
        format!("{} {} {outcome}\n", kind.name(), kind.api_version())
    });
    let objects = snapshot.objects.iter().map(|object| format!("{object}\n"));
    kinds.chain(objects).collect()
}

#[track_caller]
fn check(answers: &[(&'static str, &[&'static str])], options: &Options, expected: &Expect) {
    let read = Server::new(answers).read(options);
    expected.assert_eq(&match read {
        Ok(snapshot) => told(&snapshot),
        Err(error) => error.to_string(),
    });
}

const API: &str = r#"{"kind": "APIGroupDiscoveryList", "items": [{"metadata": {}, "versions": [{"version": "v1", "resources": [
    {"resource": "pods", "responseKind": {"kind": "Pod"}, "scope": "Namespaced", "verbs": ["get", "list"],
     "subresources": [{"subresource": "exec", "verbs": ["create"]}]},
    {"resource": "secrets", "responseKind": {"kind": "Secret"}, "scope": "Namespaced", "verbs": ["list"]},
    {"resource": "events", "responseKind": {"kind": "Event"}, "scope": "Namespaced", "verbs": ["list"]},
    {"resource": "bindings", "responseKind": {"kind": "Binding"}, "scope": "Namespaced", "verbs": ["create"]}]}]}]}"#;

const NO_GROUPS: &str = r#"{"kind": "APIGroupDiscoveryList", "items": []}"#;

/// What a server answers to discovery, where a test says nothing else.
const USUAL: &[(&str, &[&str])] = &[
    ("/version", &[VERSION]),
    ("/api", &[API]),
    ("/apis", &[NO_GROUPS]),
];

const NO_ITEMS: &str = r#"{"items": null}"#;

const SECRETS: &str = r#"{"kind": "Table", "rows": [{"cells": ["a", "Opaque", 1, "1d"], "object": {"metadata": {"name": "a", "uid":
    "3", "annotations": {"kubectl.kubernetes.io/last-applied-configuration": "hunter2", "b": "c"}}}}]}"#;

const REFUSAL: &str = r#"403 {"message": "secrets is forbidden: User \"half\" cannot list resource \"secrets\" in API group \"\" at the cluster scope"}"#;

const SECRETS_PATH: &str = "/api/v1/secrets?limit=500&includeObject=Metadata";

#[test]
fn lists_are_read_page_by_page_and_objects_once() {
    let answers: &[(&str, &[&str])] = &[
        (
            "/api/v1/pods?limit=500",
            &[r#"{"metadata": {"continue": "a+b"}, "items": [{"metadata": {"uid": "1"}}]}"#],
        ),
        (
            "/api/v1/pods?limit=500&continue=a%2Bb",
            &[
                r#"{"items": [{"metadata": {"uid": "1"}}, {"kind": "Pod", "metadata": {"uid": "2"}}]}"#,
            ],
        ),
        (SECRETS_PATH, &[SECRETS]),
    ];
    check(
        answers,
        &Options::default(),
        &expect![[r#"
            events v1 left out: they tell what happened
            pods v1 read
            secrets v1 partly: their values are not read (`--read-secrets`)
            {"apiVersion":"v1","kind":"Pod","metadata": {"uid": "1"}}
            {"kind": "Pod", "metadata": {"uid": "2"}}
            {"apiVersion":"v1","kind":"Secret","metadata":{"name":"a","uid":"3","annotations":{"b":"c"}},"type":"Opaque"}
        "#]],
    );
}

#[test]
fn one_namespace_may_be_read() {
    let answers: &[(&str, &[&str])] = &[(
        "/api/v1/namespaces/a/pods?limit=500",
        &[r#"{"items": [{"metadata": {"uid": "1"}}]}"#],
    )];
    let options = Options {
        namespace: Some("a".to_owned()),
        reads_secrets: true,
        ..Options::default()
    };
    check(
        answers,
        &options,
        &expect![[r#"
            events v1 left out: they tell what happened
            pods v1 read
            secrets v1 failed: 404 Not Found
            {"apiVersion":"v1","kind":"Pod","metadata": {"uid": "1"}}
        "#]],
    );
}

#[test]
fn values_of_secrets_are_read_without_copies_of_them() {
    let secret = r#"{"items": [{"metadata": {"name": "a", "uid": "3", "annotations": {"kubectl.kubernetes.io/last-applied-configuration":
        "hunter2", "b": "c"}}, "data": {"d": "ZQ=="}}]}"#;
    let answers: &[(&str, &[&str])] = &[
        ("/api/v1/pods?limit=500", &[NO_ITEMS]),
        ("/api/v1/secrets?limit=500", &[secret]),
    ];
    let options = Options {
        reads_secrets: true,
        ..Options::default()
    };
    check(
        answers,
        &options,
        &expect![[r#"
        events v1 left out: they tell what happened
        pods v1 read
        secrets v1 read
        {"apiVersion":"v1","kind":"Secret","metadata":{"name":"a","uid":"3","annotations":{"b":"c"}},"data":{"d":"ZQ=="}}
    "#]],
    );
}

#[test]
fn a_list_whose_next_page_is_gone_is_begun_again() {
    let answers: &[(&str, &[&str])] = &[
        (
            "/api/v1/pods?limit=500",
            &[
                r#"{"metadata": {"continue": "a"}, "items": [{"metadata": {"uid": "1"}}]}"#,
                r#"{"items": [{"metadata": {"uid": "2"}}]}"#,
            ],
        ),
        ("/api/v1/pods?limit=500&continue=a", &["410 {}"]),
        (SECRETS_PATH, &[NO_ITEMS]),
    ];
    check(
        answers,
        &Options::default(),
        &expect![[r#"
            events v1 left out: they tell what happened
            pods v1 read
            secrets v1 partly: their values are not read (`--read-secrets`)
            {"apiVersion":"v1","kind":"Pod","metadata": {"uid": "2"}}
        "#]],
    );
}

#[test]
fn a_busy_server_is_asked_again_and_one_that_fails_costs_its_kind() {
    let answers: &[(&str, &[&str])] = &[
        ("/version", &["429/1 {}", "503 {}", VERSION]),
        (
            "/api/v1/pods?limit=500",
            &[r#"500 {"message": "the conversion webhook is not there"}"#],
        ),
        (SECRETS_PATH, &[REFUSAL]),
    ];
    check(
        answers,
        &Options::default(),
        &expect![[r#"
            events v1 left out: they tell what happened
            pods v1 failed: 500 Internal Server Error: the conversion webhook is not there
            secrets v1 forbidden: User "half" cannot list it at the cluster scope
        "#]],
    );
}

#[test]
fn groups_that_do_not_answer_are_told_and_older_servers_are_asked_one_by_one() {
    let groups = r#"{"kind": "APIGroupList", "groups": [
        {"name": "apps", "versions": [{"version": "v1beta1"}, {"version": "v1"}], "preferredVersion": {"version": "v1"}},
        {"name": "dead", "versions": [{"version": "v1"}], "preferredVersion": {"version": "v1"}}]}"#;
    let apps = r#"{"resources": [{"name": "deployments", "kind": "Deployment", "namespaced": true, "verbs": ["list"]},
        {"name": "deployments/scale", "kind": "Scale", "verbs": ["get"]}]}"#;
    let answers: &[(&str, &[&str])] = &[
        ("/api", &[r#"{"kind": "APIVersions", "versions": ["v1"]}"#]),
        ("/api/v1", &[r#"{"resources": []}"#]),
        ("/apis", &[groups]),
        ("/apis/apps/v1", &[apps]),
        ("/apis/apps/v1beta1", &[apps]),
        ("/apis/dead/v1", &["503 {}"]),
        ("/apis/apps/v1/deployments?limit=500", &[NO_ITEMS]),
    ];
    check(
        answers,
        &Options::default(),
        &expect![[r#"
            deployments.apps apps/v1 read
            *.dead dead/v1 failed: the server of this API does not answer
        "#]],
    );
}

#[test]
fn what_is_no_cluster_is_an_error() {
    let options = Options::default();
    let refused = expect![
        "https://server does not accept these credentials (401 Unauthorized); log in again, or choose another context"
    ];
    check(&[("/version", &["401 {}"])], &options, &refused);
    let odd = expect![
        "https://server does not answer like an API server of Kubernetes: expected value at line 1 column 1"
    ];
    check(&[("/version", &["<html>"])], &options, &odd);
}

#[test]
fn only_paths_of_discovery_and_of_lists_are_asked() {
    let server = Server::new(&[
        ("/api/v1/pods?limit=500", &[NO_ITEMS]),
        (SECRETS_PATH, &[NO_ITEMS]),
    ]);
    server.read(&Options::default()).unwrap();
    let asked = server.asked.lock().unwrap().join("\n");
    expect![[r#"
        /version
        /api
        /apis
        /api/v1/pods?limit=500
        /api/v1/secrets?limit=500&includeObject=Metadata"#]]
    .assert_eq(&asked);
}
