//! The one thread that changes what the server knows: it takes what it is told one after the other.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use serde_json::Value;
use source::{Cached, FileSystem};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;

use crate::analyst::Analyst;
use crate::disk::{self, Disk, Happened};
use crate::event::{Event, Given};
use crate::outgoing::Outgoing;
use crate::patience::Looking;
use crate::preview;
use crate::pull::Pulls;
use crate::settings::Settings;
use crate::snapshot::{Present, Revision, Snapshot};
use crate::state::{Publication, State};
use crate::types::{
    DidChangeWatchedFilesParams, DidSaveTextDocumentParams, FileChangeType, MessageType, Uri,
};
use crate::uri::path_of;
use crate::worker::{self, Answer, Ask, Job, Question};

/// Starts the thread, which ends with [`Event::Stop`].
pub(crate) fn start(
    system: Arc<dyn FileSystem>,
    outgoing: UnboundedSender<Outgoing>,
) -> Sender<Event> {
    let disk: Disk = Arc::new(Cached::new(system));
    let (events, waiting) = channel();
    let present = Present::default();
    let looking = Looking::default();
    let analyst = Analyst::new(Arc::clone(&disk));
    let jobs = worker::start(analyst, events.clone(), (present.clone(), looking.clone()));
    let name = "state".to_owned();
    let channels = Channels {
        jobs,
        outgoing,
        events: events.clone(),
        present,
        looking,
    };
    let work = move || run(&waiting, &disk, &channels);
    // Without the thread nothing is told; whoever sends to it finds that it is gone.
    let _ = thread::Builder::new().name(name).spawn(work);
    events
}

/// The ways to the other threads.
struct Channels {
    jobs: Sender<Job>,
    outgoing: UnboundedSender<Outgoing>,
    /// The way back.
    events: Sender<Event>,
    present: Present,
    looking: Looking,
}

fn run(waiting: &Receiver<Event>, disk: &Disk, channels: &Channels) {
    let mut actor: Option<Actor<'_>> = None;
    while let Ok(event) = waiting.recv() {
        match (event, &mut actor) {
            (Event::Stop, _) => return,
            (Event::Start(state, wrong, given), _) => {
                let asks_for_settings = given == Given::Nothing && state.client().configures;
                let started = Actor {
                    state: *state,
                    disk,
                    channels,
                    previews: None,
                    pulls: Pulls::default(),
                    asked: Revision::default(),
                    is_ready: false,
                    asks_for_settings,
                };
                started.complain(wrong);
                actor = Some(started);
            }
            (event, Some(actor)) => {
                actor.take(event);
                channels.present.set(actor.state.revision());
                actor.ask();
            }
            (_, None) => {}
        }
    }
}

struct Actor<'a> {
    state: State,
    disk: &'a Disk,
    channels: &'a Channels,
    /// Who looks at open documents while a folder was not analyzed yet.
    previews: Option<Sender<Box<Snapshot>>>,
    pulls: Pulls,
    /// The revision whose analysis was asked for last.
    asked: Revision,
    is_ready: bool,
    /// Whether the client gave no settings when it started and can be asked for them.
    asks_for_settings: bool,
}

