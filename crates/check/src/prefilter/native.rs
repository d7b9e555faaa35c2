//! The filters of Rust that the prefilter knows, by name and number of arguments. What more than one line computes is shared with
//! the filters of jq.

use std::ops::ControlFlow;

use graph::{ContainerRole, Graph, Link, NodeId, ResourceId, SmolStr, Target, Type};
use jaq_core::{ValR, ValT};

use super::datum::{Datum, length};
use super::evaluate::{Evaluation, known};
use super::{Flow, Output, Stop};
use crate::native::{
    Wanted, ask_missing, ask_referenced, certain_rules, certificate, contains, image_parts,
    indices, is_at_least, is_match, join, keys, manager, matches_labels, quantity,
    referenced_elsewhere, running_digests, unread_targets,
};
use crate::value::{Spot, Value, View, kind_name};
use crate::walk::{self, Holder};

/// A filter with one output, of an input and, where it has one, an argument.
#[derive(Clone, Copy)]
pub(super) enum Function {
    Native(for<'a> fn(&Evaluation<'a>, &Datum<'a>, &Datum<'a>) -> Flow<Datum<'a>>),
    /// One of jq's own, which asks nothing of values that are known as a whole.
    Shared(fn(&Value) -> ValR<Value>),
    SharedWith(fn(&Value, &Value) -> ValR<Value>),
}

