//! Why something could not be rendered.

use smol_str::SmolStr;
use source::Span;
use thiserror::Error;

/// The most bytes that the whole chain may have. A thousand templates inside each other need a fifth of it; texts that are
/// templates are quoted in it and may be of any length.
const MOST_MESSAGE: usize = 1 << 20;

/// Why a template, or a function in it, failed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct Failure {
    /// What went wrong, without any place, in the words of Go and Helm.
    pub cause: String,
    /// The whole chain as Go tells it, with each template on the way. It may hold values of the input; for people there are
    /// `cause` and `places`.
    pub message: String,
    /// What sort of failure it is.
    pub kind: FailureKind,
    /// Where it happened and what called that, innermost first. A function's own failure has none yet.
    pub places: Vec<FailurePlace>,
}

/// What sort of failure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// The template can't be read.
    Parse,
    /// The template, or a function in it, could not be run.
    Execution,
    /// The chart itself refuses to be rendered: `fail` and `required`.
    Refusal,
    /// A bound was reached that Helm doesn't have.
    Bound,
}

/// A place in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailurePlace {
    /// The name of the file's template.
    pub file: SmolStr,
    /// The name of the template that was run, which may be a definition in the file.
    pub template: SmolStr,
    /// The line, from 1.
    pub line: usize,
    /// The column in bytes, from 0, as Go counts it.
    pub column: usize,
    /// The part that failed, where the text of the template stands in a file.
    pub span: Option<Span>,
}

impl Failure {
    /// A failure that Helm has too.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self::of(FailureKind::Execution, message)
    }

    /// A bound that Helm doesn't have.
    #[must_use]
    pub fn bound(message: impl Into<String>) -> Self {
        Self::of(FailureKind::Bound, message)
    }

    /// The chart's own refusal, in its own words.
    #[must_use]
    pub fn refusal(message: impl Into<String>) -> Self {
        Self::of(FailureKind::Refusal, message)
    }

    fn of(kind: FailureKind, message: impl Into<String>) -> Self {
        let cause = message.into();
        Self {
            message: cause.clone(),
            cause,
            kind,
            places: Vec::new(),
        }
    }

    /// The same failure, with words in front of the whole chain, unless that is too long already.
    #[must_use]
    pub fn after(mut self, words: &str) -> Self {
        if self.message.len().saturating_add(words.len()) <= MOST_MESSAGE {
            self.message.insert_str(0, words);
        }
        self
    }

    /// The path of the template that fails because of it: the outermost one.
    #[must_use]
    pub fn template(&self) -> Option<&str> {
        self.places.last().map(|place| place.file.as_str())
    }

    /// What `helm template` says of it behind `Error: `.
    #[must_use]
    pub fn helm(&self) -> String {
        let place = self.places.last().map(|place| {
            let (file, line, column) = (&place.file, place.line, place.column);
            match self.kind {
                FailureKind::Parse => format!("{file}:{line}"),
                _ => format!("{file}:{line}:{column}"),
            }
        });
        match (self.kind, place) {
            (FailureKind::Refusal, Some(place)) => {
                format!("execution error at ({place}): {}", self.cause)
            }
            (FailureKind::Parse, Some(place)) => {
                let words = self.cause.rsplit(": ").next().unwrap_or_default();
                format!("parse error at ({place}): {words}")
            }
            _ => self.message.clone(),
        }
    }
}
