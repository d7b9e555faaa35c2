//! The thread that analyzes: it takes the newest snapshot and leaves those before it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use crate::analyst::Analyst;
use crate::event::Event;
use crate::snapshot::Snapshot;

/// Starts the thread, which ends when nothing more can come.
pub(crate) fn start(mut analyst: Analyst, events: Sender<Event>) -> Sender<Snapshot> {
    let (jobs, waiting) = channel();
    let work = move || {
        while let Some(snapshot) = newest(&waiting) {
            if events.send(answer(&mut analyst, &snapshot)).is_err() {
                return;
            }
        }
    };
    let name = "analysis".to_owned();
    // Without the thread nothing is told of any file; whoever sends to it finds that it is gone.
    let _ = thread::Builder::new().name(name).spawn(work);
    jobs
}

fn newest(waiting: &Receiver<Snapshot>) -> Option<Snapshot> {
    let first = waiting.recv().ok()?;
    Some(waiting.try_iter().last().unwrap_or(first))
}

/// A fault of this program costs the answer and not the server.
fn answer(analyst: &mut Analyst, snapshot: &Snapshot) -> Event {
    match catch_unwind(AssertUnwindSafe(|| analyst.analyze(snapshot))) {
        Ok(diagnostics) => Event::Analyzed(snapshot.revision, diagnostics),
        Err(panic) => {
            analyst.forget();
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
            let text = text.unwrap_or("no reason given").to_owned();
            Event::Failed(snapshot.revision, text)
        }
    }
}
