//! Lines for people.

use std::io::{self, Write};

use analysis::{Finding, Input};
use anstyle::Style;
use cluster::{Change, What};

use super::{Connection, Step, time};
use crate::output::text::{count, flat};
use crate::output::{severities, shown, style};
use crate::terminal::Look;

/// How many objects that changed are named.
const NAMED: usize = 3;

pub(super) fn write(step: &Step<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let time = time(step.time);
    for finding in &step.gone {
        writeln!(out, "{time}  gone  {}", told(finding, look))?;
    }
    for finding in &step.new {
        writeln!(out, "{time}  new   {}", told(finding, look))?;
    }
    for input in &step.inputs {
        writeln!(out, "{time}  kind  {}", kind(input))?;
    }
    writeln!(out, "{time}  {}", sum(step, look))
}

pub(super) fn connection(
    connection: &Connection<'_>,
    seconds: i64,
    look: Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let message = match connection {
        Connection::Lost(why) => format!(
            "the server can't be reached, and is tried again: {}",
            flat(why)
        ),
        Connection::Found => "the server is there again".to_owned(),
    };
    let message = look.paint(Style::new().bold(), &message);
    writeln!(out, "{}  {message}", time(seconds))?;
    out.flush()
}

fn told(finding: &Finding, look: Look) -> String {
    let severity = finding.severity.to_string();
    let severity = look.paint(style(finding.severity), &format!("{severity:<8}"));
    let address = flat(&finding.resource.address);
    let place = match finding.path.is_empty() {
        true => address,
        false => format!("{address} {}", flat(&finding.path)),
    };
    format!(
        "{severity}  {}  {place}: {}",
        finding.check.id,
        flat(&finding.message)
    )
}

fn kind(input: &Input) -> String {
    let path = flat(&shown(&input.path));
    match &input.reason {
        Some(reason) => format!("{path} is {}: {}", input.status.text(), flat(reason)),
        None => format!("{path} is {}", input.status.text()),
    }
}

/// What changed, and what is there now.
fn sum(step: &Step<'_>, look: Look) -> String {
    let findings = match step.report.findings.len() {
        0 => "no findings".to_owned(),
        number => format!(
            "{} ({})",
            count(number, "finding"),
            severities(step.report, look)
        ),
    };
    let now = format!("{findings} in {}", count(step.report.resources, "resource"));
    match step.changes.is_empty() {
        true => now,
        false => format!("{}; {now}", changes(step.changes)),
    }
}

/// The first objects that changed, and the number of the others.
fn changes(changes: &[Change]) -> String {
    let named = changes.iter().take(NAMED).map(|change| {
        let what = match change.what {
            What::Added => '+',
            What::Changed => '~',
            What::Deleted => '-',
        };
        let parts = [&change.resource, &change.namespace, &change.name];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        let place: Vec<&str> = parts.map(String::as_str).collect();
        flat(&format!("{what}{}", place.join("/")))
    });
    let mut told: Vec<String> = named.collect();
    if changes.len() > NAMED {
        told.push(format!("{} more", changes.len() - NAMED));
    }
    told.join(" ")
}
