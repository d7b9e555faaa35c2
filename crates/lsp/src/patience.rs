//! Open documents come first: the first analysis of all waits at its steps while these are looked at.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use analysis::Progress;

use crate::loading::Teller;

/// How long it waits at most; then it goes on, whatever the matter is.
const LONGEST: Duration = Duration::from_millis(500);

/// Whether open documents are being looked at.
#[derive(Clone, Default)]
pub(crate) struct Looking(Arc<(Mutex<bool>, Condvar)>);

impl Looking {
    pub(crate) fn set(&self, is_so: bool) {
        let (state, changed) = &*self.0;
        if let Ok(mut state) = state.lock() {
            *state = is_so;
            changed.notify_all();
        }
    }

    /// Waits until nobody looks. Returns whether that was worth it.
    fn wait(&self) -> bool {
        let (state, changed) = &*self.0;
        let Ok(state) = state.lock() else {
            return false;
        };
        let waited = changed.wait_timeout_while(state, LONGEST, |is_so| *is_so);
        waited.is_ok_and(|(_, result)| !result.timed_out())
    }
}

/// An analysis that waits at its steps, and may tell of them.
pub(crate) struct Patient {
    looking: Looking,
    gave_up: AtomicBool,
    teller: Option<Teller>,
}

impl Patient {
    pub(crate) fn new(looking: Looking, teller: Option<Teller>) -> Self {
        Self {
            looking,
            gave_up: AtomicBool::new(false),
            teller,
        }
    }

    fn wait(&self) {
        if !self.gave_up.load(Ordering::Relaxed) && !self.looking.wait() {
            self.gave_up.store(true, Ordering::Relaxed);
        }
    }
}

impl Progress for Patient {
    fn stage(&self, name: &'static str, steps: usize) {
        self.wait();
        if let Some(teller) = &self.teller {
            teller.stage(name, steps);
        }
    }

    fn step(&self) {
        self.wait();
        if let Some(teller) = &self.teller {
            teller.step();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn the_analysis_goes_on_when_the_look_is_over() {
        let looking = Looking::default();
        looking.set(true);
        let patient = Patient::new(looking.clone(), None);
        let work = thread::spawn(move || {
            patient.step();
            patient.gave_up.load(Ordering::Relaxed)
        });
        looking.set(false);
        assert!(!work.join().unwrap());
    }

    #[test]
    fn the_analysis_waits_for_a_look_without_end_once() {
        let looking = Looking::default();
        looking.set(true);
        let patient = Patient::new(looking, None);
        for _ in 0..1_000 {
            patient.step();
        }
        assert!(patient.gave_up.load(Ordering::Relaxed));
    }
}
