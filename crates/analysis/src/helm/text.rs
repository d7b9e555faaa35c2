//! One chart as text, as `helm template` prints it.

use std::path::Path;

use helm::chart;
use helm::manifest::{file_text, line_places};
use helm::render::{self, Show, TextOptions};
use source::{Confined, FileSystem, Problem, Sources, Span};

use super::Settings;
use crate::config::Config;
use crate::discover::{boundary, clean, shown};
use crate::error::Error;
use crate::named::NamedFiles;
use crate::options::Options;
use crate::problems::deduplicate;

/// What of a chart is printed.
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

/// What became of a chart.
#[derive(Debug)]
pub struct ChartText {
    /// The text of the manifests: all, or what could be rendered.
    pub text: String,
    /// Where each line of the text is written, as far as it is anywhere.
    pub lines: Vec<Option<Span>>,
    /// Why Helm renders nothing at all, in its words.
    pub refusal: Option<String>,
    /// What is wrong with the chart.
    pub problems: Vec<Problem>,
    /// The files that spans refer to.
    pub sources: Sources,
}

/// Renders a chart without network and without Helm.
///
/// # Errors
/// When there is no chart, or something that the call names can't be read.
pub fn render(
    system: &dyn FileSystem,
    options: &Options,
    path: &Path,
    wanted: &RenderOptions,
) -> Result<ChartText, Error> {
    let config = Config::find(system, options.config.as_deref(), &options.directory)?;
    let sources = Sources::default();
    let settings = Settings::read(&NamedFiles::of(system, &sources, options), options, &config)?;
    let full = clean(&options.directory.join(path));
    let confined = Confined::new(system, vec![boundary(system, options, &full)?]);
    let read = chart::Reader {
        system: &confined,
        sources: &sources,
        shown: &|path| shown(path, &options.directory),
    }
    .read(&full);
    let chart = read.chart.ok_or_else(|| Error::NoChart {
        path: path.to_path_buf(),
    })?;
    let of_chart = render::Options {
        release: render::Release {
            // The text is what Helm prints, known or not.
            assumes_namespace: false,
            ..settings.release.clone()
        },
        capabilities: settings.capabilities.clone(),
        ..render::Options::default()
    };
    let made = render::render(&chart, &settings.values(&[]), &sources, &of_chart);
    let show = Show {
        crds: wanted.crds,
        hooks: !wanted.no_hooks,
        tests: !wanted.skip_tests,
    };
    let printed = made.text(&TextOptions {
        show,
        only: wanted.only.clone(),
    });
    let (text, refusal) = match printed {
        Ok(text) => (text, None),
        Err(error) => (made.whole_text(show), Some(error.to_string())),
    };
    let mut problems = read.problems;
    problems.extend(made.problems);
    deduplicate(&mut problems);
    Ok(ChartText {
        lines: line_places(&text),
        text: file_text(&text),
        refusal,
        problems,
        sources,
    })
}
