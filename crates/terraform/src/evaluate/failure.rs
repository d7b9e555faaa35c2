//! Failures of conversions and functions, told at the place of the expression that failed.

use std::fmt::Display;

use source::Span;

use super::EvaluationError;

/// Adds what was tried and where to a failure.
pub(super) trait Context<T> {
    /// The failure as one of the evaluation.
    fn context(self, code: &'static str, what: &str, span: Span) -> Result<T, EvaluationError>;
}

impl<T, E: Display> Context<T> for Result<T, E> {
    fn context(self, code: &'static str, what: &str, span: Span) -> Result<T, EvaluationError> {
        self.map_err(|error| EvaluationError::new(code, format!("{what}: {error}"), span))
    }
}
