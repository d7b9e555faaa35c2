//! `scantling snapshot`: what a cluster has, in a file.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use analysis::Snapshot;
use analysis::snapshot::Outcome;
use source::{Disk, neutral};

use crate::args::{ClusterArgs, GlobalArgs, ReadArgs, SnapshotArgs};
use crate::error::Error;
use crate::exit::Exit;
use crate::output::text::count;
use crate::progress::Bar;
use crate::terminal;

/// Reads a cluster and writes the file.
pub(super) fn run(args: &SnapshotArgs, global: &GlobalArgs) -> Result<Exit, Error> {
    if args.access.read_secrets {
        return Err(Error::Usage {
            message: "a snapshot never holds the values of Secrets".to_owned(),
            help: "leave out `--read-secrets`".to_owned(),
        });
    }
    let options = options(&args.access, args.namespace.clone(), &[]);
    let snapshot = cluster::read(&options, &Bar::new())?;
    let mut bytes = Vec::new();
    snapshot.write(&mut bytes)?;
    let failed = |source| Error::File {
        path: args.file.clone(),
        source,
    };
    Disk.write_bytes(&args.file, &bytes).map_err(failed)?;
    if global.quiet == 0 {
        tell(&snapshot)?;
    }
    Ok(Exit::Clean)
}

/// What runs in the cluster, where the call asks for it.
pub(super) fn running(
    args: &ReadArgs,
    namespace: Option<String>,
    scanned: &[PathBuf],
) -> Result<Option<Arc<Snapshot>>, Error> {
    let cluster = asked(args, namespace, scanned)?;
    let read = |options| Ok(Arc::new(cluster::read(&options, &Bar::new())?));
    cluster.map(read).transpose()
}

/// The cluster that the call asks for, if it does.
///
/// # Errors
///
/// A cluster is chosen of which nothing is asked.
pub(super) fn asked(
    args: &ReadArgs,
    namespace: Option<String>,
    scanned: &[PathBuf],
) -> Result<Option<cluster::Options>, Error> {
    if !args.cluster && args.access.is_given() {
        return Err(Error::Usage {
            message: "the cluster is chosen, but not read".to_owned(),
            help: "add `--cluster`".to_owned(),
        });
    }
    let cluster = || options(&args.access, namespace, scanned);
    Ok(args.cluster.then(cluster))
}

/// Which cluster is read. No configuration in one of the folders that are scanned runs a program.
pub(super) fn options(
    access: &ClusterArgs,
    namespace: Option<String>,
    scanned: &[PathBuf],
) -> cluster::Options {
    cluster::Options {
        kubeconfig: access.kubeconfig.clone(),
        context: access.context.clone(),
        namespace,
        reads_secrets: access.read_secrets,
        untrusted: scanned.to_vec(),
    }
}

/// Says what was saved, and what could not be.
fn tell(snapshot: &Snapshot) -> Result<(), Error> {
    let mut err = terminal::stderr();
    let objects = count(snapshot.objects.len(), "object");
    let version = neutral(&snapshot.about.version);
    let kinds = snapshot
        .kinds
        .iter()
        .filter(|kind| kind.is_complete())
        .count();
    writeln!(
        err,
        "Saved {objects} of {} (Kubernetes {version})",
        count(kinds, "kind")
    )?;
    for kind in &snapshot.kinds {
        let why = match &kind.outcome {
            Outcome::Forbidden(why) => format!("not allowed: {why}"),
            Outcome::Failed(why) | Outcome::Partly(why) => why.clone(),
            Outcome::Read | Outcome::LeftOut(_) => continue,
        };
        writeln!(err, "  {}: {}", neutral(&kind.name()), neutral(&why))?;
    }
    Ok(())
}
