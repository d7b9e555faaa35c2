//! Filters that read the graph: pods, links, namespaces, places.

use std::sync::Arc;

use graph::{Cause, ContainerRole, Link, NodeId, PodTemplate, ResourceId, Target, Unknown};
use jaq_core::box_iter::box_once;
use jaq_core::native::{bome, v};
use jaq_core::{Bind, Error, Exn, ValR, ValX};

use super::text::text;
use super::{Context, Input, Native, Outputs};
use crate::run;
use crate::value::{Place, Value, View, hash};

pub(super) fn natives() -> Vec<Native> {
    vec![
        ("pods", v(0), |cv| nodes(&cv, |place| pods(place).map(|pod| template_node(place, pod)).collect())),
        ("pod_specs", v(0), |cv| nodes(&cv, |place| pods(place).map(|pod| pod.spec).collect())),
        ("containers", v(0), |cv| nodes(&cv, |place| containers(place, None))),
        ("init_containers", v(0), |cv| nodes(&cv, |place| containers(place, Some(ContainerRole::Init)))),
        ("main_containers", v(0), |cv| nodes(&cv, |place| containers(place, Some(ContainerRole::Main)))),
        ("ephemeral_containers", v(0), |cv| nodes(&cv, |place| containers(place, Some(ContainerRole::Ephemeral)))),
        ("pod", v(0), |cv| nodes(&cv, |place| enclosing_pod(place).map(|pod| pod.spec).into_iter().collect())),
        ("pod_template", v(0), |cv| {
            nodes(&cv, |place| enclosing_pod(place).map(|pod| template_node(place, pod)).into_iter().collect())
        }),
        ("effective", [Bind::Fun(())].into(), effective),
        ("refs", v(0), |cv| targets(&cv, |_| true)),
        ("refs", v(1), |mut cv| with_text(&mut cv, |cv, kind| targets(cv, |link| link.reference.kind == kind))),
        ("linked", v(1), |mut cv| with_text(&mut cv, |cv, word| targets(cv, |link| link.kind.text() == word))),
        ("backrefs", v(0), |cv| sources(&cv, |_, _| true)),
        ("backrefs", v(1), |mut cv| {
            with_text(&mut cv, |cv, kind| sources(cv, |context, link| context.graph.resource(link.from).kind == kind))
        }),
        ("linked_by", v(1), |mut cv| with_text(&mut cv, |cv, word| sources(cv, |_, link| link.kind.text() == word))),
        ("dangling", v(0), |cv| dangling(&cv, |_| true)),
        ("dangling", v(1), |mut cv| with_text(&mut cv, |cv, kind| dangling(cv, |link| link.reference.kind == kind))),
        ("is_referenced", v(0), |cv| bome(is_referenced(&cv, "", |_, _| true))),
        ("is_referenced", v(1), |mut cv| {
            with_text(&mut cv, |cv, kind| {
                bome(is_referenced(cv, kind, |context, link| context.graph.resource(link.from).kind == kind))
            })
        }),
        ("namespace", v(0), |cv| bome(place(&cv.1).map(|place| place.resource.namespace.name().map_or(Value::Null, Value::from)))),
        ("root", v(0), |cv| nodes(&cv, |_| vec![NodeId::ROOT])),
        ("enclosing", v(1), |mut cv| with_text(&mut cv, |cv, key| nodes(cv, |place| enclosing(place, key)))),
        ("key", v(0), |cv| bome(place(&cv.1).map(|place| key(&cv.1, place)))),
        ("is_default", v(0), |cv| bome(place(&cv.1).map(|place| is_default(&cv.1, place).into()))),
        ("certificates", v(0), certificates),
        ("pod_security_violations", v(2), pod_security_violations),
    ]
}

type Failure = Error<Value>;

/// The place of a value.
///
/// # Errors
/// When it was computed and has none.
fn place(value: &Value) -> Result<&Place, Failure> {
    value.place().ok_or_else(|| Error::str("this filter wants a value of the graph, not a computed one"))
}

fn context<'a>(input: &Input<'a>) -> Result<Context<'a>, Failure> {
    input.0.data().context.ok_or_else(|| Error::str("this filter needs a graph"))
}

fn failed<'a>(error: Failure) -> Outputs<'a> {
    box_once(Err(Exn::from(error)))
}

fn all<'a>(values: Vec<Value>) -> Outputs<'a> {
    Box::new(values.into_iter().map(Ok))
}

