//! Charts that a kustomization has rendered. Who builds it says how.

use std::path::PathBuf;
use std::sync::Arc;

use graph::{SmolStr, Tree, Unknown};
use source::{Problem, SourceFile, Span};

/// A chart that a kustomization has rendered.
#[derive(Clone, Debug)]
pub struct ChartRequest {
    /// The entry that asks for it.
    pub span: Span,
    /// The folder of the chart, without links and detours.
    pub folder: PathBuf,
    /// The name of the release.
    pub release: Option<Written>,
    /// A template that makes the name of the release.
    pub name_template: Option<Written>,
    /// The namespace of the release.
    pub namespace: Option<Written>,
    /// The file of values that counts less than all others: the chart's own, unless another one is named. None where only the
    /// values of the kustomization count.
    pub values_file: Option<Arc<SourceFile>>,
    /// Values that are written in the kustomization.
    pub inline: Option<Tree>,
    /// These, put together with those of the file.
    pub values: Option<Tree>,
    /// Further files of values, each above those before it.
    pub additional_files: Vec<Arc<SourceFile>>,
    /// Whether the definitions of custom resources are rendered as well.
    pub includes_crds: bool,
    /// Whether hooks are left out.
    pub skips_hooks: bool,
    /// Whether tests are left out.
    pub skips_tests: bool,
    /// Versions of the API that the cluster has beside the usual ones.
    pub api_versions: Vec<SmolStr>,
    /// The version of Kubernetes.
    pub kube_version: Option<Written>,
}

/// A text of a kustomization.
#[derive(Clone, Debug)]
pub struct Written {
    /// The text.
    pub text: SmolStr,
    /// Where it stands.
    pub span: Span,
}

/// What a chart gives.
#[derive(Clone, Debug, Default)]
pub struct RenderedChart {
    /// Its documents, in their order.
    pub documents: Vec<ChartDocument>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// Whether what can't be known is taken for what stands in its place, as it is where the result is only printed.
    pub takes_placeholders: bool,
}

/// A document of a chart.
#[derive(Clone, Debug)]
pub struct ChartDocument {
    /// What it holds, with its values at the places where they were set.
    pub tree: Tree,
    /// The text that it stands in, which is read again as kustomize reads it.
    pub text: Option<DocumentText>,
    /// The condition under which it is there, where that can't be known.
    pub conditional: Option<Arc<Unknown>>,
}

/// A text in which a document stands.
#[derive(Clone, Debug)]
pub struct DocumentText {
    /// The text.
    pub file: Arc<SourceFile>,
    /// Which of the documents in it it is.
    pub index: usize,
    /// How many documents are in it.
    pub count: usize,
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
