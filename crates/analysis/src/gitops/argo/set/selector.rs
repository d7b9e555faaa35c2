//! Selectors of parameters.

use graph::{Data, NodeId, SmolStr, Tree};
use smol_str::format_smolstr;

use crate::gitops::field::{items, text};

/// Whether a selector, which may be missing, matches parameters.
pub(super) fn matches(tree: &Tree, generator: NodeId, params: &Tree) -> bool {
    let Some(selector) = tree.get(generator, "selector") else {
        return true;
    };
    let labels = tree.get(selector, "matchLabels");
    let mut labels = labels.into_iter().flat_map(|labels| tree.children(labels));
    let has_labels = labels.all(|label| {
        let key = tree.node(label).key.as_ref().map(|key| key.text.as_str());
        let value = key.and_then(|key| value(params, key));
        value.as_ref() == tree.as_text(label)
    });
    let mut expressions = items(tree, selector, "matchExpressions");
    has_labels && expressions.all(|expression| holds(tree, expression, params))
}

fn holds(tree: &Tree, expression: NodeId, params: &Tree) -> bool {
    let key = text(tree, expression, "key").map_or("", SmolStr::as_str);
    let value = value(params, key);
    let mut values = items(tree, expression, "values").filter_map(|node| tree.as_text(node));
    let is_in = value
        .as_ref()
        .is_some_and(|value| values.any(|one| one == value));
    match text(tree, expression, "operator").map(SmolStr::as_str) {
        Some("In") => is_in,
        Some("NotIn") => !is_in,
        Some("Exists") => value.is_some(),
        Some("DoesNotExist") => value.is_none(),
        _ => false,
    }
}

/// The value of a parameter as text, by its name or by its path with dots.
fn value(params: &Tree, path: &str) -> Option<SmolStr> {
    let node = params.get(NodeId::ROOT, path);
    let node = node.or_else(|| params.at(NodeId::ROOT, &path.split('.').collect::<Vec<_>>()))?;
    match &params.node(node).data {
        Data::String(text) => Some(text.clone()),
        Data::Bool(truth) => Some(format_smolstr!("{truth}")),
        Data::Int(number) => Some(format_smolstr!("{number}")),
        Data::Float(number) => Some(format_smolstr!("{number}")),
        _ => None,
    }
}
