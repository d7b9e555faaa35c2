//! What is analyzed: the texts and folders of one moment.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::client::Client;
use crate::folders::Folder;
use crate::settings::Settings;
use crate::types::Uri;

/// The number of the moment that something belongs to: each change of what is analyzed makes a new one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Revision(pub(crate) u64);

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
