//! Templates of charts that a run does not render: they are never loose manifests.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use source::{FileSystem, Level, Problem};

use super::charts::CHART_FILE;
use crate::discover::{Candidate, clean};
use crate::report::{Input, Status, Unit};

/// Templates without their charts.
#[derive(Clone, Default)]
pub(super) struct Orphans {
    /// What became of them.
    pub(super) inputs: Vec<Input>,
    /// What is missing.
    pub(super) problems: Vec<Problem>,
}

impl Orphans {
    /// Takes out the templates of charts that are not among the inputs, and returns the other files beside them.
    pub(super) fn leave(
        system: &dyn FileSystem,
        candidates: Vec<Arc<Candidate>>,
    ) -> (Self, Vec<Arc<Candidate>>) {
        let mut charts: HashMap<PathBuf, Option<PathBuf>> = HashMap::new();
        // The first template of each chart.
        let mut first: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
        let mut orphans = Self::default();
        let mut others = Vec::new();
        for candidate in candidates {
            let folder = candidate.path.parent().map(clean).unwrap_or_default();
            let chart = charts
                .entry(folder)
                .or_insert_with_key(|folder| chart_above(system, folder, &candidate.boundary));
            match chart.as_ref().filter(|_| candidate.skip.is_none()) {
                Some(chart) => {
                    let first = first.entry(chart.clone());
                    first.or_insert_with(|| candidate.shown.clone());
                    orphans.inputs.push(orphan(&candidate));
                }
                None => others.push(candidate),
            }
        }
        orphans.problems = first.values().map(not_rendered).collect();
        (orphans, others)
    }
}

/// The chart whose `templates` a folder is or stands in, if that may be looked at.
fn chart_above(system: &dyn FileSystem, folder: &Path, boundary: &Path) -> Option<PathBuf> {
    let real = system.canonical(folder).ok()?;
    let mut above = real.ancestors();
    let templates = above.find(|above| above.file_name().is_some_and(|it| it == "templates"));
    let chart = templates?.parent()?;
    let is_chart = chart.starts_with(boundary) && system.exists(&chart.join(CHART_FILE));
    is_chart.then(|| chart.to_path_buf())
}

fn not_rendered(first: &PathBuf) -> Problem {
    let message = "a template is scanned without its chart, so nothing of it is rendered";
    Problem::of(Level::Error, "chart-not-scanned", message, first)
        .with_help("scan the whole chart, or exclude all of it")
}

fn orphan(candidate: &Candidate) -> Input {
    Input {
        path: candidate.shown.clone(),
        unit: Unit::File,
        status: Status::Failed,
        reason: Some("a template of a chart that is not scanned".to_owned()),
        resources: 0,
    }
}
