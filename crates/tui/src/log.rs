//! What happened, in a file: the screen has no room for it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use source::Disk;

/// The most bytes that are kept.
const MOST: usize = 1 << 20;

/// What happened, in a file that is written anew with each line.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    path: Option<PathBuf>,
    text: String,
}

impl Log {
    /// A log in a file; without one, nothing is kept.
    pub(crate) fn new(path: Option<PathBuf>) -> Self {
        let text = String::new();
        Self(Arc::new(Mutex::new(Kept { path, text })))
    }

    /// Adds a line.
    pub(crate) fn add(&self, text: &str) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(path) = kept.path.clone() else {
            return;
        };
        let time = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ");
        let line = format!("{time} {}\n", source::neutral(text));
        if kept.text.len() + line.len() > MOST {
            kept.text.clear();
        }
        kept.text.push_str(&line);
        // Who can't keep a log works without one.
        let _ = Disk.write_bytes(&path, kept.text.as_bytes());
    }
}
