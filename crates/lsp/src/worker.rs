//! The thread that analyzes: it takes the newest snapshot and leaves those before it, and answers what is asked of that one.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use analysis::{NoProgress, Wanted};
use tokio::sync::oneshot;

use crate::actions::{Asked, Explanation, FixOfCheck};
use crate::analyst::Analyst;
use crate::event::Event;
use crate::loading::Teller;
use crate::patience::{Looking, Patient};
use crate::snapshot::{Present, Revision, Snapshot};
use crate::types::{
    CodeActionResponse, CodeLens, CompletionItem, DocumentLink, DocumentSymbolResponse, Hover,
    InlayHint, Location, Position, Range, WorkspaceEdit,
};

/// What the thread is to do.
pub(crate) enum Job {
    Analyze(Box<Snapshot>),
    Answer(Question),
}

/// What a client asks of a revision.
pub(crate) struct Question {
    pub(crate) revision: Revision,
    pub(crate) path: PathBuf,
    pub(crate) ask: Ask,
    pub(crate) reply: oneshot::Sender<Answer>,
}

/// What a client asks of a file.
pub(crate) enum Ask {
    Actions(Asked),
    /// What an action changes that somebody chose.
    Resolve(Box<FixOfCheck>),
    Hover(Position),
    /// The explanation of a check.
    Explain(String),
    /// The places of what a text names.
    Places(Position, Wanted),
    Symbols,
    Links,
    Lenses,
    Hints(Range),
    Completions(Position),
    /// The manifests of the chart or kustomization that the file belongs to.
    Rendered,
}

/// The answer to a question.
pub(crate) enum Answer {
    Actions(CodeActionResponse),
    Edit(Option<WorkspaceEdit>),
    Hover(Option<Hover>),
    Explanation(Option<Explanation>),
    Places(Option<Vec<Location>>),
    Symbols(Option<DocumentSymbolResponse>),
    Links(Option<Vec<DocumentLink>>),
    Lenses(Option<Vec<CodeLens>>),
    Hints(Option<Vec<InlayHint>>),
    Completions(Option<Vec<CompletionItem>>),
    Rendered(Option<String>),
    /// The document is none that anything is known of.
    Nothing,
    /// The texts changed, so the answer would be for others.
    Over,
    /// The answer failed by a fault of this program.
    Failed,
}

/// Starts the thread, which ends when nothing more can come.
pub(crate) fn start(
    analyst: Analyst,
    events: Sender<Event>,
    (now, looking): (Present, Looking),
) -> Sender<Job> {
    let (jobs, waiting) = channel();
    let mut worker = Worker {
        analyst,
        events,
        now,
        looking,
        present: None,
        failed: None,
    };
    let work = move || {
        while let Ok(first) = waiting.recv() {
            worker.take(first, &waiting);
        }
    };
    let name = "analysis".to_owned();
    // Without the thread nothing is told of any file; whoever sends to it finds that it is gone.
    let _ = thread::Builder::new().name(name).spawn(work);
    jobs
}

struct Worker {
    analyst: Analyst,
    events: Sender<Event>,
    /// What is there now, which may be more than what was sent here.
    now: Present,
    looking: Looking,
    /// What was analyzed last.
    present: Option<Box<Snapshot>>,
    /// The last revision whose analysis failed.
    failed: Option<Revision>,
}

impl Worker {
    fn take(&mut self, first: Job, waiting: &Receiver<Job>) {
        let mut newest = None;
        let mut questions = Vec::new();
        for job in std::iter::once(first).chain(waiting.try_iter()) {
            match job {
                Job::Analyze(snapshot) => newest = Some(snapshot),
                Job::Answer(question) => questions.push(question),
            }
        }
        if let Some(snapshot) = newest {
            let event = self.analyze(snapshot);
            self.tell(event);
        }
        for question in questions {
            self.answer(question);
        }
    }

    fn analyze(&mut self, snapshot: Box<Snapshot>) -> Event {
        let revision = snapshot.revision;
        self.present = None;
        let is_new = self.analyst.is_new(&snapshot);
        // What is told of later analyses would only flicker.
        let is_shown = is_new && snapshot.client.shows_progress;
        let teller = is_shown.then(|| Teller::new(self.events.clone()));
        let patient = is_new.then(|| Patient::new(self.looking.clone(), teller));
        let work = |analyst: &mut Analyst| match &patient {
            Some(patient) => analyst.analyze(&snapshot, patient),
            None => analyst.analyze(&snapshot, &NoProgress),
        };
        match self.guarded(work) {
            Ok(diagnostics) => {
                self.present = Some(snapshot);
                Event::Analyzed(revision, diagnostics)
            }
            Err(why) => {
                self.failed = Some(revision);
                Event::Failed(revision, why)
            }
        }
    }

    fn answer(&mut self, question: Question) {
        let Question {
            revision,
            path,
            ask,
            reply,
        } = question;
        // Nobody waits for what was cancelled.
        if reply.is_closed() {
            return;
        }
        let present = self.present.take();
        let answer = match &present {
            Some(snapshot) if snapshot.revision == revision => {
                let now = self.now.clone();
                // Nobody waits for what is cancelled meanwhile, or for an answer about texts that are over.
                let is_over = || reply.is_closed() || !now.is(revision);
                match self.guarded(|analyst| analyst.answer(snapshot, &path, &ask, &is_over)) {
                    // Meanwhile the texts may be others.
                    Ok(answer) if self.now.is(revision) => answer,
                    Ok(_) => Answer::Over,
                    Err(why) => {
                        self.tell(Event::Failed(revision, why));
                        let _ = reply.send(Answer::Failed);
                        return;
                    }
                }
            }
            _ if self.failed == Some(revision) => Answer::Failed,
            _ => Answer::Over,
        };
        self.present = present;
        // Who asked may have gone meanwhile.
        let _ = reply.send(answer);
    }

    /// Does work in which a fault of this program costs what is known, and not the server.
    fn guarded<T>(&mut self, work: impl FnOnce(&mut Analyst) -> T) -> Result<T, String> {
        let analyst = &mut self.analyst;
        catch_unwind(AssertUnwindSafe(|| work(analyst))).map_err(|panic| {
            self.analyst.forget();
            why(&*panic)
        })
    }

    fn tell(&self, event: Event) {
        // Nobody listens any more when the server stops.
        let _ = self.events.send(event);
    }
}

fn why(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("no reason given").to_owned()
}
