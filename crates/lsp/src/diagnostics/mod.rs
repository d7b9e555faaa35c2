//! Reports as diagnostics, by file.

mod files;
mod finding;
mod problem;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use analysis::Report;
use source::Place;

use crate::client::Shows;
use crate::encoding::Encoding;
use crate::settings::Settings;
use crate::snapshot::{Name, Snapshot};
use crate::types::Diagnostic;

pub(crate) use files::Files;
pub(crate) use finding::diagnostic as of_finding;
pub(crate) use problem::{diagnostic as of_problem, failure};

/// The name under which editors show where a diagnostic comes from.
const SOURCE: &str = "scantling";

/// The diagnostics of files, by absolute path.
pub(crate) type Diagnostics = BTreeMap<PathBuf, Vec<Diagnostic>>;

/// How diagnostics are told.
pub(crate) struct Telling<'a> {
    pub(crate) encoding: Encoding,
    pub(crate) shows: Shows,
    pub(crate) settings: &'a Settings,
    /// How the editor calls the documents that are open.
    pub(crate) names: &'a HashMap<PathBuf, Name>,
}

impl<'a> Telling<'a> {
    /// As the client of a snapshot wants it.
    pub(crate) fn of(snapshot: &'a Snapshot) -> Self {
        Self {
            encoding: snapshot.client.encoding,
            shows: snapshot.client.shows,
            settings: &snapshot.settings,
            names: &snapshot.names,
        }
    }

    /// All diagnostics of a report whose paths are relative to a folder.
    pub(crate) fn report(&self, folder: &Path, report: &Report) -> Diagnostics {
        let mut files = Files::new(self, folder, report);
        let mut told: Vec<(PathBuf, Diagnostic)> = Vec::new();
        for finding in &report.findings {
            let diagnostic = finding::diagnostic(&mut files, finding);
            told.push((files.path(finding.span), diagnostic));
        }
        if self.settings.problems {
            for problem in &report.problems {
                let diagnostic = problem::diagnostic(&mut files, problem);
                let path = match &problem.place {
                    Place::Span(span) => files.path(*span),
                    Place::Path(path) if path == Path::new(".") => folder.to_path_buf(),
                    Place::Path(path) => folder.join(path),
                };
                told.push((path, diagnostic));
            }
        }
        if self.settings.unknown {
            let rows = report.verdicts.iter();
            told.extend(rows.filter_map(|row| finding::unknown(&mut files, row)));
        }
        by_file(told)
    }
}

fn by_file(told: Vec<(PathBuf, Diagnostic)>) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for (path, diagnostic) in told {
        diagnostics.entry(path).or_default().push(diagnostic);
    }
    diagnostics
}
