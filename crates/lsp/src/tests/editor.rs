//! An editor that keeps its own texts and believes what the server tells it.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;

use analysis::Wanted;
use serde_json::json;
use source::Memory;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::sync::oneshot;

use crate::actions::Asked;
use crate::actor;
use crate::client::{Client, Refreshes, Shows};
use crate::encoding::Encoding;
use crate::event::{Event, Given};
use crate::ledger::Report;
use crate::outgoing::Outgoing;
use crate::pull::WorkspacePull;
use crate::settings::Settings;
use crate::state::State;
use crate::types::{
    Diagnostic, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
    FileChangeType, FileEvent, Position, Range, TextDocumentContentChangeEvent,
    TextDocumentIdentifier, TextDocumentItem, Uri, VersionedTextDocumentIdentifier,
};
use crate::uri::{path_of, uri_of};
use crate::worker::{Answer, Ask};

/// What an editor is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Manner {
    pub(super) encoding: Encoding,
    /// Whether it asks for diagnostics; else they are sent to it.
    pub(super) pulls: bool,
    /// Whether it shows verdicts that can't be known.
    pub(super) unknown: bool,
}

/// An editor that keeps its own texts and believes what the server tells it. It speaks to the threads of a real server.
pub(super) struct Editor {
    pub(super) manner: Manner,
    disk: Arc<Memory>,
    saved: BTreeMap<PathBuf, String>,
    open: BTreeMap<PathBuf, String>,
    version: i32,
    events: Sender<Event>,
    outgoing: UnboundedReceiver<Outgoing>,
    /// What it was sent.
    sent: Shown,
    /// What it asked for, and the names of the results.
    asked: Shown,
    known: HashMap<Uri, String>,
}

/// The diagnostics of files.
pub(super) type Shown = BTreeMap<PathBuf, Arc<[Diagnostic]>>;

/// What a server knows of an editor with the folder `/project` open.
pub(super) fn state(manner: Manner) -> State {
    let client = Client {
        encoding: manner.encoding,
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
        pulls: manner.pulls,
        shows_progress: false,
    };
    let (settings, _) = Settings::read(&json!({ "inlayHints": true, "unknown": manner.unknown }));
    State::new(client, vec![PathBuf::from("/project")], settings)
}

impl Editor {
    /// An editor with the folder `/project` open, in which these files are.
    pub(super) fn new(manner: Manner, files: &BTreeMap<PathBuf, String>) -> Self {
        let disk = Arc::new(Memory::new(files.clone()));
        let (sender, outgoing) = unbounded_channel();
        let events = actor::start(Arc::clone(&disk) as _, sender);
        let editor = Self {
            manner,
            disk,
            saved: files.clone(),
            open: BTreeMap::new(),
            version: 0,
            events,
            outgoing,
            sent: Shown::new(),
            asked: Shown::new(),
            known: HashMap::new(),
        };
        let state = Box::new(state(manner));
        editor.tell(Event::Start(state, Vec::new(), Given::Settings));
        editor.tell(Event::Ready);
        editor
    }

    fn tell(&self, event: Event) {
        self.events.send(event).expect("the server lives");
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
        self.show(path);
        let at = |count: usize| {
            let mut places = before.char_indices().map(|(at, _)| at);
            places.nth(count).unwrap_or(before.len())
        };
        let (start, end) = (at(start), at(start.saturating_add(length)));
        let range = Range::new(
            position(&before, start, self.manner.encoding),
            position(&before, end, self.manner.encoding),
        );
        // Whoever edits between the two characters of a line break edits what no position names.
        let (start, end) = (whole(&before, start), whole(&before, end));
        let after = format!("{}{text}{}", &before[..start], &before[end..]);
        self.change(path, Some(range), text, after);
    }

    /// Replaces the whole text of a file.
    pub(super) fn rewrite(&mut self, path: &Path, text: &str) {
        self.show(path);
        self.change(path, None, text, text.to_owned());
    }

    fn change(&mut self, path: &Path, range: Option<Range>, text: &str, after: String) {
        self.open.insert(path.to_path_buf(), after);
        self.version += 1;
        let change = TextDocumentContentChangeEvent {
            range,
            range_length: None,
            text: text.to_owned(),
        };
        self.tell(Event::Changed(DidChangeTextDocumentParams {
            text_document: VersionedTextDocumentIdentifier {
                uri: uri(path),
                version: self.version,
            },
            content_changes: vec![change],
        }));
    }

    /// Opens a file that is not open yet.
    fn show(&mut self, path: &Path) {
        if !self.open.contains_key(path) {
            let text = self.text(path).unwrap_or_default().to_owned();
            self.open(path, text);
        }
    }

    fn open(&mut self, path: &Path, text: String) {
        self.version += 1;
        self.open.insert(path.to_path_buf(), text.clone());
        let text_document = TextDocumentItem {
            uri: uri(path),
            language_id: String::new(),
            version: self.version,
            text,
        };
        self.tell(Event::Opened(DidOpenTextDocumentParams { text_document }));
    }

    /// Closes a file and forgets what was not saved.
    pub(super) fn close(&mut self, path: &Path) {
        if self.open.remove(path).is_some() {
            let text_document = TextDocumentIdentifier { uri: uri(path) };
            self.tell(Event::Closed(DidCloseTextDocumentParams { text_document }));
        }
    }

