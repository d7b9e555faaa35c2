//! What the server does while it is not done, when it is told to stop, and when it breaks.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::gate::Gate;
use crate::session::{Session, uri};

const POD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: a}
spec: {hostNetwork: true, containers: []}
";

const ROLE: &str =
    "apiVersion: v1\nkind: Pod\nmetadata: {name: b}\nspec: {hostNetwork: true, containers: []}\n";

const FILES: [(&str, &str); 2] = [("/project/a.yaml", POD), ("/project/slow.yaml", ROLE)];

fn session(gate: &Arc<Gate>) -> Session {
    let mut session = Session::connect_to(Arc::clone(gate) as _);
    session.initialize(&json!({}), &json!({ "select": ["host-network"] }));
    session.notify("initialized", &json!({}));
    session
}

fn place(path: &str) -> Value {
    let position = json!({ "line": 3, "character": 22 });
    json!({ "textDocument": { "uri": uri(path) }, "position": position })
}

#[test]
fn an_open_document_is_told_of_before_all_is_read() {
    let gate = Arc::new(Gate::closed("/project/slow.yaml", FILES));
    let mut session = session(&gate);
    let told = |line: &str| vec![line.to_owned()];
    session.open_document("/project/a.yaml", POD);
    let first = session.published();
    assert_eq!(
        first,
        (uri("/project/a.yaml"), told("3:20-3:24 host-network"))
    );
    session.change("/project/a.yaml", 2, &[([3, 20, 3, 24], "false")]);
    assert_eq!(session.published(), (uri("/project/a.yaml"), vec![]));
    gate.open();
    let rest = session.published();
    assert_eq!(
        rest,
        (uri("/project/slow.yaml"), told("3:20-3:24 host-network"))
    );
    session.leave();
}

#[test]
fn what_was_typed_and_not_saved_is_not_told_of_when_it_is_closed() {
    let gate = Arc::new(Gate::closed("/project/slow.yaml", FILES));
    let mut session = session(&gate);
    let typed = format!("{POD}---\n{}", POD.replace("name: a", "name: c"));
    session.open_document("/project/a.yaml", &typed);
    assert_eq!(session.published().1.len(), 2);
    session.close("/project/a.yaml");
    assert_eq!(session.published(), (uri("/project/a.yaml"), vec![]));
    gate.open();
    assert_eq!(session.published().1.len(), 1);
    assert_eq!(session.published().0, uri("/project/slow.yaml"));
    session.leave();
}

#[test]
fn what_is_said_of_a_document_alone_gives_way_to_what_is_known_of_all() {
    let module = "variable \"acl\" { default = \"public-read\" }\nresource \"aws_s3_bucket_acl\" \"a\" {\n  acl = var.acl\n}\n";
    let root = "module \"data\" {\n  source = \"./data\"\n  acl    = \"private\"\n}\n";
    let files = [
        ("/project/main.tf", root),
        ("/project/data/main.tf", module),
    ];
    let gate = Arc::new(Gate::closed("/project/main.tf", files));
    let mut session = Session::connect_to(Arc::clone(&gate) as _);
    session.initialize(&json!({}), &json!({ "select": ["public-bucket-acl"] }));
    session.notify("initialized", &json!({}));
    session.open_document("/project/data/main.tf", module);
    let (file, lines) = session.published();
    assert_eq!((file, lines.len()), (uri("/project/data/main.tf"), 1));
    gate.open();
    assert_eq!(session.published(), (uri("/project/data/main.tf"), vec![]));
    session.leave();
}

#[test]
fn a_request_that_is_cancelled_is_answered_at_once() {
    let gate = Arc::new(Gate::closed("/project/slow.yaml", FILES));
    let mut session = session(&gate);
    let mut params = place("/project/slow.yaml");
    let start = params["position"].clone();
    params["range"] = json!({ "start": start, "end": start });
    params["context"] = json!({ "diagnostics": [], "includeDeclaration": true, "triggerKind": 1 });
    params["previousResultIds"] = json!([]);
    params["arguments"] = json!([uri("/project/slow.yaml")]);
    params["command"] = json!("scantling.showRendered");
    params["uri"] = json!("scantling:/project/slow.yaml");
    for method in [
        "textDocument/hover",
        "textDocument/codeAction",
        "textDocument/definition",
        "textDocument/references",
        "textDocument/documentSymbol",
        "textDocument/documentLink",
        "textDocument/codeLens",
        "textDocument/inlayHint",
        "textDocument/completion",
        "textDocument/diagnostic",
        "workspace/diagnostic",
        "workspace/executeCommand",
        "workspace/textDocumentContent",
    ] {
        let id = session.ask(method, &params);
        session.notify("$/cancelRequest", &json!({ "id": id }));
        assert_eq!(session.answer(id)["error"]["code"], -32800, "{method}");
    }
    gate.open();
    session.published();
    session.published();
    session.leave();
}

#[test]
fn many_requests_that_wait_do_not_keep_the_server_from_listening() {
    let gate = Arc::new(Gate::closed("/project/slow.yaml", FILES));
    let mut session = session(&gate);
    let asked = (0..40).map(|_| session.ask("textDocument/hover", &place("/project/slow.yaml")));
    let asked: Vec<u64> = asked.collect();
    session.open_document("/project/a.yaml", POD);
    assert_eq!(session.published().0, uri("/project/a.yaml"));
    gate.open();
    for id in asked {
        let answer = session.answer(id);
        assert_eq!(answer["error"]["code"], -32801, "{answer}");
    }
    assert_eq!(session.published().0, uri("/project/slow.yaml"));
    session.leave();
}

#[test]
fn what_is_asked_of_a_text_that_is_over_is_not_answered_from_another() {
    let gate = Arc::new(Gate::closed("/project/slow.yaml", FILES));
    let mut session = session(&gate);
    session.open_document("/project/a.yaml", POD);
    session.published();
    let id = session.ask("textDocument/hover", &place("/project/a.yaml"));
    session.change("/project/a.yaml", 2, &[([3, 20, 3, 24], "false")]);
    gate.open();
    assert_eq!(session.answer(id)["error"]["code"], -32801);
    assert_eq!(session.published(), (uri("/project/a.yaml"), vec![]));
    assert_eq!(session.published().0, uri("/project/slow.yaml"));
    session.leave();
}

#[test]
fn a_fault_is_told_and_the_server_lives() {
    let gate = Arc::new(Gate::broken("/project/slow.yaml", 1, FILES));
    let mut session = session(&gate);
    let log = session.next();
    assert_eq!(log["method"], "window/logMessage");
    let text = log["params"]["message"].as_str().unwrap_or_default();
    assert!(text.contains("a fault that the test injects"), "{log}");
    assert_eq!(session.next()["method"], "window/showMessage");
    let id = session.ask("textDocument/hover", &place("/project/a.yaml"));
    assert_eq!(session.answer(id)["error"]["code"], -32603);
    session.open_document("/project/a.yaml", POD);
    assert_eq!(session.published().0, uri("/project/a.yaml"));
    assert_eq!(session.published().0, uri("/project/slow.yaml"));
    let found = session.request("textDocument/hover", &place("/project/a.yaml"));
    assert_ne!(found, Value::Null);
    session.leave();
}
