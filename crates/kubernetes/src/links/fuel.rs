//! A bound on the work of linking.

use std::cell::Cell;
use std::sync::{Arc, LazyLock};

use graph::{Cause, Unknown};

/// How many comparisons may still be made. Real input needs a few for each resource; without the bound, many selectors that
/// all match many pods would take time that grows with the square of the input.
pub(super) struct Fuel {
    left: Cell<usize>,
    is_short: Cell<bool>,
}

/// There is not enough fuel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spent;

/// Why something is unknown that was not computed.
static UNKNOWN: LazyLock<Arc<Unknown>> = LazyLock::new(|| {
    let cause = Cause::Other("more resources may be meant than are followed".into());
    Arc::new(Unknown::new(cause))
});

impl Fuel {
    /// Fuel for a graph of so many resources.
    pub(super) fn new(resources: usize) -> Self {
        Self {
            left: Cell::new(2_000_000 + 100 * resources),
            is_short: Cell::new(false),
        }
    }

    /// Takes fuel for some comparisons.
    pub(super) fn spend(&self, comparisons: usize) -> Result<(), Spent> {
        match self.left.get().checked_sub(comparisons) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => {
                self.is_short.set(true);
                Err(Spent)
            }
        }
    }

    /// How many comparisons may still be made.
    pub(super) fn left(&self) -> usize {
        self.left.get()
    }

    /// Whether some comparison was not made.
    pub(super) fn is_short(&self) -> bool {
        self.is_short.get()
    }
}

impl Spent {
    /// What is known of what was not computed.
    pub(super) fn unknown(self) -> Arc<Unknown> {
        Arc::clone(&UNKNOWN)
    }
}
