//! What bindings give, as queries see it: rules as roles have them, wherever these are written.

use std::hash::Hash;
use std::sync::Arc;

use graph::{
    BuiltInRule, Cause, Given, GivenRole, GivenRule, GivenSource, Graph, ResourceId, SmolStr,
    Unknown,
};

use super::unread::assumed;
use crate::run;
use crate::value::{Place, Value, hash};

/// The rules that a binding gives, as far as this run assumes that it gives them. What may be beside them is a rule of which
/// nothing is known.
pub(crate) fn given_rules(graph: &Graph, binding: ResourceId) -> Vec<Value> {
    let Some(given) = graph.given(binding) else {
        return Vec::new();
    };
    let role = meant(given, binding).filter(|(index, role)| {
        let why = role.unknown.as_ref();
        why.is_none_or(|why| is_assumed(("role", binding, *index), why))
    });
    let mut rules = Vec::new();
    if let Some((index, role)) = role {
        rules.extend(rules_of(graph, binding, role));
        let rest = role.rest.as_ref();
        rules.extend(rest.and_then(|why| assumed(("rest", binding, index), why)));
    }
    match open(given) {
        // Nothing at all is known of what it gives, so no answer is worth the question.
        Some(why) if given.roles.is_empty() => run::taint(why),
        Some(why) => rules.extend(assumed(("role", binding), why)),
        None => {}
    }
    rules
}

/// The rules that a binding gives, where all of that is known.
pub(crate) fn certain_rules(graph: &Graph, binding: ResourceId) -> Option<Vec<Value>> {
    let Some(given) = graph.given(binding) else {
        return Some(Vec::new());
    };
    if given.maybe.is_some() || open(given).is_some() || given.roles.len() > 1 {
        return None;
    }
    let Some(role) = given.roles.first() else {
        return Some(Vec::new());
    };
    let is_open = role.unknown.is_some() || role.rest.is_some();
    if is_open || role.rules.iter().any(|rule| rule.unknown.is_some()) {
        return None;
    }
    let rules = role.rules.iter();
    Some(rules.filter_map(|rule| shown(graph, rule)).collect())
}

/// Why a role may be given of which nothing is known. That a role is only not in the input is told once, by the check for roles
/// that do not exist, and not again by all that ask what it allows.
fn open(given: &Given) -> Option<&Arc<Unknown>> {
    let any = given.any.as_ref();
    any.filter(|why| why.cause != Cause::OutsideInput)
}

/// The role that this run assumes to be meant, of those that have one name.
fn meant(given: &Given, binding: ResourceId) -> Option<(usize, &GivenRole)> {
    let maybe = given.maybe.as_ref();
    if maybe.is_some_and(|why| !is_assumed(("roles", binding), why)) {
        return None;
    }
    let duplicate = Arc::new(Unknown::new(Cause::Other(
        "several roles with different content have this name".into(),
    )));
    let last = given.roles.len().checked_sub(1)?;
    let mut roles = given.roles.iter().map(Arc::as_ref).enumerate();
    roles.find(|(index, _)| *index == last || is_assumed(("meant", binding, *index), &duplicate))
}

fn rules_of(graph: &Graph, binding: ResourceId, role: &GivenRole) -> Vec<Value> {
    let is_had = |rule: &&GivenRule| {
        let source = match &rule.source {
            GivenSource::Written(id, _) => Some(*id),
            GivenSource::BuiltIn(_) => None,
        };
        let why = rule.unknown.as_ref();
        why.is_none_or(|why| is_assumed(("aggregated", binding, source), why))
    };
    let rules = role.rules.iter().filter(is_had);
    rules.filter_map(|rule| shown(graph, rule)).collect()
}

fn is_assumed(what: impl Hash, why: &Arc<Unknown>) -> bool {
    run::ask(hash(what), hash("given"), why)
}

/// A rule: the place where it is written, or what Kubernetes has in its place. Nothing where a fix that is tried took it away.
fn shown(graph: &Graph, rule: &GivenRule) -> Option<Value> {
    match &rule.source {
        GivenSource::BuiltIn(rule) => Some(built_in(rule)),
        GivenSource::Written(id, node) => {
            let resource = graph.resource(*id);
            resource.tree.has(*node).then(|| {
                Value::Node(Place {
                    resource: Arc::clone(resource),
                    id: *id,
                    node: *node,
                })
            })
        }
    }
}

/// A rule as a role would have it, and the name of its role.
fn built_in(rule: &BuiltInRule) -> Value {
    let texts = |texts: &[SmolStr]| Value::array(texts.iter().cloned().map(Value::Text).collect());
    Value::object([
        ("verbs".into(), texts(&rule.verbs)),
        ("apiGroups".into(), texts(&rule.groups)),
        ("resources".into(), texts(&rule.resources)),
        ("resourceNames".into(), texts(&rule.names)),
        ("nonResourceURLs".into(), texts(&rule.paths)),
        ("built_in".into(), Value::Text(rule.role.clone())),
    ])
}
