//! Exit codes, and the one place that tells errors.

use std::process::ExitCode;

use analysis::{DriftReport, Report};
use check::Severity;
use source::Problem;

use crate::args::{FailOn, GateArgs};
use crate::error::{self, Error};

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Nothing to object to.
    Clean,
    /// There are findings, or failed examples.
    Findings,
    /// The call was wrong, or the tool could not work.
    Error,
    /// Nothing was scanned, or not all of it.
    Incomplete,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Error => 2,
            Exit::Incomplete => 3,
        })
    }
}

/// Tells an error, unless it is that nobody reads the output any more.
pub(crate) fn conclude(result: Result<Exit, Error>) -> Exit {
    match result {
        Ok(exit) => exit,
        Err(error) if error.is_closed_pipe() => Exit::Clean,
        Err(error) => {
            error::tell(&error);
            Exit::Error
        }
    }
}

/// The code of a scan: a wrong call outranks findings, which outrank an incomplete scan, which outranks a clean one.
pub(crate) fn of_scan(report: &Report, gate: &GateArgs) -> Exit {
    if missing(report).next().is_some() {
        return Exit::Error;
    }
    let bad =
        |severity: Severity| threshold(gate.fail_on).is_some_and(|mildest| severity >= mildest);
    if report.findings.iter().any(|finding| bad(finding.severity))
        || (gate.fail_on_unknown && report.unknown() > 0)
    {
        return Exit::Findings;
    }
    if report.resources == 0 || (gate.strict && report.is_incomplete()) {
        return Exit::Incomplete;
    }
    Exit::Clean
}

/// The code of a comparison, ranked as those of a scan.
pub(crate) fn of_drift(drift: &DriftReport, strict: bool) -> Exit {
    match () {
        () if missing(&drift.report).next().is_some() => Exit::Error,
        () if !drift.drifts.is_empty() => Exit::Findings,
        () if drift.compared == 0 || strict && drift.report.is_incomplete() => Exit::Incomplete,
        () => Exit::Clean,
    }
}

/// The paths of the call or the configuration that do not exist.
pub(crate) fn missing(report: &Report) -> impl Iterator<Item = &Problem> {
    report
        .problems
        .iter()
        .filter(|problem| problem.code == "no-such-path")
}

fn threshold(fail_on: FailOn) -> Option<Severity> {
    match fail_on {
        FailOn::Critical => Some(Severity::Critical),
        FailOn::High => Some(Severity::High),
        FailOn::Medium => Some(Severity::Medium),
        FailOn::Low => Some(Severity::Low),
        FailOn::Info => Some(Severity::Info),
        FailOn::Never => None,
    }
}
