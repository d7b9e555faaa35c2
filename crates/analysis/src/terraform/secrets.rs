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
