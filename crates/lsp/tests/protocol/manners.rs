//! What is expected of a server among others: files that come and go, names of all kinds, several folders, settings.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};
use source::system::{Entry, Found};
use source::{FileSystem, Limits, Memory, ReadError};

use crate::gate::Gate;
use crate::session::{Session, uri};

const POD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: a}
spec: {hostNetwork: true, hostPID: true, containers: []}
";

const NETWORK: &str = "3:20-3:24 host-network";

fn begin(mut session: Session) -> Session {
    session.initialize(&json!({}), &json!({ "select": ["host-network"] }));
    session.notify("initialized", &json!({}));
    session
}

fn told(path: &str, lines: &[&str]) -> (String, Vec<String>) {
    let lines = lines.iter().map(|&line| line.to_owned());
    (uri(path), lines.collect())
}

/// Says what happened to a file of the disk: 1 that it came, 2 that it changed, 3 that it went.
fn watched(session: &mut Session, path: &str, kind: u32) {
    let changes = json!([{ "uri": uri(path), "type": kind }]);
    let params = json!({ "changes": changes });
    session.notify("workspace/didChangeWatchedFiles", &params);
}

#[test]
fn what_comes_changes_and_goes_on_the_disk_is_told() {
    let files = Arc::new(Memory::new([("/project/README.md", "")]));
    let mut session = begin(Session::connect_to(Arc::clone(&files) as _));
    let path = "/project/a.yaml";
    files.set(Path::new(path), POD.as_bytes());
    watched(&mut session, path, 1);
    assert_eq!(session.published(), told(path, &[NETWORK]));
    files.set(Path::new(path), format!("# {POD}{POD}").as_bytes());
    watched(&mut session, path, 2);
    assert_ne!(session.published().1, [NETWORK]);
    files.retain(|one| one != Path::new(path));
    watched(&mut session, path, 3);
    assert_eq!(session.published(), told(path, &[]));
    session.leave();
}

#[test]
fn a_client_that_watches_no_files_says_what_its_user_did_with_them() {
    let files = Arc::new(Memory::new([("/project/a.yaml", POD)]));
    let mut session = begin(Session::connect_to(Arc::clone(&files) as _));
    assert_eq!(session.published(), told("/project/a.yaml", &[NETWORK]));
    files.retain(|one| one != Path::new("/project/a.yaml"));
    files.set(Path::new("/project/b.yaml"), POD.as_bytes());
    let names = json!({ "oldUri": uri("/project/a.yaml"), "newUri": uri("/project/b.yaml") });
    session.notify("workspace/didRenameFiles", &json!({ "files": [names] }));
    assert_eq!(session.published(), told("/project/a.yaml", &[]));
    assert_eq!(session.published(), told("/project/b.yaml", &[NETWORK]));
    files.set(Path::new("/project/b.yaml"), b"");
    let params = json!({ "textDocument": { "uri": uri("/project/b.yaml") } });
    session.notify("textDocument/didSave", &params);
    assert_eq!(session.published(), told("/project/b.yaml", &[]));
    session.leave();
}

#[test]
fn a_burst_of_changes_is_analyzed_once() {
    let path = "/project/a.yaml";
    let gate = Arc::new(Gate::closed(path, [(path, "")]));
    let mut session = begin(Session::connect_to(Arc::clone(&gate) as _));
    // A checkout: editors tell of each change.
    for number in 0..200 {
        let pod = POD.replace("name: a", &format!("name: a{number}"));
        gate.files.set(Path::new(path), pod.as_bytes());
        watched(&mut session, path, 2);
    }
    let place = json!({ "line": 3, "character": 22 });
    let params = json!({ "textDocument": { "uri": uri(path) } });
    let id = session.ask("textDocument/documentSymbol", &params);
    // Once this is answered, the server knows of all of them.
    let none = json!({ "textDocument": { "uri": "untitled:a" }, "position": place });
    session.request("textDocument/hover", &none);
    gate.open();
    let answer = session.answer(id).to_string();
    assert!(answer.contains("Pod/a199"), "{answer}");
    assert_eq!(session.published(), told(path, &[NETWORK]));
    // What was read when the burst began, and what there was in the end.
    assert!(gate.reads() <= 2, "{} times", gate.reads());
    session.leave();
}

