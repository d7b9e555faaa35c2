//! What was read from a live cluster: its objects, and what could not be read.

mod file;
mod printed;
mod secret;
mod text;
mod unread;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use file::{Damage, Limits, is_snapshot};
pub use printed::{Printed, printed};
pub use text::written;

/// What was read from a live cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Which cluster, and when.
    pub about: About,
    /// What became of each kind that the server has.
    pub kinds: Vec<Kind>,
    /// The objects, each as JSON, the values of Secrets left out. One that did not change is the same in the next snapshot.
    pub objects: Vec<Arc<str>>,
}

/// Which cluster was read, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct About {
    /// The context by which the client knows it.
    pub context: String,
    /// The version of the server, such as `v1.37.2`.
    pub version: String,
    /// The only namespace that was read beside what has none, if not all were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// The time of the reading, in seconds since 1970.
    pub taken: i64,
}

/// A kind that the server has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Kind {
    /// The API group; empty for the oldest one.
    pub group: String,
    /// The name in paths, such as `deployments`.
    pub resource: String,
    /// The version in which it is read.
    pub version: String,
    /// The kind, such as `Deployment`.
    pub kind: String,
    /// Whether its objects have namespaces.
    pub namespaced: bool,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// How many objects were read.
    #[serde(default)]
    pub objects: usize,
}

/// What became of a kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "status", content = "reason", rename_all = "camelCase")]
pub enum Outcome {
    /// All of its objects were read.
    Read,
    /// All were read, without a part of each.
    Partly(String),
    /// It was left out on purpose.
    LeftOut(String),
    /// It can't be read by whoever asked.
    Forbidden(String),
    /// The server did not give it.
    Failed(String),
}

impl Kind {
    /// The name by which `kubectl` knows it, such as `deployments.apps`.
    #[must_use]
    pub fn name(&self) -> String {
        match self.group.is_empty() {
            true => self.resource.clone(),
            false => format!("{}.{}", self.resource, self.group),
        }
    }

    /// The API version of its objects, such as `apps/v1`.
    #[must_use]
    pub fn api_version(&self) -> String {
        match self.group.is_empty() {
            true => self.version.clone(),
            false => format!("{}/{}", self.group, self.version),
        }
    }

    /// Whether its objects are known to be those of the snapshot and no others.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        matches!(self.outcome, Outcome::Read | Outcome::Partly(_))
    }
}
