//! Following applications: what one deploys may hold further ones.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::OnceLock;

use foldhash::{HashSet, HashSetExt};
use graph::Resource;
use source::{FileSystem, Level, Problem};

use super::Rendered;
use crate::discover::Candidate;
use crate::gitops::{Deployment, Deployments, Finder, How, Object, is_same};
use crate::shown::Shown;
use crate::{helm, kustomize};

/// The most applications that deploy each other in a row.
const DEEPEST: usize = 8;

/// Renders what applications deploy, until nothing that is rendered holds further ones.
pub(super) fn follow(
    finder: &Finder<'_>,
    known: &[Object],
    kustomizations: &mut Kustomizations<'_>,
    charts: &mut helm::Loading<'_>,
) -> Deployments {
    let built = finder.objects(kustomizations.resources(), false);
    let mut objects: Vec<Object> = known.iter().cloned().chain(built).collect();
    for _ in 0..DEEPEST {
        let found = finder.find(&objects);
        kustomizations.deploy(&found.all);
        charts.deploy(&found.all, &kustomizations.rendered.installed);
        let rendered = kustomizations.resources().chain(charts.resources());
        let rendered = finder.objects(rendered, false);
        // What a kustomization took meanwhile is there as that builds it.
        let own = known.iter().filter(|one| !kustomizations.takes(&one.file));
        let all: Vec<Object> = own.cloned().chain(rendered).collect();
        if is_same(&all, &objects) {
            return found;
        }
        objects = all;
    }
    let mut found = finder.find(&objects);
    kustomizations.deploy(&found.all);
    charts.deploy(&found.all, &kustomizations.rendered.installed);
    if let Some(object) = objects.last() {
        let message =
            format!("applications deploy each other more than {DEEPEST} deep, or without an end");
        let span = object.resource.span();
        let problem = Problem::at(Level::Error, "application-depth", message, span);
        found.problems.push(problem);
    }
    found
}

/// The kustomizations of a run.
pub(super) struct Kustomizations<'a> {
    reader: kustomize::Reader<'a>,
    candidates: Vec<Arc<Candidate>>,
    deployments: Vec<Deployment>,
    pub(super) rendered: Rendered,
    /// The files that belong to them where applications deploy any, by how they are shown.
    taken: HashSet<PathBuf>,
}

impl<'a> Kustomizations<'a> {
    /// Those among the files of a walk, as if nothing deployed them, and the files that belong to none.
    pub(super) fn new(
        reader: kustomize::Reader<'a>,
        candidates: Vec<Arc<Candidate>>,
    ) -> (Self, Vec<Arc<Candidate>>) {
        let (rendered, others) = reader.load(candidates.clone(), &[]);
        let kustomizations = Self {
            reader,
            candidates,
            deployments: Vec::new(),
            rendered,
            taken: HashSet::new(),
        };
        (kustomizations, others)
    }

    /// Builds them anew where other applications deploy them.
    fn deploy(&mut self, all: &[Deployment]) {
        let is_own = |one: &&Deployment| matches!(one.how, How::Kustomization(_));
        let own: Vec<Deployment> = all.iter().filter(is_own).cloned().collect();
        let mut pairs = own.iter().zip(&self.deployments);
        if own.len() == self.deployments.len() && pairs.all(|(new, old)| new.is_same(old)) {
            return;
        }
        (self.rendered, _) = self.reader.load(self.candidates.clone(), &own);
        let rows = self.rendered.inputs.iter();
        self.taken = rows.map(|row| row.path.clone()).collect();
        self.deployments = own;
    }

    pub(super) fn resources(&self) -> impl Iterator<Item = &Resource> {
        let resources = self.rendered.resources.iter();
        resources.map(|declared| &*declared.resource)
    }

    /// Whether a file, by how it is shown, belongs to one of them.
    pub(super) fn takes(&self, shown: &Path) -> bool {
        self.taken.contains(shown)
    }
}

/// The folders of the files of a walk.
pub(super) struct Walked {
    /// One file of each folder.
    files: Arc<Vec<Arc<Candidate>>>,
    /// The real paths of the folders, as soon as somebody asks for them.
    real: OnceLock<BTreeSet<PathBuf>>,
}

impl Walked {
    /// The folders of files that [`Walked::one_of_each`] gave.
    pub(super) fn new(files: Arc<Vec<Arc<Candidate>>>) -> Self {
        Self {
            files,
            real: OnceLock::new(),
        }
    }

    /// One file of each folder.
    pub(super) fn one_of_each(candidates: &[Arc<Candidate>]) -> Vec<Arc<Candidate>> {
        let mut folders: BTreeMap<Option<&Path>, &Arc<Candidate>> = BTreeMap::new();
        // Files of one folder mostly stand together.
        let is_next = |(one, other): &(&Arc<Candidate>, &Arc<Candidate>)| {
            one.path.parent() != other.path.parent()
        };
        let pairs = candidates.iter().zip(candidates.iter().skip(1));
        let next = pairs.filter(is_next).map(|(_, next)| next);
        for candidate in candidates.first().into_iter().chain(next) {
            folders.entry(candidate.path.parent()).or_insert(candidate);
        }
        folders.into_values().cloned().collect()
    }

    /// Whether any file of a folder, by its real path, was walked.
    pub(super) fn has(&self, system: &dyn FileSystem, folder: &Path) -> bool {
        let real = self.real.get_or_init(|| {
            let real = |one: &Arc<Candidate>| {
                let parent = one
                    .path
                    .parent()
                    .filter(|path| !path.as_os_str().is_empty());
                system.canonical(parent.unwrap_or(Path::new("."))).ok()
            };
            self.files.iter().filter_map(real).collect()
        });
        // What stands in a folder follows it in the order of paths.
        let mut behind = real.range(folder.to_path_buf()..);
        let is_root = folder.as_os_str() == "." && !real.is_empty();
        is_root || behind.next().is_some_and(|first| first.starts_with(folder))
    }

    /// How paths are shown.
    pub(super) fn shown(&self, system: &dyn FileSystem, directory: &Path) -> Shown {
        Shown::of(system, directory, &self.files)
    }

    /// The folders outside of which nothing is read.
    pub(super) fn boundaries(&self) -> Vec<PathBuf> {
        let boundaries: BTreeSet<&Path> =
            self.files.iter().map(|one| one.boundary.as_ref()).collect();
        boundaries.into_iter().map(Path::to_path_buf).collect()
    }
}
