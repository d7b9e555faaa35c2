//! Why something could not be rendered.

use thiserror::Error;

/// Why a template, or a function in it, failed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct Failure {
    /// The cause in the words of Go and Helm; for the failure of a function only its own words, to which the caller adds
    /// the place.
    pub message: String,
    /// Whether a bound was reached that Helm doesn't have: nothing more of the chart can be rendered.
    pub is_bound: bool,
}

impl Failure {
    /// A failure that Helm has too.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            is_bound: false,
        }
    }

    /// A bound that Helm doesn't have.
    #[must_use]
    pub fn bound(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            is_bound: true,
        }
    }
}
