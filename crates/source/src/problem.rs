//! Input that could not be understood, with its place.

use std::path::PathBuf;

use crate::{Sources, Span, brief};

/// The longest message, in characters: names in input have no limit.
const MESSAGE: usize = 1_000;

/// How much a problem costs the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Something was lost: part of the input is not in the graph.
    Error,
    /// Nothing was lost, but the input is probably not what its author meant.
    Warning,
    /// Information about the run, such as an unused suppression.
    Notice,
}

/// Where a problem is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A range of a file that was read.
    Span(Span),
    /// A path that could not be read, or that is meant as a whole.
    Path(PathBuf),
}

/// Input that could not be understood. Readers return problems beside what they understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How much it costs.
    pub level: Level,
    /// The stable kebab-case name of this sort of problem.
    pub code: &'static str,
    /// A lower-case fragment without a full stop. It never holds a value of the input that may be secret.
    pub message: String,
    /// Where it is.
    pub place: Place,
    /// What to do next, as a fragment, where that is known.
    pub help: Option<String>,
}

impl Problem {
    /// A problem at a span.
    #[must_use]
    pub fn at(level: Level, code: &'static str, message: impl Into<String>, span: Span) -> Self {
        Self::new(level, code, &message.into(), Place::Span(span))
    }

    /// A problem of a whole path.
    #[must_use]
    pub fn of(
        level: Level,
        code: &'static str,
        message: impl Into<String>,
        path: impl Into<PathBuf>,
    ) -> Self {
        Self::new(level, code, &message.into(), Place::Path(path.into()))
    }

    fn new(level: Level, code: &'static str, message: &str, place: Place) -> Self {
        Self {
            level,
            code,
            message: brief(message, MESSAGE).into_owned(),
            place,
            help: None,
        }
    }

    /// The same problem with the next step.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Sorts by path, place, level and text, independent of the order in which files were read, and drops repetitions.
pub fn sort_problems(problems: &mut Vec<Problem>, sources: &Sources) {
    problems.sort_by_cached_key(|problem| {
        let (path, range) = match &problem.place {
            Place::Span(span) => (sources.path(span.file), (span.start, span.end)),
            Place::Path(path) => (path.clone(), (0, 0)),
        };
        (
            path,
            range,
            problem.level,
            problem.code,
            problem.message.clone(),
        )
    });
    problems.dedup();
}
