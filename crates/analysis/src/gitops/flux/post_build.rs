//! What Flux does to the objects that a kustomization gives.

use std::sync::Arc;

use graph::{Data, Key, NodeId, Role, SmolStr, Step, Tree};
use source::{SourceFile, Sources, Span};

use super::substitute::{is_one_variable, substitute};
use super::variables::Variables;

/// The label or annotation of objects that get no variables.
const SWITCH: &str = "kustomize.toolkit.fluxcd.io/substitute";

/// What is done to the objects that a kustomization gives.
#[derive(Clone, Debug)]
pub(crate) struct PostBuild {
    pub(super) variables: Variables,
    /// Labels and annotations that all objects get: a map of both.
    pub(super) metadata: Option<Arc<Tree>>,
}

impl PostBuild {
    /// Does it to an object, and returns the places of values in it that are never printed.
    pub(crate) fn apply(&self, tree: &mut Tree, sources: &Sources) -> Vec<Span> {
        let mut secrets = Vec::new();
        if !self.variables.is_empty() && !is_switched_off(tree) {
            let mut open = vec![NodeId::ROOT];
            while let Some(node) = open.pop() {
                open.extend(tree.children(node));
                self.substitute(tree, node, sources, &mut secrets);
            }
        }
        if let Some(metadata) = &self.metadata {
            add(tree, metadata);
        }
        secrets
    }

    fn substitute(
        &self,
        tree: &mut Tree,
        node: NodeId,
        sources: &Sources,
        secrets: &mut Vec<Span>,
    ) {
        let Some(text) = tree
            .as_text(node)
            .filter(|text| text.contains('$'))
            .cloned()
        else {
            return;
        };
        // What Flux refuses stays as it is.
        let Some(made) = substitute(&text, &self.variables) else {
            return;
        };
        let span = tree.node(node).span;
        let data = match made.text() {
            Some(text) => scalar(&text),
            None => Data::Partial(made.pieces.clone().into()),
        };
        tree.set(node, data);
        let place = made.places.first().filter(|_| is_one_variable(&text));
        let is_moved = place
            .zip(made.text())
            .is_some_and(|(place, text)| is_written(&text, *place, sources));
        let steps: Vec<Step> = match is_moved {
            true => {
                tree.set_span(node, made.places[0]);
                vec![Step {
                    span,
                    role: Role::Reference,
                }]
            }
            false => {
                let places = made.places.iter();
                places
                    .map(|span| Step {
                        span: *span,
                        role: Role::Operand,
                    })
                    .collect()
            }
        };
        tree.passage_mut(node).steps.extend(steps);
        if made.has_secret {
            secrets.push(tree.node(node).span);
        }
    }
}

/// Whether a place of a file holds a text as it is.
fn is_written(text: &str, span: Span, sources: &Sources) -> bool {
    let file = sources.get(span.file);
    file.slice(span).trim_matches(['"', '\'']) == text
}

fn is_switched_off(tree: &Tree) -> bool {
    ["labels", "annotations"].iter().any(|key| {
        let node = tree.at(NodeId::ROOT, &["metadata", key, SWITCH]);
        node.and_then(|node| tree.as_text(node))
            .is_some_and(|text| text == "disabled")
    })
}

/// What a text is where it stands in YAML without quotes.
fn scalar(text: &str) -> Data {
    let file = SourceFile::new(source::FileId(0), "", text);
    let read = yaml::read(&file, &yaml::Options::default());
    let root = read
        .documents
        .first()
        .map(|document| &document.tree.node(NodeId::ROOT).data);
    match root {
        Some(data @ (Data::Bool(_) | Data::Int(_) | Data::Float(_))) => data.clone(),
        _ => Data::String(text.into()),
    }
}

/// Sets labels and annotations of an object.
fn add(tree: &mut Tree, metadata: &Tree) {
    let Some(own) = tree.get(NodeId::ROOT, "metadata") else {
        return;
    };
    for group in metadata.children(NodeId::ROOT) {
        let key = metadata.node(group).key.clone();
        let name: SmolStr = key.as_ref().map(|key| key.text.clone()).unwrap_or_default();
        let map = tree.get(own, &name).unwrap_or_else(|| {
            let span = metadata.node(group).span;
            tree.push(own, key, Data::Map, span)
        });
        for entry in metadata.children(group) {
            let key: Option<Key> = metadata.node(entry).key.clone();
            if let Some(old) = key.as_ref().and_then(|key| tree.get(map, &key.text)) {
                tree.remove(old);
            }
            tree.copy(map, key, metadata, entry);
        }
    }
}
