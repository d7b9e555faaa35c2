//! Which traffic may flow, and by which policies: what `scantling reach` tells.

mod ends;

use graph::{Namespace, NodeId, ResourceId};
use reach::network::{
    self, Action, Direction, End, Exposure, Network, Options as NetworkOptions, Pod, Ports,
    Protocol, Reason, Traffic,
};
use source::FileSystem;

use super::Access;
use super::told::{Origin, Teller, Verdict, cause};
use super::world::{self, World};
use crate::error::Error;
use crate::listing::Cause;
use crate::options::{Options, Progress};

use ends::{Ends, Point};

/// How many flows are told.
const MOST_FLOWS: usize = 10_000;

/// Why there is no way in the input and yet may be one.
const NOT_IN_INPUT: &str = "what is not in the input may let it through";

/// Which traffic is asked about.
#[derive(Clone, Debug, Default)]
pub struct TrafficQuestion {
    /// From where: what makes pods, `namespace:NAME`, `internet`, an address or a block of them; all pods and the internet where
    /// nothing is named.
    pub from: Option<String>,
    /// To where: the same, or a Service, with `:PORT` or `:PORT/udp` behind it where one port is meant.
    pub to: Option<String>,
}

/// The traffic of one state of things.
#[derive(Debug, PartialEq)]
pub struct FoundTraffic {
    /// The flows, by their ends.
    pub flows: Vec<Flow>,
    /// Whether these are all that were asked about.
    pub is_all: bool,
    /// What the answer leaves out, until that is told with it.
    notes: Vec<String>,
}

/// Whether traffic may flow from one end to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// Such as `Deployment/shop/web`, `internet` or `10.0.0.0/8`.
    pub from: String,
    /// The same.
    pub to: String,
    /// The port of the Service that it goes through, where one was asked about.
    pub through: Option<Origin>,
    /// Whether it may.
    pub verdict: Verdict,
    /// Whether the verdict is another one for some of the ports, pods and addresses.
    pub is_partial: bool,
    /// The ports for which it is so: the protocol, the first and the last.
    pub ports: Vec<(&'static str, u16, u16)>,
    /// The policies that decide.
    pub decided: Vec<Decider>,
    /// The ways that the internet takes.
    pub routes: Vec<Route>,
    /// Why the verdict is unknown.
    pub unknown: Vec<Cause>,
}

/// A policy, or a rule of one, that decides about traffic.
#[derive(Clone, Debug, PartialEq)]
pub struct Decider {
    /// The policy, at the rule where one decides.
    pub policy: Origin,
    /// `egress` at the end that sends, `ingress` at the one that receives.
    pub direction: &'static str,
    /// `allows`, `denies` or `passes`; `isolates` where no rule of it allows.
    pub action: &'static str,
    /// Why it may not.
    pub unknown: Option<Cause>,
}

/// A way from the internet to a pod.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// By what, such as `load-balancer`.
    pub door: &'static str,
    /// The port of the pod; nothing for any.
    pub port: Option<(&'static str, u16)>,
    /// Whether the internet gets through.
    pub verdict: Verdict,
    /// What makes the way, from the outermost to the pod.
    pub chain: Vec<Origin>,
    /// The policies that decide at the pod.
    pub decided: Vec<Decider>,
    /// Why the verdict is unknown.
    pub unknown: Vec<Cause>,
}

/// Which traffic may flow, by the inputs of a run.
///
/// # Errors
/// When the call or the configuration can't be followed, or nobody knows an end.
pub fn traffic(
    system: &dyn FileSystem,
    options: &Options,
    question: &TrafficQuestion,
    progress: &dyn Progress,
) -> Result<Access<FoundTraffic>, Error> {
    let mut found = world::each(system, options, progress, |world| {
        let watcher = Watcher::of(world);
        let ends = Ends {
            world,
            network: &watcher.network,
        };
        let from = ends.senders(question.from.as_deref())?;
        let to = ends.receivers(question.to.as_deref())?;
        watcher.found(&from, &to)
    })?;
    for world in &mut found.worlds {
        world.notes = std::mem::take(&mut world.answer.notes);
    }
    Ok(found)
}

