//! Filters that read the graph: pods, links, namespaces, places.

use std::hash::Hash;
use std::sync::Arc;

use graph::{Cause, Certificate, ContainerRole, Graph, Link, NodeId, ResourceId, Target, Unknown};
use jaq_core::box_iter::box_once;
use jaq_core::native::{bome, v};
use jaq_core::{Bind, Error, Exn, ValR, ValX};

use super::access::given_rules;
use super::live::{manager, running_digests};
use super::text::text;
use super::unread::{Wanted, assumed_sources, assumed_targets, unread_targets};
use super::{Context, Input, Native, Outputs};
use crate::run;
use crate::value::{Place, Spot, UnknownValue, Value, View, hash};
use crate::walk::{self, Holder};

pub(super) fn natives() -> Vec<Native> {
    vec![
        ("pods", v(0), |cv| {
            nodes(&cv, |spot| {
                walk::pods(spot)
                    .map(|pod| walk::template_node(spot, pod))
                    .collect()
            })
        }),
        ("pod_specs", v(0), |cv| {
            nodes(&cv, |spot| walk::pods(spot).map(|pod| pod.spec).collect())
        }),
        ("containers", v(0), |cv| containers(&cv, None)),
        ("init_containers", v(0), |cv| {
            containers(&cv, Some(ContainerRole::Init))
        }),
        ("main_containers", v(0), |cv| {
            containers(&cv, Some(ContainerRole::Main))
        }),
        ("ephemeral_containers", v(0), |cv| {
            containers(&cv, Some(ContainerRole::Ephemeral))
        }),
        ("pod", v(0), |cv| {
            nodes(&cv, |spot| {
                walk::enclosing_pod(spot)
                    .map(|pod| pod.spec)
                    .into_iter()
                    .collect()
            })
        }),
        ("pod_template", v(0), |cv| {
            nodes(&cv, |spot| {
                let pod = walk::enclosing_pod(spot);
                pod.map(|pod| walk::template_node(spot, pod))
                    .into_iter()
                    .collect()
            })
        }),
        ("effective", [Bind::Fun(())].into(), effective),
        ("refs", v(0), |cv| targets(&cv, |_| true)),
        ("refs", v(1), |mut cv| {
            with_text(&mut cv, |cv, kind| {
                targets(cv, |link| link.reference.kind == kind)
            })
        }),
        ("linked", v(1), |mut cv| {
            with_text(&mut cv, |cv, word| {
                targets(cv, |link| link.kind.text() == word)
            })
        }),
        ("backrefs", v(0), |cv| sources(&cv, Wanted::All)),
        ("backrefs", v(1), |mut cv| {
            with_text(&mut cv, |cv, kind| sources(cv, Wanted::From(kind)))
        }),
        ("workloads", v(0), |cv| sources(&cv, Wanted::Workloads)),
        ("linked_by", v(1), |mut cv| {
            with_text(&mut cv, |cv, word| sources(cv, Wanted::Meaning(word)))
        }),
        ("dangling", v(0), |cv| dangling(&cv, |_| true)),
        ("dangling", v(1), |mut cv| {
            with_text(&mut cv, |cv, kind| {
                dangling(cv, |link| link.reference.kind == kind)
            })
        }),
        ("is_referenced", v(0), |cv| {
            scalar(&cv, "is_referenced", |place| {
                is_referenced(&cv, place, Wanted::All)
            })
        }),
        ("is_referenced", v(1), |mut cv| {
            with_text(&mut cv, |cv, kind| {
                scalar(cv, ("is_referenced", kind), |place| {
                    is_referenced(cv, place, Wanted::From(kind))
                })
            })
        }),
        ("namespace", v(0), |cv| {
            scalar(&cv, "namespace", |place| {
                let name = place.resource.namespace.name();
                Ok(name.map_or(Value::Null, Value::from))
            })
        }),
        ("document", v(0), |cv| document(&cv)),
        ("address", v(0), |cv| {
            scalar(&cv, "address", |place| {
                Ok(Value::from(place.resource.address.as_str()))
            })
        }),
        ("root", v(0), |cv| nodes(&cv, |_| vec![NodeId::ROOT])),
        ("enclosing", v(1), |mut cv| {
            with_text(&mut cv, |cv, key| {
                nodes(cv, |spot| walk::enclosing(spot, key).into_iter().collect())
            })
        }),
        ("key", v(0), |cv| {
            scalar(&cv, "key", |place| Ok(key(&cv.1, place)))
        }),
        ("is_default", v(0), |cv| {
            scalar(&cv, "is_default", |place| {
                Ok(is_default(&cv.1, place).into())
            })
        }),
        ("certificates", v(0), |cv| certificates(&cv)),
        ("access", v(0), |cv| access(&cv)),
        ("cluster", v(0), |cv| cluster(&cv)),
        ("managers", v(0), |cv| managers(&cv)),
        ("running_digests", v(0), |cv| {
            scalar(&cv, "running_digests", |place| {
                Ok(match cv.1.as_unknown() {
                    Some(unknown) => unknown.computed("running_digests"),
                    None => running_digests(&place.resource.facts, cv.1.as_text()),
                })
            })
        }),
        ("pod_security_violations", v(2), pod_security_violations),
    ]
}

