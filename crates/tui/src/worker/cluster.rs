//! A cluster that is followed.

use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;

use analysis::Snapshot;
use cluster::{Options, Watch};

use super::told::Stages;
use super::{Job, Teller, chain};
use crate::message::Message;

/// Reads a cluster, and sends what it has whenever that changes. Nothing is changed there.
///
/// # Errors
/// When it can't be read; the text says why.
pub(super) fn follow(
    options: &Options,
    jobs: Sender<Job>,
    teller: &Teller,
) -> Result<Arc<Snapshot>, String> {
    let progress = Stages::new(teller.clone(), true);
    let started = Watch::start(options, &progress);
    let (watch, first) = started.map_err(|error| chain(&error))?;
    let teller = teller.clone();
    let work = move || {
        let mut trouble = None;
        while let Some(update) = watch.next() {
            if update.trouble != trouble {
                trouble.clone_from(&update.trouble);
                if let Some(why) = &trouble {
                    teller.log(format!("the cluster can't be reached: {why}"));
                }
                teller.tell(Message::Trouble(trouble.clone()));
            }
            if !update.changes.is_empty() && jobs.send(Job::Replace(update.snapshot)).is_err() {
                return;
            }
        }
    };
    // Without the thread the first state stays, which is told as what it is.
    let _ = thread::Builder::new().name("watch".to_owned()).spawn(work);
    Ok(first)
}
