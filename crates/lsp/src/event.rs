//! What the server is told, in the order in which it is told.

use std::path::PathBuf;

use serde_json::Value;
use tokio::sync::oneshot;

use crate::diagnostics::Diagnostics;
use crate::loading::Loading;
use crate::pull::{DocumentPull, WorkspacePull};
use crate::snapshot::Revision;
use crate::state::State;
use crate::types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, Uri,
};
use crate::worker::{Answer, Ask};

/// What a client gave of settings when it started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Given {
    Nothing,
    Settings,
}

/// What the server is told.
pub(crate) enum Event {
    /// The client said what it can do and which folders it has, with what is wrong with its settings.
    Start(Box<State>, Vec<String>, Given),
    /// The client is ready.
    Ready,
    Opened(DidOpenTextDocumentParams),
    Changed(DidChangeTextDocumentParams),
    Closed(DidCloseTextDocumentParams),
    Saved(DidSaveTextDocumentParams),
    /// Files came, went or got other names by the hand of the user.
    Moved(Vec<Uri>),
    /// Files of the disk are others than before.
    Watched(DidChangeWatchedFilesParams),
    Folders {
        added: Vec<PathBuf>,
        removed: Vec<PathBuf>,
    },
    Settings(Value),
    /// Something is asked of a file.
    Asked(Uri, Ask, oneshot::Sender<Answer>),
    /// How far the first analysis is.
    Loading(Loading),
    /// The diagnostics of a document are asked for.
    PulledDocument(DocumentPull),
    /// Those of all files are.
    PulledAll(WorkspacePull),
    /// A page is to be opened.
    Open(String),
    /// Some open documents of a revision were looked at, each with no more than its own source.
    Previewed(Revision, Diagnostics),
    /// The analysis of a revision is done.
    Analyzed(Revision, Diagnostics),
    /// The analysis failed by a fault of this program.
    Failed(Revision, String),
    /// No more work is wanted.
    Stop,
}
