//! An editor that keeps its own texts and believes what the server tells it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use analysis::{NoProgress, Wanted};
use serde_json::json;
use source::{Cached, FileSystem, Memory};

use crate::actions::Asked;
use crate::analyst::Analyst;
use crate::client::{Client, Refreshes, Shows};
use crate::disk::{self, Disk, Happened};
use crate::encoding::Encoding;
use crate::settings::Settings;
use crate::state::State;
use crate::types::{
    Diagnostic, DidChangeTextDocumentParams, DocumentSymbolResponse, Position, Range,
    TextDocumentContentChangeEvent, TextDocumentIdentifier, TextDocumentItem, Uri,
    VersionedTextDocumentIdentifier,
};
use crate::uri::{path_of, uri_of};
use crate::worker::{Answer, Ask};

/// An editor that keeps its own texts and believes what the server tells it.
pub(super) struct Editor {
    pub(super) encoding: Encoding,
    disk: Arc<Memory>,
    cached: Disk,
    saved: BTreeMap<PathBuf, String>,
    open: BTreeMap<PathBuf, String>,
    version: i32,
    state: State,
    analyst: Analyst,
    shown: BTreeMap<PathBuf, Arc<[Diagnostic]>>,
}

impl Editor {
    /// An editor with the folder `/project` open, in which these files are.
    pub(super) fn new(encoding: Encoding, files: &BTreeMap<PathBuf, String>) -> Self {
        let client = Client {
            encoding,
            shows: Shows {
                related: true,
                tags: true,
                links: true,
            },
            watches: true,
            versions_edits: true,
            creates_files: true,
            confirms: true,
            resolves_edits: true,
            shows_documents: true,
            nests_symbols: true,
            reads_markdown: true,
            refreshes: Refreshes::default(),
            configures: false,
            pulls: false,
            shows_progress: false,
        };
        let (settings, _) = Settings::read(&json!({ "inlayHints": true }));
        let disk = Arc::new(Memory::new(files.clone()));
        let system: Arc<dyn FileSystem> = Arc::clone(&disk) as _;
        let cached = Arc::new(Cached::new(system));
        Self {
            encoding,
            disk,
            cached: Arc::clone(&cached),
            saved: files.clone(),
            open: BTreeMap::new(),
            version: 0,
            state: State::new(client, vec![PathBuf::from("/project")], settings),
            analyst: Analyst::new(cached),
            shown: BTreeMap::new(),
        }
    }

    /// The text of a file as its user sees it.
    pub(super) fn text(&self, path: &Path) -> Option<&str> {
        let text = self.open.get(path).or_else(|| self.saved.get(path));
        text.map(String::as_str)
    }

    /// All texts as the user sees them.
    pub(super) fn texts(&self) -> BTreeMap<PathBuf, String> {
        let mut texts = self.saved.clone();
        texts.extend(self.open.clone());
        texts
    }

    /// Replaces characters of a file, which is opened where it is not.
    pub(super) fn replace(&mut self, path: &Path, start: usize, length: usize, text: &str) {
        let before = self.text(path).unwrap_or_default().to_owned();
        if !self.open.contains_key(path) {
            self.open(path, &before);
        }
        let at = |count: usize| {
            let mut places = before.char_indices().map(|(at, _)| at);
            places.nth(count).unwrap_or(before.len())
        };
        let (start, end) = (at(start), at(start.saturating_add(length)));
        let change = TextDocumentContentChangeEvent {
            range: Some(Range::new(
                position(&before, start, self.encoding),
                position(&before, end, self.encoding),
            )),
            range_length: None,
            text: text.to_owned(),
        };
        // Whoever edits between the two characters of a line break edits what no position names.
        let (start, end) = (whole(&before, start), whole(&before, end));
        let after = format!("{}{text}{}", &before[..start], &before[end..]);
        self.open.insert(path.to_path_buf(), after);
        self.version += 1;
        self.state.change(&DidChangeTextDocumentParams {
            text_document: VersionedTextDocumentIdentifier {
                uri: uri(path),
                version: self.version,
            },
            content_changes: vec![change],
        });
    }

    fn open(&mut self, path: &Path, text: &str) {
        self.version += 1;
        self.open.insert(path.to_path_buf(), text.to_owned());
        let item = TextDocumentItem {
            uri: uri(path),
            language_id: String::new(),
            version: self.version,
            text: text.to_owned(),
        };
        self.state.open(&*self.disk, item);
    }

