//! Documents to objects: lists of objects are taken apart, and what is no object is a problem.

use std::collections::VecDeque;
use std::sync::Arc;

use graph::Role;
use source::{Level, Problem};

use super::Resource;
use crate::node::{Data, Node, Origin};
use crate::tables::Schema;

/// The objects in documents, with what is wrong with the others.
pub(crate) fn from_documents(
    documents: Vec<Node>,
    schema: &Arc<Schema>,
) -> (Vec<Resource>, Vec<Problem>) {
    let mut problems = Vec::new();
    let documents = documents.into_iter().map(|node| (node, ())).collect();
    let nodes = objects(documents, &mut problems).into_iter();
    let resources = nodes.map(|(node, ())| Resource::new(node, schema));
    (resources.collect(), problems)
}

/// The objects in documents, each with what is known of the document.
pub(crate) fn objects<T: Clone>(
    documents: Vec<(Node, T)>,
    problems: &mut Vec<Problem>,
) -> Vec<(Node, T)> {
    let all = |node: &Node, of: &T| -> Vec<(Node, T)> {
        let items = items(node).into_iter();
        items.map(|item| (item, of.clone())).collect()
    };
    let mut open: VecDeque<(Node, T)> = match documents.as_slice() {
        [(only, of)] if is_wrapper(only) => all(only, of).into(),
        _ => documents.into(),
    };
    open.retain(|(node, _)| is_object(node, problems));
    let mut objects = Vec::new();
    while let Some((node, of)) = open.pop_front() {
        let is_list = node
            .get("kind")
            .is_some_and(|kind| kind.text().ends_with("List"));
        match node.get("items") {
            Some(list) if is_list => match &list.data {
                Data::List(_) => {
                    let items = all(&node, &of).into_iter();
                    open.extend(items.filter(|(item, _)| is_object(item, problems)));
                }
                _ if list.is_null() || list.is_undecided() => {}
                _ => problems.push(problem("a list is expected in `items`", &list.origin)),
            },
            _ => objects.push((node, of)),
        }
    }
    objects
}

/// Whether a document is a list in which kustomize looks for objects first.
fn is_wrapper(node: &Node) -> bool {
    let kind = node.get("kind").map(|kind| kind.text().as_str());
    matches!(kind, Some("List" | "ResourceList")) && node.get("items").is_some()
}

fn items(node: &Node) -> Vec<Node> {
    let place = node.get("kind").unwrap_or(node).origin.span;
    let items = node.get("items").map(Node::items).unwrap_or_default();
    let items = items.iter().cloned().map(|mut item| {
        item.origin = item.origin.through(Role::Wrapper, place);
        item
    });
    items.collect()
}

fn is_object(node: &Node, problems: &mut Vec<Problem>) -> bool {
    if node.is_empty() || node.is_undecided() {
        return false;
    }
    let has = |keys: &[&str]| {
        let found = node.at(keys);
        found.is_some_and(|node| !node.text().is_empty())
    };
    let message = match () {
        () if !matches!(node.data, Data::Map(_)) => "this is no object of Kubernetes",
        () if !has(&["kind"]) => "an object needs a `kind`",
        () if node
            .get("kind")
            .is_some_and(|kind| kind.text().ends_with("List")) =>
        {
            return true;
        }
        () if !has(&["metadata", "name"]) => "an object needs `metadata.name`",
        () => return true,
    };
    problems.push(problem(message, &node.origin));
    false
}

fn problem(message: &str, origin: &Origin) -> Problem {
    Problem::at(Level::Error, "kustomize-resource", message, origin.span)
}