    /// Saves a file that is open.
    pub(super) fn save(&mut self, path: &Path) {
        if let Some(text) = self.open.get(path).cloned() {
            self.write(&[(path.to_path_buf(), text)]);
            let text_document = TextDocumentIdentifier { uri: uri(path) };
            let text = None;
            self.tell(Event::Saved(DidSaveTextDocumentParams {
                text_document,
                text,
            }));
        }
    }

    /// Writes files behind the back of the editor, which watches them.
    pub(super) fn write(&mut self, files: &[(PathBuf, String)]) {
        let mut changes = Vec::new();
        for (path, text) in files {
            self.disk.set(path, text.as_bytes());
            let before = self.saved.insert(path.clone(), text.clone());
            changes.push((
                path,
                before.map_or(FileChangeType::CREATED, |_| FileChangeType::CHANGED),
            ));
        }
        self.watched(&changes);
    }

    /// Removes a file from the disk, whether it is open or not.
    pub(super) fn remove(&mut self, path: &Path) {
        if self.saved.remove(path).is_some() {
            self.disk.retain(|one| one != path);
            self.watched(&[(path, FileChangeType::DELETED)]);
        }
    }

    /// Gives a file another name, if none has it.
    pub(super) fn rename(&mut self, from: &Path, to: &Path) {
        if self.text(to).is_some() {
            return;
        }
        let open = self.open.get(from).cloned();
        self.close(from);
        if let Some(text) = self.saved.remove(from) {
            self.disk.retain(|one| one != from);
            self.disk.set(to, text.as_bytes());
            self.saved.insert(to.to_path_buf(), text);
        }
        self.tell(Event::Moved(vec![uri(from), uri(to)]));
        if let Some(text) = open {
            self.open(to, text);
        }
        let (gone, new) = (FileChangeType::DELETED, FileChangeType::CREATED);
        self.watched(&[(from, gone), (to, new)]);
    }

    fn watched<P: AsRef<Path>>(&self, changes: &[(P, FileChangeType)]) {
        let event = |(path, typ): &(P, FileChangeType)| FileEvent {
            uri: uri(path.as_ref()),
            typ: *typ,
        };
        let changes = changes.iter().map(event).collect();
        self.tell(Event::Watched(DidChangeWatchedFilesParams { changes }));
    }

    /// Opens a file and asks everything of a place in it, given in characters. Whatever is there, the server has an answer.
    pub(super) fn ask(&mut self, path: &Path, at: usize) {
        self.show(path);
        let text = self.text(path).unwrap_or_default().to_owned();
        let byte = text.char_indices().map(|(at, _)| at).nth(at);
        let place = position(&text, byte.unwrap_or(text.len()), self.manner.encoding);
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
            self.answer(uri(path), ask);
        }
    }

    /// The answer of the server to a question that nothing overtakes.
    fn answer(&self, uri: Uri, ask: Ask) -> Answer {
        let (reply, answer) = oneshot::channel();
        self.tell(Event::Asked(uri, ask, reply));
        let answer = answer.blocking_recv().expect("the server answers");
        assert!(
            !matches!(answer, Answer::Failed | Answer::Over),
            "the server has no answer"
        );
        answer
    }

    /// Lets the server analyze what there is, and returns what the editor shows then.
    pub(super) fn look(&mut self) -> Shown {
        // This is answered when all is analyzed, and the next when all is told.
        self.answer(uri(Path::new("/project/a.yaml")), Ask::Symbols);
        self.wait();
        if self.manner.pulls {
            self.pull();
        }
        while let Ok(message) = self.outgoing.try_recv() {
            match message {
                Outgoing::Publish(one) => note(&mut self.sent, &one.uri, one.diagnostics),
                Outgoing::Log(_, text) | Outgoing::Show(_, text) => panic!("{text}"),
                _ => {}
            }
        }
        let mut shown = self.sent.clone();
        for (path, list) in &self.asked {
            assert!(
                !shown.contains_key(path),
                "{} is told twice",
                path.display()
            );
            shown.insert(path.clone(), Arc::clone(list));
        }
        shown
    }

    /// What the editor shows of a file, as far as somebody looked.
    pub(super) fn shown(&self, path: &Path) -> &[Diagnostic] {
        let list = self.asked.get(path).or_else(|| self.sent.get(path));
        list.map_or(&[], |list| list)
    }

    /// Waits until the thread that tells things took all events so far.
    fn wait(&self) {
        let none = "untitled:a".parse().expect("this is a URI");
        self.answer(none, Ask::Symbols);
    }

    /// Asks for the diagnostics of all files. The server does not answer while nothing is new.
    fn pull(&mut self) {
        let (reply, mut answer) = oneshot::channel();
        let known = self.known.clone();
        self.tell(Event::PulledAll(WorkspacePull { known, reply }));
        self.wait();
        for of_file in answer.try_recv().into_iter().flatten() {
            if let Report::Full(name, list) = of_file.report {
                self.known.insert(of_file.uri.clone(), name);
                note(&mut self.asked, &of_file.uri, list);
            }
        }
    }
}

/// Takes note of the diagnostics of a file.
fn note(shown: &mut Shown, uri: &Uri, list: Arc<[Diagnostic]>) {
    let path = path_of(uri).expect("all that is told is of files");
    match list.is_empty() {
        true => shown.remove(&path),
        false => shown.insert(path, list),
    };
}

impl Drop for Editor {
    fn drop(&mut self) {
        // Where the server is gone, the test says so.
        let _ = self.events.send(Event::Stop);
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
