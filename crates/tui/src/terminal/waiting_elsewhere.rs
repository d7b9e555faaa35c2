//! Waiting where a terminal and a pipe can't be waited for at once: the terminal is asked now and then.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossterm::event::poll;

/// How long the terminal is waited for at once.
const OFTEN: Duration = Duration::from_millis(30);

/// What the system tells the program: nothing here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    /// It is to end.
    End(i32),
    /// It is to stop.
    Stop,
    /// The terminal is gone.
    Gone,
}

/// Waits for the terminal and for the analysis.
pub(crate) struct Waiting {
    is_woken: Arc<AtomicBool>,
}

impl Waiting {
    /// # Errors
    /// Never.
    pub(crate) fn new() -> io::Result<Self> {
        let is_woken = Arc::default();
        Ok(Self { is_woken })
    }

    /// What wakes who waits, from any thread.
    pub(crate) fn waker(&self) -> Arc<dyn Fn() + Send + Sync> {
        let is_woken = Arc::clone(&self.is_woken);
        Arc::new(move || is_woken.store(true, Ordering::SeqCst))
    }

    /// Waits until there is something to do, or so long.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub(crate) fn wait(&mut self, timeout: Option<Duration>) -> io::Result<()> {
        let start = Instant::now();
        let is_over = || timeout.is_some_and(|timeout| start.elapsed() >= timeout);
        while !self.is_woken.swap(false, Ordering::SeqCst) && !poll(OFTEN)? && !is_over() {}
        Ok(())
    }

    /// What the system told since the last time.
    pub(crate) fn signal(&self) -> Option<Signal> {
        None
    }

    /// There is no stopping here.
    pub(crate) fn stop() {}

    /// There is no ending by a signal here.
    pub(crate) fn end(_signal: i32) {}
}