impl Actor<'_> {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(..) | Event::Stop => {}
            Event::Moved(uris) => self.moved(&uris),
            Event::Ready => {
                self.is_ready = true;
                self.start_previews();
                if self.asks_for_settings {
                    self.tell(Outgoing::Configure);
                }
                if self.state.client().watches {
                    self.tell(Outgoing::Watch);
                }
            }
            Event::Opened(params) => {
                self.state.open(self.disk, params.text_document);
                self.send_unasked();
            }
            Event::Changed(params) => self.state.change(&params),
            Event::Closed(params) => {
                self.state.close(&params.text_document);
                // What was said of its text alone is not said of the file.
                if self.previews.is_some() {
                    let news = self.state.retract(params.text_document.uri);
                    self.publish(news);
                }
            }
            Event::Saved(params) => self.saved(&params),
            Event::Watched(params) => self.watched(&params),
            Event::Folders { added, removed } => {
                if !added.is_empty() {
                    self.start_previews();
                }
                self.state.set_folders(added, &removed);
            }
            Event::Settings(value) if says_nothing(&value) => {
                // Such a client says only that something may have changed; others keep what they said.
                if self.state.client().configures {
                    self.tell(Outgoing::Configure);
                }
            }
            Event::Settings(value) => {
                let (settings, wrong) = Settings::read(&value);
                self.complain(wrong);
                self.state.set_settings(settings);
            }
            Event::Previewed(revision, diagnostics) => {
                let news = self.state.preview(revision, &diagnostics);
                self.publish(news);
            }
            Event::Analyzed(revision, diagnostics) => {
                if revision == self.state.revision() {
                    self.previews = None;
                }
                let news = self.state.publish(revision, diagnostics);
                if !news.is_empty() {
                    self.refresh();
                }
                self.publish(news);
            }
            Event::Open(page) => {
                if self.state.client().shows_documents {
                    self.tell(Outgoing::Open(page));
                }
            }
            Event::Loading(loading) => self.tell(Outgoing::Loading(loading)),
            Event::PulledDocument(pull) => {
                self.pulls.document(&self.state, pull);
                self.give_up();
            }
            Event::PulledAll(pull) => {
                self.pulls.workspace(&self.state, pull);
                self.send_unasked();
                self.give_up();
            }
            Event::Failed(revision, text) => {
                self.fail(revision, &text);
                self.state.fail(revision);
                self.give_up();
            }
            Event::Asked(uri, ask, reply) => self.question(&uri, ask, reply),
        }
    }

    /// A client that watches no files says only this of the disk.
    fn saved(&mut self, params: &DidSaveTextDocumentParams) {
        let path = path_of(&params.text_document.uri);
        let happened = match self.state.client().watches {
            true => Happened::Changed,
            false => Happened::CameOrWent,
        };
        if path.is_some_and(|path| disk::note(self.disk, &path, happened)) {
            self.state.touch();
        }
    }

    /// Files came, went or got other names by the hand of the user.
    fn moved(&mut self, uris: &[Uri]) {
        let paths = uris.iter().filter_map(path_of);
        let notes = paths.map(|path| disk::note(self.disk, &path, Happened::CameOrWent));
        if notes.filter(|matters| *matters).count() > 0 {
            self.state.touch();
        }
    }

    fn watched(&mut self, params: &DidChangeWatchedFilesParams) {
        let notes = params.changes.iter().map(|event| {
            let happened = match event.typ {
                FileChangeType::CHANGED => Happened::Changed,
                _ => Happened::CameOrWent,
            };
            let path = path_of(&event.uri);
            path.is_some_and(|path| disk::note(self.disk, &path, happened))
        });
        // All of them are noted, whether the first matters or not.
        if notes.filter(|matters| *matters).count() > 0 {
            self.state.touch();
        }
    }

    /// Asks for the analysis of the present revision, once.
    fn ask(&mut self) {
        if self.is_ready && self.asked != self.state.revision() {
            self.asked = self.state.revision();
            let snapshot = Box::new(self.state.snapshot());
            if let Some(previews) = &self.previews {
                let is_sent = previews.send(snapshot.clone()).is_ok();
                // Where the thread is gone, all is told a little later.
                self.channels
                    .looking
                    .set(is_sent && !snapshot.open.is_empty());
            }
            // Where the thread is gone, it said why.
            let _ = self.channels.jobs.send(Job::Analyze(snapshot));
        }
    }

    /// Lets open documents be looked at until all is analyzed.
    fn start_previews(&mut self) {
        let analyst = Analyst::new(Arc::clone(self.disk));
        self.previews = Some(preview::start(
            analyst,
            self.channels.events.clone(),
            self.channels.looking.clone(),
        ));
    }

    /// Sends news, or answers who asked for them and lets others ask.
    fn publish(&mut self, news: Vec<Publication>) {
        if !self.state.client().pulls {
            for publication in news {
                self.tell(Outgoing::Publish(publication));
            }
            return;
        }
        // What is told before all is known is not worth asking for again.
        let is_left = self.pulls.answer(&self.state, &news);
        if is_left && self.state.is_analyzed() {
            self.tell(Outgoing::Refresh);
        }
        self.send_unasked();
    }

    /// Lets nobody wait for an analysis that failed.
    fn give_up(&mut self) {
        if self.state.has_failed() {
            self.pulls.give_up();
        }
    }

    /// Lets the client ask again for what it shows beside diagnostics, and what may have changed with them.
    fn refresh(&self) {
        let refreshes = self.state.client().refreshes;
        if refreshes.lenses {
            self.tell(Outgoing::RefreshLenses);
        }
        if refreshes.hints && self.state.settings().inlay_hints {
            self.tell(Outgoing::RefreshHints);
        }
    }

    /// Sends what a client that asks for documents does not ask for.
    fn send_unasked(&mut self) {
        if self.state.client().pulls {
            for publication in self.state.unasked(self.pulls.asks_for_all) {
                self.tell(Outgoing::Publish(publication));
            }
        }
    }

    /// Passes on what is asked of the present revision: it is answered when that is analyzed.
    fn question(&self, uri: &Uri, ask: Ask, reply: oneshot::Sender<Answer>) {
        let Some(path) = self.state.path(self.disk, uri) else {
            // Who asked may have gone meanwhile.
            let _ = reply.send(Answer::Nothing);
            return;
        };
        let question = Question {
            revision: self.state.revision(),
            path,
            ask,
            reply,
        };
        // Where the thread is gone, whoever asked finds that nobody answers.
        let _ = self.channels.jobs.send(Job::Answer(question));
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
        let _ = self.channels.outgoing.send(message);
    }
}

/// The folders of a workspace that are files of the disk.
pub(crate) fn paths(folders: &[crate::types::WorkspaceFolder]) -> Vec<PathBuf> {
    let uris = folders.iter().map(|folder| &folder.uri);
    uris.filter_map(path_of).collect()
}

/// Whether a value for the settings holds none: nothing, or an empty object.
fn says_nothing(value: &Value) -> bool {
    value.is_null() || value.as_object().is_some_and(serde_json::Map::is_empty)
}
