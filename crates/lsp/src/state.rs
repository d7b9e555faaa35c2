//! What the server knows: the folders, the documents that are open, and what it told of files.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use source::FileSystem;

use crate::client::Client;
use crate::diagnostics::{self, Diagnostics};
use crate::document::Document;
use crate::folders::{Folder, path_in};
use crate::ledger::{Ledger, Report};
use crate::pull::OfFile;
use crate::settings::Settings;
use crate::snapshot::{Name, Revision, Snapshot};
use crate::types::{
    Diagnostic, DidChangeTextDocumentParams, TextDocumentIdentifier, TextDocumentItem, Uri,
};
use crate::uri::{path_of, unsaved_path, uri_of};

/// The diagnostics of one file as they are sent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Publication {
    pub(crate) uri: Uri,
    pub(crate) version: Option<i32>,
    pub(crate) diagnostics: Arc<[Diagnostic]>,
}

/// What the server knows.
pub(crate) struct State {
    client: Client,
    folders: Vec<PathBuf>,
    settings: Arc<Settings>,
    /// The documents that are open, by their paths.
    documents: HashMap<PathBuf, Document>,
    revision: Revision,
    /// The last revision of which all was told.
    analyzed: Option<Revision>,
    /// The last revision whose analysis failed.
    failed: Option<Revision>,
    /// The documents of which something was told before all was, in the last revision with such.
    previewed: (Revision, HashSet<Uri>),
    ledger: Ledger,
    /// What was told last of all files, where nothing was told since of some.
    last: Diagnostics,
}

impl State {
    pub(crate) fn new(client: Client, folders: Vec<PathBuf>, settings: Settings) -> Self {
        Self {
            client,
            folders,
            settings: Arc::new(settings),
            documents: HashMap::new(),
            revision: Revision(1),
            analyzed: None,
            failed: None,
            previewed: Default::default(),
            ledger: Ledger::default(),
            last: Vec::new(),
        }
    }

