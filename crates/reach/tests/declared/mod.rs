//! Graphs of ServiceAccounts and resources of Terraform, one a line.

use std::collections::HashMap;
use std::sync::Arc;

use graph::{
    Cause, Data, Graph, Link, LinkKind, Namespace, NodeId, Reference, Resource, ResourceId,
    SmolStr, Target, Tree, Unknown,
};

use crate::support;

/// A graph of lines: `account NAMESPACE/NAME [ANNOTATIONS]` for a ServiceAccount, and `TYPE NAME ATTRIBUTES` for a resource of
/// Terraform. In these, a text `@NAME` is the value of an attribute of that resource, and a key that ends with `policy` has a document in
/// its text.
pub(crate) fn graph(lines: &str) -> Graph {
    let mut text = String::new();
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (kind, rest) = line.split_once(' ').expect("a line has a kind and a name");
        let (name, rest) = rest.split_once(' ').unwrap_or((rest, "{}"));
        text += &match (kind, name.split_once('/')) {
            ("account", Some((namespace, name))) => format!(
                "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {{name: {name}, namespace: {namespace}, annotations: {rest}}}\n"
            ),
            _ => format!(
                "---\napiVersion: example.org/v1\nkind: {kind}\nmetadata: {{name: {name}}}\nspec: {rest}\n"
            ),
        };
    }
    let read = support::graph(&text);
    let resources: Vec<Resource> = read.resources().map(|(_, one)| converted(one)).collect();
    let names: HashMap<SmolStr, ResourceId> = (0..)
        .map(ResourceId)
        .zip(&resources)
        .map(|(id, resource)| (resource.name.clone(), id))
        .collect();
    let mut links = Vec::new();
    let mut resources = resources;
    for (id, resource) in (0..).map(ResourceId).zip(&mut resources) {
        refer(id, &mut resource.tree, NodeId::ROOT, &names, &mut links);
    }
    let mut graph = Graph::new(resources.into_iter().map(Arc::new).collect(), true);
    graph.set_links(links);
    graph
}

fn converted(resource: &Resource) -> Resource {
    let mut resource = resource.clone();
    let spec = resource.tree.get(NodeId::ROOT, "spec");
    if let Some(spec) = spec.filter(|_| resource.kind != "ServiceAccount") {
        resource.tree = resource.tree.subtree(spec);
        resource.subjects = vec![format!("terraform/{}", resource.kind).into()];
        let children: Vec<NodeId> = resource.tree.children(NodeId::ROOT).collect();
        for node in children {
            let key = resource
                .tree
                .node(node)
                .key
                .as_ref()
                .map(|key| key.text.clone());
            if key.is_some_and(|key| key.ends_with("policy")) {
                nest(&mut resource.tree, node);
            }
        }
    }
    resource
}

/// Puts a document into a text.
fn nest(tree: &mut Tree, node: NodeId) {
    if tree.node(node).data != Data::Map {
        return;
    }
    let document = tree.subtree(node);
    tree.retain(node, |_| false);
    tree.set(node, Data::String("{}".into()));
    tree.copy(node, None, &document, NodeId::ROOT);
}

fn refer(
    from: ResourceId,
    tree: &mut Tree,
    node: NodeId,
    names: &HashMap<SmolStr, ResourceId>,
    links: &mut Vec<Link>,
) {
    let name = tree.as_text(node).and_then(|text| text.strip_prefix('@'));
    if let Some(target) = name.and_then(|name| names.get(name)).copied() {
        links.push(Link {
            from,
            node,
            kind: LinkKind::Uses,
            reference: Reference {
                kind: "".into(),
                namespace: Namespace::Cluster,
                name: "".into(),
                key: None,
                optional: false,
            },
            target: Target::Resource(target),
        });
        tree.set(node, Data::Unknown(Arc::new(Unknown::new(Cause::Example))));
    }
    for child in tree.children(node).collect::<Vec<_>>() {
        refer(from, tree, child, names, links);
    }
}