/// Takes the last argument as text.
fn with_text<'a>(input: &mut Input<'a>, f: impl FnOnce(&Input<'a>, &str) -> Outputs<'a>) -> Outputs<'a> {
    let argument = input.0.pop_var();
    match text(&argument) {
        Ok(argument) => f(input, argument),
        Err(error) => failed(error),
    }
}

/// Nodes of the input's resource.
fn nodes<'a>(input: &Input<'a>, f: impl FnOnce(&Place) -> Vec<NodeId>) -> Outputs<'a> {
    match place(&input.1) {
        Ok(place) => all(f(place).into_iter().map(|node| Value::Node(place.at(node))).collect()),
        Err(error) => failed(error),
    }
}

/// Whether `node` is `above` or stands below it.
fn is_at_or_below(place: &Place, node: NodeId, above: NodeId) -> bool {
    above == NodeId::ROOT || ancestors(place, node).any(|ancestor| ancestor == above)
}

/// A node and everything above it.
fn ancestors(place: &Place, node: NodeId) -> impl Iterator<Item = NodeId> {
    std::iter::successors(Some(node), |node| place.resource.tree.parent(*node))
}

/// The pods at or below a place.
fn pods(place: &Place) -> impl Iterator<Item = &PodTemplate> {
    place.resource.facts.pods.iter().filter(|pod| is_at_or_below(place, pod.spec, place.node))
}

fn enclosing_pod(place: &Place) -> Option<&PodTemplate> {
    let pods = &place.resource.facts.pods;
    ancestors(place, place.node).find_map(|node| pods.iter().find(|pod| pod.spec == node))
}

/// The map that holds a pod's `spec`.
fn template_node(place: &Place, pod: &PodTemplate) -> NodeId {
    place.resource.tree.parent(pod.spec).unwrap_or(pod.spec)
}

fn containers(place: &Place, role: Option<ContainerRole>) -> Vec<NodeId> {
    let containers = pods(place).flat_map(|pod| &pod.containers);
    containers.filter(|container| role.is_none_or(|role| container.role == role)).map(|container| container.node).collect()
}

/// `effective(f)`: `f` of the container, where that is null `f` of its pod, where both are null that of the container.
fn effective(mut input: Input<'_>) -> Outputs<'_> {
    let (f, context) = input.0.pop_fun();
    let own: Vec<ValX<'_, Value>> = f.run((context.clone(), input.1.clone())).collect();
    if own.iter().any(|value| value.as_ref().map_or(true, is_set)) {
        return Box::new(own.into_iter());
    }
    let pod = match place(&input.1) {
        Ok(place) => enclosing_pod(place).map(|pod| Value::Node(place.at(pod.spec))),
        Err(error) => return failed(error),
    };
    let inherited: Vec<ValX<'_, Value>> = pod.map(|pod| f.run((context, pod)).collect()).unwrap_or_default();
    let any = inherited.iter().any(|value| value.as_ref().map_or(true, is_set));
    Box::new(if any { inherited } else { own }.into_iter())
}

fn is_set(value: &Value) -> bool {
    match value.as_unknown() {
        Some(unknown) => !unknown.ask_null(),
        None => !matches!(value.view(), View::Null),
    }
}

fn links_below<'a>(context: Context<'a>, place: &'a Place) -> impl Iterator<Item = &'a Link> {
    context.graph.links_from(place.id).iter().filter(|link| is_at_or_below(place, link.node, place.node))
}

fn resource_value(context: Context<'_>, id: ResourceId) -> Value {
    Value::root(context.graph.resource(id), id)
}

fn targets<'a>(input: &Input<'a>, wanted: impl Fn(&Link) -> bool) -> Outputs<'a> {
    let found = context(input).and_then(|context| Ok((context, place(&input.1)?)));
    let (context, place) = match found {
        Ok(found) => found,
        Err(error) => return failed(error),
    };
    let mut ids: Vec<ResourceId> = links_below(context, place)
        .filter(|link| wanted(link))
        .filter_map(|link| match link.target {
            Target::Resource(id) => Some(id),
            Target::Missing | Target::Unknown(_) => None,
        })
        .collect();
    ids.sort();
    ids.dedup();
    all(ids.into_iter().map(|id| resource_value(context, id)).collect())
}