type Failure = Error<Value>;

/// The place of a value.
///
/// # Errors
/// When it was computed and has none.
fn place(value: &Value) -> Result<&Place, Failure> {
    value
        .place()
        .ok_or_else(|| Error::str("this filter wants a value of the graph, not a computed one"))
}

/// What stands for an object that was not read: of it, nothing is known, not even a place.
fn assumed(value: &Value) -> Option<&Arc<UnknownValue>> {
    match value {
        Value::Unknown(unknown) if unknown.place.is_none() => Some(unknown),
        _ => None,
    }
}

/// Whether a value stands for an object that was not read; what would be found in it then decides nothing.
fn is_assumed(value: &Value) -> bool {
    let assumed = assumed(value);
    assumed
        .inspect(|value| run::taint(&value.unknown))
        .is_some()
}

/// One value told of the input's place.
fn scalar<'a>(
    input: &Input<'a>,
    how: impl Hash,
    f: impl FnOnce(&Place) -> ValR<Value>,
) -> Outputs<'a> {
    bome(match assumed(&input.1) {
        Some(unknown) => Ok(unknown.computed(how)),
        None => place(&input.1).and_then(f),
    })
}

fn context<'a>(input: &Input<'a>) -> Result<Context<'a>, Failure> {
    input
        .0
        .data()
        .context
        .ok_or_else(|| Error::str("this filter needs a graph"))
}

fn failed<'a>(error: Failure) -> Outputs<'a> {
    box_once(Err(Exn::from(error)))
}

fn all<'a>(values: Vec<Value>) -> Outputs<'a> {
    Box::new(values.into_iter().map(Ok))
}

/// Takes the last argument as text.
fn with_text<'a>(
    input: &mut Input<'a>,
    f: impl FnOnce(&Input<'a>, &str) -> Outputs<'a>,
) -> Outputs<'a> {
    let argument = input.0.pop_var();
    match text(&argument) {
        Ok(argument) => f(input, argument),
        Err(error) => failed(error),
    }
}

/// Nodes of the input's resource.
fn nodes<'a>(input: &Input<'a>, f: impl FnOnce(Spot<'_>) -> Vec<NodeId>) -> Outputs<'a> {
    if is_assumed(&input.1) {
        return all(Vec::new());
    }
    match place(&input.1) {
        Ok(place) => all(f(place.spot())
            .into_iter()
            .map(|node| Value::Node(place.at(node)))
            .collect()),
        Err(error) => failed(error),
    }
}

/// What a text says. An unknown one may say anything, also where it is known that it is a text.
fn document<'a>(input: &Input<'a>) -> Outputs<'a> {
    let value = &input.1;
    if matches!(value, Value::Missing(_)) {
        return all(Vec::new());
    }
    match value.as_unknown() {
        Some(unknown) if !matches!(value.view(), View::Partial) => {
            all(vec![unknown.computed("document")])
        }
        _ => nodes(input, |spot| {
            walk::document(spot.chosen()).into_iter().collect()
        }),
    }
}

fn containers<'a>(input: &Input<'a>, role: Option<ContainerRole>) -> Outputs<'a> {
    nodes(input, |spot| walk::containers(spot, role).collect())
}

