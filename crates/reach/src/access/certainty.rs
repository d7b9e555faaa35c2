//! Why answers about access are not known, where the input has no place that says so.

use std::sync::{Arc, LazyLock};

use graph::{Cause, Unknown};

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
