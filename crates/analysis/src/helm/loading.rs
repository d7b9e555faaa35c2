//! The charts of a run on their way: what is rendered may have other charts deployed, and then these are rendered anew.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};
use graph::Resource;
use rayon::prelude::*;

use super::coverage::Coverage;
use super::releases::Releases;
use super::rendering::Made;
use super::{Divided, Installed, Own, Reader, Task, again, name};
use crate::gitops::{self, Deployment, How};
use crate::project::{Rendered, Rendering};
use crate::terraform::{Places, Release};

/// The charts of a run.
pub(crate) struct Loading<'a> {
    reader: &'a Reader<'a>,
    own: Vec<Own>,
    releases: Releases<'a>,
    /// The charts of the walk by their real paths.
    walked: HashMap<PathBuf, PathBuf>,
    /// What applications deploy, by the paths of the charts.
    deployments: BTreeMap<PathBuf, Vec<Deployment>>,
    /// The charts that kustomizations are built with.
    installed: Installed,
    /// What is rendered so far.
    made: BTreeMap<PathBuf, Made>,
    loaded: Rendered,
}

impl<'a> Loading<'a> {
    /// The charts among the files of a walk and those that releases install. Nothing is rendered yet.
    pub(crate) fn new(
        reader: &'a Reader<'a>,
        divided: Divided,
        releases: &'a [Release],
        places: Option<&Places>,
    ) -> Self {
        let Divided {
            charts,
            own,
            orphans,
        } = divided;
        let releases = places.map(|places| reader.find(releases, places, &charts));
        let releases = releases.unwrap_or_default();
        let mut loaded = Rendered {
            inputs: orphans.inputs,
            problems: orphans.problems,
            ..Rendered::default()
        };
        loaded.problems.extend_from_slice(&releases.problems);
        let roots = charts.roots.iter();
        let walked = roots.filter_map(|root| {
            let real = reader.system.canonical(root).ok()?;
            Some((real, root.clone()))
        });
        Self {
            reader,
            walked: walked.collect(),
            own,
            releases,
            deployments: BTreeMap::new(),
            installed: Installed::default(),
            made: BTreeMap::new(),
            loaded,
        }
    }

    /// Renders the charts as these applications deploy them: those that were not rendered yet, or for other applications. Of
    /// those that kustomizations are built with, what these give is there already.
    pub(crate) fn deploy(&mut self, all: &[Deployment], installed: &Installed) {
        let mut deployments: BTreeMap<PathBuf, Vec<Deployment>> = BTreeMap::new();
        for one in all.iter().filter(|one| matches!(one.how, How::Chart(_))) {
            let path = self.walked.get(&one.folder).unwrap_or(&one.path);
            let own = deployments.entry(path.clone()).or_default();
            own.push(one.clone());
        }
        let before = std::mem::replace(&mut self.deployments, deployments);
        let earlier = std::mem::replace(&mut self.installed, installed.clone());
        let is_changed = |chart: &Path| {
            let of = |all: &BTreeMap<PathBuf, Vec<Deployment>>| all.get(chart).cloned();
            let (old, new) = (of(&before).unwrap_or_default(), of(&self.deployments));
            let new = new.unwrap_or_default();
            let mut pairs = old.iter().zip(&new);
            let count = |installed: &Installed| installed.count(self.reader.system, chart);
            count(&earlier) != count(&self.installed)
                || old.len() != new.len()
                || pairs.any(|(old, new)| !old.is_same(new))
        };
        let tasks = self.tasks();
        let is_wanted = |chart: &Path| !self.made.contains_key(chart) || is_changed(chart);
        let is_own = |task: &Task<'_>| task.is_alone || task.is_installed();
        let wanted: Vec<(&Path, &Task<'_>)> = tasks
            .iter()
            .filter(|(chart, task)| is_own(task) && is_wanted(chart))
            .map(|(chart, task)| (*chart, task))
            .collect();
        if wanted.is_empty() {
            return;
        }
        self.reader.progress.stage("rendering", wanted.len());
        let made: Vec<(PathBuf, Made)> = wanted
            .into_par_iter()
            .map(|(chart, task)| {
                let made = self.reader.render_once(chart, task);
                self.reader.progress.step();
                (chart.to_path_buf(), made)
            })
            .collect();
        let wanted = tasks.iter().filter(|(_, task)| is_own(task));
        let wanted: BTreeSet<PathBuf> = wanted.map(|(chart, _)| chart.to_path_buf()).collect();
        self.made.retain(|chart, _| wanted.contains(chart));
        self.made.extend(made);
    }

    /// What is rendered so far.
    pub(crate) fn resources(&self) -> impl Iterator<Item = &Resource> {
        let made = self.made.values().flat_map(|made| &made.resources);
        made.map(|declared| &*declared.resource)
    }

    /// What is to be done with each chart. One that is installed is judged as that says only.
    fn tasks(&self) -> BTreeMap<&Path, Task<'_>> {
        let mut tasks: BTreeMap<&Path, Task<'_>> = BTreeMap::new();
        // The files of a chart mostly stand together.
        let is_same = |one: &Own, other: &Own| one.chart.as_os_str() == other.chart.as_os_str();
        for all in self.own.chunk_by(is_same) {
            let task = tasks.entry(&all[0].chart).or_default();
            let files = all.iter().map(|own| (&own.file, own.part));
            task.files.extend(files);
            task.is_alone = true;
        }
        for (chart, releases) in &self.releases.of_chart {
            let task = tasks.entry(chart).or_default();
            task.is_alone &= !releases.iter().any(|release| release.counts(chart));
            task.releases.clone_from(releases);
        }
        for (chart, deployments) in &self.deployments {
            let task = tasks.entry(chart).or_default();
            task.is_alone &= deployments.iter().all(|one| one.is_demonstration);
            task.deployments = deployments.iter().collect();
        }
        for (chart, task) in &mut tasks {
            task.kustomizations = self.installed.count(self.reader.system, chart);
            task.known = self.installed.chart(self.reader.system, chart);
            task.is_alone &= task.kustomizations == 0;
        }
        tasks
    }

