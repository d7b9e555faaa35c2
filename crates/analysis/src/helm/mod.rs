//! Helm charts: which of the files make them, for which values they are rendered, and what that gives.

mod again;
mod charts;
mod coverage;
mod environments;
pub(crate) mod helmfile;
mod orphans;
mod releases;
mod rendering;
mod settings;
mod text;
mod values;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use graph::Resource;
use rayon::prelude::*;
use smol_str::{SmolStr, format_smolstr};
use source::{FileId, FileSystem, Problem, SourceFile, Sources, Span};

use crate::discover::Candidate;
use crate::options::Progress;
use crate::report::Input;
use crate::terraform::{Places, Release};

pub(crate) use ::helm::declaration::{is_chart, is_known_subject};
pub(crate) use again::ChartInput;
pub(crate) use charts::{CHART_FILE, is_archive};
pub(crate) use settings::Settings;
pub(crate) use text::text;

use charts::{Charts, Part};
use coverage::Coverage;
use orphans::Orphans;
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
    /// The charts by their names, to be rendered again.
    pub(crate) charts: BTreeMap<SmolStr, ChartInput>,
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
    /// What names the chart.
    pub(crate) chart: SmolStr,
    /// The number of environments for which the chart is rendered.
    pub(crate) environments: usize,
    /// The calls of modules that the release which installs it stands in.
    pub(crate) calls: Vec<Span>,
    /// The call that brought the release in, where it stands in a module that the user does not own.
    pub(crate) foreign: Option<Span>,
}

/// The files of a walk that are of charts.
pub(crate) struct Divided {
    charts: Charts,
    own: Vec<Candidate>,
    orphans: Orphans,
}

/// What is to be done with a chart.
#[derive(Default)]
struct Task<'a> {
    /// Its files that a walk met.
    files: Vec<(&'a Candidate, Part)>,
    /// The releases that install it.
    releases: Vec<&'a Release>,
    /// Whether it is judged by itself too.
    is_alone: bool,
}

/// Takes the files of charts from those of a walk, and returns the others beside them.
pub(crate) fn divide(
    system: &dyn FileSystem,
    candidates: Vec<Candidate>,
) -> (Divided, Vec<Candidate>) {
    let charts = Charts::of(&candidates);
    let is_own = |one: &Candidate| one.skip.is_none() && charts.part(&one.path).is_some();
    let (own, others) = candidates.into_iter().partition(is_own);
    let (orphans, others) = Orphans::leave(system, others);
    let divided = Divided {
        charts,
        own,
        orphans,
    };
    (divided, others)
}

impl Reader<'_> {
    /// Renders the charts among the files of a walk and those that releases install.
    pub(crate) fn load(
        &self,
        divided: Divided,
        releases: &[Release],
        places: Option<&Places>,
    ) -> Loaded {
        let Divided {
            charts,
            own,
            orphans,
        } = divided;
        let found = places.map(|places| self.find(releases, places, &charts));
        let found = found.unwrap_or_default();
        let mut loaded = Loaded {
            inputs: orphans.inputs,
            problems: orphans.problems,
            ..Loaded::default()
        };
        loaded.problems.extend_from_slice(&found.problems);
        let tasks = tasks(&charts, &own, &found);
        if tasks.is_empty() {
            return loaded;
        }
        self.progress.stage("rendering", tasks.len());
        let rendered: Vec<(&Path, Rendered)> = tasks
            .par_iter()
            .map(|(chart, task)| {
                let rendered = self.render(chart, task);
                self.progress.step();
                (*chart, rendered)
            })
            .collect();
        let mut left_out = HashMap::new();
        for (chart, rendered) in rendered {
            left_out.extend(rendered.left_out.map(|reason| (chart, reason)));
            loaded.resources.extend(rendered.resources);
            loaded.files.extend(rendered.files);
            loaded.problems.extend(rendered.problems);
        }
        let installed = tasks.iter().filter(|(_, task)| !task.is_alone);
        let installed: HashMap<&Path, usize> = installed
            .map(|(chart, task)| (*chart, count(&task.releases)))
            .collect();
        let coverage = Coverage::of(self, &charts, (&left_out, &installed), &loaded);
        let rows = coverage.rows(&own);
        loaded.inputs.extend(rows);
        loaded.folders = charts.roots.iter().map(|root| (self.shown)(root)).collect();
        // What releases install is not rendered again.
        let is_alone = |chart: &Path| !found.of_chart.contains_key(chart);
        let name = |root: &Path| name(&(self.shown)(root));
        loaded.charts = again::inputs(&own, &charts, &is_alone, &name);
        loaded
    }
}

/// What names a chart, by how its path is shown.
fn name(shown: &Path) -> SmolStr {
    format_smolstr!("{}", shown.display())
}

/// The number of releases, those of several environments counted once.
fn count(releases: &[&Release]) -> usize {
    let addresses = releases.iter().map(|release| &release.resource.address);
    addresses.collect::<BTreeSet<_>>().len()
}

/// What is to be done with each chart. One that a release installs is judged through its releases only.
fn tasks<'a>(
    charts: &'a Charts,
    own: &'a [Candidate],
    found: &'a releases::Releases<'a>,
) -> BTreeMap<&'a Path, Task<'a>> {
    let mut tasks: BTreeMap<&Path, Task<'_>> = BTreeMap::new();
    for candidate in own {
        if let Some((chart, part)) = charts.part(&candidate.path) {
            let task = tasks.entry(chart).or_default();
            task.files.push((candidate, part));
            task.is_alone = true;
        }
    }
    for (chart, releases) in &found.of_chart {
        let task = tasks.entry(chart).or_default();
        task.is_alone &= !releases.iter().any(|release| release.counts(chart));
        task.releases.clone_from(releases);
    }
    tasks
}
