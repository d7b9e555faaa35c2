//! Charts as they stand in a folder or an archive. Nothing is rendered, and nothing is unpacked to the disk.

mod archive;
mod assemble;
mod file;
mod folder;
mod ignore;
mod limits;
mod metadata;
mod pattern;
mod read_metadata;
mod repository;
mod validate;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use graph::Tree;
use source::{FileSystem, Problem, Sources};

pub use archive::DAMAGED;
pub use file::{ChartFile, Contents};
pub use metadata::{Dependency, Import, Maintainer, Metadata, Written};
pub use pattern::{BadPattern, Pattern};

/// A chart with the charts in it.
#[derive(Clone, Debug, Default)]
pub struct Chart {
    /// The folder or the archive.
    pub path: PathBuf,
    /// What `Chart.yaml` says.
    pub metadata: Metadata,
    /// `Chart.yaml` as it is written.
    pub description: Option<Arc<Tree>>,
    /// `requirements.yaml` as it is written.
    pub requirements: Option<Arc<Tree>>,
    /// `Chart.lock` or `requirements.lock` as it is written.
    pub lock: Option<Arc<Tree>>,
    /// What `values.yaml` holds.
    pub values: Option<Arc<Tree>>,
    /// `values.schema.json`.
    pub schema: Option<ChartFile>,
    /// The files below `templates/`.
    pub templates: Vec<ChartFile>,
    /// All other files, those below `crds/` included.
    pub files: Vec<ChartFile>,
    /// The charts below `charts/`, by name of folder or archive, and those of repositories that are folders of the same tree.
    pub dependencies: Vec<Arc<Chart>>,
    /// The names of those dependencies that do not stand below `charts/`, so that Helm doesn't know them.
    pub unbuilt: Vec<String>,
}

/// A chart, and what is wrong with it. Where a problem is an error, Helm refuses the whole chart; here, what could be read is
/// there.
#[derive(Debug)]
pub struct Loaded {
    /// The chart; none where not even `Chart.yaml` is there.
    pub chart: Option<Arc<Chart>>,
    /// What is wrong with it and with the charts in it.
    pub problems: Vec<Problem>,
}

/// Where charts are read from.
pub struct Reader<'a> {
    /// The files.
    pub system: &'a dyn FileSystem,
    /// Where texts are kept.
    pub sources: &'a Sources,
    /// How a path is shown to people.
    pub shown: &'a (dyn Fn(&Path) -> PathBuf + Sync),
}

impl Reader<'_> {
    /// The chart in a folder or in an archive.
    #[must_use]
    pub fn read(&self, path: &Path) -> Loaded {
        let mut problems = Vec::new();
        let mut limits = limits::Limits::default();
        let mut loading = assemble::Loading {
            reader: self,
            limits: &mut limits,
            problems: &mut problems,
            buffer: Vec::new(),
        };
        let chart = loading.chart(path);
        Loaded {
            chart: chart.map(Arc::new),
            problems,
        }
    }
}

impl Chart {
    /// Takes the templates that were read of files which are the same in another chart, so that they are not read again.
    pub fn take_read(&mut self, other: &Self) {
        let known = other.templates.iter();
        let known: HashMap<&str, &ChartFile> =
            known.map(|file| (file.name.as_str(), file)).collect();
        for file in &mut self.templates {
            let same = known.get(file.name.as_str());
            if let Some(same) = same.filter(|same| same.has_text_of(file)) {
                file.kept = same.kept.clone();
            }
        }
        let pairs = self.dependencies.iter_mut().zip(&other.dependencies);
        for (own, other) in pairs.filter(|(own, other)| own.path == other.path) {
            if let Some(own) = Arc::get_mut(own) {
                own.take_read(other);
            }
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.metadata.name.value
    }

    /// Whether it holds only what other charts call.
    #[must_use]
    pub fn is_library(&self) -> bool {
        self.metadata.kind.value.eq_ignore_ascii_case("library")
    }
}
