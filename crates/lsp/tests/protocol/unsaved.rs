//! Documents that were not saved yet: each is analyzed by itself, as a file of its language would be.

use serde_json::{Value, json};

use crate::session::{Session, uri};

const NAME: &str = "untitled:Untitled-1";

const POD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  hostNetwork: true
  containers: []
";

const NETWORK: &str = "4:15-4:19 host-network";

const OPEN: &str = "\
variable \"cidr\" {
  default = \"0.0.0.0/0\"
}
resource \"aws_security_group\" \"a\" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = \"tcp\"
    cidr_blocks = [var.cidr]
  }
}
";

fn begin<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>, checks: &[&str]) -> Session {
    let mut session = Session::connect(files);
    session.initialize(&json!({}), &json!({ "select": checks }));
    session.notify("initialized", &json!({}));
    session
}

fn open(session: &mut Session, name: &str, language: &str, text: &str) {
    let document = json!({ "uri": name, "languageId": language, "version": 1, "text": text });
    session.notify("textDocument/didOpen", &json!({ "textDocument": document }));
}

fn replace(session: &mut Session, name: &str, text: &str) {
    let document = json!({ "uri": name, "version": 2 });
    let params = json!({ "textDocument": document, "contentChanges": [{ "text": text }] });
    session.notify("textDocument/didChange", &params);
}

fn close(session: &mut Session, name: &str) {
    let params = json!({ "textDocument": { "uri": name } });
    session.notify("textDocument/didClose", &params);
}

fn told(name: &str, lines: &[&str]) -> (String, Vec<String>) {
    let lines = lines.iter().map(|&line| line.to_owned());
    (name.to_owned(), lines.collect())
}

#[test]
fn what_is_wrong_is_told_while_one_types_and_not_after_it_was_closed() {
    let mut session = begin([], &["host-network"]);
    open(&mut session, NAME, "yaml", POD);
    assert_eq!(session.published(), told(NAME, &[NETWORK]));
    replace(&mut session, NAME, &POD.replace("true", "false"));
    assert_eq!(session.published(), told(NAME, &[]));
    replace(&mut session, NAME, &POD.replace("[]", "["));
    assert_eq!(
        session.published(),
        told(NAME, &[NETWORK, "5:14-5:15 syntax"])
    );
    close(&mut session, NAME);
    assert_eq!(session.published(), told(NAME, &[]));
    session.leave();
}

#[test]
fn a_configuration_of_terraform_is_a_root_of_its_own() {
    let variable = "variable \"cidr\" {\n  default = \"10.0.0.0/8\"\n}\n";
    let files = [("/project/main.tf", variable)];
    let mut session = begin(files, &["remote-login-open-to-internet"]);
    open(&mut session, NAME, "terraform", OPEN);
    let (name, lines) = session.published();
    assert_eq!((name.as_str(), lines.len()), (NAME, 1), "{lines:?}");
    // Neither another such document nor the configuration of the folder has a part in it.
    let other = "untitled:Untitled-2";
    open(
        &mut session,
        other,
        "terraform",
        &OPEN.replace("0.0.0.0/0", "10.0.0.0/8"),
    );
    replace(
        &mut session,
        NAME,
        &OPEN[OPEN.find("resource").unwrap_or(0)..],
    );
    let (name, _) = session.published();
    assert_eq!(name, NAME);
    session.leave();
}

#[test]
fn what_is_none_of_ours_is_left_alone() {
    let mut session = begin([], &["host-network"]);
    let texts = [
        ("untitled:a", "yaml", "name: [workflow\njobs: {}\n"),
        ("untitled:b", "markdown", POD),
        ("untitled:c", "yaml", ""),
        ("git:/project/a.yaml?%7B%7D", "yaml", POD),
        ("vscode-userdata:/a.yaml", "yaml", POD),
    ];
    for (name, language, text) in texts {
        open(&mut session, name, language, text);
        replace(&mut session, name, text);
    }
    open(&mut session, NAME, "yaml", POD);
    assert_eq!(session.published(), told(NAME, &[NETWORK]));
    session.leave();
}

#[test]
fn nothing_of_the_workspace_is_another_because_of_it() {
    let account = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: own}\n";
    let pod = POD.replace("containers", "serviceAccountName: own\n  containers");
    let files = [
        ("/project/pod.yaml", pod.as_str()),
        (
            "/project/scantling.yaml",
            "complete: true\nsuppress:\n- {checks: [host-network], reason: known}\n",
        ),
    ];
    let mut session = begin(files, &["host-network", "missing-service-account"]);
    let missing = told(
        &uri("/project/pod.yaml"),
        &["5:22-5:25 missing-service-account"],
    );
    assert_eq!(session.published(), missing);
    open(&mut session, NAME, "yaml", account);
    // A configuration belongs to files, and to those of its folder.
    let other = "untitled:/project/scantling.yaml";
    open(&mut session, other, "yaml", POD);
    assert_eq!(session.published(), told(other, &[NETWORK]));
    close(&mut session, other);
    assert_eq!(session.published(), told(other, &[]));
    session.leave();
}

#[test]
fn what_is_asked_of_it_is_answered() {
    let mut session = begin([], &["host-network"]);
    open(&mut session, NAME, "yaml", POD);
    session.published();
    let document = json!({ "uri": NAME });
    let position = json!({ "line": 4, "character": 17 });
    let params = json!({ "textDocument": document, "position": position });
    let hover = session.request("textDocument/hover", &params);
    assert!(hover.to_string().contains("`host-network`"), "{hover}");
    let params = json!({ "textDocument": document });
    let symbols = session.request("textDocument/documentSymbol", &params);
    assert!(symbols.to_string().contains("Pod/a"), "{symbols}");
    let params = json!({
        "textDocument": document,
        "range": { "start": position, "end": position },
        "context": { "diagnostics": [] },
    });
    let actions = session.request("textDocument/codeAction", &params);
    let fix = &actions[0];
    let edits: Vec<&Value> = fix["edit"]["changes"][NAME]
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    assert_eq!(edits.len(), 1, "{actions}");
    // There is no file beside which a configuration could stand.
    assert!(!actions.to_string().contains("scantling.yaml"), "{actions}");
    session.leave();
}

#[test]
fn a_client_that_asks_for_diagnostics_gets_them() {
    let mut session = Session::connect([]);
    let capabilities = json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    });
    session.initialize(&capabilities, &json!({ "select": ["host-network"] }));
    session.notify("initialized", &json!({}));
    open(&mut session, NAME, "yaml", POD);
    let params = json!({ "textDocument": { "uri": NAME } });
    let report = session.request("textDocument/diagnostic", &params);
    assert_eq!(report["items"][0]["code"], "host-network", "{report}");
    drop(session.leave_unread());
}