/// A filter with any number of outputs.
pub(super) type Generator =
    for<'a, 'o> fn(&Evaluation<'a>, &Datum<'a>, &Datum<'a>, Output<'o, 'a>) -> Flow;

pub(super) fn function(name: &str, arguments: usize) -> Option<Function> {
    use Function::{Native, Shared, SharedWith};
    Some(match (name, arguments) {
        ("type", 0) => {
            Native(|_, input, _| kind_of(input).map_continue(|kind| text(kind_name(kind))))
        }
        ("isboolean", 0) => Native(|_, input, _| is(input, Type::Bool)),
        ("isnumber", 0) => Native(|_, input, _| is(input, Type::Number)),
        ("isstring", 0) => Native(|_, input, _| is(input, Type::String)),
        ("isarray", 0) => Native(|_, input, _| is(input, Type::List)),
        ("isobject", 0) => Native(|_, input, _| is(input, Type::Map)),
        ("length", 0) => Native(|_, input, _| length_of(input)),
        ("has", 1) => {
            Native(|run, input, key| input.has(key, run.context.graph).map_continue(Datum::bool))
        }
        ("contains", 1) => Native(contains_part),
        ("startswith", 1) => {
            Native(|_, input, prefix| texts(input, prefix, |text, prefix| text.starts_with(prefix)))
        }
        ("endswith", 1) => {
            Native(|_, input, suffix| texts(input, suffix, |text, suffix| text.ends_with(suffix)))
        }
        ("ltrimstr", 1) => Native(|_, input, prefix| {
            trimmed(input, prefix, |text, prefix| text.strip_prefix(prefix))
        }),
        ("rtrimstr", 1) => Native(|_, input, suffix| {
            trimmed(input, suffix, |text, suffix| text.strip_suffix(suffix))
        }),
        ("ascii_downcase", 0) => {
            Native(|run, input, _| mapped(run, input, |text| text.to_ascii_lowercase().into()))
        }
        ("ascii_upcase", 0) => {
            Native(|run, input, _| mapped(run, input, |text| text.to_ascii_uppercase().into()))
        }
        ("trim", 0) => Native(|run, input, _| mapped(run, input, |text| text.trim().into())),
        ("ltrim", 0) => Native(|run, input, _| mapped(run, input, |text| text.trim_start().into())),
        ("rtrim", 0) => Native(|run, input, _| mapped(run, input, |text| text.trim_end().into())),
        ("keys", 0) => Native(|run, input, _| of_elements(run, input, keys)),
        ("key_values", 0) => Native(|run, input, _| of_elements(run, input, key_values)),
        ("join", 1) => SharedWith(join),
        ("indices", 1) => SharedWith(indices),
        ("image_parts", 0) => Shared(image_parts),
        ("quantity", 0) => Shared(quantity),
        ("matches_labels", 1) => {
            SharedWith(|labels, selector| Ok(matches_labels(labels, selector).into()))
        }
        ("at_least", 1) => Native(|run, _, version| {
            let holds = is_at_least(run.context.kubernetes_minor, version.known_text()?);
            known(holds).map_continue(Datum::bool)
        }),
        ("namespace", 0) => Native(|_, input, _| {
            let name = input.spot()?.resource.namespace.name();
            ControlFlow::Continue(name.map_or(Datum::NULL, text))
        }),
        ("key", 0) => Native(|_, input, _| key(input)),
        ("is_default", 0) => Native(|_, input, _| is_default(input)),
        ("running_digests", 0) => Native(|_, input, _| {
            let facts = &input.spot()?.resource.facts;
            let digests = running_digests(facts, Some(input.known_text()?));
            ControlFlow::Continue(Datum::Computed(digests))
        }),
        ("is_referenced", 0) => Native(|run, input, _| is_referenced(run, input, Wanted::All)),
        ("is_referenced", 1) => {
            Native(|run, input, kind| is_referenced(run, input, Wanted::From(kind.known_text()?)))
        }
        ("test", 1) => Native(|_, input, expression| {
            let is_match = is_match(expression.known_text()?, input.known_text()?);
            known(is_match).map_continue(Datum::bool)
        }),
        _ => return None,
    })
}

pub(super) fn generator(name: &str, arguments: usize) -> Option<Generator> {
    Some(match (name, arguments) {
        ("pods", 0) => |_, input, _, out| {
            let spot = input.spot()?;
            nodes(
                spot,
                walk::pods(spot).map(|pod| walk::template_node(spot, pod)),
                out,
            )
        },
        ("pod_specs", 0) => |_, input, _, out| {
            let spot = input.spot()?;
            nodes(spot, walk::pods(spot).map(|pod| pod.spec), out)
        },
        ("containers", 0) => |_, input, _, out| containers(input, None, out),
        ("init_containers", 0) => {
            |_, input, _, out| containers(input, Some(ContainerRole::Init), out)
        }
        ("main_containers", 0) => {
            |_, input, _, out| containers(input, Some(ContainerRole::Main), out)
        }
        ("ephemeral_containers", 0) => {
            |_, input, _, out| containers(input, Some(ContainerRole::Ephemeral), out)
        }
        ("pod", 0) => |_, input, _, out| {
            let spot = input.spot()?;
            nodes(spot, walk::enclosing_pod(spot).map(|pod| pod.spec), out)
        },
        ("pod_template", 0) => |_, input, _, out| {
            let spot = input.spot()?;
            nodes(
                spot,
                walk::enclosing_pod(spot).map(|pod| walk::template_node(spot, pod)),
                out,
            )
        },
        ("root", 0) => |_, input, _, out| nodes(input.spot()?, [NodeId::ROOT], out),
        ("enclosing", 1) => |_, input, key, out| {
            let spot = input.spot()?;
            nodes(spot, walk::enclosing(spot, key.known_text()?), out)
        },
        ("refs", 0) => |run, input, _, out| targets(run, input, |_| true, out),
        ("refs", 1) => |run, input, kind, out| {
            let kind = kind.known_text()?;
            targets(run, input, |link| link.reference.kind == kind, out)
        },
        ("linked", 1) => |run, input, word, out| {
            let word = word.known_text()?;
            targets(run, input, |link| link.kind.text() == word, out)
        },
        ("backrefs", 0) => |run, input, _, out| sources(run, input, Wanted::All, out),
        ("backrefs", 1) => {
            |run, input, kind, out| sources(run, input, Wanted::From(kind.known_text()?), out)
        }
        ("workloads", 0) => |run, input, _, out| sources(run, input, Wanted::Workloads, out),
        ("linked_by", 1) => {
            |run, input, word, out| sources(run, input, Wanted::Meaning(word.known_text()?), out)
        }
        ("dangling", 0) => |run, input, _, out| dangling(run, input, |_| true, out),
        ("dangling", 1) => |run, input, kind, out| {
            let kind = kind.known_text()?;
            dangling(run, input, |link| link.reference.kind == kind, out)
        },
        ("cluster", 0) => |run, _, _, out| {
            let graph = run.context.graph;
            resources(graph, graph.surrounding().into_iter().collect(), out)
        },
        ("managers", 0) => |_, input, _, out| {
            let mut managers = input.spot()?.resource.facts.managers.iter();
            managers.try_for_each(|one| out(&Datum::Computed(manager(one))))
        },
        ("access", 0) => |run, input, _, out| {
            let graph = run.context.graph;
            let rules = known(certain_rules(graph, input.spot()?.id))?;
            let mut rules = rules.into_iter();
            rules.try_for_each(|rule| out(&Datum::from_value(rule, graph)?))
        },
        ("certificates", 0) => |run, input, _, out| {
            let spot = input.spot()?;
            spot.resource
                .facts
                .certificates
                .iter()
                .try_for_each(|found| {
                    out(&Datum::from_value(
                        certificate(&spot.place(), *found),
                        run.context.graph,
                    )?)
                })
        },
        _ => return None,
    })
}

fn text<'a>(text: &str) -> Datum<'a> {
    Datum::Computed(Value::Text(text.into()))
}

fn kind_of(value: &Datum<'_>) -> Flow<Type> {
    known(value.known()?.kind())
}

fn is<'a>(value: &Datum<'a>, kind: Type) -> Flow<Datum<'a>> {
    kind_of(value).map_continue(|found| Datum::bool(found == kind))
}

