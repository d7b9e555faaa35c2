//! Where traffic starts and ends, as a person writes it.

use std::net::IpAddr;
use std::sync::Arc;

use graph::{Namespace, NodeId, ResourceId, Unknown};
use reach::network::{Block, End, Network, Pod, Protocol, Traffic};

use crate::access::world::World;
use crate::error::Error;
use crate::finding;

/// One of those that a person means.
#[derive(Clone, Debug)]
pub(super) struct Point {
    /// Such as `Deployment/shop/web`.
    pub(super) name: String,
    pub(super) end: End,
    pub(super) traffic: Traffic,
    /// The port of the Service that leads here, and why it may not.
    pub(super) through: Option<(Place, Option<Arc<Unknown>>)>,
    /// Whether it was named, and is not one of all.
    pub(super) is_meant: bool,
}

type Place = (ResourceId, NodeId);

impl Point {
    fn new(name: &str, end: End) -> Self {
        Self {
            name: name.to_owned(),
            end,
            traffic: Traffic::Any,
            through: None,
            is_meant: true,
        }
    }

    pub(super) fn has_pods(&self) -> bool {
        matches!(self.end, End::Pod(_) | End::Namespace(_))
    }
}

/// Reads ends.
pub(super) struct Ends<'a> {
    pub(super) world: &'a World<'a>,
    pub(super) network: &'a Network,
}

impl Ends<'_> {
    /// Where traffic starts.
    pub(super) fn senders(&self, text: Option<&str>) -> Result<Vec<Point>, Error> {
        let Some(text) = text else {
            return Ok(self.all());
        };
        self.named(text).ok_or_else(|| self.unknown(text))
    }

    /// Where traffic ends. Of a namespace each of its pods is told of, because not all are exposed alike.
    pub(super) fn receivers(&self, text: Option<&str>) -> Result<Vec<Point>, Error> {
        let Some(text) = text else {
            return Ok(self.all());
        };
        let found = self.receiving(text, None).or_else(|| {
            let (rest, port) = text.rsplit_once(':')?;
            self.receiving(rest, Some(port_of(port)?))
        });
        found.ok_or_else(|| self.unknown(text))
    }

    fn receiving(&self, text: &str, port: Option<(Protocol, u16)>) -> Option<Vec<Point>> {
        if let Some(points) = self.service(text, port) {
            return Some(points);
        }
        let mut points = match self.namespace(text) {
            Some(namespace) => self.pods(|pod| {
                let own = &self.world.graph.resource(pod.resource).namespace;
                *own == namespace
            }),
            None => self.named(text)?,
        };
        for point in &mut points {
            point.traffic = port.map_or(Traffic::Any, |(protocol, port)| {
                Traffic::Port(protocol, port)
            });
        }
        Some(points)
    }

    /// The pods behind a Service, at the ports that it leads to.
    fn service(&self, text: &str, port: Option<(Protocol, u16)>) -> Option<Vec<Point>> {
        let resources = self.world.graph.resources();
        let mut services = resources.filter(|(id, resource)| {
            resource.address.starts_with("Service/") && self.is_called(*id, text)
        });
        let (service, _) = services.next()?;
        let behind = self.network.behind(self.world.graph, service).into_iter();
        let meant = behind.filter(|one| {
            port.is_none_or(|(protocol, port)| {
                one.protocol == protocol && one.number.is_none_or(|own| own == port)
            })
        });
        let points = meant.map(|one| Point {
            traffic: one.port.map_or(Traffic::Any, |(protocol, port)| {
                Traffic::Port(protocol, port)
            }),
            through: Some((one.place, one.unknown)),
            ..Point::new(&self.name(one.pod.resource), End::Pod(one.pod))
        });
        Some(points.collect())
    }

    fn named(&self, text: &str) -> Option<Vec<Point>> {
        if text == "internet" {
            return Some(vec![Point::new(text, End::Internet)]);
        }
        if let Some(namespace) = self.namespace(text) {
            return Some(vec![Point::new(text, End::Namespace(namespace))]);
        }
        if let Some(block) = block(text) {
            return Some(vec![Point::new(text, End::Block(block))]);
        }
        let pods = self.pods(|pod| self.is_called(pod.resource, text));
        (!pods.is_empty()).then_some(pods)
    }

    /// A namespace in which something is.
    fn namespace(&self, text: &str) -> Option<Namespace> {
        let name = text
            .strip_prefix("namespace:")
            .or_else(|| text.strip_prefix("ns:"))?;
        let namespace = Namespace::Named(name.into());
        let mut resources = self.world.graph.resources();
        resources
            .any(|(_, resource)| {
                let is_itself = resource.address.starts_with("Namespace/") && resource.name == name;
                is_itself || resource.namespace == namespace
            })
            .then_some(namespace)
    }

    fn pods(&self, is_wanted: impl Fn(&Pod) -> bool) -> Vec<Point> {
        let pods = self.network.pods().into_iter().filter(is_wanted);
        let points = pods.map(|pod| Point::new(&self.name(pod.resource), End::Pod(pod)));
        let mut points: Vec<Point> = points.collect();
        points.sort_by(|one, other| (&one.name, &one.end).cmp(&(&other.name, &other.end)));
        points
    }

    /// All pods, and the internet.
    fn all(&self) -> Vec<Point> {
        let mut points = self.pods(|_| true);
        points.push(Point::new("internet", End::Internet));
        for point in &mut points {
            point.is_meant = false;
        }
        points
    }

    fn is_called(&self, resource: ResourceId, text: &str) -> bool {
        self.name(resource).eq_ignore_ascii_case(text)
    }

    fn name(&self, resource: ResourceId) -> String {
        let name = finding::resource_name(self.world.project, resource);
        name.address.to_string()
    }

    fn unknown(&self, text: &str) -> Error {
        let names: Vec<String> = self
            .pods(|_| true)
            .into_iter()
            .map(|one| one.name)
            .collect();
        let nearest = source::nearest(text, names.iter().map(String::as_str));
        Error::UnknownEnd {
            name: text.to_owned(),
            nearest: nearest.map(str::to_owned),
        }
    }
}

/// Such as `80`, `80/tcp` and `53/udp`.
fn port_of(text: &str) -> Option<(Protocol, u16)> {
    let (port, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
    let mut protocols = Protocol::ALL.into_iter();
    let protocol = protocols.find(|one| one.text().eq_ignore_ascii_case(protocol))?;
    let port = port.parse().ok().filter(|port| *port > 0)?;
    Some((protocol, port))
}

/// A block of addresses or a single one; those of IPv6 may stand in brackets.
fn block(text: &str) -> Option<Block> {
    let inner = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'));
    let text = inner.unwrap_or(text);
    let one = || {
        text.parse()
            .ok()
            .and_then(|one: IpAddr| Block::between(one, one))
    };
    Block::read(text).or_else(one)
}
