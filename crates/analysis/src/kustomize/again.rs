//! Kustomizations that are built again with other text, to see what would be.

use std::path::PathBuf;
use std::sync::Arc;

use ::kustomize::NoCharts;
use graph::Resource;
use source::{Confined, FileSystem, Level, Memory, Overlay, Problem, Sources};

use super::environments::Environment;
use super::resources;
use crate::discover::clean;
use crate::project::{Changed, ReadOptions};

/// Kustomizations that have files in common.
#[derive(Debug, Default)]
pub(crate) struct Unit {
    folders: Vec<(PathBuf, Environment)>,
    /// The folders outside of which nothing is read.
    boundaries: Vec<PathBuf>,
}

/// What kustomizations give.
#[derive(Default)]
struct Given {
    resources: Vec<Arc<Resource>>,
    /// How much is not understood, or is said twice.
    errors: usize,
}

impl Unit {
    pub(super) fn add(&mut self, folder: PathBuf, environment: Environment) {
        self.folders.push((folder, environment));
    }

    pub(super) fn confine(&mut self, boundaries: &[PathBuf]) {
        self.boundaries = boundaries.to_vec();
    }

    /// The resources of all of them, in their order, when files have other texts; nothing where more is not understood than before.
    pub(crate) fn again(
        &self,
        system: &dyn FileSystem,
        options: &ReadOptions,
        changed: &[Changed],
    ) -> Option<Vec<Arc<Resource>>> {
        let before = self.build(system, options, &[]);
        let after = self.build(system, options, changed);
        (after.errors <= before.errors).then_some(after.resources)
    }

    fn build(&self, system: &dyn FileSystem, options: &ReadOptions, changed: &[Changed]) -> Given {
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
        let reader = ::kustomize::Reader::new(&system, &sources, &NoCharts);
        let mut given = Given::default();
        for (folder, environment) in &self.folders {
            let build = reader.build(folder);
            let made = resources(&build, environment, &sources, &options.kubernetes);
            given.errors += errors(&build.problems) + errors(&made.problems);
            given
                .resources
                .extend(made.resources.into_iter().map(Arc::new));
        }
        given
    }
}

fn errors(problems: &[Problem]) -> usize {
    let counts =
        |problem: &&Problem| problem.level == Level::Error || problem.code == "duplicate-key";
    problems.iter().filter(counts).count()
}
