//! What runs in a cluster: the objects of a snapshot, each a file as `kubectl get -o yaml` shows it.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use graph::{Cause, Data, Key, NodeId, Resource, Unknown};
use kubernetes::SECRET_MANIFEST;
use kubernetes::snapshot::{self, Damage, Kind, Outcome, Snapshot, written};
use rayon::prelude::*;
use serde::Deserialize;
use source::{Level, Problem, Sources};

use super::read::{Manifests, read_file};
use super::{Format, ReadOptions};
use crate::report::{Input, Status};

/// The objects of a snapshot, and what became of its kinds.
#[derive(Default)]
pub(crate) struct Live {
    pub(super) objects: Vec<Manifests>,
    pub(super) inputs: Vec<Input>,
    pub(super) problems: Vec<Problem>,
    /// Whether nothing exists beside the objects.
    pub(super) is_complete: bool,
}

/// What is needed of an object before it is read whole.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head<'a> {
    #[serde(borrow, default)]
    api_version: std::borrow::Cow<'a, str>,
    #[serde(borrow, default)]
    kind: std::borrow::Cow<'a, str>,
    #[serde(default)]
    metadata: Metadata,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Metadata {
    name: String,
    namespace: String,
    uid: String,
    owner_references: Vec<Owner>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Owner {
    uid: String,
    kind: String,
    controller: bool,
}

/// Kinds whose pods are made as their template says: these pods, and what stands between, are judged in the template.
const MAKERS: [&str; 8] = [
    "CronJob",
    "DaemonSet",
    "Deployment",
    "Job",
    "ReplicaSet",
    "ReplicationController",
    "Rollout",
    "StatefulSet",
];

/// Why the values of a Secret are unknown.
const HIDDEN: &str = "the values of Secrets are not read";

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

/// Whether an object is made as the template of another says, which was read as well.
///
/// Source: <https://kubernetes.io/docs/concepts/architecture/garbage-collection/#owners-dependents>
fn is_made(head: &Head<'_>, known: &HashSet<&str>) -> bool {
    let mut owners = head.metadata.owner_references.iter();
    let is_maker = |owner: &Owner| {
        owner.controller
            && MAKERS.contains(&owner.kind.as_str())
            && known.contains(owner.uid.as_str())
    };
    let is_between = head.kind == "Pod" || MAKERS.contains(&head.kind.as_ref());
    is_between && owners.any(is_maker)
}

/// The path of an object below that of its cluster: its namespace, its kind as `kubectl` names it, and its name.
fn path(head: &Head<'_>, kinds: &[Kind]) -> PathBuf {
    let own = |kind: &&Kind| kind.kind == head.kind && kind.api_version() == head.api_version;
    let kind = kinds.iter().find(own);
    let kind = kind.map_or_else(|| head.kind.to_string(), Kind::name);
    let name = format!("{}.yaml", head.metadata.name);
    let parts = [&head.metadata.namespace, &kind, &name];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.map(|part| component(part)).collect()
}

/// A name as one component of a path.
fn component(name: &str) -> String {
    name.replace(['/', '\\'], "_").replace("..", "_")
}

fn manifests(
    object: &str,
    path: &Path,
    sources: &Sources,
    options: &ReadOptions,
) -> Result<Manifests, Problem> {
    let value = serde_json::from_str(object).map_err(|error| unread(path, &error))?;
    let file = sources.add(path, written(value));
    let mut read = read_file(file, Format::Cluster, options);
    let resources = std::mem::take(&mut read.resources).into_iter();
    read.resources = resources.map(running).collect();
    Ok(read)
}

/// An object as it is where it runs: no file declares it, and the values of a Secret that were not read are there, and unknown.
fn running(resource: Arc<Resource>) -> Arc<Resource> {
    let mut resource = Arc::unwrap_or_clone(resource);
    resource
        .subjects
        .retain(|subject| subject != SECRET_MANIFEST);
    let is_secret = resource.kind == "Secret" && resource.api_version == "v1";
    if is_secret && resource.tree.get(NodeId::ROOT, "data").is_none() {
        hide_values(&mut resource);
    }
    Arc::new(resource)
}

/// Says of a Secret that it has values which were not read.
fn hide_values(secret: &mut Resource) {
    let span = secret.tree.node(secret.title_node()).span;
    let unknown = Unknown {
        place: Some(span),
        ..Unknown::new(Cause::Other(HIDDEN.into()))
    };
    let key = Key {
        text: "data".into(),
        span,
    };
    let data = Data::Unknown(Arc::new(unknown));
    secret.tree.push(NodeId::ROOT, Some(key), data, span);
}

/// Whether every kind was read, in all namespaces.
fn is_complete(snapshot: &Snapshot) -> bool {
    let is_read = |kind: &Kind| kind.is_complete() || matches!(kind.outcome, Outcome::LeftOut(_));
    snapshot.about.namespace.is_none() && snapshot.kinds.iter().all(is_read)
}

/// What became of a kind.
fn input(root: &Path, kind: &Kind) -> Input {
    let (status, reason) = match &kind.outcome {
        Outcome::Read => (Status::Scanned, None),
        Outcome::Partly(why) => (Status::Partial, Some(why.clone())),
        Outcome::LeftOut(why) => (Status::Skipped, Some(why.clone())),
        Outcome::Forbidden(why) => (Status::Failed, Some(format!("not allowed: {why}"))),
        Outcome::Failed(why) => (Status::Failed, Some(why.clone())),
    };
    Input {
        path: root.join(kind.name()),
        status,
        reason,
        resources: kind.objects,
    }
}

fn unread(path: &Path, error: &serde_json::Error) -> Problem {
    let message = format!("an object can't be read: {error}");
    Problem::of(Level::Error, "unreadable-object", message, path)
}

fn damaged(root: &Path, damage: &Damage) -> Problem {
    let message = format!("the snapshot can't be read to its end: {damage}");
    Problem::of(Level::Error, "damaged-snapshot", message, root)
}
