//! What is analyzed: the texts and folders of one moment.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::client::Client;
use crate::folders::Folder;
use crate::settings::Settings;
use crate::types::Uri;

/// The number of the moment that something belongs to: each change of what is analyzed makes a new one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Revision(pub(crate) u64);

/// The revision that is there now, as all threads know it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Present(Arc<AtomicU64>);

impl Present {
    pub(crate) fn set(&self, revision: Revision) {
        self.0.store(revision.0, Ordering::Release);
    }

    pub(crate) fn is(&self, revision: Revision) -> bool {
        self.0.load(Ordering::Acquire) == revision.0
    }
}

/// How the editor calls a document that is open.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    pub(crate) uri: Uri,
    pub(crate) version: i32,
}

/// The texts and folders of one moment.
#[derive(Clone, Debug)]
pub(crate) struct Snapshot {
    pub(crate) revision: Revision,
    pub(crate) folders: Vec<Folder>,
    /// The texts that stand for those of the disk, by the paths under which the folders reach them.
    pub(crate) open: HashMap<PathBuf, Arc<str>>,
    pub(crate) names: HashMap<PathBuf, Name>,
    pub(crate) settings: Arc<Settings>,
    pub(crate) client: Client,
}

impl Snapshot {
    /// The folder in which a file is analyzed: the innermost that has it.
    pub(crate) fn owner(&self, path: &Path) -> Option<&Folder> {
        let folders = self.folders.iter().filter(|folder| folder.has(path));
        folders.max_by_key(|folder| folder.path.components().count())
    }
}
