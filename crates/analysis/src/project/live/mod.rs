//! What runs in a cluster: the objects of a snapshot, each a file as `kubectl get -o yaml` shows it.

mod coverage;
mod head;
mod made;
mod object;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use kubernetes::snapshot::{self, Damage, Snapshot};
use rayon::prelude::*;
use source::{Problem, Sources};

use super::ReadOptions;
use super::read::Manifests;
use crate::report::{Input, Status};

use coverage::{damaged, input, is_complete, unread};
use head::Head;
use made::is_made;
use object::{component, manifests, path};

/// The objects of a snapshot, and what became of its kinds.
#[derive(Default)]
pub(crate) struct Live {
    pub(super) objects: Vec<Manifests>,
    pub(super) inputs: Vec<Input>,
    pub(super) problems: Vec<Problem>,
    /// Whether nothing exists beside the objects.
    pub(super) is_complete: bool,
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
        let heads = snapshot.objects.par_iter();
        let heads: Vec<Result<Head<'_>, serde_json::Error>> =
            heads.map(|object| serde_json::from_str(object)).collect();
        let known: HashSet<&str> = heads
            .iter()
            .flatten()
            .map(|head| head.metadata.uid.as_str())
            .collect();
        let rows = snapshot.objects.par_iter().zip(&heads);
        let read: Vec<Option<Result<Manifests, Problem>>> = rows
            .map(|(object, head)| match head {
                Ok(head) if is_made(head, &known) => None,
                Ok(head) => {
                    let path = root.join(path(head, &snapshot.kinds));
                    Some(manifests(object, &path, sources, options))
                }
                Err(error) => Some(Err(unread(root, error))),
            })
            .collect();
        let mut live = Self {
            inputs: snapshot
                .kinds
                .iter()
                .map(|kind| input(root, kind))
                .collect(),
            is_complete: is_complete(snapshot) && damage.is_none(),
            ..Self::default()
        };
        for read in read.into_iter().flatten() {
            match read {
                Ok(read) => live.objects.push(read),
                Err(problem) => live.problems.push(problem),
            }
        }
        live.problems
            .extend(damage.map(|damage| damaged(root, damage)));
        live.inputs.extend(damage.map(|damage| Input {
            path: root.to_path_buf(),
            status: Status::Partial,
            reason: Some(damage.to_string()),
            resources: 0,
        }));
        live
    }
}
