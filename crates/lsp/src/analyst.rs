//! Snapshots to diagnostics, without the protocol and without threads.

use std::sync::Arc;

use analysis::NoProgress;
use source::{FileSystem, Memory, Overlay};

use crate::diagnostics::{Diagnostics, Telling, failure};
use crate::folders::Folder;
use crate::snapshot::Snapshot;

/// Analyzes snapshots, each as `scantling scan` would if its texts were saved.
pub(crate) struct Analyst {
    system: Arc<dyn FileSystem + Send>,
}

impl Analyst {
    pub(crate) fn new(system: Arc<dyn FileSystem + Send>) -> Self {
        Self { system }
    }

    /// The diagnostics of all files of a snapshot.
    pub(crate) fn analyze(&mut self, snapshot: &Snapshot) -> Diagnostics {
        let texts = snapshot.open.iter();
        let system = Overlay {
            open: Memory::new(texts.map(|(path, text)| (path, text.as_bytes()))),
            below: &*self.system,
        };
        let mut all = Diagnostics::new();
        for folder in &snapshot.folders {
            for (path, found) in diagnostics(&system, snapshot, folder) {
                all.entry(path).or_default().extend(found);
            }
        }
        all
    }
}

fn diagnostics(system: &dyn FileSystem, snapshot: &Snapshot, folder: &Folder) -> Diagnostics {
    let options = folder.options(&snapshot.settings);
    let telling = Telling {
        encoding: snapshot.client.encoding,
        shows: snapshot.client.shows,
        settings: &snapshot.settings,
        uris: &snapshot.uris,
    };
    match analysis::scan(system, &options, &NoProgress) {
        Ok(report) => telling.report(&folder.path, &report),
        Err(error) => {
            let (path, diagnostic) = failure(&folder.path, &error);
            Diagnostics::from([(path, vec![diagnostic])])
        }
    }
}