/// Looks at the traffic of a state of things.
struct Watcher<'a> {
    world: &'a World<'a>,
    network: Network,
    exposures: Vec<Exposure>,
}

impl From<network::Verdict> for Verdict {
    fn from(verdict: network::Verdict) -> Self {
        match verdict {
            network::Verdict::Allowed => Self::Yes,
            network::Verdict::Unknown => Self::Unknown,
            network::Verdict::Denied => Self::No,
        }
    }
}

impl<'a> Watcher<'a> {
    fn of(world: &'a World<'a>) -> Self {
        let network = Network::of(
            world.graph,
            &NetworkOptions {
                environment: world.environment.clone(),
                ..NetworkOptions::default()
            },
        );
        Self {
            world,
            exposures: network.exposures(world.graph),
            network,
        }
    }

    fn found(&self, from: &[Point], to: &[Point]) -> Result<FoundTraffic, Error> {
        let pairs = from
            .iter()
            .flat_map(|from| to.iter().map(move |to| (from, to)));
        let is_wanted = |(from, to): &(&Point, &Point)| {
            let has_pod = from.has_pods() || to.has_pods();
            has_pod && (from.end != to.end || from.is_meant && to.is_meant)
        };
        let mut pairs = pairs.filter(is_wanted).peekable();
        if pairs.peek().is_none() {
            return Err(Error::NoPods);
        }
        let flows = pairs.by_ref().take(MOST_FLOWS);
        let flows = flows.map(|(from, to)| self.flow(from, to)).collect();
        Ok(FoundTraffic {
            flows,
            is_all: pairs.next().is_none(),
            notes: self.notes(),
        })
    }

    /// What is not asked.
    fn notes(&self) -> Vec<String> {
        let completeness = &self.world.graph.completeness;
        let absent = completeness.absent("NetworkPolicy", &Namespace::Cluster);
        let unread = absent.map(|absent| match absent.is_unread() {
            true => format!("other policies may exist: {}", absent.cause.text()),
            false => "policies that are not in the input may stop or allow more; --complete says that there are none".to_owned(),
        });
        let routes = "policies are asked only; whether addresses are routed, and whether the plugin of the network follows policies, is not known";
        unread.into_iter().chain([routes.to_owned()]).collect()
    }

    fn flow(&self, from: &Point, to: &Point) -> Flow {
        let mut flow = match (&from.end, &to.end) {
            (End::Internet, End::Pod(pod)) => self.exposed(*pod, to),
            _ => self.between(from, to),
        };
        from.name.clone_into(&mut flow.from);
        to.name.clone_into(&mut flow.to);
        let teller = Teller::of(self.world);
        flow.through = to
            .through
            .as_ref()
            .map(|(place, _)| teller.origin(written(*place)));
        let doubt = to
            .through
            .as_ref()
            .and_then(|(_, unknown)| unknown.as_deref());
        if let Some(doubt) = doubt.filter(|_| flow.verdict != Verdict::No) {
            flow.verdict = Verdict::Unknown;
            flow.unknown.push(cause(doubt));
        }
        if flow.verdict == Verdict::No && self.may_hold_more(from, to) {
            flow.verdict = Verdict::Unknown;
            flow.unknown.push(Cause {
                message: NOT_IN_INPUT.to_owned(),
                place: None,
            });
        }
        flow
    }

    /// Whether policies that are not in the input may let more through, or Services expose more.
    fn may_hold_more(&self, from: &Point, to: &Point) -> bool {
        let completeness = &self.world.graph.completeness;
        let namespaces = [from, to].into_iter().filter_map(|point| match &point.end {
            End::Pod(pod) => Some(&self.world.graph.resource(pod.resource).namespace),
            End::Namespace(namespace) => Some(namespace),
            End::Block(_) | End::Internet => None,
        });
        let absent = |kind: &str| {
            let mut namespaces = namespaces.clone();
            namespaces.any(|place| completeness.absent(kind, place).is_some())
        };
        absent("NetworkPolicy") || from.end == End::Internet && absent("Service")
    }

