//! Reports as diagnostics, by file.

mod example;
mod files;
mod finding;
mod problem;
mod told;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use analysis::{FileFindings, Report, Workspace};
use source::{Place, Problem};

use crate::client::Shows;
use crate::encoding::Encoding;
use crate::settings::Settings;
use crate::snapshot::{Name, Snapshot};
use crate::types::{Diagnostic, Uri};
use crate::uri::uri_of;

pub(crate) use example::diagnostic as of_example;
pub(crate) use files::Files;
pub(crate) use finding::diagnostic as of_finding;
pub(crate) use problem::{diagnostic as of_problem, failure, is_about_all};
pub(crate) use told::Told;

/// The name under which editors show where a diagnostic comes from.
const SOURCE: &str = "scantling";

/// The diagnostics of files, each of which is there once.
pub(crate) type Diagnostics = Vec<OfFile>;

/// The diagnostics of a file.
#[derive(Clone)]
pub(crate) struct OfFile {
    pub(crate) name: Arc<FileName>,
    pub(crate) list: Arc<[Diagnostic]>,
}

/// How a file is called.
pub(crate) struct FileName {
    /// The absolute path.
    pub(crate) path: PathBuf,
    /// As the client knows it; nothing where no client can.
    pub(crate) uri: Option<Uri>,
}

/// How diagnostics are told.
pub(crate) struct Telling<'a> {
    pub(crate) encoding: Encoding,
    pub(crate) shows: Shows,
    pub(crate) settings: &'a Settings,
    /// How the editor calls the documents that are open.
    pub(crate) names: &'a HashMap<PathBuf, Name>,
}

/// What is told of one file beside findings.
#[derive(Default, PartialEq)]
struct Others {
    problems: Vec<Problem>,
    unknown: Vec<Diagnostic>,
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

    /// All diagnostics of the last analysis of a folder. Those of files of which the same is to be told are taken again.
    pub(crate) fn all(&self, folder: &Path, workspace: &Workspace, told: &mut Told) -> Diagnostics {
        let Some(report) = workspace.report() else {
            return Diagnostics::new();
        };
        let mut files = Files::new(self, folder, report);
        let others = self.others(folder, report, &mut files);
        told.begin(workspace.beginnings(), self);
        told.tell(report.findings.files(), others, &mut files)
    }

    /// What there is to tell beside findings, by path.
    fn others(
        &self,
        folder: &Path,
        report: &Report,
        files: &mut Files<'_>,
    ) -> BTreeMap<PathBuf, Others> {
        let mut by_file: BTreeMap<PathBuf, Others> = BTreeMap::new();
        for problem in report.problems.iter().filter(|_| self.settings.problems) {
            let path = match &problem.place {
                Place::Span(span) => files.path(*span),
                Place::Path(path) if path == Path::new(".") => folder.to_path_buf(),
                Place::Path(path) => folder.join(path),
            };
            let others = by_file.entry(path).or_default();
            others.problems.push(problem.clone());
        }
        for row in report.verdicts.iter().filter(|_| self.settings.unknown) {
            if let Some((path, diagnostic)) = finding::unknown(files, row) {
                by_file.entry(path).or_default().unknown.push(diagnostic);
            }
        }
        by_file
    }

    /// How a file is called, by its path.
    pub(crate) fn name(&self, path: &Path) -> Arc<FileName> {
        Arc::new(FileName {
            path: path.to_path_buf(),
            uri: self.uri(path),
        })
    }

    /// As the client knows a file; nothing where no client can.
    fn uri(&self, path: &Path) -> Option<Uri> {
        let open = self.names.get(path);
        open.map(|name| name.uri.clone()).or_else(|| uri_of(path))
    }
}

impl Others {
    /// The same, behind findings.
    fn with(&self, findings: &[Arc<FileFindings>], files: &mut Files<'_>) -> Arc<[Diagnostic]> {
        let mut all: Vec<Diagnostic> = Vec::new();
        let findings = findings.iter().flat_map(|file| file.findings());
        all.extend(findings.map(|one| of_finding(files, one)));
        all.extend(self.problems.iter().map(|one| of_problem(files, one)));
        all.extend(self.unknown.iter().cloned());
        all.into()
    }
}
