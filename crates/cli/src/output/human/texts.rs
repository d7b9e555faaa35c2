//! Files as they are shown: the text of secrets is masked.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use analysis::Report;
use source::{FileId, SourceFile, Sources};

/// The files of a run.
pub(crate) struct Texts<'a> {
    sources: &'a Sources,
    /// The report that knows the secrets; files of checks have none.
    report: Option<&'a Report>,
    masked: RefCell<HashMap<FileId, Arc<str>>>,
}

/// A file and the text that is shown of it, which has the same lines and offsets.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) file: Arc<SourceFile>,
    pub(super) shown: Arc<str>,
}

impl<'a> Texts<'a> {
    /// The files of a report.
    pub(crate) fn of_report(report: &'a Report) -> Self {
        Self {
            sources: &report.sources,
            report: Some(report),
            masked: RefCell::default(),
        }
    }

    /// Files without secrets.
    pub(crate) fn of_checks(sources: &'a Sources) -> Self {
        Self {
            sources,
            report: None,
            masked: RefCell::default(),
        }
    }

    pub(super) fn get(&self, id: FileId) -> Text {
        let file = self.sources.get(id);
        let shown = match self.report.filter(|report| has_secrets(report, id)) {
            Some(report) => {
                let mut masked = self.masked.borrow_mut();
                Arc::clone(
                    masked
                        .entry(id)
                        .or_insert_with(|| report.masked(&file).into()),
                )
            }
            None => Arc::clone(&file.text),
        };
        Text { file, shown }
    }
}

fn has_secrets(report: &Report, id: FileId) -> bool {
    let first = report.secrets.partition_point(|secret| secret.file < id);
    report
        .secrets
        .get(first)
        .is_some_and(|secret| secret.file == id)
}

/// The masked texts of the files that hold secrets, by path.
pub(crate) fn masked(report: &Report) -> BTreeMap<PathBuf, String> {
    let mut ids: Vec<FileId> = report.secrets.iter().map(|secret| secret.file).collect();
    ids.dedup();
    let files = ids.into_iter().map(|id| report.sources.get(id));
    files
        .map(|file| (file.path.clone(), report.masked(&file)))
        .collect()
}
