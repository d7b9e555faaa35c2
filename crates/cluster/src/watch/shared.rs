//! What those who follow a cluster and those who are told share.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use super::mirror::Mirror;
use crate::client::Reader;
use crate::options::Options;

/// Changes are told together when for so long none came in …
const QUIET: Duration = Duration::from_millis(200);

/// … or when the first of them is so old.
const LONGEST: Duration = Duration::from_secs(1);

/// What those who follow a cluster and those who are told share.
pub(super) struct Shared {
    pub(super) reader: Reader,
    pub(super) options: Options,
    state: Mutex<State>,
    /// Told whenever the state changes.
    changed: Condvar,
    /// Told when the server may have other kinds.
    pub(super) kinds: Notify,
    /// Told when nobody wants to know any more.
    pub(super) end: Notify,
}

/// What is known now.
pub(super) struct State {
    pub(super) mirror: Mirror,
    /// Why the server can't be reached, while it can't.
    pub(super) trouble: Option<String>,
    told_trouble: bool,
    /// The times of the first and the last change that was not told.
    times: Option<(Instant, Instant)>,
    is_over: bool,
}

impl Shared {
    pub(super) fn new(reader: Reader, options: Options, mirror: Mirror) -> Self {
        let state = State {
            mirror,
            trouble: None,
            told_trouble: false,
            times: None,
            is_over: false,
        };
        Self {
            reader,
            options,
            state: Mutex::new(state),
            changed: Condvar::new(),
            kinds: Notify::new(),
            end: Notify::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes what is known.
    pub(super) fn change(&self, change: impl FnOnce(&mut Mirror)) {
        let mut state = self.lock();
        change(&mut state.mirror);
        if state.mirror.is_changed() {
            let now = Instant::now();
            let first = state.times.map_or(now, |(first, _)| first);
            state.times = Some((first, now));
            self.changed.notify_all();
        }
    }

    /// The server can't be reached.
    pub(super) fn lost(&self, why: &str) {
        let mut state = self.lock();
        if state.trouble.is_none() {
            state.trouble = Some(why.to_owned());
            self.changed.notify_all();
        }
    }

    /// The server can be reached. After it could not, it may be another.
    pub(super) fn found(&self) {
        let mut state = self.lock();
        if state.trouble.take().is_some() {
            self.kinds.notify_one();
            self.changed.notify_all();
        }
    }

    /// Nothing more is told.
    pub(super) fn finish(&self) {
        self.lock().is_over = true;
        self.changed.notify_all();
    }

    /// What is to be told, as soon as something is. None when it is over.
    pub(super) fn wait<T>(&self, tell: impl FnOnce(&mut State) -> T) -> Option<T> {
        let mut state = self.lock();
        loop {
            if state.is_over {
                return None;
            }
            state = match state.rest() {
                Some(Duration::ZERO) => break,
                Some(rest) => {
                    let waited = self.changed.wait_timeout(state, rest);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
                None => {
                    let waited = self.changed.wait(state);
                    waited.unwrap_or_else(PoisonError::into_inner)
                }
            };
        }
        state.times = None;
        state.told_trouble = state.trouble.is_some();
        Some(tell(&mut state))
    }
}

impl State {
    /// How long until something is told. None where there is nothing.
    fn rest(&self) -> Option<Duration> {
        if self.trouble.is_some() != self.told_trouble {
            return Some(Duration::ZERO);
        }
        let (first, last) = self.times?;
        let quiet = QUIET.saturating_sub(last.elapsed());
        Some(quiet.min(LONGEST.saturating_sub(first.elapsed())))
    }
}
