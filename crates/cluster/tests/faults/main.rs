//! The reader and the watch against a server whose answers go wrong.
#![expect(
    clippy::disallowed_methods,
    reason = "tests make the files of configurations"
)]

mod access;
mod certificates;
mod proxy;
mod reading;
mod server;
mod trust;
mod watching;

use std::path::PathBuf;

use cluster::Options;

use crate::server::Server;

/// Answers to discovery: kinds with faults of their own.
const DISCOVERY: &[(&str, &[&str])] = &[
    ("/version", &[r#"{"gitVersion": "v1.37.2"}"#]),
    (
        "/api",
        &[
            r#"{"kind": "APIGroupDiscoveryList", "items": [{"metadata": {}, "versions": [{"version": "v1", "resources": [
            {"resource": "configmaps", "responseKind": {"kind": "ConfigMap"}, "scope": "Namespaced", "verbs": ["list", "watch"]},
            {"resource": "pods", "responseKind": {"kind": "Pod"}, "scope": "Namespaced", "verbs": ["list", "watch"]},
            {"resource": "secrets", "responseKind": {"kind": "Secret"}, "scope": "Namespaced", "verbs": ["list", "watch"]},
            {"resource": "services", "responseKind": {"kind": "Service"}, "scope": "Namespaced", "verbs": ["list", "watch"]}]}]}]}"#,
        ],
    ),
    (
        "/apis",
        &[r#"{"kind": "APIGroupDiscoveryList", "items": []}"#],
    ),
];

/// A server with answers to discovery and others, and the options that lead to it.
fn started(name: &str, answers: &[(&str, &[&str])], user: &str) -> (Server, Options) {
    let server = Server::start(&[DISCOVERY, answers].concat());
    let cluster = format!("server: 'http://127.0.0.1:{}'", server.port);
    let options = options(name, &cluster, user);
    (server, options)
}

/// The options that lead to a cluster as a user, by what a configuration says of both.
fn options(name: &str, cluster: &str, user: &str) -> Options {
    let config = format!(
        "{{current-context: a, clusters: [{{name: c, cluster: {{{cluster}}}}}], \
         users: [{{name: u, user: {{{user}}}}}], contexts: [{{name: a, context: {{cluster: c, user: u}}}}]}}"
    );
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.kubeconfig"));
    std::fs::write(&path, config).expect("the folder is there");
    Options {
        kubeconfig: Some(path),
        ..Options::default()
    }
}
