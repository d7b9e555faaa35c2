//! Charts that kustomizations are built with.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::helm::chart::Loaded;
use source::FileSystem;

use crate::terraform::counts;

/// The charts that kustomizations are built with.
#[derive(Clone, Default)]
pub(crate) struct Installed {
    /// The folders of the kustomizations by those of the charts that only they judge.
    users: BTreeMap<PathBuf, BTreeSet<PathBuf>>,
    /// What was read of charts, by their folders without links.
    read: HashMap<PathBuf, Arc<Loaded>>,
}

impl Installed {
    /// The same with what was read of the charts.
    pub(super) fn with(self, read: HashMap<PathBuf, Arc<Loaded>>) -> Self {
        Self { read, ..self }
    }

    /// Whether only kustomizations judge the chart in a folder without links.
    pub(super) fn judges(&self, chart: &Path) -> bool {
        self.users.contains_key(chart)
    }

    /// Adds a kustomization, unless it is an example or a test of the chart.
    pub(crate) fn add(&mut self, chart: &Path, kustomization: &Path) {
        if counts(kustomization, chart) {
            let users = self.users.entry(chart.to_path_buf()).or_default();
            users.insert(kustomization.to_path_buf());
        }
    }

    /// How many kustomizations are built with the chart at a path and judge it.
    pub(super) fn count(&self, system: &dyn FileSystem, chart: &Path) -> usize {
        let real = system.canonical(chart);
        let users = self.users.get(real.as_deref().unwrap_or(chart));
        users.map_or(0, BTreeSet::len)
    }

    /// The chart at a path, if it was read already.
    pub(super) fn chart(&self, system: &dyn FileSystem, path: &Path) -> Option<Arc<Loaded>> {
        self.read.get(&system.canonical(path).ok()?).cloned()
    }
}
