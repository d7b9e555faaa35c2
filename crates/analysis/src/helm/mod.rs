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

use rayon::prelude::*;
use smol_str::{SmolStr, format_smolstr};
use source::{FileSystem, Sources};

use crate::discover::Candidate;
use crate::options::Progress;
use crate::project::{Rendered, Rendering};
use crate::terraform::{Places, Release};

pub(crate) use ::helm::declaration::{is_chart, is_known_subject};
pub(crate) use again::ChartInput;
pub(crate) use charts::{CHART_FILE, is_archive};
pub(crate) use settings::Settings;
pub(crate) use text::text;

use charts::{Charts, Part};
use coverage::Coverage;
use orphans::Orphans;
use rendering::Made;

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

impl Divided {
    /// The folders and archives of the charts.
    pub(crate) fn roots(&self) -> impl Iterator<Item = &Path> {
        self.charts.roots.iter().map(PathBuf::as_path)
    }
}

impl Reader<'_> {
    /// Renders the charts among the files of a walk and those that releases install.
    pub(crate) fn load(
        &self,
        divided: Divided,
        releases: &[Release],
        places: Option<&Places>,
    ) -> Rendered {
        let Divided {
            charts,
            own,
            orphans,
        } = divided;
        let found = places.map(|places| self.find(releases, places, &charts));
        let found = found.unwrap_or_default();
        let mut loaded = Rendered {
            inputs: orphans.inputs,
            problems: orphans.problems,
            ..Rendered::default()
        };
        loaded.problems.extend_from_slice(&found.problems);
        let tasks = tasks(&charts, &own, &found);
        if tasks.is_empty() {
            return loaded;
        }
        self.progress.stage("rendering", tasks.len());
        let rendered: Vec<(&Path, Made)> = tasks
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
        // What releases install is not rendered again.
        let is_alone = |chart: &Path| !found.of_chart.contains_key(chart);
        let name = |root: &Path| name(&(self.shown)(root));
        let charts = again::inputs(&own, &charts, &is_alone, &name).into_iter();
        let charts = charts.map(|(name, chart)| (name, Rendering::Chart(chart)));
        loaded.renderings = charts.collect();
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