    pub(crate) fn client(&self) -> Client {
        self.client
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(crate) fn revision(&self) -> Revision {
        self.revision
    }

    /// Something changed that is analyzed.
    pub(crate) fn touch(&mut self) {
        self.revision.0 += 1;
    }

    pub(crate) fn open(&mut self, system: &dyn FileSystem, item: TextDocumentItem) {
        let unsaved = unsaved_path(&item.uri, &item.language_id);
        let Some(path) = unsaved.or_else(|| self.path(system, &item.uri)) else {
            return;
        };
        let document = Document {
            uri: item.uri,
            version: item.version,
            text: item.text.into(),
        };
        self.documents.insert(path, document);
        self.touch();
    }

    pub(crate) fn change(&mut self, params: &DidChangeTextDocumentParams) {
        let encoding = self.client.encoding;
        let identifier = &params.text_document;
        let mut documents = self.documents.values_mut();
        if let Some(document) = documents.find(|document| document.uri == identifier.uri) {
            document.change(identifier.version, &params.content_changes, encoding);
            self.touch();
        }
    }

    pub(crate) fn close(&mut self, identifier: &TextDocumentIdentifier) {
        let before = self.documents.len();
        self.documents
            .retain(|_, document| document.uri != identifier.uri);
        if self.documents.len() < before {
            self.touch();
        }
    }

    pub(crate) fn set_folders(&mut self, added: Vec<PathBuf>, removed: &[PathBuf]) {
        self.folders.retain(|folder| !removed.contains(folder));
        self.folders.extend(added);
        self.touch();
    }

    pub(crate) fn set_settings(&mut self, settings: Settings) {
        if *self.settings != settings {
            self.settings = Arc::new(settings);
            self.touch();
        }
    }

    /// The path of a document, as the folders of the workspace reach it.
    pub(crate) fn path(&self, system: &dyn FileSystem, uri: &Uri) -> Option<PathBuf> {
        let Some(path) = path_of(uri) else {
            return self.unsaved(uri);
        };
        Some(path_in(system, &self.folders, &path).unwrap_or(path))
    }

    /// The path of an open document that was not saved yet.
    fn unsaved(&self, uri: &Uri) -> Option<PathBuf> {
        let mut documents = self.documents.iter();
        let (path, _) = documents.find(|(_, document)| document.uri == *uri)?;
        Some(path.clone())
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        let is_alone =
            |path: &&PathBuf| !self.folders.iter().any(|folder| path.starts_with(folder));
        let alone: BTreeSet<&PathBuf> = self.documents.keys().filter(is_alone).collect();
        let alone = alone.into_iter().map(|path| Folder::single(path));
        let folders = self.folders.iter().cloned().map(Folder::workspace);
        let open = self.documents.iter();
        let names = open.clone().map(|(path, one)| {
            let name = Name {
                uri: one.uri.clone(),
                version: one.version,
            };
            (path.clone(), name)
        });
        Snapshot {
            revision: self.revision,
            folders: folders.chain(alone).collect(),
            open: open
                .map(|(path, one)| (path.clone(), Arc::clone(&one.text)))
                .collect(),
            names: names.collect(),
            settings: Arc::clone(&self.settings),
            client: self.client,
        }
    }

    /// What to send so that the client knows these diagnostics and no others; nothing of a revision that is over.
    pub(crate) fn publish(&mut self, revision: Revision, found: Diagnostics) -> Vec<Publication> {
        if revision != self.revision {
            return Vec::new();
        }
        self.analyzed = Some(revision);
        let changed = changed(&self.last, &found);
        let named = changed.unwrap_or_else(|| {
            let mut named = named(found.iter());
            for uri in self.ledger.files() {
                named.entry(uri.clone()).or_insert_with(|| Arc::from([]));
            }
            named
        });
        self.last = found;
        let news = self.ledger.note(named);
        self.publications(news)
    }

    /// What to send so that the client knows these diagnostics of some files; nothing of a revision that is over or told wholly.
    pub(crate) fn preview(&mut self, revision: Revision, found: &Diagnostics) -> Vec<Publication> {
        if revision != self.revision || self.analyzed == Some(revision) {
            return Vec::new();
        }
        let named = named(found.iter());
        if self.previewed.0 != revision {
            self.previewed = (revision, HashSet::new());
        }
        self.previewed.1.extend(named.keys().cloned());
        self.news(named)
    }

    /// What to send so that the client knows nothing of a file.
    pub(crate) fn retract(&mut self, uri: Uri) -> Vec<Publication> {
        self.news(HashMap::from([(uri, Arc::from([]))]))
    }

    /// Those of these lists that the client does not know yet, told before all is; takes note that it does.
    fn news(&mut self, named: HashMap<Uri, Arc<[Diagnostic]>>) -> Vec<Publication> {
        self.last.clear();
        let news = self.ledger.note(named);
        self.publications(news)
    }

    fn publications(&self, lists: Vec<(Uri, Arc<[Diagnostic]>)>) -> Vec<Publication> {
        let publication = |(uri, diagnostics)| Publication {
            version: self.version(&uri),
            uri,
            diagnostics,
        };
        lists.into_iter().map(publication).collect()
    }

    /// What to send to a client that asks for documents and may ask for all files, so that it knows of those that are not open.
    pub(crate) fn unasked(&mut self, asks_for_all: bool) -> Vec<Publication> {
        let documents = self.documents.values();
        let open: HashSet<&Uri> = documents.map(|one| &one.uri).collect();
        let lists = self
            .ledger
            .unasked(|uri| !asks_for_all && !open.contains(uri));
        self.publications(lists)
    }

    /// The analysis of a revision failed.
    pub(crate) fn fail(&mut self, revision: Revision) {
        self.failed = Some(revision);
    }

    /// Whether there is nothing to wait for until something changes.
    pub(crate) fn has_failed(&self) -> bool {
        self.failed == Some(self.revision)
    }

    /// Whether all of the present revision was told.
    pub(crate) fn is_analyzed(&self) -> bool {
        self.analyzed == Some(self.revision)
    }

    /// Whether what is known of a document is of the present revision.
    pub(crate) fn is_told(&self, uri: &Uri) -> bool {
        let (revision, previewed) = &self.previewed;
        self.is_analyzed()
            || *revision == self.revision && previewed.contains(uri)
            || path_of(uri).is_none() && !self.is_open(uri)
    }

    pub(crate) fn is_open(&self, uri: &Uri) -> bool {
        self.documents.values().any(|one| one.uri == *uri)
    }

    /// What is answered for a file to a client that knows the result of this name.
    pub(crate) fn report(&self, uri: &Uri, known: Option<&str>) -> Report {
        let path = path_of(uri).filter(|_| !self.is_open(uri));
        let own = path.and_then(|path| uri_of(&path));
        self.ledger.report(own.as_ref().unwrap_or(uri), known)
    }

    /// What is answered for all files to a client that knows results of these names.
    pub(crate) fn reports(&self, known: &HashMap<Uri, String>) -> Vec<OfFile> {
        let mut files: Vec<&Uri> = self.ledger.files().chain(known.keys()).collect();
        files.sort_by(|one, two| one.as_str().cmp(two.as_str()));
        files.dedup();
        let of_file = |uri: &Uri| OfFile {
            uri: uri.clone(),
            version: self.version(uri),
            report: self.ledger.report(uri, known.get(uri).map(String::as_str)),
        };
        files.into_iter().map(of_file).collect()
    }

    fn version(&self, uri: &Uri) -> Option<i32> {
        let mut documents = self.documents.values();
        let document = documents.find(|document| document.uri == *uri)?;
        Some(document.version)
    }
}

/// Diagnostics by the names that the client knows files by.
fn named<'f>(
    found: impl Iterator<Item = &'f diagnostics::OfFile>,
) -> HashMap<Uri, Arc<[Diagnostic]>> {
    let named = found.filter_map(|one| Some((one.name.uri.clone()?, Arc::clone(&one.list))));
    named.collect()
}

/// The diagnostics of files of which something else is to be told than before; nothing where that may be of other files.
fn changed(before: &Diagnostics, found: &Diagnostics) -> Option<HashMap<Uri, Arc<[Diagnostic]>>> {
    let pairs = || before.iter().zip(found);
    let is_steady = !before.is_empty()
        && before.len() == found.len()
        && pairs().all(|(old, new)| Arc::ptr_eq(&old.name, &new.name));
    let changed = pairs().filter(|(old, new)| !Arc::ptr_eq(&old.list, &new.list));
    is_steady.then(|| named(changed.map(|(_, new)| new)))
}
