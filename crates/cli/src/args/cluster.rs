//! Which cluster is read.

use std::path::PathBuf;

use clap::Args as ClapArgs;

/// Which cluster is read.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Cluster")]
pub(crate) struct ClusterArgs {
    /// The context of the configuration [default: the present one].
    #[arg(long, value_name = "NAME")]
    pub(crate) context: Option<String>,
    /// The configuration [default: the files that KUBECONFIG names, else ~/.kube/config, else that of the pod around].
    #[arg(long, value_name = "FILE")]
    pub(crate) kubeconfig: Option<PathBuf>,
    /// Read the values of Secrets, too; they are never printed or saved.
    #[arg(long)]
    pub(crate) read_secrets: bool,
}

impl ClusterArgs {
    /// Whether any of them is there.
    pub(crate) fn is_given(&self) -> bool {
        self.context.is_some() || self.kubeconfig.is_some() || self.read_secrets
    }
}

/// A cluster and the file for it.
#[derive(Debug, ClapArgs)]
pub(crate) struct SnapshotArgs {
    /// The file to write; `scantling scan FILE` reads it.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Save only this namespace, and what has none.
    #[arg(short, long, value_name = "NAMESPACE")]
    pub(crate) namespace: Option<String>,
    /// Which cluster.
    #[command(flatten)]
    pub(crate) access: ClusterArgs,
}
