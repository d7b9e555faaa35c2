//! Who can do what as JSON, in a versioned form.

use std::io::Write;

use analysis::Cause;
use analysis::access::{Access, Answer, Can, Grant, Holding, Origin, Rule, Told, WhoCan};
use schemars::{JsonSchema, Schema, schema_for};
use serde::Serialize;
use smol_str::SmolStr;
use source::Sources;

use crate::error::Error;
use crate::output::harmless;
use crate::output::json::{InputJson, ProblemJson, ToolJson, input_json, problem_json};
use crate::output::location::Location;

/// The version of the format. Additions keep it; any other change raises it.
const VERSION: u32 = 1;

/// What every answer holds: `T` for each state of things.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::output) struct AnswersJson<'a, T> {
    /// The version of this format. Additions keep it; any other change raises it.
    version: u32,
    /// The program.
    tool: ToolJson,
    /// An answer for each state of things: files in each of their environments, and each cluster.
    answers: Vec<WorldJson<'a, T>>,
    /// What happened to each input.
    coverage: Vec<InputJson<'a>>,
    /// Input that was not understood, and notices.
    problems: Vec<ProblemJson<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::output) struct WorldJson<'a, T> {
    /// What it is an answer for, such as `files` or `cluster kind-shop`.
    of: &'a str,
    /// What else may allow or forbid, and what was not read.
    notes: &'a [String],
    /// The answer.
    #[serde(flatten)]
    answer: T,
}

/// Who may do something.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Report of scantling who-can")]
struct WhoCanJson<'a> {
    /// The action, such as `create pods/exec`.
    action: &'a str,
    /// The namespace that was asked about; null for all.
    namespace: Option<&'a str>,
    /// Those who may, or may perhaps.
    holders: Vec<HolderJson<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct HolderJson<'a> {
    /// Where they may; null for everywhere.
    namespace: Option<&'a str>,
    /// Who; null where it may be anyone.
    subject: Option<&'a str>,
    /// `yes` or `unknown`.
    verdict: &'static str,
    /// By which bindings; none where they may do everything, whatever roles say.
    grants: Vec<GrantJson<'a>>,
}

/// What someone may do.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Report of scantling can")]
struct CanJson<'a> {
    /// Who.
    subject: &'a str,
    /// Whether they may do everything, whatever roles say.
    is_master: bool,
    /// Whether they may do what was asked for; null where nothing was.
    answer: Option<AnswerJson<'a>>,
    /// The roles that they have, where no action was asked for.
    holdings: Vec<HoldingJson<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct AnswerJson<'a> {
    /// The action, such as `create pods/exec`.
    action: &'a str,
    /// The namespace that was asked about; null for all.
    namespace: Option<&'a str>,
    /// `yes`, `no` or `unknown`.
    verdict: &'static str,
    /// By which bindings.
    grants: Vec<GrantJson<'a>>,
}

/// How a binding gives access.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::output) struct GrantJson<'a> {
    /// The binding.
    binding: OriginJson<'a>,
    /// Whom it names.
    subject: OriginJson<'a>,
    /// The role; null where it is not known.
    role: Option<OriginJson<'a>>,
    /// The rules that allow it, in the role or in those that it aggregates.
    rules: Vec<OriginJson<'a>>,
    /// Why it may not allow it.
    unknown: Option<CauseJson<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct HoldingJson<'a> {
    /// Where the role counts; null for everywhere, or for a namespace that nobody wrote.
    namespace: Option<&'a str>,
    /// Whether it counts in a namespace that nobody wrote.
    is_unset: bool,
    /// The binding.
    binding: OriginJson<'a>,
    /// Whom it names.
    subject: OriginJson<'a>,
    /// The role; null where it is not known.
    role: Option<OriginJson<'a>>,
    /// What the role allows there.
    rules: Vec<RuleJson<'a>>,
    /// Why it may not be had.
    unknown: Option<CauseJson<'a>>,
    /// Why the role may allow more than its rules.
    rest: Option<CauseJson<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct RuleJson<'a> {
    /// Where it is written.
    origin: OriginJson<'a>,
    /// Such as `get`.
    verbs: Vec<&'a str>,
    /// API groups; the core group is empty.
    api_groups: Vec<&'a str>,
    /// Such as `pods/exec`.
    resources: Vec<&'a str>,
    /// The names of the objects; none for all.
    resource_names: Vec<&'a str>,
    /// Paths that are no objects.
    non_resource_urls: Vec<&'a str>,
    /// Why it may allow less, or more.
    unknown: Option<CauseJson<'a>>,
}

/// Something that is declared, and where.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::output) struct OriginJson<'a> {
    /// What.
    name: &'a str,
    /// Where; null where Kubernetes itself makes it.
    location: Option<Location>,
}

/// Why something is unknown.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::output) struct CauseJson<'a> {
    /// A fragment.
    message: &'a str,
    /// The place of the cause.
    location: Option<Location>,
}

/// Writes who may do something.
pub(crate) fn who_can(found: &Access<WhoCan>, out: &mut dyn Write) -> Result<(), Error> {
    let answers = answers(found, |told| who_can_json(told, &found.report.sources));
    harmless::write(&answers, "json", out)
}

