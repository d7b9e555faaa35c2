//! One kind: listed, and then followed from the version of the list.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use kubernetes::snapshot::{Kind, Outcome};
use tokio::time::{Instant, sleep};

use super::events::{Event, Lines, initial, read};
use super::mirror::name;
use super::shared::Shared;
use crate::failure::Failure;
use crate::list::{List, failed, list};
use crate::question::Question;
use crate::retry::wait;

/// How long a watch is asked for, in seconds. Then the next begins where it ended.
const LENGTH: u64 = 300;

/// When a kind is asked for again that can't be read or watched.
const LATER: Duration = Duration::from_secs(30);

/// A watch that ends earlier is not begun again at once.
const SHORT: Duration = Duration::from_secs(1);

/// A watch that fails later fails for the first time.
const LONG: Duration = Duration::from_secs(5);

/// How often a watch fails from one version on until the kind is listed again: the server may no longer know that version.
const FAILURES: u32 = 10;

/// Kinds whose objects say which kinds there are.
const DEFINITIONS: [(&str, &str); 2] = [
    ("apiextensions.k8s.io", "customresourcedefinitions"),
    ("apiregistration.k8s.io", "apiservices"),
];

/// A kind that is followed.
pub(super) struct Follower {
    shared: Arc<Shared>,
    kind: Kind,
    /// What is known is of this version. None where the kind must be listed.
    version: Option<String>,
    /// Whether the server did not know the version when it was asked last.
    was_gone: bool,
    /// Whether the server may give all objects as events of a watch.
    is_streamed: bool,
}

impl Follower {
    /// What is known of the kind is of the version, if there is one.
    pub(super) fn new(shared: Arc<Shared>, kind: Kind, version: Option<String>) -> Self {
        let mut own = Self {
            shared,
            kind,
            version,
            was_gone: false,
            is_streamed: false,
        };
        // No table says that it is the last of the first events.
        own.is_streamed = !own.question().is_hidden();
        own
    }

    /// Follows for ever.
    pub(super) async fn run(mut self) {
        let mut failures = 0;
        if !self.kind.is_complete() {
            // It was just asked for.
            sleep(LATER).await;
        }
        loop {
            let began = Instant::now();
            let done = match self.version.is_some() {
                true => self.watch().await,
                false => self.begin().await,
            };
            let rest = match done {
                Ok(()) => {
                    failures = 0;
                    SHORT.saturating_sub(began.elapsed())
                }
                Err(failure) => {
                    // What went well for a while did not fail again and again.
                    let is_first = began.elapsed() > LONG;
                    failures = if is_first { 1 } else { failures + 1 };
                    self.rest(&failure, failures)
                }
            };
            if !rest.is_zero() {
                sleep(rest).await;
            }
        }
    }

    /// All objects of the kind, at one version: as events where the server gives them so, which costs it less memory than a list and
    /// goes on with what changes.
    async fn begin(&mut self) -> Result<(), Failure> {
        if !self.is_streamed {
            return self.list().await;
        }
        match self.stream().await {
            Ok(lines) => self.follow(lines).await,
            Err(failure) => {
                self.is_streamed = failure.is_passing();
                self.list().await
            }
        }
    }

    /// All objects of the kind as events. What changes comes in the lines after them.
    ///
    /// Source: <https://kubernetes.io/docs/reference/using-api/api-concepts/#streaming-lists>
    async fn stream(&mut self) -> Result<Lines, Failure> {
        let path = self.question().stream(LENGTH);
        let opened = self.shared.reader.open(&path, self.question().accept());
        let mut lines = Lines::new(opened.await?);
        let list = initial(self.question(), &mut lines).await?;
        self.tell_connection(None);
        self.replace(list);
        Ok(lines)
    }

    /// All objects of the kind as a list, at one version.
    async fn list(&mut self) -> Result<(), Failure> {
        let read = list(&self.shared.reader, self.question()).await;
        self.tell_connection(read.as_ref().err());
        let read = read.inspect_err(|failure| self.fail(failure));
        self.replace(read?);
        Ok(())
    }

    /// These are all objects of the kind.
    fn replace(&mut self, List { objects, version }: List) {
        let outcome = self.question().outcome();
        self.shared.change(|mirror| {
            mirror.set_outcome(&self.kind, outcome);
            mirror.replace(&self.kind, objects);
        });
        self.version = Some(version);
    }

    /// The kind can't be read now. What was read of it may be there still, unless it may no longer be known.
    fn fail(&self, failure: &Failure) {
        let outcome = failed(&self.kind, failure);
        let is_refused = matches!(outcome, Outcome::Forbidden(_));
        self.shared.change(|mirror| {
            if failure.lost().is_some() && mirror.has(&self.kind) {
                // That is told of the server, and not of each kind.
                return;
            }
            mirror.set_outcome(&self.kind, outcome);
            if is_refused {
                mirror.replace(&self.kind, Vec::new());
            }
        });
    }

    /// What changes after the version, until the server ends it.
    async fn watch(&mut self) -> Result<(), Failure> {
        let version = self.version.clone().unwrap_or_default();
        let path = self.question().changes(&version, LENGTH);
        let accept = self.question().accept();
        let opened = self.shared.reader.open(&path, accept).await;
        self.tell_connection(opened.as_ref().err());
        self.follow(Lines::new(opened?)).await
    }

    async fn follow(&mut self, mut lines: Lines) -> Result<(), Failure> {
        while let Some(line) = lines.next().await? {
            let event = read(self.question(), &line)?;
            self.take(event);
        }
        Ok(())
    }

    fn take(&mut self, event: Event) {
        let kind = &self.kind;
        let own = (kind.group.as_str(), kind.resource.as_str());
        if DEFINITIONS.contains(&own) && !matches!(event, Event::Version(_) | Event::All(_)) {
            self.shared.kinds.notify_one();
        }
        self.version = Some(match event {
            Event::Version(version) | Event::All(version) => version,
            Event::Put(object) => {
                let version = object.version.clone();
                self.shared.change(|mirror| mirror.put(kind, object));
                version
            }
            Event::Gone(object) => {
                self.shared
                    .change(|mirror| mirror.remove(kind, &object.place));
                object.version
            }
        });
    }

    /// How long is waited after a failure, and whether the kind is listed then.
    fn rest(&mut self, failure: &Failure, failures: u32) -> Duration {
        let is_gone = failure.is(StatusCode::GONE);
        let is_passing = is_gone || failure.is_passing() || failure.lost().is_some();
        if is_gone || !is_passing || failures.is_multiple_of(FAILURES) {
            self.version = None;
        }
        if failure.is(StatusCode::NOT_FOUND) {
            self.shared.kinds.notify_one();
        }
        // A server that forgets each version at once is not asked again at once.
        let was_gone = std::mem::replace(&mut self.was_gone, is_gone);
        match is_passing {
            true if is_gone && !was_gone => Duration::ZERO,
            true => wait(failure, failures).mul_f64(self.share()),
            false => LATER,
        }
    }

    /// Between a half and one, so that not all kinds are asked for at the same time.
    fn share(&self) -> f64 {
        let mut hasher = DefaultHasher::new();
        name(&self.kind).hash(&mut hasher);
        let share = u8::try_from(hasher.finish() % 100).unwrap_or(0);
        0.5 + f64::from(share) / 200.0
    }

    fn tell_connection(&self, failure: Option<&Failure>) {
        match failure.and_then(Failure::lost) {
            Some(why) => self.shared.lost(why),
            None => self.shared.found(),
        }
    }

    fn question(&self) -> Question<'_> {
        Question {
            options: &self.shared.options,
            kind: &self.kind,
        }
    }
}