fn sources<'a>(input: &Input<'a>, wanted: impl Fn(Context<'a>, &Link) -> bool) -> Outputs<'a> {
    let found = context(input).and_then(|context| Ok((context, place(&input.1)?)));
    let (context, place) = match found {
        Ok(found) => found,
        Err(error) => return failed(error),
    };
    let links = context.graph.links_to(place.id).filter(|link| wanted(context, link));
    let mut ids: Vec<ResourceId> = links.map(|link| link.from).collect();
    ids.dedup();
    all(ids.into_iter().map(|id| resource_value(context, id)).collect())
}

fn dangling<'a>(input: &Input<'a>, wanted: impl Fn(&Link) -> bool) -> Outputs<'a> {
    let found = context(input).and_then(|context| Ok((context, place(&input.1)?)));
    let (context, place) = match found {
        Ok(found) => found,
        Err(error) => return failed(error),
    };
    let lost = links_below(context, place).filter(|link| !link.reference.optional && wanted(link)).filter(|link| {
        match &link.target {
            Target::Resource(_) => false,
            Target::Missing => true,
            Target::Unknown(cause) => {
                let reference = &link.reference;
                run::ask(hash((&reference.kind, &reference.namespace, &reference.name, link.node)), hash("missing"), cause)
            }
        }
    });
    all(lost.map(|link| Value::Node(place.at(link.node))).collect())
}

fn is_referenced<'a>(
    input: &Input<'a>,
    question: &str,
    wanted: impl Fn(Context<'a>, &Link) -> bool,
) -> ValR<Value> {
    let context = context(input)?;
    let place = place(&input.1)?;
    if context.graph.links_to(place.id).any(|link| wanted(context, link)) {
        return Ok(true.into());
    }
    let outside = Arc::new(Unknown::new(Cause::OutsideInput));
    Ok((!context.graph.complete && run::ask(hash(place.id), hash(("referenced", question)), &outside)).into())
}

fn enclosing(place: &Place, key: &str) -> Vec<NodeId> {
    let tree = &place.resource.tree;
    let held = |node: &NodeId| tree.node(*node).key.as_ref().is_some_and(|found| found.text == key);
    ancestors(place, place.node).skip(1).find(held).into_iter().collect()
}

fn key(value: &Value, place: &Place) -> Value {
    if let Value::Missing(missing) = value {
        return missing.keys.last().map_or(Value::Null, |key| Value::Text(key.clone()));
    }
    let tree = &place.resource.tree;
    match (&tree.node(place.node).key, tree.parent(place.node)) {
        (Some(key), _) => Value::Text(key.text.clone()),
        (None, Some(list)) => tree.children(list).take_while(|child| *child != place.node).count().into(),
        (None, None) => Value::Null,
    }
}

/// A missing key is as nobody wrote it as a defaulted one.
fn is_default(value: &Value, place: &Place) -> bool {
    let defaulted = |node| place.resource.tree.passage(node).is_some_and(|passage| passage.default.is_some());
    matches!(value, Value::Missing(_)) || ancestors(place, place.node).any(defaulted)
}

fn certificates(input: Input<'_>) -> Outputs<'_> {
    match place(&input.1) {
        Ok(place) => {
            let certificates = place.resource.facts.certificates.iter().map(|certificate| {
                let not_after = isize::try_from(certificate.not_after).map_or(Value::Null, Value::Int);
                let node = Value::Node(place.at(certificate.node));
                Value::object([("node".into(), node), ("not_after".into(), not_after)])
            });
            all(certificates.collect())
        }
        Err(error) => failed(error),
    }
}

/// `pod_security_violations(LEVEL; VERSION)`, where the version is `latest` or `v1.N`.
fn pod_security_violations(mut input: Input<'_>) -> Outputs<'_> {
    let version = input.0.pop_var();
    let level = input.0.pop_var();
    let found = || {
        let context = context(&input)?;
        let minor = match text(&version)? {
            "latest" => context.kubernetes_minor,
            version => {
                let minor = version.strip_prefix("v1.").and_then(|minor| minor.parse().ok());
                minor.ok_or_else(|| Error::str("a version of the Pod Security Standards is latest or v1.N"))?
            }
        };
        let place = place(&input.1)?;
        let root = Value::Node(place.at(NodeId::ROOT));
        context.standards.violations(text(&level)?, minor, context, &root).map_err(Error::str)
    };
    match found() {
        Ok(places) => all(places),
        Err(error) => failed(error),
    }
}
