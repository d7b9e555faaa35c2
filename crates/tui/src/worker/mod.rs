//! The thread that analyzes: it takes jobs, and tells what came of them.

mod changes;
mod cluster;
mod told;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Instant;

use analysis::{Fixes, Options, Snapshot, Workspace};
use source::{Disk, FileSystem};

use crate::message::{Answer, Ask, Context, Message, Question, Tone};
use crate::picture::Picture;

pub(crate) use told::Teller;

/// What the thread is to do.
pub(crate) enum Job {
    /// Reads the files again.
    Scan,
    Ask(Question),
    /// What runs is this now.
    Replace(Arc<Snapshot>),
}

/// What is looked at.
pub(crate) struct Target {
    pub(crate) options: Options,
    /// The cluster that is read and followed.
    pub(crate) cluster: Option<::cluster::Options>,
}

/// Starts the thread, which ends when nothing more can come.
pub(crate) fn start(target: Target, teller: Teller) -> Sender<Job> {
    let (jobs, waiting) = channel();
    let again = jobs.clone();
    let work = move || {
        let cluster = target.cluster;
        let mut worker = Worker::new(Disk, target.options, teller);
        match cluster {
            None => worker.run(&waiting, Some(Job::Scan)),
            Some(options) => match cluster::follow(&options, again, &worker.teller) {
                Ok(first) => worker.run(&waiting, Some(Job::Replace(first))),
                Err(why) => worker.teller.tell(Message::Failed(why)),
            },
        }
    };
    // Without the thread nothing is analyzed; whoever sends to it finds that it is gone.
    let _ = thread::Builder::new()
        .name("analysis".to_owned())
        .spawn(work);
    jobs
}

/// What the thread has.
pub(crate) struct Worker<S> {
    system: S,
    workspace: Workspace,
    teller: Teller,
    revision: u64,
    last: Option<Arc<Picture>>,
}

impl<S: FileSystem> Worker<S> {
    pub(crate) fn new(system: S, options: Options, teller: Teller) -> Self {
        let options = Options {
            fixes: Fixes::None,
            ..options
        };
        Self {
            system,
            workspace: Workspace::new(options),
            teller,
            revision: 0,
            last: None,
        }
    }

    fn run(&mut self, waiting: &Receiver<Job>, first: Option<Job>) {
        let mut next = first;
        while let Some(job) = next.take().or_else(|| waiting.recv().ok()) {
            let mut jobs = vec![job];
            jobs.extend(waiting.try_iter());
            // Of several states of what runs only the last is looked at.
            let last = jobs.iter().rposition(|job| matches!(job, Job::Replace(_)));
            let jobs = jobs.into_iter().enumerate();
            for (_, job) in
                jobs.filter(|(at, job)| !matches!(job, Job::Replace(_)) || Some(*at) == last)
            {
                self.guarded(job);
            }
        }
    }

    /// Does a job in which a fault of this program costs what is known, and not the screen.
    fn guarded(&mut self, job: Job) {
        let work = catch_unwind(AssertUnwindSafe(|| self.take(job)));
        if let Err(panic) = work {
            let options = self.workspace.options().clone();
            self.workspace = Workspace::new(options);
            self.teller.tell(Message::Failed(format!(
                "a fault of this program: {}",
                why(&*panic)
            )));
        }
    }

    pub(crate) fn take(&mut self, job: Job) {
        match job {
            Job::Scan => self.scan(),
            Job::Replace(snapshot) => {
                self.teller.tell(Message::Context(Context {
                    name: snapshot.about.context.clone(),
                    version: snapshot.about.version.clone(),
                    is_live: true,
                }));
                self.workspace.replace_snapshot(snapshot);
                self.scan();
            }
            Job::Ask(question) => self.answer(question),
        }
    }

    fn scan(&mut self) {
        let is_first = self.last.is_none();
        let progress = told::Stages::new(self.teller.clone(), is_first);
        let start = Instant::now();
        let report = match self.workspace.scan_watched(&self.system, &progress) {
            Ok(report) => report.clone(),
            Err(error) => return self.teller.tell(Message::Failed(chain(&error))),
        };
        self.revision += 1;
        let time = jiff::Timestamp::now().as_second();
        let survey = self.workspace.survey();
        let picture = Picture::new(self.revision, report, survey, time);
        let picture = match &self.last {
            Some(before) => picture.since(before),
            None => picture,
        };
        self.teller.log(format!(
            "analysis {}: {} findings in {} ms",
            self.revision,
            picture.report.findings.len(),
            start.elapsed().as_millis()
        ));
        let picture = Arc::new(picture);
        self.last = Some(Arc::clone(&picture));
        self.teller.tell(Message::Pictured(picture));
    }

    fn answer(&mut self, question: Question) {
        let revision = question.revision;
        if let Ask::Rescan = question.ask {
            return self.scan();
        }
        let is_old = revision != self.revision;
        match question.ask {
            Ask::Write(changes, title) => {
                let written = changes::write(&self.system, &self.directory(), changes, title);
                let is_written = written.is_ok();
                self.teller
                    .tell(Message::Answered(Answer::Written(written)));
                if is_written {
                    self.scan();
                }
            }
            // The numbers in it mean something else now; it is asked again where that matters.
            Ask::Fix(_) | Ask::Suppress(_) if is_old => {
                let text = "meanwhile something changed; try again".to_owned();
                self.teller.tell(Message::Told(Tone::Bad, text));
            }
            Ask::About(_) | Ask::Privileges if is_old => {}
            Ask::About(index) => {
                let about = self.workspace.about(index).unwrap_or_default();
                let answer = Answer::About(revision, index, Arc::new(about));
                self.teller.tell(Message::Answered(answer));
            }
            Ask::Privileges => {
                let subjects = Arc::new(self.workspace.privileges());
                self.teller
                    .tell(Message::Answered(Answer::Privileges(revision, subjects)));
            }
            Ask::Fix(wanted) => {
                let changes = changes::fix(&self.system, &mut self.workspace, &wanted);
                self.teller
                    .tell(Message::Answered(Answer::Changes(changes)));
            }
            Ask::Suppress(wanted) => {
                let changes = changes::suppress(&self.system, &self.workspace, &wanted);
                self.teller
                    .tell(Message::Answered(Answer::Changes(changes)));
            }
            Ask::Rescan => {}
        }
    }

    fn directory(&self) -> PathBuf {
        self.workspace.options().directory.clone()
    }
}

/// An error with its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!(": {error}"));
        cause = error.source();
    }
    text
}

fn why(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("no reason given").to_owned()
}
