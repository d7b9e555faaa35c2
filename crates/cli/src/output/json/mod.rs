//! JSON: everything that a report holds, in a versioned form of its own.

mod read;

use std::io::Write;
use std::sync::Arc;

use analysis::{
    Finding, Presence, ProposedFix, Report, ResourceName, Status, Suppression, Verdict, VerdictRow,
};
use check::Severity;
use schemars::{JsonSchema, Schema, schema_for};
use serde::Serialize;
use smol_str::SmolStr;
use source::{Sources, Span};

pub(in crate::output) use read::{InputJson, ProblemJson, input_json, problem_json};

use super::harmless;
use super::location::{Location, shown};
use crate::args::Verdicts;
use crate::error::Error;

/// The version of the format. Additions keep it; any other change raises it.
const VERSION: u32 = 1;

/// A report of `scantling scan`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Report of scantling scan")]
struct ReportJson<'a> {
    /// The version of this format. Additions keep it; any other change raises it.
    version: u32,
    /// The program.
    tool: ToolJson,
    /// The version of Kubernetes that was judged against.
    kubernetes_version: &'a str,
    /// Counts.
    summary: SummaryJson,
    /// What is wrong, by path and place.
    findings: Vec<FindingJson<'a>>,
    /// Findings that a suppression hides.
    suppressed: Vec<SuppressedJson<'a>>,
    /// Per check and resource, each verdict that is not a fail; only with `--verdicts all`.
    #[serde(skip_serializing_if = "Option::is_none")]
    verdicts: Option<Vec<VerdictJson<'a>>>,
    /// What happened to each input.
    coverage: Vec<InputJson<'a>>,
    /// Input that was not understood, and notices.
    problems: Vec<ProblemJson<'a>>,
    /// The ids of the checks that ran.
    checks: Vec<&'a str>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ToolJson {
    /// `scantling`.
    name: &'static str,
    /// Its version.
    version: &'static str,
}

impl ToolJson {
    /// This program.
    pub(super) fn own() -> Self {
        Self {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
struct SummaryJson {
    /// The number of findings of each severity.
    findings: SeveritiesJson,
    /// The number of suppressed findings.
    suppressed: usize,
    /// The number of unknown verdicts.
    unknown: usize,
    /// The number of resources.
    resources: usize,
    /// The number of inputs of each status.
    inputs: StatusesJson,
}

#[derive(Debug, Default, Serialize, JsonSchema)]
pub(super) struct SeveritiesJson {
    critical: usize,
    high: usize,
    medium: usize,
    low: usize,
    info: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
struct StatusesJson {
    scanned: usize,
    partial: usize,
    failed: usize,
    skipped: usize,
}

#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum SeverityWord {
    Critical,
    High,
    Medium,
    Low,
    Info,
}

#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum VerdictWord {
    Fail,
    Pass,
    Unknown,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FindingJson<'a> {
    /// The id of the check.
    check: &'a str,
    /// The title of the check.
    title: &'a str,
    /// How bad it is, after configuration.
    severity: SeverityWord,
    /// Always `fail`.
    verdict: VerdictWord,
    /// The resource.
    resource: ResourceJson<'a>,
    /// The environments in which it holds; empty where it holds in all that the source has.
    environments: Vec<&'a str>,
    /// The semantic path in the resource, such as `spec.containers[name=api].image`.
    path: &'a str,
    /// Where a person would change it.
    location: Location,
    /// Other places that took part.
    related: Vec<RelatedJson<'a>>,
    /// What is wrong, in one sentence without a full stop.
    message: &'a str,
    /// What to do about it.
    remedy: &'a str,
    /// Changes that make the finding go away.
    fixes: Vec<FixJson<'a>>,
    /// Names the finding across runs.
    fingerprint: &'a str,
    /// Whether the resource exists only under an unknown condition.
    conditional: bool,
    /// Where it holds if both files and a cluster were read: `both`, `declared`, `not-applied`, `live` or `undeclared`.
    presence: Option<&'static str>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ResourceJson<'a> {
    /// The stable address, such as `Deployment/shop/api`.
    address: &'a str,
    /// The API group and version.
    api_version: &'a str,
    /// The kind.
    kind: &'a str,
    /// The namespace, if one is written.
    namespace: Option<&'a str>,
    /// The name.
    name: &'a str,
    /// What declares it.
    source: SourceJson<'a>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct SourceJson<'a> {
    /// The format, such as `kubernetes`.
    format: &'a str,
    /// The file.
    file: String,
}

#[derive(Debug, Serialize, JsonSchema)]
struct RelatedJson<'a> {
    /// The place.
    location: Location,
    /// What it has to do with the finding.
    message: &'a str,
}

#[derive(Debug, Serialize, JsonSchema)]
struct FixJson<'a> {
    /// What it does.
    title: &'a str,
    /// Whether the changed text was evaluated again and the finding was gone with no new one in its place.
    proven: bool,
    /// The change.
    edits: Vec<EditJson<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct EditJson<'a> {
    /// What is replaced; an empty range inserts.
    location: Location,
    /// What stands there afterwards.
    text: &'a str,
}

#[derive(Debug, Serialize, JsonSchema)]
struct SuppressedJson<'a> {
    /// The hidden finding.
    finding: FindingJson<'a>,
    /// Who hides it.
    suppression: SuppressionJson<'a>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct SuppressionJson<'a> {
    /// The tool whose directive it is.
    tool: &'a str,
    /// Why, in the author's words.
    reason: Option<&'a str>,
    /// The directive, if it stands in a file that was read.
    location: Option<Location>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct VerdictJson<'a> {
    /// The id of the check.
    check: &'a str,
    /// What it says: `pass` or `unknown`.
    verdict: VerdictWord,
    /// The resource.
    resource: ResourceJson<'a>,
    /// Why it can't be known.
    reasons: Vec<ReasonJson<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ReasonJson<'a> {
    /// Why.
    message: &'a str,
    /// The place of the cause.
    location: Option<Location>,
}

/// Writes a report.
pub(super) fn write(report: &Report, verdicts: Verdicts, out: &mut dyn Write) -> Result<(), Error> {
    harmless::write(&report_json(report, verdicts), "json", out)
}

/// The schema of what `write` writes.
pub(crate) fn schema() -> Schema {
    schema_for!(ReportJson<'static>)
}

fn report_json(report: &Report, verdicts: Verdicts) -> ReportJson<'_> {
    let sources = &report.sources;
    let rows = || {
        report
            .verdicts
            .iter()
            .map(|row| verdict_json(row, sources))
            .collect()
    };
    ReportJson {
        version: VERSION,
        tool: ToolJson::own(),
        kubernetes_version: &report.kubernetes_version,
        summary: summary_json(report),
        findings: report
            .findings
            .iter()
            .map(|finding| finding_json(finding, sources))
            .collect(),
        suppressed: report
            .suppressed
            .iter()
            .map(|pair| suppressed_json(pair, sources))
            .collect(),
        verdicts: (verdicts == Verdicts::All).then(rows),
        coverage: report
            .inputs
            .iter()
            .map(|input| input_json(input))
            .collect(),
        problems: report
            .problems
            .iter()
            .map(|problem| problem_json(problem, sources))
            .collect(),
        checks: report
            .checks
            .iter()
            .map(|check| check.id.as_str())
            .collect(),
    }
}

/// The number of findings of each severity.
pub(super) fn severities_json(report: &Report) -> SeveritiesJson {
    let mut findings = SeveritiesJson::default();
    for finding in &report.findings {
        *match finding.severity {
            Severity::Critical => &mut findings.critical,
            Severity::High => &mut findings.high,
            Severity::Medium => &mut findings.medium,
            Severity::Low => &mut findings.low,
            Severity::Info => &mut findings.info,
        } += 1;
    }
    findings
}

fn summary_json(report: &Report) -> SummaryJson {
    SummaryJson {
        findings: severities_json(report),
        suppressed: report.suppressed.len(),
        unknown: report.unknown(),
        resources: report.resources,
        inputs: StatusesJson {
            scanned: report.count(Status::Scanned),
            partial: report.count(Status::Partial),
            failed: report.count(Status::Failed),
            skipped: report.count(Status::Skipped),
        },
    }
}

pub(super) fn finding_json<'a>(finding: &'a Finding, sources: &Sources) -> FindingJson<'a> {
    let related = finding.related.iter();
    FindingJson {
        check: &finding.check.id,
        title: &finding.check.title,
        severity: severity_word(finding.severity),
        verdict: VerdictWord::Fail,
        resource: resource_json(&finding.resource),
        environments: finding.environments.iter().map(SmolStr::as_str).collect(),
        path: &finding.path,
        location: Location::of(finding.span, sources),
        related: related
            .map(|place| RelatedJson {
                location: Location::of(place.span, sources),
                message: &place.message,
            })
            .collect(),
        message: &finding.message,
        remedy: finding.check.remedy.trim(),
        fixes: finding
            .fixes
            .iter()
            .map(|fix| fix_json(fix, sources))
            .collect(),
        fingerprint: &finding.fingerprint,
        conditional: finding.conditional,
        presence: finding.presence.map(Presence::word),
    }
}

