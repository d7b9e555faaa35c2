//! Another file system as it was when it was looked at.

use std::hash::Hash;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use foldhash::HashMap;

use super::changes::Changes;
use super::{Entry, FileSystem, Found, Limits, Moment, ReadError, Stamp};

/// Another file system as it was when it was looked at: whoever learns that something changed lets this forget it.
pub struct Cached<S> {
    below: S,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    read: HashMap<PathBuf, Read>,
    walked: HashMap<(PathBuf, Option<PathBuf>), Vec<Found>>,
    listed: HashMap<PathBuf, Result<Vec<Entry>, ReadError>>,
    exists: HashMap<PathBuf, bool>,
    canonical: HashMap<PathBuf, Result<PathBuf, ReadError>>,
    structure: Stamp,
    changes: Changes,
}

#[derive(Clone)]
struct Read {
    limits: Limits,
    result: Result<Arc<[u8]>, ReadError>,
    stamp: Stamp,
    /// Whether the file may have changed since.
    is_old: bool,
}

impl<S: FileSystem> Cached<S> {
    /// The files of `below`, none of which was looked at yet.
    pub fn new(below: S) -> Self {
        Self {
            below,
            state: Mutex::default(),
        }
    }

    /// A file may have other bytes than before. Returns whether anybody read it.
    pub fn forget(&self, path: &Path) -> bool {
        self.with(|state| {
            state.changes.add(path);
            let read = state.read.get_mut(path);
            read.map(|read| read.is_old = true).is_some()
        })
    }

    /// Files, folders and links may be others than before, and files may have other bytes.
    pub fn forget_all(&self) {
        self.with(|state| {
            state.read.values_mut().for_each(|read| read.is_old = true);
            *state = State {
                read: std::mem::take(&mut state.read),
                ..State::default()
            };
        });
    }

    fn with<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        work(
            &mut self
                .state
                .lock()
                .expect("no thread panics while it holds the lock"),
        )
    }

    fn read_once(&self, path: &Path, limits: Limits) -> Read {
        let known = self.with(|state| state.read.get(path).cloned());
        if let Some(known) = &known
            && known.limits == limits
            && !known.is_old
        {
            return known.clone();
        }
        let result = self.below.read(path, limits).map(Arc::from);
        let is_same = known.as_ref().is_some_and(|known| known.result == result);
        let read = Read {
            limits,
            // The same bytes keep what stands for them.
            stamp: match known.filter(|_| is_same) {
                Some(known) => known.stamp,
                None => Stamp::new(),
            },
            result,
            is_old: false,
        };
        self.with(|state| state.read.insert(path.to_path_buf(), read.clone()));
        read
    }

    fn once<K: Hash + Eq, T: Clone>(
        &self,
        field: impl Fn(&mut State) -> &mut HashMap<K, T>,
        key: K,
        ask: impl FnOnce(&S) -> T,
    ) -> T {
        if let Some(known) = self.with(|state| field(state).get(&key).cloned()) {
            return known;
        }
        let answer = ask(&self.below);
        self.with(|state| field(state).insert(key, answer.clone()));
        answer
    }
}

impl<S: FileSystem> FileSystem for Cached<S> {
    fn read(&self, path: &Path, limits: Limits) -> Result<Vec<u8>, ReadError> {
        Ok(self.read_once(path, limits).result?.to_vec())
    }

    fn walk(&self, path: &Path, boundary: Option<&Path>) -> Vec<Found> {
        let key = (path.to_path_buf(), boundary.map(Path::to_path_buf));
        self.once(
            |state| &mut state.walked,
            key,
            |below| below.walk(path, boundary),
        )
    }

    fn list(&self, folder: &Path) -> Result<Vec<Entry>, ReadError> {
        let key = folder.to_path_buf();
        self.once(|state| &mut state.listed, key, |below| below.list(folder))
    }

    fn write(&self, path: &Path, text: &str) -> Result<(), ReadError> {
        let written = self.below.write(path, text);
        self.forget_all();
        written
    }

    fn exists(&self, path: &Path) -> bool {
        let key = path.to_path_buf();
        self.once(|state| &mut state.exists, key, |below| below.exists(path))
    }

    fn canonical(&self, path: &Path) -> Result<PathBuf, ReadError> {
        let key = path.to_path_buf();
        self.once(
            |state| &mut state.canonical,
            key,
            |below| below.canonical(path),
        )
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        let known = self.with(|state| {
            let read = state.read.get(path);
            read.map(|read| (read.limits, read.stamp, read.is_old))
        });
        match known {
            Some((_, stamp, false)) => Some(stamp),
            Some((limits, ..)) => Some(self.read_once(path, limits).stamp),
            None => Some(self.read_once(path, Limits::default()).stamp),
        }
    }

    fn moment(&self) -> Option<Moment> {
        Some(self.with(|state| state.changes.moment()))
    }

    fn changed_since(&self, moment: Moment) -> Option<Vec<PathBuf>> {
        self.with(|state| state.changes.since(moment))
    }

    fn structure(&self) -> Option<Stamp> {
        Some(self.with(|state| state.structure))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Memory;
    use super::*;

    #[test]
    fn nothing_changes_until_it_is_forgotten() {
        let system = Memory::new([("a", "1"), ("b", "1")]);
        let cached = Cached::new(&system);
        let path = Path::new("a");
        let read = || cached.read(path, Limits::default()).unwrap();
        let walked = || cached.walk(Path::new("."), None).len();
        assert_eq!((read(), walked()), (b"1".to_vec(), 2));
        let (stamp, structure) = (cached.stamp(path), cached.structure());
        system.set(path, b"2");
        system.set(Path::new("c"), b"1");
        assert_eq!((read(), walked()), (b"1".to_vec(), 2));
        assert_eq!((cached.stamp(path), cached.structure()), (stamp, structure));
        cached.forget(path);
        assert_eq!((read(), walked()), (b"2".to_vec(), 2));
        assert_ne!(cached.stamp(path), stamp);
        cached.forget_all();
        assert_eq!(walked(), 3);
        assert_ne!(cached.structure(), structure);
    }

    #[test]
    fn the_same_bytes_keep_their_stamp() {
        let cached = Cached::new(Memory::new([("a", "1")]));
        let path = Path::new("a");
        let stamp = cached.stamp(path);
        cached.forget_all();
        assert_eq!(cached.stamp(path), stamp);
    }
}
