//! Differences as JSON, in a versioned form.

use std::io::Write;

use analysis::{Drift, DriftClass, DriftReport, LiveValue};
use schemars::{JsonSchema, Schema, schema_for};
use serde::Serialize;
use source::Sources;

use crate::error::Error;
use crate::output::harmless;
use crate::output::json::{
    InputJson, ProblemJson, ResourceJson, ToolJson, input_json, problem_json, resource_json,
};
use crate::output::location::Location;

/// The version of the format. Additions keep it; any other change raises it.
const VERSION: u32 = 1;

/// A report of `scantling drift`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Report of scantling drift")]
struct DriftReportJson<'a> {
    /// The version of this format. Additions keep it; any other change raises it.
    version: u32,
    /// The program.
    tool: ToolJson,
    /// Counts.
    summary: SummaryJson,
    /// What is different, by path and place.
    drifts: Vec<DriftJson<'a>>,
    /// What happened to each input.
    coverage: Vec<InputJson<'a>>,
    /// Input that was not understood, and notices.
    problems: Vec<ProblemJson<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct SummaryJson {
    /// How much runs otherwise than it is declared.
    changed: usize,
    /// How much is declared and does not run.
    declared_only: usize,
    /// How much runs and is declared nowhere.
    live_only: usize,
    /// How many declared resources were compared with what runs of them.
    compared: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
struct DriftJson<'a> {
    /// `changed`, `declared-only` or `live-only`.
    class: &'static str,
    /// The resource as it is declared; as it runs, where nobody declares it.
    resource: ResourceJson<'a>,
    /// The field; empty where the whole object is meant.
    path: &'a str,
    /// Where it is declared, or would be; where it runs, if nobody declares it.
    location: Location,
    /// What is different.
    message: String,
    /// The declared value, as text.
    declared: Option<&'a str>,
    /// What runs.
    live: Option<LiveJson<'a>>,
    /// Names the difference across runs.
    fingerprint: &'a str,
}

#[derive(Debug, Serialize, JsonSchema)]
struct LiveJson<'a> {
    /// The address of the object.
    address: &'a str,
    /// The value, as text; absent where the object lacks it.
    value: Option<&'a str>,
    /// Its place in the object.
    location: Location,
    /// Who set it, as the object itself says.
    setter: Option<&'a str>,
}

/// Writes a comparison.
pub(super) fn write(drift: &DriftReport, out: &mut dyn Write) -> Result<(), Error> {
    harmless::write(&report_json(drift), "json", out)
}

/// The schema of what `write` writes.
pub(crate) fn schema() -> Schema {
    schema_for!(DriftReportJson<'static>)
}

fn report_json(drift: &DriftReport) -> DriftReportJson<'_> {
    let (report, sources) = (&drift.report, &drift.report.sources);
    let problems = report.problems.iter();
    DriftReportJson {
        version: VERSION,
        tool: ToolJson::own(),
        summary: SummaryJson {
            changed: drift.count(DriftClass::Changed),
            declared_only: drift.count(DriftClass::DeclaredOnly),
            live_only: drift.count(DriftClass::LiveOnly),
            compared: drift.compared,
        },
        drifts: drift
            .drifts
            .iter()
            .map(|one| drift_json(one, sources))
            .collect(),
        coverage: report
            .inputs
            .iter()
            .map(|input| input_json(input))
            .collect(),
        problems: problems
            .map(|problem| problem_json(problem, sources))
            .collect(),
    }
}

fn drift_json<'a>(drift: &'a Drift, sources: &Sources) -> DriftJson<'a> {
    let live = |live: &'a LiveValue| LiveJson {
        address: &live.address,
        value: live.value.as_deref(),
        location: Location::of(live.span, sources),
        setter: live.setter.as_deref(),
    };
    DriftJson {
        class: drift.class.word(),
        resource: resource_json(&drift.resource),
        path: &drift.path,
        location: Location::of(drift.span, sources),
        message: drift.message(),
        declared: drift.declared.as_deref(),
        live: drift.live.as_ref().map(live),
        fingerprint: &drift.fingerprint,
    }
}
