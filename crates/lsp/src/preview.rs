//! The thread that looks at open documents first, each with no more than its own source, until all is analyzed once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use analysis::NoProgress;

use crate::analyst::Analyst;
use crate::diagnostics::{Diagnostics, OfFile, Telling, is_about_all};
use crate::event::Event;
use crate::folders::Folder;
use crate::patience::Looking;
use crate::snapshot::Snapshot;

/// Starts the thread, which ends when nothing more can come.
pub(crate) fn start(
    analyst: Analyst,
    events: Sender<Event>,
    looking: Looking,
) -> Sender<Box<Snapshot>> {
    let (snapshots, waiting) = channel();
    let mut preview = Preview {
        analyst,
        waiting,
        events,
        looking,
    };
    let work = move || {
        let mut next = preview.waiting.recv().ok();
        while let Some(snapshot) = next {
            let newest = preview.waiting.try_iter().last();
            next = preview.look(&newest.unwrap_or(snapshot));
        }
    };
    let name = "preview".to_owned();
    // Without the thread all is told a little later.
    let _ = thread::Builder::new().name(name).spawn(work);
    snapshots
}

struct Preview {
    analyst: Analyst,
    waiting: Receiver<Box<Snapshot>>,
    events: Sender<Event>,
    looking: Looking,
}

/// Nothing waits for a thread that is gone.
impl Drop for Preview {
    fn drop(&mut self) {
        self.looking.set(false);
    }
}

impl Preview {
    /// Looks at the open documents one after the other, until there is a newer snapshot, and returns that. Nothing where the
    /// server stops.
    fn look(&mut self, snapshot: &Snapshot) -> Option<Box<Snapshot>> {
        let mut paths: Vec<_> = snapshot.open.keys().collect();
        paths.sort_unstable();
        for path in paths {
            let Some(folder) = snapshot.owner(path).map(|folder| folder.around(path)) else {
                continue;
            };
            let alone = AssertUnwindSafe(|| alone(&mut self.analyst, snapshot, &folder, path));
            match catch_unwind(alone) {
                Ok(found) => {
                    let event = Event::Previewed(snapshot.revision, found);
                    self.events.send(event).ok()?;
                }
                // What fails here fails again where all is analyzed, and is told there.
                Err(_) => self.analyst.forget(),
            }
            if let Ok(newer) = self.waiting.try_recv() {
                return Some(newer);
            }
        }
        self.looking.set(false);
        self.waiting.recv().ok()
    }
}

/// The diagnostics of one document. What is said of others, or with regard to all, may be otherwise where more is known.
fn alone(analyst: &mut Analyst, snapshot: &Snapshot, folder: &Folder, path: &Path) -> Diagnostics {
    analyst.lay(snapshot);
    let found = analyst.diagnostics(snapshot, folder, &NoProgress);
    let own = found.iter().filter(|one| one.name.path == path);
    let list = own.flat_map(|one| one.list.iter());
    let list: Arc<[_]> = list.filter(|one| !is_about_all(one)).cloned().collect();
    let name = Telling::of(snapshot).name(path);
    vec![OfFile { name, list }]
}
