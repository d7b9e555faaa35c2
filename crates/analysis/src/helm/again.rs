//! Charts that are rendered again with other text, to see what would be.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use graph::Resource;
use smol_str::SmolStr;
use source::{FileSystem, Memory, Overlay, Sources};

use super::charts::{Charts, Part};
use super::rendering::Made;
use super::{Reader, Task};
use crate::discover::{self, Candidate};
use crate::options::NoProgress;
use crate::problems::faults;
use crate::project::{Changed, ReadOptions};

/// A chart and the files of a walk that belong to it.
pub(crate) struct ChartInput {
    path: PathBuf,
    files: Vec<(Candidate, Part)>,
    /// How much of it is not understood as it is.
    before: OnceLock<usize>,
}

/// Those of the charts that are wanted, by their names, with their files in the order of the walk.
pub(super) fn inputs(
    files: &[Candidate],
    charts: &Charts,
    is_wanted: &dyn Fn(&Path) -> bool,
    name: &dyn Fn(&Path) -> SmolStr,
) -> BTreeMap<SmolStr, ChartInput> {
    let mut inputs: BTreeMap<SmolStr, ChartInput> = BTreeMap::new();
    for file in files {
        let part = charts.part(&file.path);
        if let Some((root, part)) = part.filter(|(root, _)| is_wanted(root)) {
            let input = inputs.entry(name(root)).or_insert_with(|| ChartInput {
                path: root.to_path_buf(),
                files: Vec::new(),
                before: OnceLock::new(),
            });
            input.files.push((file.clone(), part));
        }
    }
    inputs
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
            faults(&rendered.problems)
        });
        let after = self.render(system, options, changed);
        let resources = after.resources.iter();
        let resources = resources.map(|declared| Arc::new(declared.resource.clone()));
        (faults(&after.problems) <= *before).then(|| resources.collect())
    }

    fn render(&self, system: &dyn FileSystem, options: &ReadOptions, changed: &[Changed]) -> Made {
        let full = |shown: &Path| discover::clean(&options.directory.join(shown));
        let texts = changed.iter();
        let system = Overlay {
            open: Memory::new(texts.map(|(shown, text)| (full(shown), text.clone()))),
            below: system,
        };
        let settings = changed
            .iter()
            .fold(options.helm.clone(), |settings, (shown, text)| {
                settings.changed(shown, text)
            });
        let reader = Reader {
            system: &system,
            sources: &Sources::default(),
            kubernetes: &options.kubernetes,
            yaml: &options.yaml,
            shown: &|path| discover::shown(path, &options.directory),
            settings: &settings,
            progress: &NoProgress,
        };
        let files = self.files.iter().map(|(file, part)| (file, *part));
        let task = Task {
            files: files.collect(),
            releases: Vec::new(),
            is_alone: true,
        };
        reader.render(&self.path, &task)
    }
}
