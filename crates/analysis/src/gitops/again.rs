//! Deployments of applications whose files have other text.

use std::path::PathBuf;
use std::sync::Arc;

use source::{FileSystem, Limits, Problem, Sources};

use super::{Deployment, Deployments, Finder, Object};
use crate::discover::clean;
use crate::project::ReadOptions;
use crate::shown::Shown;

impl Deployment {
    /// Whether it can be found again: everything that decides it stands in files as it is.
    pub(crate) fn is_repeatable(&self) -> bool {
        let mut objects = std::iter::once(&self.by.object).chain(&self.by.needs);
        objects.all(|object| object.is_plain)
    }

    /// The same as the files say it now, and what is wrong there; none where the application is not there any more.
    pub(crate) fn again(
        &self,
        system: &dyn FileSystem,
        sources: &Sources,
        options: &ReadOptions,
    ) -> Option<(Self, Vec<Problem>)> {
        let shown = Shown::of(system, &options.directory, &[]);
        let boundaries: [PathBuf; 1] = [self.boundary.clone()];
        let finder = Finder {
            system,
            sources,
            directory: &options.directory,
            shown: &|path| shown.path(path),
            boundaries: &boundaries,
            url: options.gitops.url.as_deref(),
            has_flux: true,
        };
        let objects = std::iter::once(&self.by.object).chain(&self.by.needs);
        let objects = objects.map(|object| reread(object, &finder, options));
        let objects: Vec<Object> = objects.collect::<Option<_>>()?;
        let Deployments { all, problems } = finder.find(&objects);
        let mut all = all.into_iter();
        let same = |one: &Self| one.by.name == self.by.name && one.by.source == self.by.source;
        let found = all.find(|one| same(one) && one.folder == self.folder)?;
        let same = Self {
            environment: self.environment.clone(),
            environments: self.environments,
            ..found
        };
        Some((same, problems))
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
