//! A live API server to a snapshot of its objects, and to what changes. Nothing is ever changed there: see [`Reader`].

mod client;
mod configuration;
mod discovery;
mod error;
mod failure;
mod kinds;
mod list;
mod options;
mod page;
mod question;
mod retry;
mod secrets;
mod tls;
mod watch;

#[cfg(test)]
mod tests;

use kubernetes::snapshot::Snapshot;

pub use client::{AGENT, Reader};
pub use error::Error;
pub use options::{Options, Progress};
pub use watch::{Change, Update, Watch, What};

/// Reads the objects of a cluster.
///
/// # Errors
/// When there is no cluster to be read: no configuration, no connection, or nobody whom it knows. A kind that can't be read is
/// no error: the snapshot names it.
pub fn read(options: &Options, progress: &dyn Progress) -> Result<Snapshot, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.enable_all().build().map_err(Error::Runtime)?;
    runtime.block_on(async {
        let reader = Reader::connect(options).await?;
        let read = list::all(&reader, options, progress).await?;
        Ok(read.snapshot())
    })
}
