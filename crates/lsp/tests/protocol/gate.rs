//! Files in memory that a test holds back, and files that break whoever reads them.

use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex};

use source::system::{Entry, Found};
use source::{FileSystem, Limits, Memory, ReadError};

/// Files of which one can't be read until the test says so.
pub(crate) struct Gate {
    pub(crate) files: Memory,
    /// The file that is held back.
    held: PathBuf,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    is_open: bool,
    /// How often reading the file fails by a fault of the program.
    faults: u32,
    /// How often the file was read.
    reads: u32,
}

impl Gate {
    /// Holds a file back.
    pub(crate) fn closed<'f>(
        held: &str,
        files: impl IntoIterator<Item = (&'f str, &'f str)>,
    ) -> Self {
        Self {
            files: Memory::new(files),
            held: PathBuf::from(held),
            state: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    /// Breaks whoever reads a file, this often.
    pub(crate) fn broken<'f>(
        broken: &str,
        faults: u32,
        files: impl IntoIterator<Item = (&'f str, &'f str)>,
    ) -> Self {
        let state = State {
            is_open: true,
            faults,
            ..State::default()
        };
        Self {
            state: Mutex::new(state),
            ..Self::closed(broken, files)
        }
    }

    /// Lets the file be read from now on.
    pub(crate) fn open(&self) {
        self.state.lock().expect("no holder panics").is_open = true;
        self.changed.notify_all();
    }

    /// How often the file was read.
    pub(crate) fn reads(&self) -> u32 {
        self.state.lock().expect("no holder panics").reads
    }

    fn wait(&self) {
        let mut state = self.state.lock().expect("no holder panics");
        state.reads += 1;
        while !state.is_open {
            state = self.changed.wait(state).expect("no holder panics");
        }
        let is_broken = state.faults > 0;
        state.faults = state.faults.saturating_sub(1);
        drop(state);
        assert!(!is_broken, "a fault that the test injects");
    }
}

impl FileSystem for Gate {
    fn read(&self, path: &Path, limits: Limits) -> Result<Vec<u8>, ReadError> {
        if path == self.held {
            self.wait();
        }
        self.files.read(path, limits)
    }

    fn walk(&self, path: &Path, boundary: Option<&Path>) -> Vec<Found> {
        self.files.walk(path, boundary)
    }

    fn list(&self, folder: &Path) -> Result<Vec<Entry>, ReadError> {
        self.files.list(folder)
    }

    fn write(&self, path: &Path, text: &str) -> Result<(), ReadError> {
        self.files.write(path, text)
    }

    fn exists(&self, path: &Path) -> bool {
        self.files.exists(path)
    }

    fn canonical(&self, path: &Path) -> Result<PathBuf, ReadError> {
        self.files.canonical(path)
    }
}
