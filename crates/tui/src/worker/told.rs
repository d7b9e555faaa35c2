//! How the thread tells: each message wakes the screen.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use analysis::{Progress, Report, Survey};

use crate::log::Log;
use crate::message::Message;
use crate::picture::Picture;

/// Sends messages to the screen and wakes it.
#[derive(Clone)]
pub(crate) struct Teller {
    messages: Sender<Message>,
    wake: Arc<dyn Fn() + Send + Sync>,
    log: Log,
}

impl Teller {
    pub(crate) fn new(
        messages: Sender<Message>,
        wake: Arc<dyn Fn() + Send + Sync>,
        log: Log,
    ) -> Self {
        Self {
            messages,
            wake,
            log,
        }
    }

    pub(crate) fn tell(&self, message: Message) {
        // Nobody looks any more when the program ends.
        let _ = self.messages.send(message);
        (self.wake)();
    }

    pub(crate) fn log(&self, text: impl AsRef<str>) {
        self.log.add(text.as_ref());
    }
}

/// How often the progress of a scan is shown.
const OFTEN: Duration = Duration::from_millis(80);

/// The stages of an analysis, told now and then.
pub(super) struct Stages {
    teller: Teller,
    /// Whether anything is told: later analyses would only flicker.
    is_told: bool,
    stage: Mutex<(&'static str, usize, Instant)>,
    done: AtomicUsize,
}

impl Stages {
    pub(super) fn new(teller: Teller, is_told: bool) -> Self {
        Self {
            teller,
            is_told,
            stage: Mutex::new(("reading", 0, Instant::now())),
            done: AtomicUsize::new(0),
        }
    }
}

impl Progress for Stages {
    fn stage(&self, name: &'static str, steps: usize) {
        self.done.store(0, Ordering::Relaxed);
        let mut stage = self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        *stage = (name, steps, Instant::now());
        if self.is_told {
            self.teller.tell(Message::Stage(name, 0, steps));
        }
    }

    fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if !self.is_told {
            return;
        }
        // Whoever finds another at it has nothing to tell.
        if let Ok(mut stage) = self.stage.try_lock()
            && stage.2.elapsed() >= OFTEN
        {
            stage.2 = Instant::now();
            self.teller.tell(Message::Stage(stage.0, done, stage.1));
        }
    }

    fn is_looking(&self) -> bool {
        self.is_told
    }

    fn found(&self, early: Report) {
        let time = jiff::Timestamp::now().as_second();
        let picture = Picture::new(0, early, Survey::default(), time);
        self.teller.tell(Message::Pictured(Arc::new(picture)));
    }
}

impl ::cluster::Progress for Stages {
    fn kinds(&self, number: usize) {
        self.stage("cluster", number);
    }

    fn kind(&self) {
        self.step();
    }
}
