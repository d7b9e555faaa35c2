//! Roles that the group `dev` has, and what it can turn them into.

use graph::Graph;
use kubernetes::Version;
use reach::{Access, Asker, Edge, Escalations, Options, Subject};

/// A role with one rule, and a binding of its own.
pub(crate) fn bound(name: &str, namespace: Option<&str>, rule: &str) -> String {
    let head = "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ";
    let (kind, within) = match namespace {
        Some(namespace) => ("RoleBinding", format!(", namespace: {namespace}")),
        None => ("ClusterRoleBinding", String::new()),
    };
    format!(
        "{head}ClusterRole\nmetadata: {{name: {name}}}\nrules: [{rule}]\n{head}{kind}\nmetadata: {{name: {name}{within}}}\nroleRef: {{kind: ClusterRole, name: {name}}}\nsubjects: [{{kind: Group, name: dev}}]\n"
    )
}

pub(crate) fn edges_in(graph: &Graph, minor: u32) -> Vec<Edge> {
    let options = Options {
        environment: None,
        built_in: None,
        ..Options::default()
    };
    let access = Access::of(graph, &options);
    let dev: Asker = Subject::Group("dev".into()).into();
    Escalations::of(&access, Version { minor }).from(&dev)
}
