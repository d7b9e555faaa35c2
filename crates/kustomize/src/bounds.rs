//! What a build may cost.

use std::cell::Cell;

/// The most values that a build may read.
const VALUES: usize = 4_000_000;
/// The most values that a build may copy from one place to others.
const COPIES: usize = 300_000;
/// The most kustomizations that a build may visit; one that several others use counts each time.
const VISITS: usize = 5_000;
/// The most kustomizations that may use each other in a row.
pub(crate) const DEEPEST: usize = 300;
/// The most charts that a build may have rendered.
const CHARTS: usize = 200;
/// The most comparisons of objects and fields.
const STEPS: usize = 200_000_000;
/// The most bytes that the files of generators, and what is generated of them, may have.
const BYTES: usize = 64 << 20;

/// What a build may still cost.
#[derive(Debug)]
pub(crate) struct Bounds {
    values: Cell<usize>,
    copies: Cell<usize>,
    visits: Cell<usize>,
    charts: Cell<usize>,
    steps: Cell<usize>,
    bytes: Cell<usize>,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            values: Cell::new(VALUES),
            copies: Cell::new(COPIES),
            visits: Cell::new(VISITS),
            charts: Cell::new(CHARTS),
            steps: Cell::new(STEPS),
            bytes: Cell::new(BYTES),
        }
    }
}

impl Bounds {
    /// Whether so many values may still be copied.
    pub(crate) fn copy(&self, values: usize) -> bool {
        spend(&self.copies, values)
    }

    /// The same with the fault that tells that they may not.
    pub(crate) fn copies(&self, values: usize) -> Result<(), String> {
        let message = "the kustomization copies too many values";
        self.copy(values)
            .then_some(())
            .ok_or_else(|| message.to_owned())
    }

    /// Whether so many values may still be read.
    pub(crate) fn take(&self, values: usize) -> bool {
        spend(&self.values, values)
    }

    /// The same with the fault that tells that they may not.
    pub(crate) fn values(&self, values: usize) -> Result<(), String> {
        let message = "the kustomization makes too many values";
        self.take(values)
            .then_some(())
            .ok_or_else(|| message.to_owned())
    }

    /// Whether one more kustomization may be visited.
    pub(crate) fn visit(&self) -> bool {
        spend(&self.visits, 1)
    }

    /// Whether one more chart may be rendered.
    pub(crate) fn chart(&self) -> Result<(), String> {
        let message = "the kustomization has too many charts rendered";
        spend(&self.charts, 1)
            .then_some(())
            .ok_or_else(|| message.to_owned())
    }

    /// Whether so many comparisons may still be made.
    pub(crate) fn steps(&self, steps: usize) -> Result<(), String> {
        let message = "the kustomization takes too many steps";
        spend(&self.steps, steps)
            .then_some(())
            .ok_or_else(|| message.to_owned())
    }

    /// Whether so many bytes may still be generated.
    pub(crate) fn bytes(&self, bytes: usize) -> Result<(), String> {
        let message = "the generators take too many bytes";
        spend(&self.bytes, bytes)
            .then_some(())
            .ok_or_else(|| message.to_owned())
    }
}

fn spend(left: &Cell<usize>, cost: usize) -> bool {
    match left.get().checked_sub(cost) {
        Some(rest) => {
            left.set(rest);
            true
        }
        // Something smaller may still be done.
        None => false,
    }
}
