//! Deployments of applications whose files have other text.

use std::path::PathBuf;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};
use smol_str::SmolStr;
use source::{FileSystem, Limits, Problem, Sources};

use super::{Deployment, Finder, Object};
use crate::discover::clean;
use crate::project::ReadOptions;
use crate::shown::Shown;

impl Deployment {
    /// Whether it can be found again: everything that decides it stands in files as it is.
    pub(crate) fn is_repeatable(&self) -> bool {
        let mut objects = std::iter::once(&self.by.object).chain(&self.by.needs);
        objects.all(|object| object.is_plain)
    }
}

/// Finds deployments again where files have other text.
pub(crate) struct Again<'a> {
    system: &'a dyn FileSystem,
    sources: &'a Sources,
    options: &'a ReadOptions,
    /// What objects deploy now, by their files and addresses: a set of applications is looked at once for all of them.
    found: HashMap<(PathBuf, SmolStr), Vec<Deployment>>,
    /// What is wrong there.
    pub(crate) problems: Vec<Problem>,
}

impl<'a> Again<'a> {
    pub(crate) fn new(
        system: &'a dyn FileSystem,
        sources: &'a Sources,
        options: &'a ReadOptions,
    ) -> Self {
        Self {
            system,
            sources,
            options,
            found: HashMap::new(),
            problems: Vec::new(),
        }
    }

    /// The same deployment as the files say it now; none where the application is not there any more.
    pub(crate) fn find(&mut self, old: &Deployment) -> Option<Deployment> {
        let object = &old.by.object;
        let name = (object.file.clone(), object.resource.address.clone());
        if !self.found.contains_key(&name) {
            let deployments = self.deployments(old)?;
            self.found.insert(name.clone(), deployments);
        }
        let mut found = self.found.get(&name)?.iter();
        let same = |one: &&Deployment| {
            one.by.name == old.by.name && one.by.source == old.by.source && one.folder == old.folder
        };
        let found = found.find(same)?.clone();
        Some(Deployment {
            environment: old.environment.clone(),
            environments: old.environments,
            ..found
        })
    }

    /// What the object of a deployment deploys now.
    fn deployments(&mut self, old: &Deployment) -> Option<Vec<Deployment>> {
        let shown = Shown::of(self.system, &self.options.directory, &[]);
        let boundaries = [old.boundary.clone()];
        let finder = Finder {
            system: self.system,
            sources: self.sources,
            directory: &self.options.directory,
            shown: &|path| shown.path(path),
            boundaries: &boundaries,
            url: self.options.gitops.url.as_deref(),
            is_walked: &|_| true,
            has_flux: true,
        };
        let objects = std::iter::once(&old.by.object).chain(&old.by.needs);
        let objects = objects.map(|object| reread(object, &finder, self.options));
        let objects: Vec<Object> = objects.collect::<Option<_>>()?;
        let found = finder.find(&objects);
        self.problems.extend(found.problems);
        Some(found.all)
    }
}

/// An object as its file says it now.
fn reread(object: &Object, finder: &Finder<'_>, options: &ReadOptions) -> Option<Object> {
    let path = clean(&options.directory.join(&object.file));
    let limits = Limits::default();
    let file = finder
        .sources
        .load(finder.system, &path, &object.file, limits);
    let file = file.ok()?;
    let yaml = yaml::read(&file, &options.yaml);
    let resources = kubernetes::resources(yaml, &file, &options.kubernetes).resources;
    let mut resources = resources.into_iter();
    let same = resources.find(|one| one.address == object.resource.address)?;
    Some(Object {
        resource: Arc::new(same),
        ..object.clone()
    })
}
