//! Reports as diagnostics, by file.

mod example;
mod files;
mod finding;
mod problem;
mod told;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use analysis::{Finding, Report, Workspace};
use source::{Place, Problem};

use crate::client::Shows;
use crate::encoding::Encoding;
use crate::settings::Settings;
use crate::snapshot::{Name, Snapshot};
use crate::types::Diagnostic;

pub(crate) use example::diagnostic as of_example;
pub(crate) use files::Files;
pub(crate) use finding::diagnostic as of_finding;
pub(crate) use problem::{diagnostic as of_problem, failure, is_about_all};
pub(crate) use told::Told;

/// The name under which editors show where a diagnostic comes from.
const SOURCE: &str = "scantling";

/// The diagnostics of files, by absolute path.
pub(crate) type Diagnostics = BTreeMap<PathBuf, Arc<[Diagnostic]>>;

/// How diagnostics are told.
pub(crate) struct Telling<'a> {
    pub(crate) encoding: Encoding,
    pub(crate) shows: Shows,
    pub(crate) settings: &'a Settings,
    /// How the editor calls the documents that are open.
    pub(crate) names: &'a HashMap<PathBuf, Name>,
}

/// What is told of one file.
#[derive(Default)]
struct OfFile<'a> {
    findings: Vec<&'a Arc<Finding>>,
    problems: Vec<&'a Problem>,
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
        let by_file = self.by_file(folder, report, &mut files);
        told.begin(workspace.beginnings(), self);
        let all = by_file.into_iter().map(|(path, of_file)| {
            let list = told.of(&path, &of_file, || of_file.diagnostics(&mut files));
            (path, list)
        });
        let all = all.collect();
        told.end();
        all
    }

    fn by_file<'r>(
        &self,
        folder: &Path,
        report: &'r Report,
        files: &mut Files<'_>,
    ) -> BTreeMap<PathBuf, OfFile<'r>> {
        let mut with_findings: Vec<(PathBuf, OfFile<'r>)> = Vec::new();
        // Findings are sorted by path, and a path may have had several texts.
        for list in report
            .findings
            .chunk_by(|one, two| one.span.file == two.span.file)
        {
            let path = files.path(list[0].span);
            match with_findings.last_mut().filter(|(last, _)| *last == path) {
                Some((_, of_file)) => of_file.findings.extend(list),
                None => {
                    let findings = list.iter().collect();
                    let of_file = OfFile {
                        findings,
                        ..OfFile::default()
                    };
                    with_findings.push((path, of_file));
                }
            }
        }
        let mut by_file: BTreeMap<PathBuf, OfFile<'r>> = with_findings.into_iter().collect();
        for problem in report.problems.iter().filter(|_| self.settings.problems) {
            let path = match &problem.place {
                Place::Span(span) => files.path(*span),
                Place::Path(path) if path == Path::new(".") => folder.to_path_buf(),
                Place::Path(path) => folder.join(path),
            };
            by_file.entry(path).or_default().problems.push(problem);
        }
        for row in report.verdicts.iter().filter(|_| self.settings.unknown) {
            if let Some((path, diagnostic)) = finding::unknown(files, row) {
                by_file.entry(path).or_default().unknown.push(diagnostic);
            }
        }
        by_file
    }
}

impl OfFile<'_> {
    fn diagnostics(&self, files: &mut Files<'_>) -> Arc<[Diagnostic]> {
        let mut all: Vec<Diagnostic> = Vec::new();
        all.extend(self.findings.iter().map(|one| of_finding(files, one)));
        all.extend(self.problems.iter().map(|one| of_problem(files, one)));
        all.extend(self.unknown.iter().cloned());
        all.into()
    }
}
