//! A live API server to a snapshot of its objects. Nothing is ever changed there: see [`Reader`].

mod client;
mod discovery;
mod error;
mod kinds;
mod list;
mod options;
mod page;
mod retry;
mod secrets;

#[cfg(test)]
mod tests;

use kubernetes::snapshot::Snapshot;

pub use client::Reader;
pub use error::Error;
pub use options::{Options, Progress};

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
        list::all(&reader, options, progress).await
    })
}
