//! What was read, and what could not be understood, as JSON.

use analysis::{Input, Status};
use schemars::JsonSchema;
use serde::Serialize;
use source::{Level, Place, Problem, Sources};

use crate::output::location::{Location, shown};

#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::output) struct InputJson<'a> {
    /// The path.
    path: String,
    /// What it is: `file`, or `kind` or `object` of a cluster.
    unit: &'static str,
    /// What became of it.
    status: StatusWord,
    /// Why, where it was not scanned wholly.
    reason: Option<&'a str>,
    /// The number of resources that it gave.
    resources: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::output) struct ProblemJson<'a> {
    /// How much it costs.
    level: LevelWord,
    /// The stable name of this sort of problem.
    code: &'static str,
    /// What is wrong.
    message: &'a str,
    /// The path.
    file: String,
    /// The place in the file; absent where the file as a whole is meant.
    location: Option<Location>,
    /// What to do.
    help: Option<&'a str>,
}

#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum StatusWord {
    Scanned,
    Partial,
    Failed,
    Skipped,
}

#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum LevelWord {
    Error,
    Warning,
    Notice,
}

pub(in crate::output) fn input_json(input: &Input) -> InputJson<'_> {
    InputJson {
        path: shown(&input.path).into_owned(),
        unit: input.unit.text(),
        status: status_word(input.status),
        reason: input.reason.as_deref(),
        resources: input.resources,
    }
}

pub(in crate::output) fn problem_json<'a>(
    problem: &'a Problem,
    sources: &Sources,
) -> ProblemJson<'a> {
    let (file, location) = match &problem.place {
        Place::Span(span) => (
            shown(&sources.path(span.file)).into_owned(),
            Some(Location::of(*span, sources)),
        ),
        Place::Path(path) => (shown(path).into_owned(), None),
    };
    ProblemJson {
        level: level_word(problem.level),
        code: problem.code,
        message: &problem.message,
        file,
        location,
        help: problem.help.as_deref(),
    }
}

fn status_word(status: Status) -> StatusWord {
    match status {
        Status::Scanned => StatusWord::Scanned,
        Status::Partial => StatusWord::Partial,
        Status::Failed => StatusWord::Failed,
        Status::Skipped => StatusWord::Skipped,
    }
}

fn level_word(level: Level) -> LevelWord {
    match level {
        Level::Error => LevelWord::Error,
        Level::Warning => LevelWord::Warning,
        Level::Notice => LevelWord::Notice,
    }
}
