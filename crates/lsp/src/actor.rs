//! The one thread that changes what the server knows: it takes what it is told one after the other.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use source::FileSystem;
use tokio::sync::mpsc::UnboundedSender;

use crate::analyst::Analyst;
use crate::event::Event;
use crate::outgoing::Outgoing;
use crate::settings::Settings;
use crate::snapshot::{Revision, Snapshot};
use crate::state::State;
use crate::types::MessageType;
use crate::worker;

/// Starts the thread, which ends with [`Event::Stop`].
pub(crate) fn start(
    system: Arc<dyn FileSystem + Send>,
    outgoing: UnboundedSender<Outgoing>,
) -> Sender<Event> {
    let (events, waiting) = channel();
    let jobs = worker::start(Analyst::new(Arc::clone(&system)), events.clone());
    let name = "state".to_owned();
    let work = move || run(&waiting, &system, &jobs, &outgoing);
    // Without the thread nothing is told; whoever sends to it finds that it is gone.
    let _ = thread::Builder::new().name(name).spawn(work);
    events
}

fn run(
    waiting: &Receiver<Event>,
    system: &Arc<dyn FileSystem + Send>,
    jobs: &Sender<Snapshot>,
    outgoing: &UnboundedSender<Outgoing>,
) {
    let mut actor: Option<Actor<'_>> = None;
    while let Ok(event) = waiting.recv() {
        match (event, &mut actor) {
            (Event::Stop, _) => return,
            (Event::Start(state, wrong), _) => {
                let started = Actor {
                    state: *state,
                    system: &**system,
                    outgoing: outgoing.clone(),
                    jobs,
                    asked: Revision::default(),
                    is_ready: false,
                };
                started.complain(wrong);
                actor = Some(started);
            }
            (event, Some(actor)) => {
                actor.take(event);
                actor.ask();
            }
            (_, None) => {}
        }
    }
}

struct Actor<'a> {
    state: State,
    system: &'a dyn FileSystem,
    outgoing: UnboundedSender<Outgoing>,
    jobs: &'a Sender<Snapshot>,
    /// The revision whose analysis was asked for last.
    asked: Revision,
    is_ready: bool,
}

impl Actor<'_> {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(..) | Event::Stop => {}
            Event::Ready => {
                self.is_ready = true;
                if self.state.client().watches {
                    self.tell(Outgoing::Watch);
                }
            }
            Event::Opened(params) => self.state.open(self.system, params.text_document),
            Event::Changed(params) => self.state.change(&params),
            Event::Closed(params) => self.state.close(&params.text_document),
            Event::Disk => self.state.touch(),
            Event::Folders { added, removed } => self.state.set_folders(added, &removed),
            Event::Settings(value) => {
                let (settings, wrong) = Settings::read(&value);
                self.complain(wrong);
                self.state.set_settings(settings);
            }
            Event::Analyzed(revision, diagnostics) => {
                for publication in self.state.publish(revision, diagnostics) {
                    self.tell(Outgoing::Publish(publication));
                }
            }
            Event::Failed(revision, text) => self.fail(revision, &text),
        }
    }

    /// Asks for the analysis of the present revision, once.
    fn ask(&mut self) {
        if self.is_ready && self.asked != self.state.revision() {
            self.asked = self.state.revision();
            // Where the thread is gone, it said why.
            let _ = self.jobs.send(self.state.snapshot());
        }
    }

    fn fail(&self, revision: Revision, text: &str) {
        let text = source::neutral(text);
        let log = format!("the analysis of revision {} failed: {text}", revision.0);
        self.tell(Outgoing::Log(MessageType::ERROR, log));
        if revision == self.state.revision() {
            let text = "Scantling could not analyze this text, which is a fault of its own; its log says more";
            self.tell(Outgoing::Show(MessageType::ERROR, text.to_owned()));
        }
    }

    fn complain(&self, wrong: Vec<String>) {
        for text in wrong {
            self.tell(Outgoing::Show(
                MessageType::WARNING,
                format!("Scantling: {text}"),
            ));
        }
    }

    fn tell(&self, message: Outgoing) {
        // Nobody listens any more when the client is gone.
        let _ = self.outgoing.send(message);
    }
}

/// The folders of a workspace that are files of the disk.
pub(crate) fn paths(folders: &[crate::types::WorkspaceFolder]) -> Vec<PathBuf> {
    let uris = folders.iter().map(|folder| &folder.uri);
    uris.filter_map(crate::uri::path_of).collect()
}
