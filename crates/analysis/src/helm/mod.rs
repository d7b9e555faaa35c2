//! Helm charts: which of the files make them, for which values they are rendered, and what that gives.

mod again;
mod applications;
mod charts;
mod coverage;
mod environments;
pub(crate) mod helmfile;
mod installed;
mod loading;
mod orphans;
mod passages;
mod releases;
mod rendering;
mod requested;
mod running;
mod settings;
mod text;
mod values;
mod written;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::helm::chart::Loaded;
use smol_str::{SmolStr, format_smolstr};
use source::{FileSystem, Sources};

use crate::discover::Candidate;
use crate::gitops::Deployment;
use crate::options::Progress;
use crate::project::share;
use crate::terraform::Release;
use crate::workspace::{Kept, Key};

pub(crate) use ::helm::declaration::{is_chart, is_known_subject};
pub(crate) use again::ChartInput;
pub(crate) use charts::{CHART_FILE, is_archive};
pub(crate) use installed::Installed;
pub(crate) use loading::Loading;
pub(crate) use passages::{Passages, passages};
pub(crate) use requested::Requested;
pub(crate) use running::RunningReleases;
pub(crate) use settings::{Settings, capabilities};
pub(crate) use text::text;
pub(crate) use written::written;

use charts::{Charts, Part};
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
    pub(crate) kept: &'a Kept,
    pub(crate) progress: &'a dyn Progress,
}

/// The files of a walk that are of charts.
#[derive(Clone)]
pub(crate) struct Divided {
    charts: Charts,
    own: Vec<Own>,
    orphans: Orphans,
}

/// A file of a chart.
#[derive(Clone)]
struct Own {
    file: Arc<Candidate>,
    /// The path of the chart.
    chart: PathBuf,
    part: Part,
}

/// What is to be done with a chart.
#[derive(Default)]
struct Task<'a> {
    /// Its files that a walk met.
    files: Vec<(&'a Arc<Candidate>, Part)>,
    /// The releases that install it.
    releases: Vec<&'a Release>,
    /// What applications deploy of it.
    deployments: Vec<&'a Deployment>,
    /// How many kustomizations are built with it, which judge it.
    kustomizations: usize,
    /// The chart, where these read it already.
    known: Option<Arc<Loaded>>,
    /// Whether it is judged by itself too.
    is_alone: bool,
}

impl Task<'_> {
    /// Whether something installs it.
    fn is_installed(&self) -> bool {
        !self.releases.is_empty() || !self.deployments.is_empty()
    }
}

/// Takes the files of charts from those of a walk, and returns the others beside them.
pub(crate) fn divide(
    system: &dyn FileSystem,
    candidates: Vec<Arc<Candidate>>,
) -> (Divided, Vec<Arc<Candidate>>) {
    let charts = Charts::of(&candidates);
    let mut own = Vec::new();
    let mut others = Vec::new();
    for file in candidates {
        let part = charts.part(&file.path).filter(|_| file.skip.is_none());
        match part.map(|(chart, part)| (chart.to_path_buf(), part)) {
            Some((chart, part)) => own.push(Own { file, chart, part }),
            None => others.push(file),
        }
    }
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
    /// Renders a chart, unless it was and is the same. What releases and applications set is not part of any file of it.
    fn render_once(&self, chart: &Path, task: &Task<'_>) -> Made {
        if !task.releases.is_empty() || !task.deployments.is_empty() {
            return self.render(chart, task, None);
        }
        let key = Key::some("chart", chart);
        let made = self
            .kept
            .get_again(key, self.system, |system, before: Option<&Made>| {
                let reader = Reader { system, ..*self };
                let mut made = reader.render(chart, task, before);
                if let Some(before) = before {
                    share(&before.resources, &mut made.resources);
                }
                made
            });
        Arc::unwrap_or_clone(made)
    }
}

/// What names a chart, by how its path is shown.
fn name(shown: &Path) -> SmolStr {
    format_smolstr!("{}", shown.display())
}
