//! Where secrets of Terraform are written.

use std::sync::Arc;

use graph::{Data, Resource};
use source::Span;
use terraform::module::{Module, Variable};
use terraform::root::Given;
use terraform::syntax::{self, Expression, ExpressionKind};

/// The places of the values of a resource that are marked as sensitive.
pub(crate) fn of_resource(resource: &Resource) -> impl Iterator<Item = Span> {
    let nodes = resource
        .facts
        .sensitive
        .iter()
        .map(|node| resource.tree.node(*node));
    let is_written = |data: &Data| {
        matches!(
            data,
            Data::Bool(_) | Data::Int(_) | Data::Float(_) | Data::String(_) | Data::Partial(_)
        )
    };
    nodes
        .filter(move |node| is_written(&node.data))
        .map(|node| node.span)
}

/// A message about a resource without the sensitive texts in it. Texts that are too short to be secret stay.
pub(crate) fn hide(resource: &Resource, message: &str) -> String {
    const SHORTEST: usize = 3;
    let texts = resource.facts.sensitive.iter();
    let texts = texts.filter_map(|node| resource.tree.as_text(*node));
    let secret = texts.filter(|text| text.len() >= SHORTEST);
    secret.fold(message.to_owned(), |message, text| {
        message.replace(text.as_str(), "(sensitive value)")
    })
}

/// The places of the values of sensitive variables: their defaults, and what is given to those of the root.
pub(super) fn of_variables(modules: &[Arc<Module>], inputs: &[Given]) -> Vec<Span> {
    let sensitive = modules
        .iter()
        .flat_map(|module| module.variables.values())
        .filter(|variable| is_sensitive(variable));
    let mut spans: Vec<Span> = sensitive
        .filter_map(|variable| variable.default.as_ref())
        .map(|default| default.span)
        .collect();
    let Some(root) = modules.first() else {
        return spans;
    };
    let is_secret = |name: &str| root.variables.get(name).is_some_and(is_sensitive);
    for input in inputs {
        match input {
            Given::Text { name, file } if is_secret(name) => spans.push(file.span()),
            Given::Text { .. } => {}
            Given::File { file, .. } => {
                let is_json = file.path.extension().is_some_and(|end| end == "json");
                let document = match is_json {
                    true => syntax::read_json(file),
                    false => syntax::read(file),
                };
                let attributes = document.body.attributes.iter();
                let secret = attributes.filter(|attribute| is_secret(&attribute.name.text));
                spans.extend(secret.map(|attribute| attribute.value.span));
            }
        }
    }
    spans
}

fn is_sensitive(variable: &Variable) -> bool {
    let is_true = |expression: &Expression| matches!(expression.kind, ExpressionKind::Bool(true));
    variable.sensitive.as_ref().is_some_and(is_true)
}

#[cfg(test)]
mod tests {
    use graph::{Facts, Namespace, NodeId, Tree};
    use source::FileId;

    use super::*;

    #[test]
    fn messages_have_no_sensitive_text() {
        let span = Span::new(FileId(0), 0, 0);
        let resource = Resource {
            address: "a.b".into(),
            api_version: "".into(),
            kind: "a".into(),
            name: "b".into(),
            namespace: Namespace::Cluster,
            environment: None,
            subjects: Vec::new(),
            conditional: None,
            tree: Tree::new(Data::String("hunter2".into()), span),
            facts: Facts {
                sensitive: vec![NodeId::ROOT],
                ..Facts::default()
            },
            merge_key: |_| None,
        };
        assert_eq!(
            hide(&resource, "the password is hunter2"),
            "the password is (sensitive value)"
        );
    }
}
