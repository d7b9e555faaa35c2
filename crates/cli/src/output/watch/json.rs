//! Lines for programs, each an object with its `event`.

use std::io::Write;

use analysis::Report;
use cluster::{Change, What};
use serde::Serialize;

use super::{Connection, Step, time};
use crate::error::Error;
use crate::output::harmless;
use crate::output::json::{
    FindingJson, InputJson, SeveritiesJson, finding_json, input_json, severities_json,
};

/// A line.
#[derive(Serialize)]
struct Line<'a> {
    /// When what is told was read (RFC 3339).
    time: &'a str,
    #[serde(flatten)]
    event: Event<'a>,
}

#[derive(Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
enum Event<'a> {
    /// A finding that was not there before.
    New { finding: FindingJson<'a> },
    /// A finding that is no more.
    Gone { finding: FindingJson<'a> },
    /// Something else became of a kind or a file.
    Input { input: InputJson<'a> },
    /// All of a time was told.
    Told(Sum<'a>),
    /// The server can't be reached.
    Lost { reason: &'a str },
    /// It can be again.
    Found,
}

/// What changed, and what is there now.
#[derive(Serialize)]
struct Sum<'a> {
    objects: Vec<ObjectJson<'a>>,
    findings: SeveritiesJson,
    unknown: usize,
    resources: usize,
}

#[derive(Serialize)]
struct ObjectJson<'a> {
    change: &'static str,
    group: &'a str,
    resource: &'a str,
    namespace: Option<&'a str>,
    name: &'a str,
}

pub(super) fn write(step: &Step<'_>, out: &mut dyn Write) -> Result<(), Error> {
    let sources = &step.report.sources;
    let gone = step.gone.iter().map(|one| Event::Gone {
        finding: finding_json(one, sources),
    });
    let new = step.new.iter().map(|one| Event::New {
        finding: finding_json(one, sources),
    });
    let inputs = step.inputs.iter().map(|one| Event::Input {
        input: input_json(one),
    });
    let sum = Event::Told(sum(step.report, step.changes));
    for event in gone.chain(new).chain(inputs).chain([sum]) {
        line(event, step.time, out)?;
    }
    Ok(())
}

pub(super) fn connection(
    connection: &Connection<'_>,
    time: i64,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let event = match connection {
        Connection::Lost(reason) => Event::Lost { reason },
        Connection::Found => Event::Found,
    };
    line(event, time, out)?;
    Ok(out.flush()?)
}

fn line(event: Event<'_>, seconds: i64, out: &mut dyn Write) -> Result<(), Error> {
    let time = &time(seconds);
    harmless::write_line(&Line { time, event }, "json", out)
}

fn sum<'a>(report: &Report, changes: &'a [Change]) -> Sum<'a> {
    Sum {
        objects: changes.iter().map(object).collect(),
        findings: severities_json(report),
        unknown: report.unknown(),
        resources: report.resources,
    }
}

fn object(change: &Change) -> ObjectJson<'_> {
    ObjectJson {
        change: match change.what {
            What::Added => "added",
            What::Changed => "changed",
            What::Deleted => "deleted",
        },
        group: &change.group,
        resource: &change.resource,
        namespace: Some(change.namespace.as_str()).filter(|name| !name.is_empty()),
        name: &change.name,
    }
}
