//! What is wrong with a query, and where.

use std::fmt;
use std::ops::Range;

use thiserror::Error;

/// What is wrong with a query.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct QueryError {
    /// The query.
    pub text: String,
    /// The part that is not understood, in bytes of the query.
    pub at: Range<usize>,
    /// What is wrong, as a fragment.
    pub message: String,
    /// What to write instead, as a fragment.
    pub help: Option<String>,
}

impl QueryError {
    /// The part that is not understood, in characters of the query; at least one.
    #[must_use]
    pub fn columns(&self) -> Range<usize> {
        let before = |at: usize| self.text.get(..at).map_or(0, |text| text.chars().count());
        let start = before(self.at.start);
        start..before(self.at.end).max(start + 1)
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.columns();
        writeln!(f, "the filter is not understood: {}", self.message)?;
        writeln!(f, "  {}", source::neutral(&self.text))?;
        write!(
            f,
            "  {:start$}{:^<length$}",
            "",
            "",
            start = columns.start,
            length = columns.len()
        )
    }
}
