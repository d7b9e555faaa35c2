//! Objects as files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use graph::{Cause, Data, Key, NodeId, Resource, Unknown};
use kubernetes::SECRET_MANIFEST;
use kubernetes::snapshot::{Kind, written};
use source::{Problem, Sources};

use super::coverage::unread;
use super::head::Head;
use crate::project::read::{Manifests, read_file};
use crate::project::{Format, ReadOptions};

/// Why the values of a Secret are unknown.
const HIDDEN: &str = "the values of Secrets are not read";

/// The path of an object below that of its cluster: its namespace, its kind as `kubectl` names it, and its name.
pub(super) fn path(head: &Head<'_>, kinds: &[Kind]) -> PathBuf {
    let own = |kind: &&Kind| kind.kind == head.kind && kind.api_version() == head.api_version;
    let kind = kinds.iter().find(own);
    let kind = kind.map_or_else(|| head.kind.to_string(), Kind::name);
    let name = format!("{}.yaml", head.metadata.name);
    let parts = [&head.metadata.namespace, &kind, &name];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.map(|part| component(part)).collect()
}

/// A name as one component of a path.
pub(super) fn component(name: &str) -> String {
    name.replace(['/', '\\'], "_").replace("..", "_")
}

pub(super) fn manifests(
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
