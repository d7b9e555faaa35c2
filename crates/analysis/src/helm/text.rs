//! One chart as text, as `helm template` prints it.

use std::path::Path;

use helm::chart;
use helm::manifest::{file_text, line_places};
use helm::render::{self, Show, TextOptions};
use source::{Confined, FileSystem, Sources};

use super::Settings;
use crate::config::Config;
use crate::discover::shown;
use crate::error::Error;
use crate::named::NamedFiles;
use crate::options::Options;
use crate::problems::deduplicate;
use crate::render::{RenderOptions, RenderedText};

/// The text of the chart at a path.
///
/// # Errors
/// When there is no chart, or something that the call names can't be read.
pub(crate) fn text(
    (system, confined): (&dyn FileSystem, &Confined<'_>),
    options: &Options,
    full: &Path,
    wanted: &RenderOptions,
) -> Result<RenderedText, Error> {
    let config = Config::find(system, options.config.as_deref(), &options.directory)?;
    let sources = Sources::default();
    let settings = Settings::read(&NamedFiles::of(system, &sources, options), options, &config)?;
    let read = chart::Reader {
        system: confined,
        sources: &sources,
        shown: &|path| shown(path, &options.directory),
    }
    .read(full);
    let chart = read.chart.ok_or_else(|| Error::NoChart {
        path: shown(full, &options.directory),
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
    Ok(RenderedText {
        lines: line_places(&text),
        text: file_text(&text),
        refusal,
        problems,
        sources,
    })
}
