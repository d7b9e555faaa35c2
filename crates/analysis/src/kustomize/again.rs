//! Kustomizations that are built again with other text, to see what would be.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use graph::Resource;
use source::{Confined, FileSystem, Memory, Overlay, Sources};

use super::environments::Environment;
use super::{Built, resources};
use crate::discover::clean;
use crate::gitops::{Again, Deployment};
use crate::helm::Requested;
use crate::problems::faults;
use crate::project::{Changed, ReadOptions};

/// Kustomizations that have files in common.
#[derive(Debug, Default)]
pub(crate) struct Unit {
    folders: Vec<(PathBuf, Option<Deployment>, Environment)>,
    /// The folders outside of which nothing is read.
    boundaries: Vec<PathBuf>,
    /// How much is not understood as it is.
    before: OnceLock<usize>,
}

/// What kustomizations give.
#[derive(Default)]
struct Given {
    resources: Vec<Arc<Resource>>,
    /// How much is not understood, or is said twice.
    faults: usize,
}

impl Unit {
    pub(super) fn new(boundaries: Vec<PathBuf>) -> Self {
        Self {
            boundaries,
            ..Self::default()
        }
    }

    pub(super) fn add(
        &mut self,
        folder: PathBuf,
        by: Option<Deployment>,
        environment: Environment,
    ) {
        self.folders.push((folder, by, environment));
    }

    /// Whether all that decides what is built stands in files as it is.
    pub(super) fn is_repeatable(&self) -> bool {
        let mut deployments = self.folders.iter().filter_map(|(_, by, _)| by.as_ref());
        deployments.all(Deployment::is_repeatable)
    }

    /// The resources of all of them, in their order, when files have other texts; nothing where more is not understood than before.
    pub(crate) fn again(
        &self,
        system: &dyn FileSystem,
        options: &ReadOptions,
        changed: &[Changed],
    ) -> Option<Vec<Arc<Resource>>> {
        let before = self.before.get_or_init(|| {
            let given = self.build(system, options, &[]);
            given.map_or(0, |given| given.faults)
        });
        let after = self.build(system, options, changed)?;
        (after.faults <= *before).then_some(after.resources)
    }

    /// What they give; nothing where an application is not there any more.
    fn build(
        &self,
        system: &dyn FileSystem,
        options: &ReadOptions,
        changed: &[Changed],
    ) -> Option<Given> {
        let real = |(shown, text): &Changed| {
            let path = clean(&options.directory.join(shown));
            // Kustomizations are read under their real names.
            let path = system.canonical(&path).unwrap_or(path);
            (path, text.clone())
        };
        let overlay = Overlay {
            open: Memory::new(changed.iter().map(real)),
            below: system,
        };
        let system = Confined::new(&overlay, self.boundaries.clone());
        let sources = Sources::default();
        let shown = |path: &Path| path.to_path_buf();
        let capabilities = &options.helm.capabilities;
        let files = (&system as &dyn FileSystem, &sources);
        let charts = Requested::new(files, &shown, &options.kubernetes, capabilities);
        let reader = ::kustomize::Reader::new(&system, &sources, &charts);
        let mut again = Again::new(&system, &sources, options);
        let mut given = Given::default();
        for (folder, by, environment) in &self.folders {
            let by = match by {
                None => None,
                Some(by) => Some(again.find(by)?),
            };
            let built = Built::of(&reader, folder, by.as_ref());
            let made = resources(&built, environment, &sources, &options.kubernetes);
            given.faults += faults(built.build.problems.iter().chain(&made.problems));
            given
                .resources
                .extend(made.resources.into_iter().map(Arc::new));
        }
        given.faults += faults(&again.problems);
        Some(given)
    }
}
