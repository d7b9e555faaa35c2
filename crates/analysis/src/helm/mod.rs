//! Helm charts: which of the files make them, for which values they are rendered, and what that gives.

mod charts;
mod coverage;
mod environments;
mod rendering;
mod settings;
mod text;
mod values;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use graph::Resource;
use rayon::prelude::*;
use smol_str::SmolStr;
use source::{FileId, FileSystem, Problem, SourceFile, Sources};

use crate::discover::Candidate;
use crate::options::Progress;
use crate::report::Input;

pub(crate) use charts::is_archive;
pub(crate) use settings::Settings;
pub use text::{ChartText, RenderOptions, render};

use charts::{Charts, Part};
use coverage::Coverage;
use rendering::Rendered;

/// What a run reads charts with.
pub(crate) struct Reader<'a> {
    pub(crate) system: &'a dyn FileSystem,
    pub(crate) sources: &'a Sources,
    pub(crate) kubernetes: &'a kubernetes::Options,
    pub(crate) yaml: &'a yaml::Options,
    /// How a path is shown.
    pub(crate) shown: &'a (dyn Fn(&Path) -> PathBuf + Sync),
    pub(crate) settings: &'a Settings,
    pub(crate) progress: &'a dyn Progress,
}

/// What the charts among the inputs gave.
#[derive(Default)]
pub(crate) struct Loaded {
    /// The resources of all charts.
    pub(crate) resources: Vec<Declared>,
    /// The files of the charts that declare or set something.
    pub(crate) files: Vec<Text>,
    /// What became of the files.
    pub(crate) inputs: Vec<Input>,
    /// The folders of the charts, as they are shown.
    pub(crate) folders: Vec<PathBuf>,
    pub(crate) problems: Vec<Problem>,
}

/// A file of a chart, and the comments in it.
pub(crate) struct Text {
    pub(crate) file: Arc<SourceFile>,
    pub(crate) comments: Vec<yaml::Comment>,
}

/// A resource of a chart.
pub(crate) struct Declared {
    pub(crate) resource: Resource,
    /// The file of its template.
    pub(crate) file: FileId,
    /// What names the template in all environments of the chart.
    pub(crate) template: SmolStr,
    /// The number of environments for which the chart is rendered.
    pub(crate) environments: usize,
}

impl Reader<'_> {
    /// Renders the charts among the files of a walk, and returns the files that belong to none.
    pub(crate) fn load(&self, candidates: Vec<Candidate>) -> (Loaded, Vec<Candidate>) {
        let charts = Charts::of(&candidates);
        if charts.roots.is_empty() {
            return (Loaded::default(), candidates);
        }
        let (own, others): (Vec<Candidate>, Vec<Candidate>) = candidates
            .into_iter()
            .partition(|one| one.skip.is_none() && charts.part(&one.path).is_some());
        let mut files: BTreeMap<&Path, Vec<(&Candidate, Part)>> = BTreeMap::new();
        for candidate in &own {
            if let Some((chart, part)) = charts.part(&candidate.path) {
                files.entry(chart).or_default().push((candidate, part));
            }
        }
        self.progress.stage("rendering", files.len());
        let rendered: Vec<(&Path, Rendered)> = files
            .par_iter()
            .map(|(chart, files)| {
                let rendered = self.render(chart, files);
                self.progress.step();
                (*chart, rendered)
            })
            .collect();
        let mut loaded = Loaded::default();
        let mut left_out = HashMap::new();
        for (chart, rendered) in rendered {
            left_out.extend(rendered.left_out.map(|reason| (chart, reason)));
            loaded.resources.extend(rendered.resources);
            loaded.files.extend(rendered.files);
            loaded.problems.extend(rendered.problems);
        }
        let coverage = Coverage::of(self, &charts, &left_out, &loaded);
        loaded.inputs = own
            .iter()
            .map(|candidate| coverage.row(candidate))
            .collect();
        loaded.folders = charts.roots.iter().map(|root| (self.shown)(root)).collect();
        (loaded, others)
    }
}
