//! Charts that a kustomization has rendered. Who builds it says how.

use std::path::PathBuf;

use graph::{SmolStr, Tree};
use source::{Problem, Span};

/// A chart that a kustomization has rendered.
#[derive(Clone, Debug)]
pub struct ChartRequest {
    /// The entry that asks for it.
    pub span: Span,
    /// The folder of the chart.
    pub folder: PathBuf,
    /// Its name.
    pub name: SmolStr,
    /// The version that is asked for.
    pub version: Option<SmolStr>,
    /// Where the chart would be fetched from. Nothing is fetched.
    pub repository: Option<SmolStr>,
    /// The name of the release; none where Helm makes one.
    pub release: Option<SmolStr>,
    /// The namespace of the release.
    pub namespace: Option<SmolStr>,
    /// The files of values, the first below the others.
    pub values_files: Vec<PathBuf>,
    /// Values that are written in the kustomization.
    pub values: Option<Tree>,
    /// How these are put together with the first file.
    pub values_merge: ValuesMerge,
    /// Whether the definitions of custom resources are rendered as well.
    pub includes_crds: bool,
    /// Whether hooks are left out.
    pub skips_hooks: bool,
    /// Whether tests are left out.
    pub skips_tests: bool,
    /// Versions of the API that the cluster has beside the usual ones.
    pub api_versions: Vec<SmolStr>,
    /// The version of Kubernetes.
    pub kube_version: Option<SmolStr>,
}

/// How values that are written in a kustomization are put together with those of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ValuesMerge {
    /// They count where both have a value.
    #[default]
    Override,
    /// The file does not count.
    Replace,
    /// The file counts where both have a value.
    Merge,
}

/// What a chart gives.
#[derive(Clone, Debug, Default)]
pub struct RenderedChart {
    /// Its objects, in their order.
    pub objects: Vec<Tree>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

/// Renders charts.
pub trait Charts: Sync {
    /// The objects of a chart; nothing if charts are not rendered here.
    fn render(&self, request: &ChartRequest) -> Option<RenderedChart>;
}

/// Renders no charts.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoCharts;

impl Charts for NoCharts {
    fn render(&self, _: &ChartRequest) -> Option<RenderedChart> {
        None
    }
}
