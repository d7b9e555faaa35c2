//! Statements that hold, do not hold, or of which that can't be known.

use std::sync::Arc;

use graph::{Cause, Unknown};
use kubernetes::Answer;

/// Whether something holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Truth {
    No,
    Maybe(Arc<Unknown>),
    Yes,
}

impl Truth {
    /// Both must hold.
    pub(crate) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Maybe(cause), _) | (_, Self::Maybe(cause)) => Self::Maybe(cause),
            (Self::Yes, Self::Yes) => Self::Yes,
        }
    }

    /// One of them must hold.
    pub(crate) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::Maybe(cause), _) | (_, Self::Maybe(cause)) => Self::Maybe(cause),
            (Self::No, Self::No) => Self::No,
        }
    }

    /// It must not hold.
    pub(crate) fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Maybe(cause) => Self::Maybe(cause),
            Self::Yes => Self::No,
        }
    }

    /// What may not exist at all holds at most maybe.
    pub(crate) fn given(self, unknown: Option<&Arc<Unknown>>) -> Self {
        match unknown {
            Some(cause) => self.and(Self::Maybe(Arc::clone(cause))),
            None => self,
        }
    }

    pub(crate) fn is_no(&self) -> bool {
        *self == Self::No
    }

    pub(crate) fn is_yes(&self) -> bool {
        *self == Self::Yes
    }

    /// Why it can't be known.
    pub(crate) fn cause(&self) -> Option<&Arc<Unknown>> {
        match self {
            Self::Maybe(cause) => Some(cause),
            Self::No | Self::Yes => None,
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

impl From<Answer> for Truth {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::No => Self::No,
            Answer::Maybe(cause) => Self::Maybe(cause),
            Answer::Yes => Self::Yes,
        }
    }
}

/// A reason that has no place in the input.
pub(crate) fn because(text: &'static str) -> Arc<Unknown> {
    Arc::new(Unknown::new(Cause::Other(text.into())))
}