fn severity_word(severity: Severity) -> SeverityWord {
    match severity {
        Severity::Critical => SeverityWord::Critical,
        Severity::High => SeverityWord::High,
        Severity::Medium => SeverityWord::Medium,
        Severity::Low => SeverityWord::Low,
        Severity::Info => SeverityWord::Info,
    }
}

pub(super) fn resource_json(resource: &ResourceName) -> ResourceJson<'_> {
    ResourceJson {
        address: &resource.address,
        api_version: &resource.api_version,
        kind: &resource.kind,
        namespace: resource.namespace.as_deref(),
        name: &resource.name,
        source: SourceJson {
            format: &resource.format,
            file: shown(&resource.file).into_owned(),
        },
    }
}

fn fix_json<'a>(fix: &'a ProposedFix, sources: &Sources) -> FixJson<'a> {
    let edits = fix.edits.iter();
    let edits = edits
        .map(|edit| EditJson {
            location: Location::of(edit.span, sources),
            text: &edit.text,
        })
        .collect();
    FixJson {
        title: &fix.title,
        proven: fix.proven,
        edits,
    }
}

fn suppressed_json<'a>(
    (finding, suppression): &'a (Arc<Finding>, Suppression),
    sources: &Sources,
) -> SuppressedJson<'a> {
    SuppressedJson {
        finding: finding_json(finding, sources),
        suppression: SuppressionJson {
            tool: suppression.tool,
            reason: suppression.reason.as_deref(),
            location: suppression.span.map(|span| Location::of(span, sources)),
        },
    }
}

fn verdict_json<'a>(row: &'a VerdictRow, sources: &Sources) -> VerdictJson<'a> {
    let (verdict, reasons): (_, &[_]) = match &row.verdict {
        Verdict::Pass => (VerdictWord::Pass, &[]),
        Verdict::Unknown(reasons) => (VerdictWord::Unknown, reasons),
    };
    let reason = |(message, span): &'a (String, Option<Span>)| ReasonJson {
        message,
        location: span.map(|span| Location::of(span, sources)),
    };
    let reasons = reasons.iter().map(reason).collect();
    VerdictJson {
        check: &row.check.id,
        verdict,
        resource: resource_json(&row.resource),
        reasons,
    }
}
