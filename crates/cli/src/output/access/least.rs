//! The least that somebody needs, for people and as JSON.

use std::io::{self, Write};

use analysis::access::{Access, Least, Origin};
use schemars::{JsonSchema, Schema, schema_for};
use serde::Serialize;
use source::{Sources, neutral};

use super::human::{Shape, Writer, in_each_world};
use super::json::{AnswersJson, OriginJson, answers, origin_json};
use crate::error::Error;
use crate::output::harmless;
use crate::output::text::{count, flat};

/// The least that somebody needs.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Report of scantling least-privilege")]
struct LeastJson<'a> {
    /// Who.
    subject: &'a str,
    /// How many different requests they made.
    requests: usize,
    /// Roles and bindings that allow these requests and nothing else, as YAML; empty where none were made.
    manifests: &'a str,
    /// Whether the authorizer allows each request by these roles.
    is_proven: bool,
    /// Requests that the present roles do not allow, so that something else did.
    not_granted: &'a [String],
    /// Rules of the present roles by which no request was allowed.
    unused: Vec<UnusedJson<'a>>,
    /// How many events of the log were read, if there is one.
    events: Option<usize>,
    /// How many lines of the log are no events, if there is one.
    unread_lines: Option<usize>,
    /// What the commands of containers ask of the API server.
    declared: Vec<DeclaredJson<'a>>,
    /// What of that can't be known, so that more may be needed.
    unknown: Vec<UnknownJson<'a>>,
    /// How many containers run with the account.
    containers: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
struct DeclaredJson<'a> {
    /// The request, such as `get pods in shop`.
    action: &'a str,
    /// The containers whose commands ask it.
    places: Vec<OriginJson<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct UnknownJson<'a> {
    /// What is not known, such as ``what `helm` asks``.
    what: &'a str,
    /// The container.
    place: OriginJson<'a>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct UnusedJson<'a> {
    /// The rule.
    rule: OriginJson<'a>,
    /// The binding that gives it.
    binding: OriginJson<'a>,
}

/// Writes the least that somebody needs.
pub(crate) fn write(found: &Access<Least>, shape: Shape, out: &mut dyn Write) -> io::Result<()> {
    in_each_world(found, shape, out, Writer::least)
}

/// Writes the same as JSON.
pub(crate) fn write_json(found: &Access<Least>, out: &mut dyn Write) -> Result<(), Error> {
    let answers = answers(found, |told| least_json(told, &found.report.sources));
    harmless::write(&answers, "json", out)
}

/// The schema of what `write_json` writes.
pub(crate) fn schema() -> Schema {
    schema_for!(AnswersJson<'static, LeastJson<'static>>)
}

fn least_json<'a>(found: &'a Least, sources: &Sources) -> LeastJson<'a> {
    let unused = found.unused.iter().map(|one| UnusedJson {
        rule: origin_json(&one.rule, sources),
        binding: origin_json(&one.binding, sources),
    });
    let declared = found.declared.iter().map(|one| DeclaredJson {
        action: &one.action,
        places: origins(&one.places, sources),
    });
    let unknown = found.unknown.iter().map(|one| UnknownJson {
        what: &one.what,
        place: origin_json(&one.place, sources),
    });
    LeastJson {
        subject: &found.subject,
        requests: found.requests,
        manifests: &found.manifests,
        is_proven: found.is_proven,
        not_granted: &found.not_granted,
        unused: unused.collect(),
        events: found.events.map(|(events, _)| events),
        unread_lines: found.events.map(|(_, unread)| unread),
        declared: declared.collect(),
        unknown: unknown.collect(),
        containers: found.containers,
    }
}

fn origins<'a>(origins: &'a [Origin], sources: &Sources) -> Vec<OriginJson<'a>> {
    let origins = origins.iter();
    origins.map(|one| origin_json(one, sources)).collect()
}

impl Writer<'_> {
    /// The manifests can be applied as they are printed; what else is told stands in comments.
    fn least(&mut self, found: &Least, place: &str) -> io::Result<()> {
        let (subject, requests) = (flat(&found.subject), count(found.requests, "request"));
        match found.events {
            Some((events, _)) => {
                let events = count(events, "event");
                writeln!(self.out, "# {subject}{place} made {requests} in {events}")?;
            }
            None => {
                let containers = count(found.containers, "container");
                writeln!(
                    self.out,
                    "# {subject}{place} needs {requests} by the commands of {containers}"
                )?;
            }
        }
        if let Some((_, unread @ 1..)) = found.events {
            let lines = count(unread, "line");
            writeln!(self.out, "# {lines} of the log could not be read")?;
        }
        self.declared(found)?;
        for action in &found.not_granted {
            writeln!(self.out, "# not by a role that is known: {}", flat(action))?;
        }
        let unused = match found.events.is_none() && !found.unknown.is_empty() {
            true => "not needed by what is known",
            false => "not used",
        };
        for one in &found.unused {
            let (rule, binding) = (self.origin(&one.rule), self.origin(&one.binding));
            writeln!(self.out, "# {unused}: rule of {rule}, by {binding}")?;
        }
        if found.manifests.is_empty() {
            return writeln!(self.out, "# needs no role");
        }
        let proof = match found.is_proven {
            true => "these roles allow each of the requests, as asked of the authorizer again",
            false => "these roles do not allow each of the requests",
        };
        writeln!(self.out, "# {proof}")?;
        for line in found.manifests.lines() {
            writeln!(self.out, "{}", neutral(line))?;
        }
        Ok(())
    }

    /// What commands ask, and what else may.
    fn declared(&mut self, found: &Least) -> io::Result<()> {
        for one in &found.declared {
            let places: Vec<String> = one.places.iter().map(|place| self.origin(place)).collect();
            let (action, places) = (flat(&one.action), places.join(", "));
            writeln!(self.out, "# needed: {action}, by {places}")?;
        }
        for one in &found.unknown {
            let (what, place) = (flat(&one.what), self.origin(&one.place));
            writeln!(self.out, "# not known: {what}, in {place}")?;
        }
        Ok(())
    }
}
