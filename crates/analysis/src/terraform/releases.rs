//! Releases of Helm that a root installs: what `helm` is asked to render.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use graph::{Resource, Tree};
use smol_str::SmolStr;
use source::{Level, Problem, Span};
use terraform::helm::RenderRequest;
use terraform::resource;

use super::CHART_NOT_RENDERED;
use super::evaluation::Position;
use super::roots::counts;

/// A release of a root, in one of its environments.
#[derive(Clone)]
pub(crate) struct Release {
    /// The resource that installs it.
    pub(crate) resource: Resource,
    pub(crate) request: RenderRequest,
    /// What the texts of values say, in the order of the request; nothing of those that can't be read.
    pub(crate) values: Vec<Option<Arc<Tree>>>,
    /// The values that are never printed.
    pub(crate) secrets: Vec<Span>,
    /// The folder of the root, which paths are relative to.
    folder: PathBuf,
    /// Outside of what nothing is read.
    pub(crate) boundary: PathBuf,
    /// The number of environments in which the root is evaluated.
    pub(crate) environments: usize,
    /// The calls of modules that it stands in.
    pub(crate) calls: Vec<Span>,
    /// The call that brought it in, where it stands in a module that the user does not own.
    pub(crate) foreign: Option<Span>,
}

/// Where the chart of a release is.
pub(crate) enum Chart {
    /// At a path, if anything is there.
    Local(PathBuf),
    /// Not in any folder, for this reason.
    Elsewhere(String),
}

impl Release {
    /// The release that a resource of a root installs; none of a resource that is none.
    pub(super) fn of(
        declared: &resource::Declared,
        (folder, boundary): (&Path, &Path),
        position: Position,
    ) -> Option<Self> {
        let request = RenderRequest::of(&declared.resource)?;
        let resource = declared.resource.clone();
        let of_tree = |tree: &Tree, node| tree.node(node).span;
        let own = resource.facts.sensitive.iter();
        let own = own.map(|node| of_tree(&resource.tree, *node));
        let documents = declared.values.iter().flatten();
        let inner = documents.flat_map(|document| {
            let nodes = document.sensitive.iter();
            nodes.map(|node| of_tree(&document.tree, *node))
        });
        let values = declared.values.iter().map(|document| {
            let document = document.as_ref()?;
            Some(Arc::new(document.tree.clone()))
        });
        Some(Self {
            secrets: own.chain(inner).collect(),
            request,
            values: values.collect(),
            resource,
            folder: folder.to_path_buf(),
            boundary: boundary.to_path_buf(),
            environments: position.environments,
            calls: declared.calls.clone(),
            foreign: declared.foreign,
        })
    }

    /// Where the chart is: Helm looks for a path before it asks a repository.
    pub(crate) fn chart(&self) -> Chart {
        let Some(chart) = self.text(self.request.chart) else {
            return Chart::Elsewhere("its chart can't be known".to_owned());
        };
        let repository = self.text(self.request.repository);
        match repository {
            Some(repository) if repository.contains("://") => Chart::Elsewhere(format!(
                "it is in the repository `{}`",
                source::neutral(&repository)
            )),
            _ if chart.contains("://") => Chart::Elsewhere("it is in a registry".to_owned()),
            Some(repository) => {
                Chart::Local(self.folder.join(repository.as_str()).join(chart.as_str()))
            }
            None if self.request.repository.is_some() => {
                Chart::Elsewhere("its repository can't be known".to_owned())
            }
            None => Chart::Local(self.folder.join(chart.as_str())),
        }
    }

    fn text(&self, node: Option<graph::NodeId>) -> Option<SmolStr> {
        self.resource.tree.as_text(node?).cloned()
    }

    /// Whether the chart at a path is judged only as its releases install it: not if this is an example or a test of it.
    pub(crate) fn counts(&self, chart: &Path) -> bool {
        counts(&self.folder, chart)
    }

    /// What it installs is not in the graph, for a reason.
    pub(crate) fn not_rendered(&self, why: &str) -> Problem {
        not_rendered(&self.resource, &self.request, Some(why))
    }
}

/// What a release of Helm installs is not in the graph.
pub(super) fn not_rendered(
    resource: &Resource,
    request: &RenderRequest,
    why: Option<&str>,
) -> Problem {
    let tree = &resource.tree;
    let name = request.chart.and_then(|chart| tree.as_text(chart));
    let chart = match name {
        Some(name) => format!("the chart `{}`", source::neutral(name)),
        None => "the chart of this release".to_owned(),
    };
    let key = request
        .chart
        .and_then(|chart| tree.node(chart).key.as_ref());
    // A value that came from elsewhere has no key here.
    let key = key.filter(|key| resource.span().contains(key.span));
    let span = key.map_or_else(|| resource.span(), |key| key.span);
    let why = why.map_or_else(String::new, |why| format!(": {why}"));
    let message = format!("{chart} is not rendered, so what it installs is not judged{why}");
    let help = "render it with `helm template` and scan what that prints";
    Problem::at(Level::Warning, CHART_NOT_RENDERED, message, span).with_help(help)
}
