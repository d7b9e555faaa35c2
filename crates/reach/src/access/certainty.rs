//! Three-valued answers, and why the third one is given.

use std::sync::{Arc, LazyLock};

use graph::{Cause, Unknown};

/// Whether something matches.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Match {
    No,
    Maybe(Arc<Unknown>),
    Yes,
}

impl Match {
    /// Both must match.
    pub(crate) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Maybe(cause), _) | (_, Self::Maybe(cause)) => Self::Maybe(cause),
            (Self::Yes, Self::Yes) => Self::Yes,
        }
    }

    /// One of them must match.
    pub(crate) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::Maybe(cause), _) | (_, Self::Maybe(cause)) => Self::Maybe(cause),
            (Self::No, Self::No) => Self::No,
        }
    }

    /// What may not exist at all matches at most maybe.
    pub(crate) fn given(self, unknown: Option<&Arc<Unknown>>) -> Self {
        match unknown {
            Some(cause) => self.and(Self::Maybe(Arc::clone(cause))),
            None => self,
        }
    }

    pub(crate) fn is_no(&self) -> bool {
        *self == Self::No
    }

    /// Why the answer is not known.
    pub(crate) fn cause(&self) -> Option<&Arc<Unknown>> {
        match self {
            Self::Maybe(cause) => Some(cause),
            Self::No | Self::Yes => None,
        }
    }
}

/// Reasons for uncertainty that have no place in the input.
pub(super) struct Reason(LazyLock<Arc<Unknown>>);

impl Reason {
    pub(super) fn get(&self) -> Arc<Unknown> {
        Arc::clone(&self.0)
    }
}

/// A role or binding lives in a namespace that nobody wrote.
pub(super) static UNSET: Reason = Reason(LazyLock::new(|| {
    other("whoever applies it chooses the namespace")
}));

/// Several objects have one name, and only one of them can exist.
pub(super) static DUPLICATE: Reason = Reason(LazyLock::new(|| {
    other("several resources with different content have this name")
}));

/// Who is in which group is not stored in a cluster.
pub(super) static MEMBERSHIP: Reason = Reason(LazyLock::new(|| {
    other("the groups of users are not stored in a cluster")
}));

/// Roles that aggregate each other.
pub(super) static CYCLE: Reason = Reason(LazyLock::new(|| {
    other("roles that aggregate each other may keep rules that they once had")
}));

/// There is more than is followed.
pub(super) static SPENT: Reason = Reason(LazyLock::new(|| {
    other("more roles may be meant than are followed")
}));

fn other(text: &str) -> Arc<Unknown> {
    Arc::new(Unknown::new(Cause::Other(text.into())))
}