#[test]
fn what_tools_write_all_the_time_starts_no_analysis() {
    let files = Arc::new(Memory::new([("/project/a.yaml", POD)]));
    let mut session = begin(Session::connect_to(Arc::clone(&files) as _));
    assert_eq!(session.published(), told("/project/a.yaml", &[NETWORK]));
    files.set(
        Path::new("/project/b.yaml"),
        POD.replace(": a", ": b").as_bytes(),
    );
    for churn in ["/project/.terraform/providers/x", "/project/.git/index"] {
        watched(&mut session, churn, 1);
    }
    // Whoever asks is answered from what is known, so nothing was looked at again.
    let place = json!({ "line": 3, "character": 22 });
    let params = json!({ "textDocument": { "uri": uri("/project/a.yaml") }, "position": place });
    session.request("textDocument/hover", &params);
    watched(&mut session, "/project/b.yaml", 1);
    assert_eq!(session.published(), told("/project/b.yaml", &[NETWORK]));
    session.leave();
}

#[test]
fn a_document_keeps_the_name_that_its_editor_has_for_it() {
    let mut session = begin(Session::connect([("/project/a.yaml", POD)]));
    assert_eq!(session.published(), told("/project/a.yaml", &[NETWORK]));
    let name = "file:///project/%61.yaml";
    let document = json!({ "uri": name, "languageId": "yaml", "version": 1, "text": POD });
    session.notify("textDocument/didOpen", &json!({ "textDocument": document }));
    let news = [session.published(), session.published()];
    let expected = [
        (name.to_owned(), vec![NETWORK.to_owned()]),
        told("/project/a.yaml", &[]),
    ];
    assert_eq!(news, expected);
    session.leave();
}

/// Files of which `/link` is another name of `/project`, and of which one is too large to be read.
struct Odd {
    files: Memory,
    large: PathBuf,
}

impl FileSystem for Odd {
    fn read(&self, path: &Path, limits: Limits) -> Result<Vec<u8>, ReadError> {
        match path == self.large {
            true => Err(ReadError::TooLarge {
                limit: limits.file_bytes,
            }),
            false => self.files.read(path, limits),
        }
    }

    fn walk(&self, path: &Path, boundary: Option<&Path>) -> Vec<Found> {
        self.files.walk(path, boundary)
    }

    fn list(&self, folder: &Path) -> Result<Vec<Entry>, ReadError> {
        self.files.list(folder)
    }

    fn write(&self, path: &Path, text: &str) -> Result<(), ReadError> {
        self.files.write(path, text)
    }

    fn exists(&self, path: &Path) -> bool {
        self.files.exists(path)
    }

    fn canonical(&self, path: &Path) -> Result<PathBuf, ReadError> {
        match path.strip_prefix("/link") {
            Ok(rest) => Ok(Path::new("/project").join(rest)),
            Err(_) => self.files.canonical(path),
        }
    }
}

#[test]
fn a_document_behind_a_link_is_the_file_of_the_workspace() {
    let mut session = begin(Session::connect_to(Arc::new(Odd {
        files: Memory::new([("/project/a.yaml", POD)]),
        large: PathBuf::new(),
    })));
    assert_eq!(session.published(), told("/project/a.yaml", &[NETWORK]));
    session.open_document("/link/a.yaml", POD);
    let news = [session.published(), session.published()];
    let expected = [
        told("/link/a.yaml", &[NETWORK]),
        told("/project/a.yaml", &[]),
    ];
    assert_eq!(news, expected);
    session.change("/link/a.yaml", 2, &[([3, 20, 3, 24], "false")]);
    assert_eq!(session.published(), told("/link/a.yaml", &[]));
    session.leave();
}

#[test]
fn a_file_that_is_too_large_is_said_so() {
    let mut session = begin(Session::connect_to(Arc::new(Odd {
        files: Memory::new([("/project/a.yaml", POD)]),
        large: PathBuf::from("/project/a.yaml"),
    })));
    let message = session.next();
    let found = &message["params"]["diagnostics"][0];
    assert_eq!(found["code"], "unreadable-file", "{message}");
    let text = found["message"].as_str().unwrap_or_default();
    assert!(text.contains("larger than the limit"), "{text}");
    session.leave();
}

