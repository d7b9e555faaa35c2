//! Clients that ask for diagnostics: who waits for them, and what is answered.

use std::collections::{BTreeSet, HashMap};

use tokio::sync::oneshot;

use crate::ledger::Report;
use crate::state::{Publication, State};
use crate::types::{
    Diagnostic, DocumentDiagnosticReport, FullDocumentDiagnosticReport,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
    UnchangedDocumentDiagnosticReport, Uri, WorkspaceDocumentDiagnosticReport,
    WorkspaceFullDocumentDiagnosticReport, WorkspaceUnchangedDocumentDiagnosticReport,
};

/// Asks for the diagnostics of a document.
pub(crate) struct DocumentPull {
    pub(crate) uri: Uri,
    /// The name of the result that the client knows.
    pub(crate) known: Option<String>,
    pub(crate) reply: oneshot::Sender<Report>,
}

/// Asks for the diagnostics of all files.
pub(crate) struct WorkspacePull {
    /// The names of the results that the client knows.
    pub(crate) known: HashMap<Uri, String>,
    pub(crate) reply: oneshot::Sender<Vec<OfFile>>,
}

/// What is answered for one file of all.
pub(crate) struct OfFile {
    pub(crate) uri: Uri,
    pub(crate) version: Option<i32>,
    pub(crate) report: Report,
}

/// Those who wait: for the present texts to be analyzed, and for news of all files.
#[derive(Default)]
pub(crate) struct Pulls {
    documents: Vec<DocumentPull>,
    workspaces: Vec<WorkspacePull>,
    /// Whether the client ever asked for all files: else it is sent those that are not open, as it would not know of them.
    pub(crate) asks_for_all: bool,
}

impl Pulls {
    /// Answers who asks for a document, or lets him wait.
    pub(crate) fn document(&mut self, state: &State, pull: DocumentPull) {
        match state.is_told(&pull.uri) {
            true => pull.answer(state),
            false => self.documents.push(pull),
        }
    }

    /// Answers who asks for all files, or lets him wait where he would learn nothing new.
    pub(crate) fn workspace(&mut self, state: &State, pull: WorkspacePull) {
        self.asks_for_all = true;
        self.workspaces.push(pull);
        self.answer_workspaces(state);
    }

    /// Answers all who waited for what is told now. Returns whether somebody is left who does not know all of the news.
    pub(crate) fn answer(&mut self, state: &State, news: &[Publication]) -> bool {
        let mut asked: BTreeSet<String> = BTreeSet::new();
        for pull in std::mem::take(&mut self.documents) {
            asked.insert(pull.uri.as_str().to_owned());
            self.document(state, pull);
        }
        let all_are_told = self.answer_workspaces(state);
        let is_told = |news: &Publication| match state.is_open(&news.uri) {
            true => asked.contains(news.uri.as_str()),
            false => all_are_told || !self.asks_for_all,
        };
        !news.iter().all(is_told)
    }

    /// Whether somebody asked for all files and was answered.
    fn answer_workspaces(&mut self, state: &State) -> bool {
        // Nobody waits for what was cancelled.
        self.workspaces.retain(|pull| !pull.reply.is_closed());
        if !state.is_analyzed() {
            return false;
        }
        let before = self.workspaces.len();
        for pull in std::mem::take(&mut self.workspaces) {
            let files = state.reports(&pull.known);
            match pull.is_worth(&files) {
                // Who asked may have gone meanwhile.
                true => drop(pull.reply.send(files)),
                false => self.workspaces.push(pull),
            }
        }
        self.workspaces.len() < before
    }

    /// Lets nobody wait any more.
    pub(crate) fn give_up(&mut self) {
        self.documents.clear();
        self.workspaces.clear();
    }
}

impl DocumentPull {
    fn answer(self, state: &State) {
        let report = state.report(&self.uri, self.known.as_deref());
        // Who asked may have gone meanwhile.
        let _ = self.reply.send(report);
    }
}

impl WorkspacePull {
    /// Whether an answer says anything new. Some clients ask again as soon as they are answered.
    fn is_worth(&self, files: &[OfFile]) -> bool {
        let is_new = |file: &OfFile| matches!(file.report, Report::Full(..));
        self.known.is_empty() || files.iter().any(is_new)
    }
}

/// The answer for a document.
pub(crate) fn of_document(report: Report) -> DocumentDiagnosticReport {
    match report {
        Report::Full(name, list) => {
            DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
                related_documents: None,
                full_document_diagnostic_report: full(name, &list),
            })
        }
        Report::Unchanged(result_id) => {
            DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
                related_documents: None,
                unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport {
                    result_id,
                },
            })
        }
    }
}

/// The answer for one file of all.
pub(crate) fn of_file(file: OfFile) -> WorkspaceDocumentDiagnosticReport {
    let OfFile {
        uri,
        version,
        report,
    } = file;
    let version = version.map(i64::from);
    match report {
        Report::Full(name, list) => {
            WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
                uri,
                version,
                full_document_diagnostic_report: full(name, &list),
            })
        }
        Report::Unchanged(result_id) => WorkspaceDocumentDiagnosticReport::Unchanged(
            WorkspaceUnchangedDocumentDiagnosticReport {
                uri,
                version,
                unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport {
                    result_id,
                },
            },
        ),
    }
}

fn full(name: String, list: &[Diagnostic]) -> FullDocumentDiagnosticReport {
    FullDocumentDiagnosticReport {
        result_id: Some(name),
        items: list.to_vec(),
    }
}
