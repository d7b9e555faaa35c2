//! One kustomization as text, as `kustomize build` prints it.

use std::path::Path;

use ::kustomize::{Build, is_kustomization};
use source::{FileSystem, Level, Sources, Span};

use crate::error::Error;
use crate::helm::{CHART_FILE, Requested, capabilities};
use crate::options::Options;
use crate::render::RenderedText;
use crate::shown::Shown;

/// The folder of the kustomization at a path, unless that is a chart.
pub(crate) fn folder<'a>(system: &dyn FileSystem, path: &'a Path) -> Option<&'a Path> {
    if is_kustomization(path) {
        return path.parent();
    }
    let entries = system.list(path).ok()?;
    let has = |wanted: &dyn Fn(&Path) -> bool| entries.iter().any(|entry| wanted(&entry.path));
    let is_chart = has(&|path| path.ends_with(CHART_FILE));
    (!is_chart && has(&is_kustomization)).then_some(path)
}

/// The text of the kustomization in a folder.
///
/// # Errors
/// When the call names no version of Kubernetes where it should.
pub(crate) fn text(
    system: &dyn FileSystem,
    options: &Options,
    folder: &Path,
) -> Result<RenderedText, Error> {
    let sources = Sources::default();
    let shown = Shown::of(system, &options.directory, &[]);
    let shown = |path: &Path| shown.path(path);
    let kubernetes = kubernetes::Options::default();
    let capabilities = capabilities(options)?;
    let charts = Requested::new((system, &sources), &shown, &kubernetes, &capabilities);
    let charts = charts.printing();
    let build = ::kustomize::Reader::new(system, &sources, &charts)
        .showing(&shown)
        .build(folder);
    let is_error = |level| level == Level::Error;
    let mut errors = build.problems.iter();
    let failed = errors.any(|problem| is_error(problem.level));
    Ok(RenderedText {
        text: build.text(),
        lines: lines(&build),
        refusal: failed.then(|| "the kustomization can't be built as a whole".to_owned()),
        problems: build.problems,
        sources,
    })
}

/// Where each line is written. Nothing writes those between objects.
fn lines(build: &Build) -> Vec<Option<Span>> {
    let mut lines = Vec::new();
    for object in &build.resources {
        if !lines.is_empty() {
            lines.push(None);
        }
        lines.extend(object.line_places());
    }
    lines
}