    /// Closes a file and forgets what was not saved.
    pub(super) fn close(&mut self, path: &Path) {
        self.open.remove(path);
        self.state.close(&TextDocumentIdentifier { uri: uri(path) });
    }

    /// Saves a file that is open. The editor watches files.
    pub(super) fn save(&mut self, path: &Path) {
        if let Some(text) = self.open.get(path) {
            let is_new = self
                .saved
                .insert(path.to_path_buf(), text.clone())
                .is_none();
            self.disk.set(path, text.as_bytes());
            let happened = match is_new {
                true => Happened::CameOrWent,
                false => Happened::Changed,
            };
            disk::note(&self.cached, path, happened);
            self.state.touch();
        }
    }

    /// Removes a file that is not open.
    pub(super) fn remove(&mut self, path: &Path) {
        if !self.open.contains_key(path) && self.saved.remove(path).is_some() {
            self.disk.retain(|one| one != path);
            disk::note(&self.cached, path, Happened::CameOrWent);
            self.state.touch();
        }
    }

    /// The addresses of the resources of a file, of what was analyzed last.
    pub(super) fn symbols(&mut self, path: &Path) -> Vec<String> {
        let snapshot = self.state.snapshot();
        match self.analyst.answer(&snapshot, path, &Ask::Symbols) {
            Answer::Symbols(Some(DocumentSymbolResponse::Nested(symbols))) => {
                symbols.into_iter().map(|symbol| symbol.name).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Lets the server lose what it knows.
    pub(super) fn forget(&mut self) {
        self.analyst.forget();
    }

    /// Opens a file and asks everything of a place in it, given in characters. Whatever is there, the server has an answer.
    pub(super) fn ask(&mut self, path: &Path, at: usize) {
        self.replace(path, at, 0, "");
        let text = self.text(path).unwrap_or_default().to_owned();
        let byte = text.char_indices().map(|(at, _)| at).nth(at);
        let place = position(&text, byte.unwrap_or(text.len()), self.encoding);
        let snapshot = self.state.snapshot();
        self.analyst.analyze(&snapshot, &NoProgress);
        let range = Range::new(place, place);
        let asks = [
            Ask::Actions(Asked { range, only: None }),
            Ask::Hover(place),
            Ask::Places(place, Wanted::Declarations),
            Ask::Places(place, Wanted::All),
            Ask::Symbols,
            Ask::Links,
            Ask::Lenses,
            Ask::Hints(Range::new(Position::new(0, 0), place)),
            Ask::Completions(place),
            Ask::Rendered,
        ];
        for ask in asks {
            let answer = self.analyst.answer(&snapshot, path, &ask);
            assert!(!matches!(answer, Answer::Failed | Answer::Over));
        }
    }

    /// Lets the server analyze what there is, and looks at what it tells.
    pub(super) fn look(&mut self) -> &BTreeMap<PathBuf, Arc<[Diagnostic]>> {
        let snapshot = self.state.snapshot();
        let found = self.analyst.analyze(&snapshot, &NoProgress);
        for publication in self.state.publish(snapshot.revision, found) {
            let path = path_of(&publication.uri).unwrap();
            match publication.diagnostics.is_empty() {
                true => self.shown.remove(&path),
                false => self.shown.insert(path, publication.diagnostics),
            };
        }
        &self.shown
    }
}

fn uri(path: &Path) -> Uri {
    uri_of(path).unwrap()
}

/// A place that is not between the two characters of a line break: that before it.
fn whole(text: &str, at: usize) -> usize {
    let is_between = text[..at].ends_with('\r') && text[at..].starts_with('\n');
    at - usize::from(is_between)
}

/// The line and column of a byte, counted character by character.
pub(super) fn position(text: &str, at: usize, encoding: Encoding) -> Position {
    let at = whole(text, at);
    let mut position = Position::new(0, 0);
    let mut characters = text[..at].chars().peekable();
    while let Some(character) = characters.next() {
        let is_break = character == '\n' || character == '\r' && characters.peek() != Some(&'\n');
        if is_break {
            position = Position::new(position.line + 1, 0);
        } else {
            position.character += match encoding {
                Encoding::Utf8 => u32::try_from(character.len_utf8()).unwrap(),
                Encoding::Utf16 => u32::try_from(character.len_utf16()).unwrap(),
                Encoding::Utf32 => 1,
            };
        }
    }
    position
}
