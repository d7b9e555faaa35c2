//! Objects of Argo CD and Flux that point into the scanned tree: what they deploy, and with what.

mod again;
mod argo;
mod deployment;
mod field;
mod flux;
mod merge;
mod pattern;
mod repository;
mod text;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use graph::Resource;
use source::{Confined, FileSystem, Sources};

use crate::discover::clean;
use crate::terraform;

pub(crate) use again::Again;
pub(crate) use deployment::{
    ChartOptions, Deployment, Deployments, Given, How, KustomizationOptions, Object, Parameter,
    Values,
};
pub(crate) use flux::is_flux;

pub(crate) use merge::{Nulls, merged};
pub(crate) use text::masked;

use repository::Repository;

/// The code of what an application deploys and nobody renders.
pub(crate) const NOT_RENDERED: &str = "application-not-rendered";

/// What a run finds applications with.
pub(crate) struct Finder<'a> {
    pub(crate) system: &'a dyn FileSystem,
    pub(crate) sources: &'a Sources,
    /// The folder that shown paths are relative to.
    pub(crate) directory: &'a Path,
    /// How a path is shown.
    pub(crate) shown: &'a (dyn Fn(&Path) -> PathBuf + Sync),
    /// Whether manifests in a folder, by its real path, are among the input.
    pub(crate) is_walked: &'a (dyn Fn(&Path) -> bool + Sync),
    /// The folders outside of which nothing is read.
    pub(crate) boundaries: &'a [PathBuf],
    /// The address of the repository that the call gives.
    pub(crate) url: Option<&'a str>,
    /// Whether there are objects of Flux, which take values from others.
    pub(crate) has_flux: bool,
}

impl Finder<'_> {
    /// The objects of Argo CD and Flux among resources.
    pub(crate) fn objects<'r>(
        &self,
        resources: impl IntoIterator<Item = &'r Resource>,
        is_plain: bool,
    ) -> Vec<Object> {
        let is_wanted = |one: &&Resource| is_own(one) || self.has_flux && flux::is_source(one);
        let own = resources.into_iter().filter(is_wanted);
        let objects = own.map(|resource| Object {
            file: self.sources.path(resource.span().file),
            resource: Arc::new(resource.clone()),
            is_plain,
        });
        objects.collect()
    }

    /// What objects deploy of the tree.
    pub(crate) fn find(&self, objects: &[Object]) -> Deployments {
        let mut found = Deployments::default();
        let index = flux::Index::of(objects);
        for object in objects {
            argo::follow(self, object, &mut found);
            flux::follow(self, object, &index, &mut found);
        }
        found.name();
        crate::problems::deduplicate(&mut found.problems);
        found
    }

    /// Where the file of an object stands.
    fn place(&self, object: &Object) -> Place {
        let path = clean(&self.directory.join(&object.file));
        let file = self.system.canonical(&path).unwrap_or(path);
        let around = self.boundaries.iter().filter(|one| file.starts_with(one));
        let boundary = around.max_by_key(|one| one.components().count());
        let boundary = boundary.cloned().unwrap_or_default();
        let repository = Repository::around(self.system, &file, &boundary, self.url);
        Place {
            file,
            boundary,
            repository,
        }
    }

    /// The path of the run that leads to a folder.
    fn below_run(&self, folder: &Path) -> PathBuf {
        clean(&self.directory.join((self.shown)(folder)))
    }

    fn confined(&self, boundary: &Path) -> Confined<'_> {
        Confined::new(self.system, vec![boundary.to_path_buf()])
    }
}

/// Where an object stands.
struct Place {
    /// The real path of its file.
    file: PathBuf,
    /// Outside of what nothing is read for it.
    boundary: PathBuf,
    repository: Repository,
}

impl Place {
    /// Whether it is an example or a test of what a folder holds.
    fn is_demonstration(&self, folder: &Path) -> bool {
        let own = self.file.parent().unwrap_or(Path::new(""));
        terraform::is_demonstration(own, folder)
    }
}

/// A path below a folder; none of one that leads out of it.
fn below(root: &Path, path: &Path) -> Option<PathBuf> {
    let path = clean(path);
    let leads_out = path.is_absolute() || path.starts_with("..");
    (!leads_out).then(|| clean(&root.join(path)))
}

/// Whether two lists of objects say the same.
pub(crate) fn is_same(one: &[Object], other: &[Object]) -> bool {
    let mut pairs = one.iter().zip(other);
    one.len() == other.len() && pairs.all(|(one, other)| one.is_same(other))
}

/// Whether a resource is an object of Argo CD or Flux.
fn is_own(resource: &Resource) -> bool {
    let is_argo = resource.api_version.starts_with("argoproj.io/");
    is_argo && matches!(resource.kind.as_str(), "Application" | "ApplicationSet")
        || is_flux(resource)
}

/// What the call and the configuration say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    /// The address of the repository.
    pub(crate) url: Option<String>,
}

/// That something is judged as applications deploy it. The files are those that are here, whatever revision these ask for.
pub(crate) fn judged_through(applications: usize) -> String {
    let word = if applications == 1 {
        "application"
    } else {
        "applications"
    };
    format!("judged through {applications} {word}, with the files of this tree")
}
