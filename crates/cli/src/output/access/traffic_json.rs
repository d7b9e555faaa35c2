//! Which traffic may flow as JSON, in a versioned form.

use std::io::Write;

use analysis::access::{Access, Decider, Flow, FoundTraffic, Route};
use schemars::{JsonSchema, Schema, schema_for};
use serde::Serialize;
use source::Sources;

use super::json::{AnswersJson, CauseJson, OriginJson, answers, cause_json, origin_json};
use crate::error::Error;
use crate::output::harmless;

/// Which traffic may flow.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Report of scantling reach")]
struct TrafficJson<'a> {
    /// The flows, by their ends.
    flows: Vec<FlowJson<'a>>,
    /// Whether these are all that were asked about.
    is_all: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
struct FlowJson<'a> {
    /// Such as `Deployment/shop/web`, `internet` or `10.0.0.0/8`.
    from: &'a str,
    /// The same.
    to: &'a str,
    /// The port of the Service that it goes through; null where none was asked about.
    through: Option<OriginJson<'a>>,
    /// `yes`, `no` or `unknown`.
    verdict: &'static str,
    /// Whether the verdict is another one for some of the ports, pods and addresses.
    is_partial: bool,
    /// The ports for which it is so; none for any.
    ports: Vec<PortsJson>,
    /// The policies that decide.
    decided: Vec<DeciderJson<'a>>,
    /// The ways that the internet takes.
    routes: Vec<RouteJson<'a>>,
    /// Why the verdict is unknown.
    unknown: Vec<CauseJson<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct PortsJson {
    /// `TCP`, `UDP` or `SCTP`.
    protocol: &'static str,
    /// The first port.
    first: u16,
    /// The last port.
    last: u16,
}

#[derive(Debug, Serialize, JsonSchema)]
struct DeciderJson<'a> {
    /// The policy, at the rule where one decides.
    policy: OriginJson<'a>,
    /// `egress` at the end that sends, `ingress` at the one that receives.
    direction: &'static str,
    /// `allows`, `denies` or `passes`; `isolates` where no rule of it allows.
    action: &'static str,
    /// Why it may not.
    unknown: Option<CauseJson<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct RouteJson<'a> {
    /// `load-balancer`, `node-port`, `external-address`, `ingress`, `gateway`, `router`, `host-port` or `host-network`.
    door: &'static str,
    /// The port of the pod; null for any.
    port: Option<PortsJson>,
    /// `yes`, `no` or `unknown`.
    verdict: &'static str,
    /// What makes the way, from the outermost to the pod.
    chain: Vec<OriginJson<'a>>,
    /// The policies that decide at the pod.
    decided: Vec<DeciderJson<'a>>,
    /// Why the verdict is unknown.
    unknown: Vec<CauseJson<'a>>,
}

/// Writes which traffic may flow.
pub(crate) fn write(found: &Access<FoundTraffic>, out: &mut dyn Write) -> Result<(), Error> {
    let answers = answers(found, |told| TrafficJson {
        flows: all(&told.flows, &found.report.sources, flow_json),
        is_all: told.is_all,
    });
    harmless::write(&answers, "json", out)
}

/// The schema of what `write` writes.
pub(crate) fn schema() -> Schema {
    schema_for!(AnswersJson<'static, TrafficJson<'static>>)
}

fn all<'a, T, U>(
    told: &'a [T],
    sources: &Sources,
    as_json: impl Fn(&'a T, &Sources) -> U,
) -> Vec<U> {
    told.iter().map(|one| as_json(one, sources)).collect()
}

fn flow_json<'a>(flow: &'a Flow, sources: &Sources) -> FlowJson<'a> {
    let ports = flow.ports.iter().map(|(protocol, first, last)| PortsJson {
        protocol,
        first: *first,
        last: *last,
    });
    let unknown = flow.unknown.iter();
    FlowJson {
        from: &flow.from,
        to: &flow.to,
        through: flow
            .through
            .as_ref()
            .map(|origin| origin_json(origin, sources)),
        verdict: flow.verdict.text(),
        is_partial: flow.is_partial,
        ports: ports.collect(),
        decided: all(&flow.decided, sources, decider_json),
        routes: all(&flow.routes, sources, route_json),
        unknown: unknown
            .filter_map(|cause| cause_json(Some(cause), sources))
            .collect(),
    }
}

fn decider_json<'a>(decider: &'a Decider, sources: &Sources) -> DeciderJson<'a> {
    DeciderJson {
        policy: origin_json(&decider.policy, sources),
        direction: decider.direction,
        action: decider.action,
        unknown: cause_json(decider.unknown.as_ref(), sources),
    }
}

fn route_json<'a>(route: &'a Route, sources: &Sources) -> RouteJson<'a> {
    let unknown = route.unknown.iter();
    RouteJson {
        door: route.door,
        port: route.port.map(|(protocol, port)| PortsJson {
            protocol,
            first: port,
            last: port,
        }),
        verdict: route.verdict.text(),
        chain: all(&route.chain, sources, origin_json),
        decided: all(&route.decided, sources, decider_json),
        unknown: unknown
            .filter_map(|cause| cause_json(Some(cause), sources))
            .collect(),
    }
}
