//! The problems of one text.

use source::{Level, Problem, Span};

/// More problems than a person reads; a file can hold millions.
const MOST: usize = 200;

/// The problems found so far.
#[derive(Debug, Default)]
pub(super) struct Problems {
    list: Vec<Problem>,
    left_out: usize,
}

impl Problems {
    /// Adds a problem that costs a part of the input.
    pub(super) fn error(
        &mut self,
        code: &'static str,
        message: impl Into<String>,
        help: &str,
        span: Span,
    ) {
        let problem = Problem::at(Level::Error, code, message, span);
        self.add(if help.is_empty() {
            problem
        } else {
            problem.with_help(help)
        });
    }

    pub(super) fn add(&mut self, problem: Problem) {
        if self.list.len() < MOST {
            self.list.push(problem);
        } else {
            self.left_out += 1;
        }
    }

    /// The problems in the order of their places; `span` is the place of the notice that some were left out.
    pub(super) fn finish(mut self, span: Span) -> Vec<Problem> {
        self.list.sort_by(|one, two| one.place.cmp(&two.place));
        if self.left_out > 0 {
            let message = format!("{} more problems of this file are not shown", self.left_out);
            let code = "too-many-problems";
            self.list
                .push(Problem::at(Level::Warning, code, message, span));
        }
        self.list
    }
}