/// `effective(f)`: `f` of the container, where that is null `f` of its pod, where both are null that of the container.
fn effective(mut input: Input<'_>) -> Outputs<'_> {
    let (f, context) = input.0.pop_fun();
    let own: Vec<ValX<'_, Value>> = f.run((context.clone(), input.1.clone())).collect();
    if own.iter().any(|value| value.as_ref().map_or(true, is_set)) {
        return Box::new(own.into_iter());
    }
    let pod = match place(&input.1) {
        Ok(place) => walk::enclosing_pod(place.spot()).map(|pod| Value::Node(place.at(pod.spec))),
        Err(error) => return failed(error),
    };
    let inherited: Vec<ValX<'_, Value>> = pod
        .map(|pod| f.run((context, pod)).collect())
        .unwrap_or_default();
    let any = inherited
        .iter()
        .any(|value| value.as_ref().map_or(true, is_set));
    Box::new(if any { inherited } else { own }.into_iter())
}

fn is_set(value: &Value) -> bool {
    match value.as_unknown() {
        Some(unknown) => !unknown.ask_null(),
        None => !matches!(value.view(), View::Null),
    }
}

fn targets<'a>(input: &Input<'a>, wanted: impl Fn(&Link) -> bool) -> Outputs<'a> {
    resources(input, |graph, place| {
        let ids = walk::targets(graph, place.spot(), &wanted);
        let unread = unread_targets(graph, place.spot(), &wanted);
        (ids, assumed_targets(unread))
    })
}

fn sources<'a>(input: &Input<'a>, wanted: Wanted<'_>) -> Outputs<'a> {
    resources(input, |graph, place| {
        let ids = walk::sources(graph, place.id, |link| wanted.has(graph, link));
        let unread = wanted.unread(graph, place.id);
        let assumed = unread.and_then(|why| assumed_sources(place.id, wanted, &why));
        (ids, assumed.into_iter().collect())
    })
}

/// The roots of the resources that `f` finds, and what stands for others.
fn resources<'a>(
    input: &Input<'a>,
    f: impl FnOnce(&'a Graph, &Place) -> (Vec<ResourceId>, Vec<Value>),
) -> Outputs<'a> {
    if is_assumed(&input.1) {
        return all(Vec::new());
    }
    let (context, place) = match context(input).and_then(|one| Ok((one, place(&input.1)?))) {
        Ok(found) => found,
        Err(error) => return failed(error),
    };
    let (ids, assumed) = f(context.graph, place);
    let root = |id| Value::root(context.graph.resource(id), id);
    all(ids.into_iter().map(root).chain(assumed).collect())
}

fn dangling<'a>(input: &Input<'a>, wanted: impl Fn(&Link) -> bool) -> Outputs<'a> {
    if is_assumed(&input.1) {
        return all(Vec::new());
    }
    let found = context(input).and_then(|context| Ok((context, place(&input.1)?)));
    let (context, place) = match found {
        Ok(found) => found,
        Err(error) => return failed(error),
    };
    let links = walk::required_links(context.graph, place.spot(), wanted);
    let lost = links.filter(|link| match &link.target {
        Target::Resource(_) => false,
        Target::Missing => true,
        Target::Unknown(cause) => ask_missing(link, cause),
    });
    all(lost.map(|link| Value::Node(place.at(link.node))).collect())
}

fn is_referenced<'a>(input: &Input<'a>, place: &Place, wanted: Wanted<'_>) -> ValR<Value> {
    let graph = context(input)?.graph;
    let mut links = graph.links_to(place.id);
    if links.any(|link| wanted.has(graph, link)) {
        return Ok(true.into());
    }
    let elsewhere = referenced_elsewhere(graph, place.id, wanted);
    let is_referenced = elsewhere.is_some_and(|why| ask_referenced(place.id, wanted, &why));
    Ok(is_referenced.into())
}

/// Why something outside of the graph may refer to a resource.
pub(crate) fn referenced_elsewhere(
    graph: &Graph,
    target: ResourceId,
    wanted: Wanted<'_>,
) -> Option<Arc<Unknown>> {
    let outside = || Arc::new(Unknown::new(Cause::OutsideInput));
    let is_open = !graph.completeness.others;
    let unread = wanted.unread(graph, target);
    unread.or_else(|| is_open.then(outside))
}

