//! Manifests to the text that `helm template` prints.

use thiserror::Error;

use super::split::documents;
use super::{Manifest, Rendered};
use crate::chart::Pattern;
use crate::run::Failure;
use crate::value::{Mark, Text, TextBuilder};

/// What is printed.
#[derive(Clone, Debug, Default)]
pub struct TextOptions {
    /// What of the manifests (`--include-crds`, `--no-hooks`, `--skip-tests`).
    pub show: Show,
    /// Only the manifests of the templates that these patterns match (`--show-only`), if there are any.
    pub only: Vec<String>,
}

/// Which manifests are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Show {
    /// Those below `crds/`.
    pub crds: bool,
    /// Hooks.
    pub hooks: bool,
    /// Hooks that test the release.
    pub tests: bool,
}

impl Default for Show {
    fn default() -> Self {
        Self {
            crds: false,
            hooks: true,
            tests: true,
        }
    }
}

/// Why Helm prints nothing but an error.
#[derive(Clone, Debug, Error)]
pub enum Unprintable {
    /// It refuses the chart or its values.
    #[error("{0}")]
    Refused(String),
    /// A template can't be read or run.
    #[error("{}", .0.helm())]
    Failed(Box<Failure>),
    /// No template has the path that is asked for.
    #[error("could not find template {0} in chart")]
    Missing(String),
}

impl Rendered {
    /// The text that `helm template` prints, with the origins of all bytes.
    ///
    /// # Errors
    /// When it prints an error.
    pub fn text(&self, options: &TextOptions) -> Result<Text, Unprintable> {
        if let Some(failure) = self.first_failure() {
            return Err(Unprintable::Failed(Box::new(failure.clone())));
        }
        if let Some(refusal) = &self.refusal {
            return Err(Unprintable::Refused(refusal.clone()));
        }
        let whole = self.whole_text(options.show);
        match options.only.is_empty() {
            true => Ok(whole),
            false => only(&whole, &options.only),
        }
    }

    /// The text of what could be rendered, whatever else failed.
    #[must_use]
    pub fn whole_text(&self, show: Show) -> Text {
        let crds = self.manifests.crds.iter().filter(|_| show.crds);
        let installed = crds.chain(&self.manifests.resources);
        let mut out = TextBuilder::with_room(installed.clone().map(room).sum());
        for manifest in installed {
            push(&mut out, manifest);
        }
        out.trim_end();
        out.push_bytes("\n", &Mark::default());
        let hooks = self.manifests.hooks.iter().filter(|_| show.hooks);
        for hook in hooks.filter(|hook| show.tests || !hook.is_test()) {
            push(&mut out, hook);
        }
        out.finish()
    }

    /// What Helm refuses of the chart and its values it refuses before it looks at templates; manifests that are no YAML, after
    /// that.
    fn first_failure(&self) -> Option<&Failure> {
        let is_late = |refusal: &String| refusal.starts_with("YAML parse error");
        let comes_first = self.refusal.as_ref().is_none_or(is_late);
        self.failures.first().filter(|_| comes_first)
    }
}

/// How many bytes a manifest takes.
fn room(manifest: &Manifest) -> usize {
    manifest.path.len() + manifest.text.len() + "---\n# Source: \n\n".len()
}

fn push(out: &mut TextBuilder, manifest: &Manifest) {
    let source = format!("---\n# Source: {}\n", manifest.path);
    out.push_bytes(source, &Mark::default());
    out.push(&manifest.text);
    out.push_bytes("\n", &Mark::default());
}

/// The documents whose template is asked for.
fn only(whole: &Text, patterns: &[String]) -> Result<Text, Unprintable> {
    let documents = documents(whole);
    let mut out = TextBuilder::default();
    for pattern in patterns {
        // Helm takes a pattern that can't be read for one that matches nothing.
        let read = Pattern::parse(pattern).ok();
        let matching = documents.iter().filter(|document| {
            let path = source_path(document);
            read.as_ref()
                .zip(path)
                .is_some_and(|(pattern, path)| pattern.matches(&path))
        });
        let before = out.len();
        for document in matching {
            out.push(&"---\n".into());
            out.push(document);
            out.push(&"\n".into());
        }
        if out.len() == before {
            return Err(Unprintable::Missing(pattern.clone()));
        }
    }
    Ok(out.finish())
}

/// The path in the chart that the first line about its source names.
fn source_path(document: &Text) -> Option<String> {
    let text = document.to_str();
    let mut rest: &str = &text;
    while let Some(at) = rest.find("# Source: ") {
        rest = &rest[at + "# Source: ".len()..];
        let line = rest.lines().next().unwrap_or_default();
        let path = line
            .split_once('/')
            .filter(|(chart, path)| !chart.is_empty() && !path.is_empty());
        if let Some((_, path)) = path {
            return Some(path.to_owned());
        }
    }
    None
}
