//! The objects of a snapshot, each as a file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use foldhash::HashMap;
use graph::{Cause, Data, Key, Manager, NodeId, Resource, Unknown};
use kubernetes::SECRET_MANIFEST;
use kubernetes::snapshot::{Kind, Outcome, Snapshot, written};
use source::{Problem, Sources};

use super::coverage::unread;
use super::head::Head;
use super::made::Fate;
use super::numbers::{Named, Numbers};
use super::whole::Whole;
use crate::project::Format;
use crate::project::read::read_file;

/// Why the values of a Secret are unknown.
const HIDDEN: &str = "the values of Secrets are not read";

/// The objects of a snapshot, and how they are read.
pub(super) struct Objects<'a> {
    pub(super) all: &'a Numbers,
    pub(super) how: &'a How<'a>,
}

/// How objects are read.
pub(super) struct How<'a> {
    names: Names<'a>,
    /// The path below which they are shown.
    pub(super) root: &'a Path,
    pub(super) sources: &'a Sources,
    pub(super) yaml: &'a yaml::Options,
    pub(super) kubernetes: &'a ::kubernetes::Options,
    /// Whether Secrets were read without their values.
    hides_secrets: bool,
}

impl<'a> How<'a> {
    pub(super) fn of(
        snapshot: &'a Snapshot,
        root: &'a Path,
        sources: &'a Sources,
        (yaml, kubernetes): (&'a yaml::Options, &'a ::kubernetes::Options),
    ) -> Self {
        let is_secret = |kind: &&Kind| kind.group.is_empty() && kind.kind == "Secret";
        let mut secrets = snapshot.kinds.iter().filter(is_secret);
        Self {
            names: Names::of(&snapshot.kinds),
            root,
            sources,
            yaml,
            kubernetes,
            hides_secrets: secrets.any(|kind| matches!(kind.outcome, Outcome::Partly(_))),
        }
    }

    /// What names an object, as its text says.
    pub(super) fn named(&self, text: &str) -> Named {
        Arc::new(Head::read(text).map_err(|why| unread(self.root, &why)))
    }
}

impl Objects<'_> {
    /// What names each object, where that can be read, in their order.
    pub(super) fn heads(&self) -> impl Iterator<Item = (usize, Option<&Head>)> + Clone {
        let order = self.all.order.iter();
        order.map(|number| (*number, self.head(*number)))
    }

    pub(super) fn head(&self, number: usize) -> Option<&Head> {
        self.all.head(number)
    }

    /// The object with a UID.
    pub(super) fn with_uid(&self, uid: &str) -> Option<usize> {
        self.all.with_uid(uid)
    }

    /// An object as JSON.
    pub(super) fn text(&self, number: usize) -> &Arc<str> {
        self.all.text(number)
    }

    /// The path of an object.
    pub(super) fn path(&self, head: &Head) -> PathBuf {
        self.how.root.join(self.how.names.path(head))
    }

    /// An object whole, with what names it.
    pub(super) fn whole(&self, index: usize) -> Result<(&Head, Whole<'_>), Problem> {
        let head = (**self.all.named(index)).as_ref().map_err(Problem::clone)?;
        let whole = Whole::read(self.text(index));
        let whole = whole.map_err(|why| unread(&self.path(head), &why))?;
        Ok((head, whole))
    }

    /// What becomes of an object that is judged by itself.
    pub(super) fn judged(&self, index: usize) -> Fate {
        match self.whole(index) {
            Ok((head, whole)) => self.read(head, whole),
            Err(problem) => Fate::Unread(problem),
        }
    }

    pub(super) fn read(&self, head: &Head, whole: Whole<'_>) -> Fate {
        let managers = whole.managers();
        let how = self.how;
        let file = how.sources.add(self.path(head), written(whole.value));
        let mut read = read_file(file, Format::Cluster, how.yaml, how.kubernetes);
        let resources = std::mem::take(&mut read.resources).into_iter();
        read.resources = resources
            .map(|one| running(one, &managers, how.hides_secrets))
            .collect();
        Fate::Judged(Arc::new(read))
    }
}

/// The names of kinds as `kubectl` knows them, by their API versions and kinds.
struct Names<'a>(HashMap<(String, &'a str), String>);

impl<'a> Names<'a> {
    fn of(kinds: &'a [Kind]) -> Self {
        let kinds = kinds.iter();
        let named = kinds.map(|kind| ((kind.api_version(), kind.kind.as_str()), kind.name()));
        Self(named.collect())
    }

    /// The path of an object below that of its cluster: its namespace, its kind, and its name.
    fn path(&self, head: &Head) -> PathBuf {
        let key = (head.api_version.to_string(), &*head.kind);
        let kind = self.0.get(&key).map_or(&*head.kind, String::as_str);
        let name = format!("{}.yaml", head.metadata.name);
        let parts = [&*head.metadata.namespace, kind, &name];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        parts.map(component).collect()
    }
}

/// A name as one component of a path.
pub(super) fn component(name: &str) -> String {
    name.replace(['/', '\\'], "_").replace("..", "_")
}

/// An object as it is where it runs: no file declares it, and the values of a Secret that were not read are there, and unknown.
fn running(resource: Arc<Resource>, managers: &[Manager], hides_secrets: bool) -> Arc<Resource> {
    let mut resource = Arc::unwrap_or_clone(resource);
    resource.facts.managers = managers.to_vec();
    resource
        .subjects
        .retain(|subject| subject != SECRET_MANIFEST);
    let is_secret = resource.kind == "Secret" && resource.api_version == "v1";
    if is_secret && hides_secrets {
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
