//! Which traffic may flow, for people.

use std::io::{self, Write};

use analysis::access::{Access, Decider, Flow, FoundTraffic, Route, Verdict};

use super::human::{Shape, Writer, in_each_world};
use crate::output::text::{count, flat};

/// How many ranges of ports, and ways of the internet, are told, unless all are asked for.
const FEW: usize = 5;

/// Writes which traffic may flow.
pub(crate) fn write(
    found: &Access<FoundTraffic>,
    shape: Shape,
    out: &mut dyn Write,
) -> io::Result<()> {
    in_each_world(found, shape, out, |writer, traffic, place| {
        for flow in &traffic.flows {
            writer.flow(flow, place)?;
        }
        writer.total(traffic)
    })
}

impl Writer<'_> {
    fn flow(&mut self, flow: &Flow, place: &str) -> io::Result<()> {
        let verdict = self.bold(flow.verdict.text());
        let (from, to) = (flat(&flow.from), flat(&flow.to));
        let ports = self.ports(&flow.ports);
        let partial = if flow.is_partial { ", in part" } else { "" };
        writeln!(self.out, "{verdict}: {from} to {to}{ports}{partial}{place}")?;
        if let Some(service) = &flow.through {
            writeln!(self.out, "  through {}", self.origin(service))?;
        }
        self.deciders(&flow.decided, "  ")?;
        let shown = match self.shape.is_verbose {
            true => flow.routes.len(),
            false => flow.routes.len().min(FEW),
        };
        for route in &flow.routes[..shown] {
            self.route(route)?;
        }
        if flow.routes.len() > shown {
            let rest = count(flow.routes.len() - shown, "other way");
            writeln!(self.out, "  and {rest}; -v tells all")?;
        }
        if flow.routes.is_empty() && flow.from == "internet" && flow.verdict != Verdict::Yes {
            writeln!(self.out, "  nothing exposes it")?;
        }
        for cause in &flow.unknown {
            self.doubt(Some(cause), "  unknown")?;
        }
        Ok(())
    }

    fn route(&mut self, route: &Route) -> io::Result<()> {
        let port = route.port.map_or_else(String::new, |(protocol, port)| {
            format!(" at {protocol} {port}")
        });
        let (verdict, door) = (route.verdict.text(), route.door);
        writeln!(self.out, "  {verdict}, by {door}{port}")?;
        for origin in &route.chain {
            writeln!(self.out, "    {}", self.origin(origin))?;
        }
        self.deciders(&route.decided, "    ")?;
        for cause in &route.unknown {
            self.doubt(Some(cause), "    unknown")?;
        }
        Ok(())
    }

    fn deciders(&mut self, deciders: &[Decider], indent: &str) -> io::Result<()> {
        for decider in deciders {
            let Decider {
                policy,
                direction,
                action,
                unknown,
            } = decider;
            let doubt = if unknown.is_some() { ", perhaps" } else { "" };
            let policy = self.origin(policy);
            writeln!(self.out, "{indent}{direction}: {policy} {action}{doubt}")?;
        }
        Ok(())
    }

    fn ports(&self, ports: &[(&str, u16, u16)]) -> String {
        let is_whole = |(_, first, last): &(&str, u16, u16)| (*first, *last) == (1, u16::MAX);
        if ports.is_empty() || ports.len() == 3 && ports.iter().all(is_whole) {
            return " at any port".to_owned();
        }
        let shown = match self.shape.is_verbose {
            true => ports.len(),
            false => ports.len().min(FEW),
        };
        let named = ports[..shown].iter().map(|range| match *range {
            (protocol, first, last) if first == last => format!("{protocol} {first}"),
            (protocol, first, last) => format!("{protocol} {first}-{last}"),
        });
        let named: Vec<String> = named.collect();
        let rest = if shown < ports.len() { " …" } else { "" };
        format!(" at {}{rest}", named.join(", "))
    }

    fn total(&mut self, found: &FoundTraffic) -> io::Result<()> {
        if !found.is_all {
            writeln!(
                self.out,
                "There are more than {}; name one end",
                count(found.flows.len(), "flow")
            )?;
        }
        if self.shape.is_quiet || found.flows.len() < 2 {
            return Ok(());
        }
        let of = |verdict| {
            found
                .flows
                .iter()
                .filter(|flow| flow.verdict == verdict)
                .count()
        };
        let flows = count(found.flows.len(), "flow");
        let (yes, no, unknown) = (of(Verdict::Yes), of(Verdict::No), of(Verdict::Unknown));
        let title = self.bold(&format!("{flows}: {yes} yes, {no} no, {unknown} unknown"));
        writeln!(self.out, "\n{title}")
    }
}