/// Writes what someone may do.
pub(crate) fn can(found: &Access<Can>, out: &mut dyn Write) -> Result<(), Error> {
    let answers = answers(found, |told| can_json(told, &found.report.sources));
    harmless::write(&answers, "json", out)
}

/// The schema of what `who_can` writes.
pub(crate) fn who_can_schema() -> Schema {
    schema_for!(AnswersJson<'static, WhoCanJson<'static>>)
}

/// The schema of what `can` writes.
pub(crate) fn can_schema() -> Schema {
    schema_for!(AnswersJson<'static, CanJson<'static>>)
}

/// The answers for all states of things.
pub(in crate::output) fn answers<'a, T, U>(
    found: &'a Access<T>,
    answer: impl Fn(&'a T) -> U,
) -> AnswersJson<'a, U> {
    let report = &found.report;
    let world = |told: &'a Told<T>| WorldJson {
        of: &told.world,
        notes: &told.notes,
        answer: answer(&told.answer),
    };
    let problems = report.problems.iter();
    AnswersJson {
        version: VERSION,
        tool: ToolJson::own(),
        answers: found.worlds.iter().map(world).collect(),
        coverage: report
            .inputs
            .iter()
            .map(|input| input_json(input))
            .collect(),
        problems: problems
            .map(|problem| problem_json(problem, &report.sources))
            .collect(),
    }
}

fn who_can_json<'a>(found: &'a WhoCan, sources: &Sources) -> WhoCanJson<'a> {
    let holders = found.holders.iter().map(|holder| HolderJson {
        namespace: holder.namespace.as_deref(),
        subject: holder.subject.as_deref(),
        verdict: holder.verdict.text(),
        grants: grants_json(&holder.grants, sources),
    });
    WhoCanJson {
        action: &found.action,
        namespace: found.namespace.as_deref(),
        holders: holders.collect(),
    }
}

fn can_json<'a>(found: &'a Can, sources: &Sources) -> CanJson<'a> {
    let answer = |answer: &'a Answer| AnswerJson {
        action: &answer.action,
        namespace: answer.namespace.as_deref(),
        verdict: answer.verdict.text(),
        grants: grants_json(&answer.grants, sources),
    };
    let holdings = found.holdings.iter();
    CanJson {
        subject: &found.subject,
        is_master: found.is_master,
        answer: found.answer.as_ref().map(answer),
        holdings: holdings
            .map(|holding| holding_json(holding, sources))
            .collect(),
    }
}

fn holding_json<'a>(holding: &'a Holding, sources: &Sources) -> HoldingJson<'a> {
    let rules = holding.rules.iter();
    HoldingJson {
        namespace: holding.namespace.as_deref(),
        is_unset: holding.is_unset,
        binding: origin_json(&holding.binding, sources),
        subject: OriginJson {
            name: &holding.subject.text,
            location: holding.subject.span.map(|span| Location::of(span, sources)),
        },
        role: holding.role.as_ref().map(|role| origin_json(role, sources)),
        rules: rules.map(|rule| rule_json(rule, sources)).collect(),
        unknown: cause_json(holding.unknown.as_ref(), sources),
        rest: cause_json(holding.rest.as_ref(), sources),
    }
}

fn rule_json<'a>(rule: &'a Rule, sources: &Sources) -> RuleJson<'a> {
    RuleJson {
        origin: origin_json(&rule.origin, sources),
        verbs: texts(&rule.verbs),
        api_groups: texts(&rule.groups),
        resources: texts(&rule.resources),
        resource_names: texts(&rule.names),
        non_resource_urls: texts(&rule.paths),
        unknown: cause_json(rule.unknown.as_ref(), sources),
    }
}

/// How bindings give access.
pub(in crate::output) fn grants_json<'a>(
    grants: &'a [Grant],
    sources: &Sources,
) -> Vec<GrantJson<'a>> {
    let grants = grants.iter().map(|grant| GrantJson {
        binding: origin_json(&grant.binding, sources),
        subject: OriginJson {
            name: &grant.subject.text,
            location: grant.subject.span.map(|span| Location::of(span, sources)),
        },
        role: grant.role.as_ref().map(|role| origin_json(role, sources)),
        rules: grant
            .rules
            .iter()
            .map(|rule| origin_json(rule, sources))
            .collect(),
        unknown: cause_json(grant.unknown.as_ref(), sources),
    });
    grants.collect()
}

/// Something that is declared, and where.
pub(in crate::output) fn origin_json<'a>(origin: &'a Origin, sources: &Sources) -> OriginJson<'a> {
    OriginJson {
        name: &origin.address,
        location: origin.span.map(|span| Location::of(span, sources)),
    }
}

/// Why something is unknown, if it is.
pub(in crate::output) fn cause_json<'a>(
    cause: Option<&'a Cause>,
    sources: &Sources,
) -> Option<CauseJson<'a>> {
    cause.map(|cause| CauseJson {
        message: &cause.message,
        location: cause.place.map(|span| Location::of(span, sources)),
    })
}

fn texts(texts: &[SmolStr]) -> Vec<&str> {
    texts.iter().map(SmolStr::as_str).collect()
}
