//! A chart or a kustomization as text.

use std::path::Path;

use source::{Confined, FileSystem, Problem, Sources, Span};

use crate::discover::{boundary, clean};
use crate::error::Error;
use crate::options::Options;
use crate::{helm, kustomize};

/// What of a chart is printed; of kustomizations it is all.
#[derive(Clone, Debug, Default)]
pub struct RenderOptions {
    /// Whether the files below `crds/` are.
    pub crds: bool,
    /// Whether hooks are left out.
    pub no_hooks: bool,
    /// Whether hooks that test the release are left out.
    pub skip_tests: bool,
    /// Only the manifests of templates that these patterns match, if there are any.
    pub only: Vec<String>,
}

/// What became of a chart or a kustomization.
#[derive(Debug)]
pub struct RenderedText {
    /// The text of the manifests: all, or what could be rendered.
    pub text: String,
    /// Where each line of the text is written, as far as it is anywhere.
    pub lines: Vec<Option<Span>>,
    /// Why Helm or kustomize gives nothing at all, in the words of Helm.
    pub refusal: Option<String>,
    /// What is wrong with the input.
    pub problems: Vec<Problem>,
    /// The files that spans refer to.
    pub sources: Sources,
}

/// Renders a chart, or builds a kustomization, without network and without the programs of theirs.
///
/// # Errors
/// When neither is there, or something that the call names can't be read.
pub fn render(
    system: &dyn FileSystem,
    options: &Options,
    path: &Path,
    wanted: &RenderOptions,
) -> Result<RenderedText, Error> {
    let full = clean(&options.directory.join(path));
    let confined = Confined::new(system, vec![boundary(system, options, &full)?]);
    match kustomize::folder(&confined, &full) {
        Some(folder) => kustomize::text(&confined, options, folder),
        None => helm::text((system, &confined), options, &full, wanted),
    }
}
