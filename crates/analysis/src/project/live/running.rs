//! What is known of a cluster beside its objects.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use foldhash::HashMap;
use graph::{Namespace, Resource};
use kubernetes::Version;
use kubernetes::snapshot::Snapshot;
use source::FileId;

/// What is known of a cluster beside its objects.
#[derive(Default)]
pub(crate) struct Running {
    /// The version that it is judged against.
    pub(crate) version: Version,
    /// The path below which its objects are shown.
    pub(crate) root: PathBuf,
    /// The files of objects that others make and that are not as these say, with the files of these.
    pub(crate) apart: Arc<HashMap<FileId, FileId>>,
    /// The only namespace that was read, if not all were.
    namespace: Option<String>,
    /// Whether all objects of a kind were read, by its API group and name.
    kinds: HashMap<(String, String), bool>,
}

impl Running {
    pub(super) fn of(
        snapshot: &Snapshot,
        root: &Path,
        version: Version,
        apart: Arc<HashMap<FileId, FileId>>,
    ) -> Self {
        let kinds = snapshot.kinds.iter().map(|kind| {
            let key = (kind.group.clone(), kind.kind.clone());
            (key, kind.is_complete())
        });
        Self {
            version,
            root: root.to_path_buf(),
            apart,
            namespace: snapshot.about.namespace.clone(),
            kinds: kinds.collect(),
        }
    }

    /// Whether an object would be among those of the cluster, if it were there: so are those of kinds that the server does not know.
    pub(crate) fn would_have(&self, resource: &Resource) -> bool {
        let group = resource.api_version.split_once('/');
        let group = group.map_or("", |(group, _)| group);
        let key = (group.to_owned(), resource.kind.to_string());
        let is_read = self.kinds.get(&key).copied();
        let is_in = match (&self.namespace, &resource.namespace) {
            (Some(only), Namespace::Named(namespace)) => *only == namespace.as_str(),
            (Some(_), Namespace::Unset) => false,
            (None, _) | (_, Namespace::Cluster) => true,
        };
        is_in && is_read.unwrap_or(!self.kinds.is_empty())
    }
}
