//! The problems of one file, and the values that stand where something could not be read.

use std::sync::Arc;

use graph::{Cause, Data, Unknown};
use source::{Level, Problem, Span};

/// More problems than a person reads; a file can hold millions.
const MOST: usize = 200;

/// What to do where a limit was met.
pub(crate) const LIMIT: &str =
    "what lies beyond was not read: make the file simpler, split it, or exclude it";

/// The problems found so far.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    list: Vec<Problem>,
    left_out: usize,
}

impl Problems {
    pub(crate) fn error(&mut self, code: &'static str, message: impl Into<String>, span: Span) {
        self.add(Problem::at(Level::Error, code, message, span));
    }

    pub(crate) fn warning(&mut self, code: &'static str, message: impl Into<String>, span: Span) {
        self.add(Problem::at(Level::Warning, code, message, span));
    }

    /// A limit that was met.
    pub(crate) fn limit(&mut self, code: &'static str, message: impl Into<String>, span: Span) {
        let problem = Problem::at(Level::Error, code, message, span);
        self.add(problem.with_help(LIMIT));
    }

    pub(crate) fn add(&mut self, problem: Problem) {
        if self.list.len() < MOST {
            self.list.push(problem);
            return;
        }
        self.left_out += 1;
        // That something was lost must not go under in a crowd of warnings.
        let is_warning = |kept: &Problem| kept.level != Level::Error;
        if problem.level == Level::Error
            && let Some(place) = self.list.iter().rposition(is_warning)
        {
            self.list[place] = problem;
        }
    }

    /// Counts a warning that is not shown, if there are already too many to show. Saves telling it.
    pub(crate) fn leaves_out(&mut self) -> bool {
        let is_full = self.list.len() >= MOST;
        self.left_out += usize::from(is_full);
        is_full
    }

    pub(crate) fn append(&mut self, other: Self) {
        self.left_out += other.left_out;
        for problem in other.list {
            self.add(problem);
        }
    }

    /// The problems in the order of their places; `span` is the place of the notice that some were
    /// left out.
    pub(crate) fn finish(mut self, span: Span) -> Vec<Problem> {
        self.list.sort_by(|a, b| a.place.cmp(&b.place));
        if self.left_out > 0 {
            let message = format!("{} more problems of this file are not shown", self.left_out);
            self.list.push(Problem::at(
                Level::Warning,
                "too-many-problems",
                message,
                span,
            ));
        }
        self.list
    }
}

/// The unknown of which the text at `place` is the cause.
pub(crate) fn unreadable(cause: &'static str, place: Span) -> Arc<Unknown> {
    let mut unknown = Unknown::new(Cause::Other(cause.into()));
    unknown.place = Some(place);
    Arc::new(unknown)
}

/// A value that the text at `place` fails to give.
pub(crate) fn unknown(cause: &'static str, place: Span) -> Data {
    Data::Unknown(unreadable(cause, place))
}

/// The cause of everything that stands behind or in text that is not YAML.
pub(crate) const BROKEN: &str = "the text here can't be read";