    /// What policies let through between two ends.
    fn between(&self, from: &Point, to: &Point) -> Flow {
        let answer = self.network.reaches(&from.end, &to.end, to.traffic);
        Flow {
            verdict: answer.verdict.into(),
            is_partial: answer.is_partial,
            ports: ranges(&answer.ports),
            decided: self.deciders(&answer.reasons),
            unknown: answer.causes.iter().map(|unknown| cause(unknown)).collect(),
            ..Flow::none()
        }
    }

    /// The ways of the internet to a pod: no address of a pod is in the internet, so that without one there is no traffic.
    fn exposed(&self, pod: Pod, to: &Point) -> Flow {
        let is_meant = |exposure: &&Exposure| {
            let is_port = match (to.traffic, exposure.port) {
                (Traffic::Port(protocol, port), Some(own)) => own == (protocol, port),
                _ => true,
            };
            let service = to.through.as_ref().map(|((service, _), _)| *service);
            let mut chain = exposure.chain.iter();
            let is_through = service.is_none_or(|service| chain.any(|(id, _)| *id == service));
            exposure.pod == pod && is_port && is_through
        };
        let exposures: Vec<&Exposure> = self.exposures.iter().filter(is_meant).collect();
        let verdicts = exposures.iter().map(|exposure| exposure.verdict);
        let verdict = verdicts.clone().max().unwrap_or(network::Verdict::Denied);
        let best = exposures.iter().filter(|one| one.verdict == verdict);
        let ports = best
            .filter_map(|one| one.port)
            .map(|(protocol, port)| (protocol.text(), port, port));
        let mut ports: Vec<_> = ports.collect();
        ports.sort_unstable();
        ports.dedup();
        Flow {
            verdict: verdict.into(),
            is_partial: verdicts.clone().any(|other| other != verdict),
            ports,
            routes: exposures.into_iter().map(|one| self.route(one)).collect(),
            ..Flow::none()
        }
    }

    fn route(&self, exposure: &Exposure) -> Route {
        let teller = Teller::of(self.world);
        let chain = exposure.chain.iter();
        Route {
            door: exposure.door.text(),
            port: exposure
                .port
                .map(|(protocol, port)| (protocol.text(), port)),
            verdict: exposure.verdict.into(),
            chain: chain.map(|place| teller.origin(written(*place))).collect(),
            decided: self.deciders(&exposure.reasons),
            unknown: exposure
                .causes
                .iter()
                .map(|unknown| cause(unknown))
                .collect(),
        }
    }

    fn deciders(&self, reasons: &[Reason]) -> Vec<Decider> {
        let teller = Teller::of(self.world);
        let deciders = reasons.iter().map(|reason| Decider {
            policy: teller.origin(written((
                reason.policy,
                reason.rule.unwrap_or(NodeId::ROOT),
            ))),
            direction: match reason.direction {
                Direction::Ingress => "ingress",
                Direction::Egress => "egress",
            },
            action: match (reason.action, reason.rule) {
                (Action::Allow, _) => "allows",
                (Action::Deny, None) => "isolates",
                (Action::Deny, Some(_)) => "denies",
                (Action::Pass, _) => "passes",
            },
            unknown: reason.unknown.as_deref().map(cause),
        });
        deciders.collect()
    }
}

impl Flow {
    /// Nothing that flows.
    fn none() -> Self {
        Self {
            from: String::new(),
            to: String::new(),
            through: None,
            verdict: Verdict::No,
            is_partial: false,
            ports: Vec::new(),
            decided: Vec::new(),
            routes: Vec::new(),
            unknown: Vec::new(),
        }
    }
}

fn written((resource, node): (ResourceId, NodeId)) -> reach::Origin {
    reach::Origin::Written { resource, node }
}

fn ranges(ports: &Ports) -> Vec<(&'static str, u16, u16)> {
    let protocols = Protocol::ALL.into_iter();
    let ranges = protocols.flat_map(|protocol| {
        let ranges = ports.ranges(protocol).iter();
        ranges.map(move |(first, last)| (protocol.text(), *first, *last))
    });
    ranges.collect()
}
