//! What is read of which cluster.

use std::path::PathBuf;

/// What is read of which cluster. What is not said is taken from the configuration of `kubectl`.
///
/// Source: <https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/>
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The configuration; else the files that `KUBECONFIG` names, else `~/.kube/config`, else that of the pod around.
    pub kubeconfig: Option<PathBuf>,
    /// The context in it; else the present one.
    pub context: Option<String>,
    /// The only namespace that is read, beside what has none.
    pub namespace: Option<String>,
    /// Whether the values of Secrets are read.
    pub reads_secrets: bool,
    /// Folders whose files nobody vouches for: a configuration in one of them runs no program.
    pub untrusted: Vec<PathBuf>,
}

/// Somebody who watches the reading.
pub trait Progress: Sync {
    /// So many kinds are to be read.
    fn kinds(&self, number: usize);
    /// One of them is read, or can't be.
    fn kind(&self);
}

impl Progress for () {
    fn kinds(&self, _number: usize) {}
    fn kind(&self) {}
}