    /// Everything that was rendered, and what became of the files.
    pub(crate) fn finish(mut self, kustomizations: &Rendered) -> Rendered {
        let mut loaded = std::mem::take(&mut self.loaded);
        let mut left_out: HashMap<PathBuf, String> = HashMap::new();
        for (chart, made) in std::mem::take(&mut self.made) {
            loaded.resources.extend(made.resources);
            loaded.files.extend(made.files);
            loaded.problems.extend(made.problems);
            left_out.extend(made.left_out.map(|reason| (chart, reason)));
        }
        let tasks = self.tasks();
        if tasks.is_empty() {
            return loaded;
        }
        let left_out = left_out.iter();
        let left_out = left_out.map(|(chart, reason)| (chart.as_path(), reason.clone()));
        let left_out = left_out.collect();
        let installed = tasks.iter().filter(|(_, task)| !task.is_alone);
        let installed = installed.map(|(chart, task)| (*chart, judged_through(task)));
        let installed = installed.collect();
        let coverage = Coverage::of(
            self.reader,
            (&left_out, &installed),
            &[&loaded, kustomizations],
        );
        let rows = coverage.rows(&self.own);
        loaded.inputs.extend(rows);
        // What releases install is not rendered again.
        let is_wanted = |chart: &Path| {
            let task = tasks.get(chart);
            task.is_some_and(|task| task.releases.is_empty() && task.kustomizations == 0)
        };
        let charts = again::inputs(&tasks, &is_wanted).into_iter();
        let charts = charts.map(|(chart, input)| {
            let name = name(&(self.reader.shown)(&chart));
            (name, Arc::new(Rendering::Chart(input)))
        });
        loaded.renderings = charts.collect();
        loaded
    }
}

/// Through what a chart is judged that is not judged by itself.
fn judged_through(task: &Task<'_>) -> String {
    let addresses = task
        .releases
        .iter()
        .map(|release| &release.resource.address);
    let releases = addresses.collect::<BTreeSet<_>>().len();
    let told = |number: usize, one: &str, more: &str| match number {
        0 => None,
        1 => Some(format!("judged through 1 {one}")),
        number => Some(format!("judged through {number} {more}")),
    };
    let deployments = task.deployments.len();
    let all = [
        told(releases, "release of Terraform", "releases of Terraform"),
        told(task.kustomizations, "kustomization", "kustomizations"),
        (deployments > 0).then(|| gitops::judged_through(deployments)),
    ];
    let all: Vec<String> = all.into_iter().flatten().collect();
    all.join(", and ")
}
