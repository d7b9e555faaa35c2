//! The language of filters, the same for all surfaces: `severity>=high kind:Deployment ns:prod-* !suppressed`.
//!
//! Words that are separated by blanks must all hold; `!` before a word turns it around, and values that are separated by commas
//! are alternatives. `*` and `?` in values stand for any text and any character. A word without a field is looked for in the
//! check, the address, the message and the path of the file. Capitals make no difference.

mod candidate;
mod complete;
mod error;
mod field;
mod parse;
mod pattern;
#[cfg(test)]
mod tests;
mod texts;

use check::Severity;

pub use candidate::Candidate;
pub use complete::{Completion, Vocabulary, completions};
pub use error::QueryError;
pub use texts::Texts;

use field::{Field, Flag};
use pattern::Pattern;

use crate::report::Report;

/// What is wanted of findings or resources.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    terms: Vec<Term>,
}

/// One word.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    is_negated: bool,
    test: Test,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    Severity(Comparison, Severity),
    Field(Field, Vec<Pattern>),
    Flag(Flag),
    /// Text that occurs somewhere, in small letters.
    Text(String),
}

/// How severities are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Equal,
    Below,
    AtMost,
    Above,
    AtLeast,
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// When a word is not understood; the error says which, and what is expected.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        parse::parse(text).map(|terms| Self { terms })
    }

    /// Whether everything matches.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether suppressed findings are asked for: without that word nobody wants to see them.
    #[must_use]
    pub fn asks_for_suppressed(&self) -> bool {
        let flag = Test::Flag(Flag::Suppressed);
        self.terms
            .iter()
            .any(|term| !term.is_negated && term.test == flag)
    }

    /// Whether a finding or a resource is wanted.
    #[must_use]
    pub fn matches(&self, candidate: &Candidate<'_>) -> bool {
        self.terms.iter().all(|term| term.holds(candidate))
    }

    /// Leaves of a report only what is wanted. Returns how many findings were left out, without those that are suppressed.
    pub fn narrow(&self, report: &mut Report) -> usize {
        let before = report.findings.len();
        let wanted = |candidate: Candidate<'_>| self.matches(&candidate);
        report.findings.retain(|one| wanted(Candidate::of(one)));
        report
            .suppressed
            .retain(|(one, _)| wanted(Candidate::of_suppressed(one)));
        report
            .verdicts
            .retain(|row| wanted(Candidate::of_verdict(row)));
        before - report.findings.len()
    }
}

impl Term {
    fn holds(&self, candidate: &Candidate<'_>) -> bool {
        self.test.holds(candidate) != self.is_negated
    }
}

impl Test {
    fn holds(&self, candidate: &Candidate<'_>) -> bool {
        match self {
            Self::Severity(comparison, wanted) => candidate
                .severity
                .is_some_and(|severity| comparison.holds(severity, *wanted)),
            Self::Field(field, patterns) => patterns
                .iter()
                .any(|pattern| field.matches(candidate, pattern)),
            Self::Flag(flag) => flag.holds(candidate),
            Self::Text(text) => candidate.contains(text),
        }
    }
}

impl Comparison {
    fn holds(self, one: Severity, other: Severity) -> bool {
        match self {
            Self::Equal => one == other,
            Self::Below => one < other,
            Self::AtMost => one <= other,
            Self::Above => one > other,
            Self::AtLeast => one >= other,
        }
    }
}