#[test]
fn each_folder_has_the_configuration_that_is_nearest() {
    let files = [
        ("/project/pod.yaml", POD),
        (
            "/project/inner/scantling.yaml",
            "suppress:\n- {checks: [host-network], reason: known}\n",
        ),
        ("/project/inner/pod.yaml", POD),
        (
            "/other/scantling.yaml",
            "suppress:\n- {checks: [host-pid], reason: known}\n",
        ),
        ("/other/pod.yaml", POD),
    ];
    let mut session = Session::connect(files);
    let folder = |path: &str| json!({ "uri": uri(path), "name": path });
    session.request(
        "initialize",
        &json!({
            "processId": null,
            "capabilities": {},
            "initializationOptions": { "select": ["host-network", "host-pid"] },
            "workspaceFolders": [folder("/project"), folder("/project/inner"), folder("/other")],
        }),
    );
    session.notify("initialized", &json!({}));
    let pid = "3:35-3:39 host-pid";
    assert_eq!(session.published(), told("/other/pod.yaml", &[NETWORK]));
    assert_eq!(session.published(), told("/project/inner/pod.yaml", &[pid]));
    assert_eq!(
        session.published(),
        told("/project/pod.yaml", &[NETWORK, pid])
    );
    let event = json!({ "added": [], "removed": [folder("/other")] });
    let params = json!({ "event": event });
    session.notify("workspace/didChangeWorkspaceFolders", &params);
    assert_eq!(session.published(), told("/other/pod.yaml", &[]));
    session.leave();
}

#[test]
fn settings_can_change_and_what_is_wrong_with_them_is_told() {
    let mut session = begin(Session::connect([("/project/a.yaml", POD)]));
    assert_eq!(session.published(), told("/project/a.yaml", &[NETWORK]));
    let settings = json!({ "scantling": { "select": ["host-pid"], "colour": 1 } });
    session.notify(
        "workspace/didChangeConfiguration",
        &json!({ "settings": settings }),
    );
    let message = session.next();
    let text = message["params"]["message"].as_str().unwrap_or_default();
    assert!(text.contains("`colour` is not known"), "{message}");
    assert_eq!(
        session.published(),
        told("/project/a.yaml", &["3:35-3:39 host-pid"])
    );
    session.leave();
}

#[test]
fn settings_that_say_nothing_change_nothing() {
    let mut session = Session::connect([("/project/a.yaml", POD)]);
    session.initialize(&json!({}), &json!({ "select": ["host-pid"] }));
    session.notify("initialized", &json!({}));
    let found = told("/project/a.yaml", &["3:35-3:39 host-pid"]);
    assert_eq!(session.published(), found);
    let nothing = json!({ "settings": {} });
    session.notify("workspace/didChangeConfiguration", &nothing);
    let other = POD.replace("name: a", "name: b");
    session.open_document("/project/b.yaml", &other);
    let other = told("/project/b.yaml", &["3:35-3:39 host-pid"]);
    assert_eq!(session.published(), other);
    session.leave();
}

#[test]
fn a_client_that_keeps_settings_is_asked_for_them() {
    let mut session = Session::connect([("/project/README.md", "")]);
    let capabilities = json!({ "workspace": { "configuration": true } });
    session.initialize(&capabilities, &Value::Null);
    session.notify("initialized", &json!({}));
    let mut ask = |settings: &Value| {
        let request = session.next();
        assert_eq!(request["method"], "workspace/configuration");
        assert_eq!(request["params"]["items"][0]["section"], "scantling");
        session.reply(&request, &json!([settings]));
    };
    ask(&json!({ "select": ["host-network"] }));
    session.notify(
        "workspace/didChangeConfiguration",
        &json!({ "settings": null }),
    );
    let request = session.next();
    session.reply(&request, &json!([{ "select": ["host-pid"] }]));
    session.open_document("/project/a.yaml", POD);
    let pid = told("/project/a.yaml", &["3:35-3:39 host-pid"]);
    while session.published() != pid {}
    session.leave();
}

#[test]
fn what_is_asked_of_a_document_that_is_no_file_has_no_answer() {
    let mut session = begin(Session::connect([("/project/README.md", "")]));
    let place = json!({ "line": 0, "character": 0 });
    for name in ["untitled:Untitled-1", "git:/project/a.yaml?%7B%7D"] {
        let params = json!({ "textDocument": { "uri": name }, "position": place });
        let found = session.request("textDocument/hover", &params);
        assert_eq!(found, Value::Null, "{name}");
    }
    session.leave();
}
