//! What stands for the present state of something.

use std::sync::atomic::{AtomicU64, Ordering};

/// What stands for the present state of something: as long as it is the same, so is what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stamp(u64, u64);

impl Stamp {
    /// What stands for nothing being there.
    pub const ABSENT: Self = Self(0, 0);

    /// One that no other state has.
    #[must_use]
    pub fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self(NEXT.fetch_add(1, Ordering::Relaxed), 0)
    }

    /// Whether this one was made before another; both are of [`Stamp::new`].
    pub(super) fn is_before(self, other: Self) -> bool {
        self.0 < other.0
    }

    /// What stands for two states together, each of which [`Stamp::new`] made.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0, other.0)
    }
}

/// A moment of a file system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// What stands for the file system.
    pub(super) whose: Stamp,
    pub(super) at: Stamp,
}

impl Default for Stamp {
    fn default() -> Self {
        Self::new()
    }
}
