//! What runs in a cluster: the objects of a snapshot, each a file as `kubectl get -o yaml` shows it.

mod before;
mod cluster;
mod coverage;
mod head;
mod images;
mod made;
mod object;
mod printed;
mod running;
mod template;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use graph::Completeness;
use kubernetes::Version;
use kubernetes::snapshot::{self, Damage, Snapshot};
use source::{Problem, Sources};

use super::ReadOptions;
use super::read::Manifests;
use crate::report::{Input, Status, Unit};

use cluster::cluster;
use coverage::{damaged, input, told};
use images::set_images;
use made::Fate;
use object::{Objects, component};

pub(crate) use before::ReadObjects;
pub(crate) use running::Running;
pub(crate) use template::{is_given_label, is_given_to_pod};

/// The objects of a snapshot, and what became of its kinds.
#[derive(Default)]
pub(crate) struct Live {
    pub(super) objects: Vec<Arc<Manifests>>,
    pub(super) inputs: Vec<Input>,
    pub(super) problems: Vec<Problem>,
    /// What of that which exists is among the objects.
    pub(super) completeness: Completeness,
    pub(super) running: Running,
}

impl Live {
    /// The objects of the file of a snapshot.
    pub(super) fn unpacked(
        bytes: &[u8],
        shown: &Path,
        sources: &Sources,
        options: &ReadOptions,
    ) -> Self {
        let (snapshot, damage) = Snapshot::read(bytes, snapshot::Limits::default());
        Self::read(&snapshot, damage.as_ref(), shown, sources, options)
    }

    /// The objects of a cluster that was just read.
    pub(super) fn running(snapshot: &Snapshot, sources: &Sources, options: &ReadOptions) -> Self {
        let context = component(&snapshot.about.context);
        let root = PathBuf::from(format!("cluster:{context}"));
        Self::read(snapshot, None, &root, sources, options)
    }

    /// The objects of a snapshot, below a path of its own.
    fn read(
        snapshot: &Snapshot,
        damage: Option<&Damage>,
        root: &Path,
        sources: &Sources,
        options: &ReadOptions,
    ) -> Self {
        let kubernetes = ::kubernetes::Options {
            version: version(snapshot, options),
            ..options.kubernetes.clone()
        };
        let how = (&options.yaml, &kubernetes);
        let before = options.kept.take_objects(root);
        let objects = Objects::of(snapshot, root, sources, how, &before);
        let makers = made::makers(&objects);
        let (mut fates, groups) = made::read(&objects, &makers);
        set_images(&objects, &mut fates);
        options
            .kept
            .keep_objects(root, || objects.kept(&fates, groups));
        let kinds = snapshot.kinds.iter().map(|kind| input(root, kind));
        let mut live = Self {
            inputs: kinds.chain(told(&objects, &fates)).collect(),
            completeness: Completeness {
                others: damage.is_none(),
                ..snapshot.completeness(&kubernetes.pod_paths)
            },
            running: Running::of(
                snapshot,
                root,
                kubernetes.version,
                made::apart(&makers, &fates),
            ),
            ..Self::default()
        };
        for fate in fates {
            match fate {
                Some(Fate::Judged(read)) => live.objects.push(read),
                Some(Fate::Unread(problem)) => live.problems.push(problem),
                Some(Fate::As(_) | Fate::Over(_)) | None => {}
            }
        }
        let whole = cluster(
            (snapshot, &objects),
            root,
            sources,
            (&options.yaml, &kubernetes),
        );
        live.objects.push(Arc::new(whole));
        live.problems
            .extend(damage.map(|damage| damaged(root, damage)));
        live.inputs.extend(damage.map(|damage| Input {
            path: root.to_path_buf(),
            unit: Unit::File,
            status: Status::Partial,
            reason: Some(damage.to_string()),
            resources: 0,
        }));
        live
    }
}

/// The version of Kubernetes that a cluster is judged against: its own, where nobody says another.
fn version(snapshot: &Snapshot, options: &ReadOptions) -> Version {
    let own = snapshot.about.version.parse().ok();
    let own = own.filter(|_| !options.has_version);
    own.unwrap_or(options.kubernetes.version)
}
