//! The program without a terminal and without threads of its own, for benchmarks.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use analysis::{Options, Snapshot};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use source::FileSystem;

use crate::draw::view;
use crate::keys::Press;
use crate::log::Log;
use crate::message::{Effect, Message};
use crate::state::{Settings, State};
use crate::worker::{Job, Teller, Worker};

/// The program without a terminal.
pub struct Headless<S> {
    state: State,
    worker: Worker<S>,
    inbox: Receiver<Message>,
    terminal: Terminal<TestBackend>,
}

impl<S: FileSystem> Headless<S> {
    /// A program that has scanned nothing yet, on a screen of so many columns and lines.
    ///
    /// # Errors
    /// When there is no memory for the screen.
    pub fn new(system: S, options: Options, size: (u16, u16)) -> Result<Self, String> {
        let (messages, inbox) = channel();
        let teller = Teller::new(messages, Arc::new(|| {}), Log::default());
        let terminal = Terminal::new(TestBackend::new(size.0, size.1));
        Ok(Self {
            state: State::new(Settings::default(), size),
            worker: Worker::new(system, options, teller),
            inbox,
            terminal: terminal.map_err(|error| error.to_string())?,
        })
    }

    /// Scans the files.
    pub fn scan(&mut self) {
        self.worker.take(Job::Scan);
        self.hear();
    }

    /// What runs is this from now on.
    pub fn replace(&mut self, snapshot: Arc<Snapshot>) {
        self.worker.take(Job::Replace(snapshot));
        self.hear();
    }

    /// Presses a key by its name.
    pub fn press(&mut self, name: &str) {
        if let Some(press) = Press::parse(name) {
            self.send(Message::Pressed(press));
        }
    }

    /// Draws the screen.
    pub fn draw(&mut self) {
        let state = &self.state;
        // A screen in memory takes everything.
        let _ = self.terminal.draw(|frame| view(state, frame));
    }

    /// The number of lines of the page.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.state.page.rows.len()
    }

    fn hear(&mut self) {
        while let Ok(message) = self.inbox.try_recv() {
            self.send(message);
        }
    }

    fn send(&mut self, message: Message) {
        for effect in self.state.update(message, 0) {
            if let Effect::Ask(question) = effect {
                self.worker.take(Job::Ask(question));
            }
        }
    }
}
