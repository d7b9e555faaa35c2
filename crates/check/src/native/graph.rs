//! Filters that read the graph: pods, links, namespaces, places.

use std::sync::Arc;

use graph::{Cause, Certificate, ContainerRole, Graph, Link, NodeId, ResourceId, Target, Unknown};
use jaq_core::box_iter::box_once;
use jaq_core::native::{bome, v};
use jaq_core::{Bind, Error, Exn, ValR, ValX};

use super::text::text;
use super::{Context, Input, Native, Outputs};
use crate::run;
use crate::value::{Place, Spot, Value, View, hash};
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
        ("backrefs", v(0), |cv| sources(&cv, |_, _| true)),
        ("backrefs", v(1), |mut cv| {
            with_text(&mut cv, |cv, kind| {
                sources(cv, |graph, link| walk::comes_from(graph, link, kind))
            })
        }),
        ("linked_by", v(1), |mut cv| {
            with_text(&mut cv, |cv, word| {
                sources(cv, |_, link| link.kind.text() == word)
            })
        }),
        ("dangling", v(0), |cv| dangling(&cv, |_| true)),
        ("dangling", v(1), |mut cv| {
            with_text(&mut cv, |cv, kind| {
                dangling(cv, |link| link.reference.kind == kind)
            })
        }),
        ("is_referenced", v(0), |cv| {
            bome(is_referenced(&cv, "", |_, _| true))
        }),
        ("is_referenced", v(1), |mut cv| {
            with_text(&mut cv, |cv, kind| {
                bome(is_referenced(cv, kind, |graph, link| {
                    walk::comes_from(graph, link, kind)
                }))
            })
        }),
        ("namespace", v(0), |cv| {
            bome(place(&cv.1).map(|place| {
                place
                    .resource
                    .namespace
                    .name()
                    .map_or(Value::Null, Value::from)
            }))
        }),
        ("document", v(0), |cv| document(&cv)),
        ("address", v(0), |cv| {
            bome(place(&cv.1).map(|place| Value::from(place.resource.address.as_str())))
        }),
        ("root", v(0), |cv| nodes(&cv, |_| vec![NodeId::ROOT])),
        ("enclosing", v(1), |mut cv| {
            with_text(&mut cv, |cv, key| {
                nodes(cv, |spot| walk::enclosing(spot, key).into_iter().collect())
            })
        }),
        ("key", v(0), |cv| {
            bome(place(&cv.1).map(|place| key(&cv.1, place)))
        }),
        ("is_default", v(0), |cv| {
            bome(place(&cv.1).map(|place| is_default(&cv.1, place).into()))
        }),
        ("certificates", v(0), |cv| certificates(&cv)),
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
    let found = |context: Context<'a>| {
        Ok(walk::targets(
            context.graph,
            place(&input.1)?.spot(),
            wanted,
        ))
    };
    resources(input, found)
}

fn sources<'a>(input: &Input<'a>, wanted: impl Fn(&Graph, &Link) -> bool) -> Outputs<'a> {
    let found = |context: Context<'a>| {
        Ok(walk::sources(context.graph, place(&input.1)?.id, |link| {
            wanted(context.graph, link)
        }))
    };
    resources(input, found)
}

/// The roots of the resources that `f` finds.
fn resources<'a>(
    input: &Input<'a>,
    f: impl FnOnce(Context<'a>) -> Result<Vec<ResourceId>, Failure>,
) -> Outputs<'a> {
    let found = context(input).and_then(|context| Ok((context, f(context)?)));
    match found {
        Ok((context, ids)) => all(ids
            .into_iter()
            .map(|id| Value::root(context.graph.resource(id), id))
            .collect()),
        Err(error) => failed(error),
    }
}

fn dangling<'a>(input: &Input<'a>, wanted: impl Fn(&Link) -> bool) -> Outputs<'a> {
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

fn is_referenced<'a>(
    input: &Input<'a>,
    question: &str,
    wanted: impl Fn(&Graph, &Link) -> bool,
) -> ValR<Value> {
    let graph = context(input)?.graph;
    let place = place(&input.1)?;
    if graph.links_to(place.id).any(|link| wanted(graph, link)) {
        return Ok(true.into());
    }
    Ok((!graph.complete && ask_referenced(place.id, question)).into())
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

/// Asks whether something outside of the input refers to a resource; `kind` is that of what is asked for, or empty.
pub(crate) fn ask_referenced(target: ResourceId, kind: &str) -> bool {
    let outside = Arc::new(Unknown::new(Cause::OutsideInput));
    run::ask(hash(target), hash(("referenced", kind)), &outside)
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