/// Asks whether what a link asks for does not exist outside of the input either.
pub(crate) fn ask_missing(link: &Link, cause: &Arc<Unknown>) -> bool {
    let reference = &link.reference;
    let asked = (
        &reference.kind,
        &reference.namespace,
        &reference.name,
        link.node,
    );
    run::ask(hash(asked), hash("missing"), cause)
}

/// Asks whether something outside of the graph refers to a resource.
pub(crate) fn ask_referenced(target: ResourceId, wanted: Wanted<'_>, why: &Arc<Unknown>) -> bool {
    run::ask(hash(target), hash(("referenced", wanted)), why)
}

fn key(value: &Value, place: &Place) -> Value {
    if let Value::Missing(missing) = value {
        return missing
            .keys
            .last()
            .map_or(Value::Null, |key| Value::Text(key.clone()));
    }
    match walk::holder(place.spot()) {
        Holder::Key(key) => Value::Text(key.clone()),
        Holder::Index(index) => index.into(),
        Holder::Nothing => Value::Null,
    }
}

/// A missing key is as nobody wrote it as a defaulted one.
fn is_default(value: &Value, place: &Place) -> bool {
    matches!(value, Value::Missing(_)) || walk::is_default(place.spot())
}

/// What is known of the cluster that everything runs in.
fn cluster<'a>(input: &Input<'a>) -> Outputs<'a> {
    let cluster = |context: Context<'a>| {
        let id = context.graph.surrounding()?;
        Some(Value::root(context.graph.resource(id), id))
    };
    match context(input) {
        Ok(context) => all(cluster(context).into_iter().collect()),
        Err(error) => failed(error),
    }
}

/// The rules that a binding gives.
fn access<'a>(input: &Input<'a>) -> Outputs<'a> {
    if is_assumed(&input.1) {
        return all(Vec::new());
    }
    match context(input).and_then(|context| Ok((context, place(&input.1)?))) {
        Ok((context, place)) => all(given_rules(context.graph, place.id)),
        Err(error) => failed(error),
    }
}

fn managers<'a>(input: &Input<'a>) -> Outputs<'a> {
    if is_assumed(&input.1) {
        return all(Vec::new());
    }
    match place(&input.1) {
        Ok(place) => all(place.resource.facts.managers.iter().map(manager).collect()),
        Err(error) => failed(error),
    }
}

fn certificates<'a>(input: &Input<'a>) -> Outputs<'a> {
    match place(&input.1) {
        Ok(place) => {
            let certificates = &place.resource.facts.certificates;
            all(certificates
                .iter()
                .map(|found| certificate(place, *found))
                .collect())
        }
        Err(error) => failed(error),
    }
}

/// One of the certificates of the resource that a place is part of.
pub(crate) fn certificate(place: &Place, certificate: Certificate) -> Value {
    let not_after = isize::try_from(certificate.not_after).map_or(Value::Null, Value::Int);
    let node = Value::Node(place.at(certificate.node));
    Value::object([("node".into(), node), ("not_after".into(), not_after)])
}

/// `pod_security_violations(LEVEL; VERSION)`, where the version is `latest` or `v1.N`.
fn pod_security_violations(mut input: Input<'_>) -> Outputs<'_> {
    let version = input.0.pop_var();
    let level = input.0.pop_var();
    if let Some(unknown) = level.as_unknown().or_else(|| version.as_unknown()) {
        run::taint(&unknown.unknown);
        return all(Vec::new());
    }
    if is_assumed(&input.1) {
        return all(Vec::new());
    }
    let found = || {
        let context = context(&input)?;
        let minor = match text(&version)? {
            "latest" => context.kubernetes_minor,
            version => {
                let minor = version
                    .strip_prefix("v1.")
                    .and_then(|minor| minor.parse().ok());
                minor.ok_or_else(|| {
                    Error::str("a version of the Pod Security Standards is latest or v1.N")
                })?
            }
        };
        let place = place(&input.1)?;
        let root = Value::Node(place.at(NodeId::ROOT));
        context
            .standards
            .violations(text(&level)?, minor, context, &root)
            .map_err(Error::str)
    };
    match found() {
        Ok(places) => all(places),
        Err(error) => failed(error),
    }
}