fn length_of<'a>(value: &Datum<'a>) -> Flow<Datum<'a>> {
    let count = match value.known()? {
        View::Null => 0,
        View::Text(text) => text.chars().count(),
        View::Array(elements) | View::Object(elements) => length(elements)?,
        _ => return ControlFlow::Break(Stop::Undecided),
    };
    ControlFlow::Continue(Datum::Computed(Value::from(count)))
}

fn contains_part<'a>(_: &Evaluation<'a>, value: &Datum<'a>, part: &Datum<'a>) -> Flow<Datum<'a>> {
    if let (View::Text(text), View::Text(part)) = (value.known()?, part.known()?) {
        return ControlFlow::Continue(Datum::bool(text.contains(part)));
    }
    value.all_known()?;
    part.all_known()?;
    ControlFlow::Continue(Datum::bool(contains(&value.value(), &part.value())))
}

fn texts<'a>(one: &Datum<'a>, two: &Datum<'a>, f: impl Fn(&str, &str) -> bool) -> Flow<Datum<'a>> {
    ControlFlow::Continue(Datum::bool(f(one.known_text()?, two.known_text()?)))
}

/// What `f` leaves of a text; anything else stays as it is.
fn trimmed<'a>(
    value: &Datum<'a>,
    part: &Datum<'a>,
    f: impl for<'t> Fn(&'t str, &str) -> Option<&'t str>,
) -> Flow<Datum<'a>> {
    let rest = match (value.known()?, part.known()?) {
        (View::Text(text), View::Text(part)) => f(text, part),
        _ => None,
    };
    ControlFlow::Continue(rest.map_or_else(|| value.clone(), text))
}

fn mapped<'a>(
    run: &Evaluation<'a>,
    value: &Datum<'a>,
    f: impl Fn(&str) -> SmolStr,
) -> Flow<Datum<'a>> {
    let text = value.known_text()?;
    run.spend(text.len() / 16)?;
    ControlFlow::Continue(Datum::Computed(Value::Text(f(text))))
}

/// What one of jq's own filters makes of the elements of a list or map, at which it does not look.
fn of_elements<'a>(
    run: &Evaluation<'a>,
    value: &Datum<'a>,
    f: impl Fn(&Value) -> ValR<Value>,
) -> Flow<Datum<'a>> {
    let (View::Array(elements) | View::Object(elements)) = value.known()? else {
        return ControlFlow::Break(Stop::Undecided);
    };
    run.spend(length(elements)?)?;
    Datum::from_value(known(f(&value.value()).ok())?, run.context.graph)
}

