//! How far the first analysis of a workspace is, as editors show it.

use std::sync::Mutex;
use std::sync::mpsc::Sender;

use analysis::Progress;

use crate::event::Event;

/// How often a stage of the work is told of while it goes on.
const PARTS: usize = 10;

/// What is told of work that goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Loading {
    Began,
    /// What is done now.
    Does(String),
    Ended,
}

/// Tells of the work of one analysis, from its making to its end.
pub(crate) struct Teller {
    events: Sender<Event>,
    stage: Mutex<Stage>,
}

#[derive(Default)]
struct Stage {
    name: &'static str,
    steps: usize,
    done: usize,
}

impl Teller {
    pub(crate) fn new(events: Sender<Event>) -> Self {
        let teller = Self {
            events,
            stage: Mutex::default(),
        };
        teller.tell(Loading::Began);
        teller
    }

    fn tell(&self, loading: Loading) {
        // Nobody listens any more when the server stops.
        let _ = self.events.send(Event::Loading(loading));
    }

    /// Changes the stage, and tells what is done where a part of it begins.
    fn with(&self, change: impl FnOnce(&mut Stage)) {
        let Ok(mut stage) = self.stage.lock() else {
            return;
        };
        change(&mut stage);
        let part = (stage.steps / PARTS).max(1);
        // Steps of a stage that goes on beside a later one are more than that has.
        if stage.done % part == 0 && stage.done <= stage.steps {
            let Stage { name, steps, done } = *stage;
            self.tell(Loading::Does(format!("{name} {done} of {steps}")));
        }
    }
}

impl Drop for Teller {
    fn drop(&mut self) {
        self.tell(Loading::Ended);
    }
}

impl Progress for Teller {
    fn stage(&self, name: &'static str, steps: usize) {
        self.with(|stage| {
            *stage = Stage {
                name,
                steps,
                done: 0,
            };
        });
    }

    fn step(&self) {
        self.with(|stage| stage.done += 1);
    }
}
