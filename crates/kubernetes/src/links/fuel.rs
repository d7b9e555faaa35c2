//! A bound on the work of linking.

use std::cell::Cell;
use std::sync::{Arc, LazyLock};

use graph::{Cause, Unknown};

/// How many comparisons may still be made. Real input needs a few for each resource; without the bound, many selectors that
/// all match many pods would take time that grows with the square of the input.
pub(super) struct Fuel(Cell<usize>);

/// Why something is unknown that was not computed.
static SPENT: LazyLock<Arc<Unknown>> = LazyLock::new(|| {
    let cause = Cause::Other("more resources may be meant than are followed".into());
    Arc::new(Unknown::new(cause))
});

impl Fuel {
    /// Fuel for a graph of so many resources.
    pub(super) fn new(resources: usize) -> Self {
        Self(Cell::new(10_000_000 + 2_000 * resources))
    }

    /// Takes fuel for some comparisons; `false` where there is not enough.
    pub(super) fn spend(&self, comparisons: usize) -> bool {
        match self.0.get().checked_sub(comparisons) {
            Some(left) => self.0.set(left),
            None => return false,
        }
        true
    }
}

/// Why something is unknown that was not computed.
pub(super) fn spent() -> Arc<Unknown> {
    Arc::clone(&SPENT)
}
