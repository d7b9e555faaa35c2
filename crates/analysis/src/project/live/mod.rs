//! What runs in a cluster: the objects of a snapshot, each a file as `kubectl get -o yaml` shows it.

mod became;
mod before;
mod cluster;
mod coverage;
mod head;
mod images;
mod made;
mod numbers;
mod object;
mod printed;
mod running;
mod step;
mod template;
mod whole;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use graph::{Completeness, ResourceId};
use kubernetes::Version;
use kubernetes::snapshot::{self, Damage, Snapshot};
use source::{Problem, Sources};

use super::ReadOptions;
use super::read::Manifests;
use crate::report::{Input, Status, Unit};

use coverage::{damaged, tell};
use made::Fate;
use object::{How, component};

pub(crate) use before::ReadObjects;
pub(super) use printed::settle;
pub(crate) use running::Running;
pub(crate) use template::{is_given_label, is_given_to_pod};

/// The objects of a snapshot, and what became of its kinds.
#[derive(Default)]
pub(crate) struct Live {
    /// The objects with their numbers, in their order.
    pub(super) objects: Vec<(ResourceId, Arc<Manifests>)>,
    /// How many numbers there are.
    pub(super) numbers: usize,
    /// The same as long as the objects keep theirs.
    pub(super) family: Arc<()>,
    /// By path.
    pub(super) inputs: Vec<Arc<Input>>,
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
        let how = How::of(snapshot, root, sources, (&options.yaml, &kubernetes));
        let before = options.kept.take_objects(root);
        let read = ReadObjects::read(snapshot, &how, before);
        let became = &read.became;
        let apart = Arc::clone(&became.apart);
        let mut live = Self {
            inputs: became.told.rows.clone(),
            completeness: Completeness {
                others: damage.is_none(),
                ..snapshot.completeness(&kubernetes.pod_paths)
            },
            running: Running::of(snapshot, root, kubernetes.version, apart),
            numbers: read.numbers.count() + 1,
            family: Arc::clone(&read.numbers.family),
            ..Self::default()
        };
        // What is known of the cluster as a whole has the first number.
        for (id, number) in read
            .numbers
            .order
            .iter()
            .map(|number| (number + 1, *number))
        {
            match &became.fates[number] {
                Some(Fate::Judged(read)) => live.objects.push((to_id(id), Arc::clone(read))),
                Some(Fate::Unread(problem)) => live.problems.push(problem.clone()),
                Some(Fate::As(_) | Fate::Over(_)) | None => {}
            }
        }
        let whole = became.whole.clone();
        live.objects.extend(whole.map(|whole| (to_id(0), whole)));
        options.kept.keep_objects(root, || read);
        if let Some(damage) = damage {
            live.problems.push(damaged(root, damage));
            let input = Input {
                path: root.to_path_buf(),
                unit: Unit::File,
                status: Status::Partial,
                reason: Some(damage.to_string()),
                resources: 0,
            };
            tell(&mut live.inputs, input);
        }
        live
    }
}

fn to_id(number: usize) -> ResourceId {
    ResourceId(u32::try_from(number).expect("the memory holds fewer objects than that"))
}

/// The version of Kubernetes that a cluster is judged against: its own, where nobody says another.
fn version(snapshot: &Snapshot, options: &ReadOptions) -> Version {
    let own = snapshot.about.version.parse().ok();
    let own = own.filter(|_| !options.has_version);
    own.unwrap_or(options.kubernetes.version)
}