fn key_values(value: &Value) -> ValR<Value> {
    let pair = |(key, value): (Value, Value)| Value::array(vec![key, value]);
    value
        .clone()
        .key_values()
        .map(|entry| entry.map(pair))
        .collect()
}

fn key<'a>(value: &Datum<'a>) -> Flow<Datum<'a>> {
    if let Datum::Missing(_, keys) = value {
        return ControlFlow::Continue(keys.as_slice().last().map_or(Datum::NULL, Datum::text));
    }
    ControlFlow::Continue(match walk::holder(value.spot()?) {
        Holder::Key(key) => Datum::text(key),
        Holder::Index(index) => Datum::Computed(Value::from(index)),
        Holder::Nothing => Datum::NULL,
    })
}

fn is_default<'a>(value: &Datum<'a>) -> Flow<Datum<'a>> {
    let spot = value.spot()?;
    ControlFlow::Continue(Datum::bool(
        matches!(value, Datum::Missing(..)) || walk::is_default(spot),
    ))
}

fn is_referenced<'a>(
    run: &Evaluation<'a>,
    value: &Datum<'a>,
    wanted: Wanted<'_>,
) -> Flow<Datum<'a>> {
    let graph = run.context.graph;
    let target = value.spot()?.id;
    let mut links = graph.links_to(target);
    if links.any(|link| wanted.has(graph, link)) {
        return ControlFlow::Continue(Datum::bool(true));
    }
    match referenced_elsewhere(graph, target, wanted) {
        None => ControlFlow::Continue(Datum::bool(false)),
        Some(why) => run
            .ask(|| ask_referenced(target, wanted, &why))
            .map_continue(Datum::bool),
    }
}

fn nodes<'a>(spot: Spot<'a>, nodes: impl IntoIterator<Item = NodeId>, out: Output<'_, 'a>) -> Flow {
    nodes
        .into_iter()
        .try_for_each(|node| out(&Datum::Node(spot.at(node))))
}

fn containers<'a>(value: &Datum<'a>, role: Option<ContainerRole>, out: Output<'_, 'a>) -> Flow {
    let spot = value.spot()?;
    nodes(spot, walk::containers(spot, role), out)
}

fn targets<'a>(
    run: &Evaluation<'a>,
    value: &Datum<'a>,
    wanted: impl Fn(&Link) -> bool,
    out: Output<'_, 'a>,
) -> Flow {
    let graph = run.context.graph;
    let spot = value.spot()?;
    if !unread_targets(graph, spot, &wanted).is_empty() {
        return ControlFlow::Break(Stop::Undecided);
    }
    resources(graph, walk::targets(graph, spot, wanted), out)
}

fn sources<'a>(
    run: &Evaluation<'a>,
    value: &Datum<'a>,
    wanted: Wanted<'_>,
    out: Output<'_, 'a>,
) -> Flow {
    let graph = run.context.graph;
    let target = value.spot()?.id;
    if wanted.unread(graph, target).is_some() {
        return ControlFlow::Break(Stop::Undecided);
    }
    let ids = walk::sources(graph, target, |link| wanted.has(graph, link));
    resources(graph, ids, out)
}

fn resources<'a>(graph: &'a Graph, ids: Vec<ResourceId>, out: Output<'_, 'a>) -> Flow {
    let root = |id| Spot {
        resource: graph.resource(id),
        id,
        node: NodeId::ROOT,
    };
    ids.into_iter()
        .try_for_each(|id| out(&Datum::Node(root(id))))
}

/// jq asks of all links before it gives out any.
fn dangling<'a>(
    run: &Evaluation<'a>,
    value: &Datum<'a>,
    wanted: impl Fn(&Link) -> bool,
    out: Output<'_, 'a>,
) -> Flow {
    let spot = value.spot()?;
    let mut lost = Vec::new();
    for link in walk::required_links(run.context.graph, spot, wanted) {
        let is_lost = match &link.target {
            Target::Resource(_) => false,
            Target::Missing => true,
            Target::Unknown(cause) => run.ask(|| ask_missing(link, cause))?,
        };
        if is_lost {
            lost.push(link.node);
        }
    }
    nodes(spot, lost, out)
}
