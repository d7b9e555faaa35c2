//! What a run may cost.

use super::{Failure, Run};

/// What a run may cost. Steps are counted, so that the same input always ends at the same place.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// The actions, calls and elements that may still be looked at.
    pub steps: u64,
    /// The bytes that one text may have. A release that is larger than a fraction of the default fits into no cluster.
    pub bytes: usize,
    /// How many templates may run inside each other. Helm lets each name include itself a thousand times.
    pub depth: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            steps: 10_000_000,
            bytes: 16 << 20,
            depth: 3_000,
        }
    }
}

/// What a piece of a text costs in steps: as much memory as a hundred bytes and more.
const PIECE: u64 = 8;

impl Run {
    /// Does some of the work with half of the steps that are left, so that the rest can be done too.
    pub fn with_half<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let kept = self.bounds.steps / 2;
        self.bounds.steps -= kept;
        let result = work(self);
        self.bounds.steps += kept;
        result
    }

    /// Pays for pieces of a text.
    ///
    /// # Errors
    /// When the run did too much already.
    pub fn spend_on_pieces(&mut self, pieces: usize) -> Result<(), Failure> {
        self.spend((pieces as u64).saturating_mul(PIECE))
    }

    /// What the run cost so far, in steps.
    #[must_use]
    pub fn spent(&self) -> u64 {
        Bounds::default().steps.saturating_sub(self.bounds.steps)
    }

    /// Pays for work.
    ///
    /// # Errors
    /// When the run did too much already.
    pub fn spend(&mut self, steps: u64) -> Result<(), Failure> {
        match self.bounds.steps.checked_sub(steps) {
            Some(left) => self.bounds.steps = left,
            None => {
                self.bounds.steps = 0;
                return Err(Failure::bound("rendering takes too many steps"));
            }
        }
        Ok(())
    }

    /// Asks before a value of so many bytes is made.
    ///
    /// # Errors
    /// When it is too large, or the run did too much already.
    pub fn room_for(&mut self, bytes: usize) -> Result<(), Failure> {
        self.room_for_more(0, bytes)
    }

    /// Asks before something grows that has so many bytes already.
    ///
    /// # Errors
    /// When it becomes too large, or the run did too much already.
    pub fn room_for_more(&mut self, existing: usize, bytes: usize) -> Result<(), Failure> {
        if existing.saturating_add(bytes) > self.bounds.bytes {
            return Err(Failure::bound(format!(
                "the result is larger than {} bytes",
                self.bounds.bytes
            )));
        }
        self.spend(bytes as u64 / 64)
    }
}
