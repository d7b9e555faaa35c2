//! What is known of each resource, above it.

use std::path::Path;

use analysis::Overview;

use crate::actions::Known;
use crate::diagnostics::{Files, Telling};
use crate::types::{CodeLens, Command};

/// What is known of each resource of a file.
pub(crate) fn lenses(known: &Known<'_>, path: &Path) -> Option<Vec<CodeLens>> {
    let report = known.workspace.report()?;
    let shown = path.strip_prefix(known.folder).ok()?;
    let telling = Telling::of(known.snapshot);
    let mut files = Files::new(&telling, known.folder, report);
    let lens = |overview: Overview| CodeLens {
        range: files.range(overview.span),
        command: Some(Command {
            title: title(&overview),
            // There is nothing to do but to read.
            command: String::new(),
            arguments: None,
        }),
        data: None,
    };
    Some(
        known
            .workspace
            .overview(shown)
            .into_iter()
            .map(lens)
            .collect(),
    )
}

fn title(overview: &Overview) -> String {
    let findings = match overview.findings {
        0 => "no findings".to_owned(),
        1 => "1 finding".to_owned(),
        count => format!("{count} findings"),
    };
    match overview.level {
        Some(level) => format!("{findings}, {level}"),
        None => findings,
    }
}
