//! Edits of texts as the protocol wants them.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use analysis::Report;
use source::{FileId, TextEdit};

use super::Known;
use crate::encoding::Encoding;
use crate::places::Places;
use crate::snapshot::Snapshot;
use crate::types::{
    self, AnnotatedTextEdit, ChangeAnnotation, CreateFile, DocumentChangeOperation,
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, Range, ResourceOp,
    TextDocumentEdit, WorkspaceEdit,
};
use crate::uri::uri_of;

/// Makes edits of files of a report.
pub(super) struct Edits<'a> {
    snapshot: &'a Snapshot,
    report: &'a Report,
    folder: PathBuf,
    places: HashMap<FileId, Places>,
}

impl<'a> Edits<'a> {
    pub(super) fn new(known: &Known<'a>, report: &'a Report) -> Self {
        Self {
            snapshot: known.snapshot,
            report,
            folder: known.folder.to_path_buf(),
            places: HashMap::new(),
        }
    }

    /// What the client is to do; nothing where a text is no file.
    pub(super) fn workspace_edit(&mut self, edits: &[TextEdit]) -> Option<WorkspaceEdit> {
        // By path: the numbers of files depend on which was read first.
        let mut by_file: BTreeMap<PathBuf, Vec<types::TextEdit>> = BTreeMap::new();
        for edit in edits {
            let path = self.folder.join(self.report.sources.path(edit.span.file));
            let made = types::TextEdit {
                range: self.places(edit.span.file).range(edit.span),
                new_text: edit.text.clone(),
            };
            by_file.entry(path).or_default().push(made);
        }
        let documents = by_file.into_iter().map(|(path, edits)| {
            let open = self.snapshot.names.get(&path);
            let uri = open
                .map(|name| name.uri.clone())
                .or_else(|| uri_of(&path))?;
            Some(TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier {
                    uri,
                    version: open.map(|name| name.version),
                },
                edits: edits.into_iter().map(OneOf::Left).collect(),
            })
        });
        let documents: Vec<TextDocumentEdit> = documents.collect::<Option<_>>()?;
        Some(match self.snapshot.client.versions_edits {
            true => WorkspaceEdit {
                document_changes: Some(DocumentChanges::Edits(documents)),
                ..WorkspaceEdit::default()
            },
            false => WorkspaceEdit {
                changes: Some(documents.into_iter().map(plain).collect()),
                ..WorkspaceEdit::default()
            },
        })
    }

    /// What makes a file with a text; nothing where the client makes no files.
    pub(super) fn creation(&self, path: &Path, text: &str) -> Option<WorkspaceEdit> {
        let client = self.snapshot.client;
        let uri = uri_of(path).filter(|_| client.creates_files && client.versions_edits)?;
        let create = CreateFile {
            uri: uri.clone(),
            options: None,
            annotation_id: None,
        };
        let edit = types::TextEdit {
            range: Range::default(),
            new_text: text.to_owned(),
        };
        let edit = TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { uri, version: None },
            edits: vec![OneOf::Left(edit)],
        };
        Some(WorkspaceEdit {
            document_changes: Some(DocumentChanges::Operations(vec![
                DocumentChangeOperation::Op(ResourceOp::Create(create)),
                DocumentChangeOperation::Edit(edit),
            ])),
            ..WorkspaceEdit::default()
        })
    }

    /// The same edit, which the user is to look at first.
    pub(super) fn confirmed(&self, edit: WorkspaceEdit, label: &str) -> WorkspaceEdit {
        let Some(DocumentChanges::Edits(documents)) = &edit.document_changes else {
            return edit;
        };
        if !self.snapshot.client.confirms {
            return edit;
        }
        let annotation = ChangeAnnotation {
            label: label.to_owned(),
            needs_confirmation: Some(true),
            description: None,
        };
        let documents = documents.iter().cloned().map(annotated).collect();
        WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(documents)),
            change_annotations: Some(HashMap::from([(CONFIRM.to_owned(), annotation)])),
            ..edit
        }
    }

    fn places(&mut self, file: FileId) -> &Places {
        let encoding: Encoding = self.snapshot.client.encoding;
        let known = self.places.entry(file);
        known.or_insert_with(|| Places::new(self.report.sources.get(file), encoding))
    }
}

/// The name of the annotation of edits that are to be looked at.
const CONFIRM: &str = "confirm";

fn annotated(mut document: TextDocumentEdit) -> TextDocumentEdit {
    let edits = document.edits.into_iter();
    let edits = edits.map(|edit| match edit {
        OneOf::Left(text_edit) => OneOf::Right(AnnotatedTextEdit {
            text_edit,
            annotation_id: CONFIRM.to_owned(),
        }),
        other @ OneOf::Right(_) => other,
    });
    document.edits = edits.collect();
    document
}

/// An edit for a client that knows no versions.
fn plain(document: TextDocumentEdit) -> (types::Uri, Vec<types::TextEdit>) {
    let edits = document.edits.into_iter();
    let edits = edits.filter_map(|edit| match edit {
        OneOf::Left(edit) => Some(edit),
        OneOf::Right(_) => None,
    });
    (document.text_document.uri, edits.collect())
}
