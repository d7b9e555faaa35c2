//! A cluster that is followed: what it has now, and what changed.

mod events;
mod follow;
mod kinds;
mod mirror;
mod shared;

use std::sync::Arc;
use std::thread::JoinHandle;

use futures_util::future::{Either, select};
use kubernetes::snapshot::{Kind, Snapshot};
use tokio::runtime::{Builder, Handle, Runtime};

use crate::client::Reader;
use crate::error::Error;
use crate::list;
use crate::options::{Options, Progress};
use kinds::{Followers, versions};
use mirror::Mirror;
use shared::Shared;

/// How a program ends that was told to by its user (128 and the number of the signal).
const INTERRUPTED: i32 = 130;

/// A cluster that is followed until this is dropped. Each kind is listed, and then watched from the version of the list on: over
/// cut connections and restarts of the server nothing is lost, as it is asked for what came after the last version that it told;
/// where it no longer knows that, the kind is listed again and compared.
pub struct Watch {
    shared: Arc<Shared>,
    handle: Handle,
    thread: Option<JoinHandle<()>>,
}

/// What happened since the last time.
#[derive(Clone, Debug)]
pub struct Update {
    /// All that is known now. What did not change is the same object in memory as before.
    pub snapshot: Arc<Snapshot>,
    /// The objects that changed, by group, resource, namespace and name, each once.
    pub changes: Vec<Change>,
    /// Why the server can't be reached, as long as it can't: what is known is of the time before.
    pub trouble: Option<String>,
}

/// An object that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What became of it.
    pub what: What,
    /// The API group; empty for the oldest one.
    pub group: String,
    /// The name of its kind in paths, such as `deployments`.
    pub resource: String,
    /// The namespace; empty where the kind has none.
    pub namespace: String,
    /// The name.
    pub name: String,
}

/// What became of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// It is new.
    Added,
    /// It became another.
    Changed,
    /// It is no more.
    Deleted,
}

impl Watch {
    /// Reads a cluster, and begins to follow it.
    ///
    /// # Errors
    /// When there is no cluster to be read, as of [`read`](crate::read).
    pub fn start(
        options: &Options,
        progress: &dyn Progress,
    ) -> Result<(Self, Arc<Snapshot>), Error> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(Error::Runtime)?;
        let (reader, read) = runtime.block_on(async {
            let reader = Reader::connect(options).await?;
            let read = list::all(&reader, options, progress).await?;
            Ok::<_, Error>((reader, read))
        })?;
        let mirror = Mirror::new(&read);
        let shared = Arc::new(Shared::new(reader, options.clone(), mirror));
        let handle = runtime.handle().clone();
        let kinds = versions(&read.kinds);
        let snapshot = Arc::new(read.snapshot());
        let work = follow(runtime, Arc::clone(&shared), kinds);
        let thread = std::thread::Builder::new().name("cluster".to_owned());
        let thread = thread.spawn(work).map_err(Error::Runtime)?;
        let watch = Self {
            shared,
            handle,
            thread: Some(thread),
        };
        Ok((watch, snapshot))
    }

    /// Waits until something changes. What changes within a short time is one update. None when the watch was ended.
    #[must_use]
    pub fn next(&self) -> Option<Update> {
        self.shared.wait(|state| Update {
            changes: state.mirror.take_changes(),
            snapshot: Arc::new(state.mirror.snapshot()),
            trouble: state.trouble.clone(),
        })
    }

    /// Ends the watch: whoever waits for an update gets none.
    pub fn end(&self) {
        self.shared.finish();
    }

    /// From now on the interruption of the program ends the watch in its place; a second one ends the program at once.
    pub fn end_on_interruption(&self) {
        let shared = Arc::clone(&self.shared);
        self.handle.spawn(async move {
            if is_interrupted().await {
                shared.finish();
            }
            if is_interrupted().await {
                std::process::exit(INTERRUPTED);
            }
        });
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.shared.end.notify_one();
        if let Some(thread) = self.thread.take() {
            // It has nothing to tell.
            let _ = thread.join();
        }
    }
}

/// Waits for an interruption. Returns whether there was one: it may be that none can be told.
async fn is_interrupted() -> bool {
    tokio::signal::ctrl_c().await.is_ok()
}

/// What the thread does that follows the cluster.
fn follow(
    runtime: Runtime,
    shared: Arc<Shared>,
    kinds: Vec<(Kind, Option<String>)>,
) -> impl FnOnce() + Send {
    move || {
        let followers = Followers::new(Arc::clone(&shared));
        let work = Box::pin(followers.run(kinds));
        let end = Box::pin(shared.end.notified());
        match runtime.block_on(select(work, end)) {
            Either::Left(((), _)) | Either::Right(((), _)) => {}
        }
    }
}
