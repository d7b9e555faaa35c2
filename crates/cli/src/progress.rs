//! A progress bar, for work that takes long enough to wonder.

use std::io::IsTerminal as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use analysis::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Shorter work is not worth a bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// A bar on the standard error, which goes away when it is dropped.
pub(crate) struct Bar {
    bar: ProgressBar,
    started: Instant,
    shown: AtomicBool,
}

impl Bar {
    /// A bar that shows itself when the work takes long, where somebody is there to see it.
    pub(crate) fn new() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let hidden = !std::io::stderr().is_terminal();
        Self {
            bar,
            started: Instant::now(),
            shown: AtomicBool::new(hidden),
        }
    }
}

impl Progress for Bar {
    fn stage(&self, name: &'static str, steps: usize) {
        self.bar.set_message(name);
        self.bar.set_length(steps as u64);
        self.bar.set_position(0);
    }

    fn step(&self) {
        self.bar.inc(1);
        if self.started.elapsed() > PATIENCE && !self.shown.swap(true, Ordering::Relaxed) {
            if let Ok(style) = ProgressStyle::with_template("{msg:10} [{bar:32}] {pos}/{len}") {
                self.bar.set_style(style.progress_chars("=> "));
            }
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl cluster::Progress for Bar {
    fn kinds(&self, number: usize) {
        self.stage("cluster", number);
    }

    fn kind(&self) {
        self.step();
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
