//! Charts that are rendered again with other text, to see what would be.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use graph::Resource;
use source::{FileSystem, Memory, Overlay, Sources};

use super::charts::Part;
use super::rendering::Made;
use super::{Reader, Task};
use crate::discover::{self, Candidate};
use crate::gitops::{Again, Deployment};
use crate::options::NoProgress;
use crate::problems::faults;
use crate::project::{Changed, ReadOptions};
use crate::workspace::Kept;

/// A chart and the files of a walk that belong to it.
pub(crate) struct ChartInput {
    path: PathBuf,
    files: Vec<(Arc<Candidate>, Part)>,
    /// What applications deploy of it.
    deployments: Vec<Deployment>,
    /// Whether it is judged by itself too.
    is_alone: bool,
    /// How much of it is not understood as it is.
    before: OnceLock<usize>,
}

/// Those of the charts that are wanted, by their paths, with their files in the order of the walk.
pub(super) fn inputs(
    tasks: &BTreeMap<&Path, Task<'_>>,
    is_wanted: &dyn Fn(&Path) -> bool,
) -> BTreeMap<PathBuf, ChartInput> {
    let wanted = tasks.iter().filter(|(chart, task)| {
        let mut deployments = task.deployments.iter();
        is_wanted(chart) && deployments.all(|one| one.is_repeatable())
    });
    let inputs = wanted.map(|(chart, task)| {
        let files = task
            .files
            .iter()
            .map(|(file, part)| (Arc::clone(file), *part));
        let input = ChartInput {
            path: chart.to_path_buf(),
            files: files.collect(),
            deployments: task.deployments.iter().copied().cloned().collect(),
            is_alone: task.is_alone,
            before: OnceLock::new(),
        };
        (chart.to_path_buf(), input)
    });
    inputs.collect()
}

impl ChartInput {
    /// The resources of the chart in all environments, in their order, when files have other texts; nothing where more of it is
    /// not understood than before.
    pub(crate) fn again(
        &self,
        system: &dyn FileSystem,
        options: &ReadOptions,
        changed: &[Changed],
    ) -> Option<Vec<Arc<Resource>>> {
        let before = self.before.get_or_init(|| {
            let rendered = self.render(system, options, &[]);
            rendered.map_or(0, |rendered| faults(&rendered.problems))
        });
        let after = self.render(system, options, changed)?;
        let resources = after.resources.iter();
        let resources = resources.map(|declared| Arc::clone(&declared.resource));
        (faults(&after.problems) <= *before).then(|| resources.collect())
    }

    /// What the chart gives; nothing where an application is not there any more.
    fn render(
        &self,
        system: &dyn FileSystem,
        options: &ReadOptions,
        changed: &[Changed],
    ) -> Option<Made> {
        let texts = changed.iter().flat_map(|(shown, text)| {
            let full = discover::clean(&options.directory.join(shown));
            // What applications name is read under its real name.
            let real = system.canonical(&full).unwrap_or_else(|_| full.clone());
            [(full, text.clone()), (real, text.clone())]
        });
        let system = Overlay {
            open: Memory::new(texts),
            below: system,
        };
        let sources = Sources::default();
        let mut again = Again::new(&system, &sources, options);
        let deployments = self.deployments.iter().map(|one| again.find(one));
        let deployments: Vec<Deployment> = deployments.collect::<Option<_>>()?;
        let settings = changed
            .iter()
            .fold(options.helm.clone(), |settings, (shown, text)| {
                settings.changed(shown, text)
            });
        let reader = Reader {
            system: &system,
            sources: &sources,
            kubernetes: &options.kubernetes,
            yaml: &options.yaml,
            shown: &|path| discover::shown(path, &options.directory),
            settings: &settings,
            kept: &Kept::default(),
            progress: &NoProgress,
        };
        let files = self.files.iter().map(|(file, part)| (file, *part));
        let task = Task {
            files: files.collect(),
            releases: Vec::new(),
            deployments: deployments.iter().collect(),
            is_alone: self.is_alone,
            ..Task::default()
        };
        let mut made = reader.render(&self.path, &task, None);
        made.problems.extend(again.problems);
        Some(made)
    }
}
