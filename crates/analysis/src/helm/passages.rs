//! What values came through before a chart was given them.

use std::collections::{HashMap, HashSet};

use graph::{NodeId, Passage, Resource, Step, Tree};
use source::Span;

/// What values came through, by their places.
pub(crate) type Passages = HashMap<Span, Vec<Step>>;

/// What the values of trees came through.
pub(crate) fn passages<'a>(trees: impl IntoIterator<Item = &'a Tree>) -> Passages {
    let mut passages = HashMap::new();
    for tree in trees {
        let mut open = vec![NodeId::ROOT];
        while let Some(node) = open.pop() {
            open.extend(tree.children(node));
            let steps = tree.passage(node).map(|passage| passage.steps.clone());
            if let Some(steps) = steps.filter(|steps| !steps.is_empty()) {
                passages.entry(tree.node(node).span).or_insert(steps);
            }
        }
    }
    passages
}

/// Tells of a resource what its values came through, and which are secret.
pub(super) fn note(resource: &mut Resource, passages: &Passages, secrets: &HashSet<Span>) {
    let tree = &mut resource.tree;
    let mut open = vec![NodeId::ROOT];
    while let Some(node) = open.pop() {
        open.extend(tree.children(node));
        let span = tree.node(node).span;
        let mut steps = tree.passage(node).into_iter().flat_map(|own| &own.steps);
        if secrets.contains(&span) || steps.any(|step| secrets.contains(&step.span)) {
            resource.facts.sensitive.push(node);
        }
        if let Some(steps) = passages.get(&span) {
            let passage: &mut Passage = tree.passage_mut(node);
            let steps_of = passage.steps.iter().map(|step| step.span);
            let known: HashSet<Span> = steps_of.chain([span]).collect();
            let new = steps.iter().filter(|step| !known.contains(&step.span));
            passage.steps.extend(new.copied());
        }
    }
    resource.facts.sensitive.sort_unstable();
}
