//! Dependencies whose repository is a folder beside the chart.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::Chart;
use super::assemble::Loading;

impl Loading<'_, '_> {
    /// Adds the charts that are declared with `file://` and don't stand in `charts/`. Helm wants them to be copied there
    /// (`helm dependency build`), but their text is at hand.
    pub(super) fn add_repositories(&mut self, chart: &mut Chart) {
        let declared = chart.metadata.dependencies.iter().flatten();
        let missing = declared.filter(|dependency| {
            let mut present = chart.dependencies.iter();
            !present.any(|present| present.name() == dependency.name.value)
        });
        let folders: Vec<(String, PathBuf)> = missing
            .filter_map(|dependency| {
                let path = dependency.repository.value.strip_prefix("file://")?;
                let folder = normal(&chart.path.join(path));
                Some((dependency.name.value.clone(), folder))
            })
            .collect();
        for (name, folder) in folders {
            if self.limits.open.contains(&folder) {
                self.refuse("chart-cycle", format!("{name} depends on itself"), &folder);
                continue;
            }
            // What leads out of the tree is refused by the file system.
            if !self.reader.system.exists(&folder) {
                continue;
            }
            let Some(added) = self.chart(&folder) else {
                continue;
            };
            chart.unbuilt.push(name);
            chart.dependencies.push(Arc::new(added));
        }
    }
}

/// The path without `..`.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => {
                normal.pop();
            }
            Component::CurDir => {}
            other => normal.push(other),
        }
    }
    normal
}
