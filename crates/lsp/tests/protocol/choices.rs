//! Actions that reach further than one finding: all of a check, suppressions for more than a line, explanations.

use serde_json::{Value, json};

use crate::session::{Session, uri};

const POD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  hostNetwork: true
  containers: []
---
apiVersion: v1
kind: Pod
metadata: {name: db}
spec:
  hostNetwork: true
  containers: []
";

const OTHER: &str =
    "apiVersion: v1\nkind: Pod\nmetadata: {name: job}\nspec: {hostNetwork: true, containers: []}\n";

fn open(files: &[(&str, &str)]) -> Session {
    let mut session = Session::connect(files.iter().copied());
    let capabilities = json!({
        "workspace": { "workspaceEdit": {
            "documentChanges": true,
            "resourceOperations": ["create"],
            "changeAnnotationSupport": {},
        } },
        "textDocument": { "codeAction": {
            "honorsChangeAnnotations": true,
            "resolveSupport": { "properties": ["edit"] },
        } },
        "window": { "showDocument": { "support": true } },
    });
    session.initialize(&capabilities, &json!({ "select": ["host-network"] }));
    session.notify("initialized", &json!({}));
    session
}

/// The action with a title, at the first finding.
fn action(session: &mut Session, title: &str) -> Value {
    let place = json!({ "line": 4, "character": 18 });
    let params = json!({
        "textDocument": { "uri": uri("/project/pod.yaml") },
        "range": { "start": place, "end": place },
        "context": { "diagnostics": [], "only": ["quickfix"] },
    });
    let result = session.request("textDocument/codeAction", &params);
    let mut actions = result.as_array().into_iter().flatten();
    let found = actions.find(|action| action["title"] == title);
    found
        .cloned()
        .unwrap_or_else(|| panic!("no {title} in {result}"))
}

/// The files and new texts of an edit.
fn changes(edit: &Value) -> Vec<(&str, Vec<&str>)> {
    let documents = edit["documentChanges"].as_array().into_iter().flatten();
    let documents = documents.filter(|change| change.get("kind").is_none());
    documents
        .map(|change| {
            let edits = change["edits"].as_array().into_iter().flatten();
            let texts = edits.map(|edit| edit["newText"].as_str().unwrap_or_default());
            let uri = change["textDocument"]["uri"].as_str().unwrap_or_default();
            (uri, texts.collect())
        })
        .collect()
}

#[test]
fn all_findings_of_a_check_are_fixed_at_once_when_that_is_chosen() {
    let mut session = open(&[("/project/pod.yaml", POD), ("/project/z.yaml", OTHER)]);
    session.published();
    session.published();
    let chosen = action(
        &mut session,
        "Fix all 2 findings of `host-network` in the file",
    );
    assert_eq!(chosen.get("edit"), None);
    let resolved = session.request("codeAction/resolve", &chosen);
    let found = changes(&resolved["edit"]);
    assert_eq!((found.len(), found[0].1.len()), (1, 2));
    assert_eq!(resolved["edit"].get("changeAnnotations"), None);
    let chosen = action(
        &mut session,
        "Fix all 3 findings of `host-network` in the workspace",
    );
    let resolved = session.request("codeAction/resolve", &chosen);
    let files: Vec<&str> = changes(&resolved["edit"]).iter().map(|one| one.0).collect();
    assert_eq!(
        files,
        ["file:///project/pod.yaml", "file:///project/z.yaml"]
    );
    // What is changed in files that nobody looks at is to be looked at.
    let edit = &resolved["edit"]["documentChanges"][0]["edits"][0];
    let annotation = edit["annotationId"].as_str().unwrap_or_default();
    let annotation = &resolved["edit"]["changeAnnotations"][annotation];
    assert_eq!(annotation["needsConfirmation"], true);
    session.leave();
}

#[test]
fn an_action_of_somebody_else_is_not_resolved() {
    let mut session = open(&[]);
    let id = session.ask(
        "codeAction/resolve",
        &json!({ "title": "other", "data": 1 }),
    );
    assert_eq!(session.answer(id)["error"]["code"], -32602);
    session.leave();
}

#[test]
fn an_action_that_lacks_nothing_is_as_it_was() {
    let mut session = open(&[]);
    let action = json!({ "title": "Explain", "command": { "title": "Explain", "command": "scantling.openExplanation" } });
    assert_eq!(session.request("codeAction/resolve", &action), action);
    session.leave();
}

#[test]
fn a_directive_above_a_resource_is_for_all_of_it() {
    let mut session = open(&[("/project/pod.yaml", POD)]);
    session.published();
    let chosen = action(&mut session, "Suppress `host-network` in this resource");
    let found = changes(&chosen["edit"]);
    let directive = "# scantling:ignore host-network TODO: say why\n";
    assert_eq!(found, [("file:///project/pod.yaml", vec![directive])]);
    session.open_document("/project/pod.yaml", &format!("{directive}{POD}"));
    assert_eq!(session.published().1, ["12:15-12:19 host-network"]);
    session.leave();
}

#[test]
fn entries_of_the_configuration_are_for_a_file_or_the_project_and_make_it() {
    for (title, expected, left) in [
        (
            "Suppress `host-network` for pod.yaml in scantling.yaml",
            "suppress:\n- checks: [host-network]\n  path: \"/pod.yaml\"\n  reason: \"TODO: say why\"\n",
            1,
        ),
        (
            "Suppress `host-network` for the project in scantling.yaml",
            "suppress:\n- checks: [host-network]\n  reason: \"TODO: say why\"\n",
            0,
        ),
    ] {
        let mut session = open(&[("/project/pod.yaml", POD), ("/project/z.yaml", OTHER)]);
        session.published();
        session.published();
        let chosen = action(&mut session, title);
        let create = &chosen["edit"]["documentChanges"][0];
        assert_eq!(
            (&create["kind"], &create["uri"]),
            (&json!("create"), &json!("file:///project/scantling.yaml"))
        );
        let found = changes(&chosen["edit"]);
        assert_eq!(found[0].1, [expected]);
        session.open_document("/project/scantling.yaml", expected);
        assert_eq!(session.published(), (uri("/project/pod.yaml"), vec![]));
        if left == 0 {
            assert_eq!(session.published(), (uri("/project/z.yaml"), vec![]));
        }
        session.leave();
    }
}

#[test]
fn a_check_is_explained_by_a_command_that_opens_its_page() {
    let mut session = open(&[("/project/pod.yaml", POD)]);
    session.published();
    let chosen = action(&mut session, "Explain `host-network`");
    let command = &chosen["command"];
    assert_eq!(command["command"], "scantling.openExplanation");
    let told = session.request("workspace/executeCommand", command);
    assert!(told.as_str().unwrap_or_default().contains("`host-network`"));
    let request = session.next();
    assert_eq!(request["method"], "window/showDocument");
    assert_eq!(request["params"]["external"], true);
    session.reply(&request, &json!({ "success": true }));
    let unknown = json!({ "command": "scantling.other", "arguments": [] });
    let id = session.ask("workspace/executeCommand", &unknown);
    assert_eq!(session.answer(id)["error"]["code"], -32602);
    session.leave();
}
