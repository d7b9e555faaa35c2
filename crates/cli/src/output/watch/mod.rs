//! What changes while a cluster is watched: a line for each finding that comes or goes, and one for each time.

mod json;
mod text;

use std::collections::HashMap;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use analysis::{Finding, Input, Report, Status};
use cluster::{Change, Update};

use crate::error::Error;
use crate::terminal::Look;

/// What lines are written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// People.
    Text(Look),
    /// Programs: each line is an object.
    Json,
}

/// What was told last.
#[derive(Default)]
pub(crate) struct Told {
    /// By their fingerprints.
    findings: HashMap<String, Arc<Finding>>,
    /// What became of each input; None before the first time.
    inputs: Option<HashMap<PathBuf, (Status, Option<String>)>>,
    trouble: Option<String>,
}

/// What is to be told.
struct Step<'a> {
    /// The seconds since 1970.
    time: i64,
    report: &'a Report,
    changes: &'a [Change],
    /// What came, by path and place.
    new: Vec<&'a Finding>,
    /// What went, by resource and path.
    gone: Vec<Arc<Finding>>,
    /// Inputs of which something else became.
    inputs: Vec<&'a Input>,
}

/// Whether the server can be reached.
enum Connection<'a> {
    Lost(&'a str),
    Found,
}

impl Told {
    /// Tells what is there at the beginning.
    ///
    /// # Errors
    /// Those of the output.
    pub(crate) fn begin(
        &mut self,
        report: &Report,
        time: i64,
        form: Form,
        out: &mut dyn Write,
    ) -> Result<(), Error> {
        let step = self.step(report, &[], time);
        write(&step, form, out)
    }

    /// Tells what an update changed.
    ///
    /// # Errors
    /// Those of the output.
    pub(crate) fn go_on(
        &mut self,
        report: &Report,
        update: &Update,
        form: Form,
        out: &mut dyn Write,
    ) -> Result<(), Error> {
        let time = update.snapshot.about.taken;
        if self.trouble.is_some() != update.trouble.is_some() {
            let connection = match &update.trouble {
                Some(why) => Connection::Lost(why),
                None => Connection::Found,
            };
            match form {
                Form::Text(look) => text::connection(&connection, time, look, out)?,
                Form::Json => json::connection(&connection, time, out)?,
            }
        }
        self.trouble.clone_from(&update.trouble);
        let step = self.step(report, &update.changes, time);
        match step.is_empty() {
            true => Ok(()),
            false => write(&step, form, out),
        }
    }

    /// What is to be told of a report, which is the last one from now on.
    fn step<'a>(&mut self, report: &'a Report, changes: &'a [Change], time: i64) -> Step<'a> {
        let mut before = std::mem::take(&mut self.findings);
        let mut new = Vec::new();
        for finding in &report.findings {
            if before.remove(&finding.fingerprint).is_none() {
                new.push(&**finding);
            }
            let fingerprint = finding.fingerprint.clone();
            self.findings.insert(fingerprint, Arc::clone(finding));
        }
        let mut gone: Vec<Arc<Finding>> = before.into_values().collect();
        let place = |finding: &Arc<Finding>| {
            let address = finding.resource.address.clone();
            (address, finding.path.clone(), finding.check.id.clone())
        };
        gone.sort_by_cached_key(place);
        let inputs = self.inputs.replace(inputs(report));
        let is_other = |input: &&Arc<Input>| {
            let before = inputs.as_ref().and_then(|before| before.get(&input.path));
            let (status, reason) = (&input.status, &input.reason);
            inputs.is_some()
                && before.is_none_or(|before| (&before.0, &before.1) != (status, reason))
        };
        let all = report.inputs.iter();
        Step {
            time,
            report,
            changes,
            new,
            gone,
            inputs: all.filter(is_other).map(AsRef::as_ref).collect(),
        }
    }
}

impl Step<'_> {
    fn is_empty(&self) -> bool {
        self.changes.is_empty()
            && self.new.is_empty()
            && self.gone.is_empty()
            && self.inputs.is_empty()
    }
}

fn inputs(report: &Report) -> HashMap<PathBuf, (Status, Option<String>)> {
    let inputs = report.inputs.iter();
    let inputs = inputs.map(|input| (input.path.clone(), (input.status, input.reason.clone())));
    inputs.collect()
}

/// Writes a step, and sees that it arrives.
fn write(step: &Step<'_>, form: Form, out: &mut dyn Write) -> Result<(), Error> {
    match form {
        Form::Text(look) => text::write(step, look, out)?,
        Form::Json => json::write(step, out)?,
    }
    Ok(out.flush()?)
}

/// The time as everybody reads it (RFC 3339).
fn time(seconds: i64) -> String {
    let time = jiff::Timestamp::from_second(seconds);
    time.map_or_else(|_| seconds.to_string(), |time| time.to_string())
}
