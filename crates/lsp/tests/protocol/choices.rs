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

/// What a client can do that takes all that there is.
fn capabilities() -> Value {
    json!({
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
    })
}

fn open(files: &[(&str, &str)]) -> Session {
    let mut session = Session::connect(files.iter().copied());
    session.initialize(&capabilities(), &json!({ "select": ["host-network"] }));
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

/// A pod that writes to the node, which its program may need to.
const MOUNT: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  hostNetwork: true
  containers:
  - name: web
    volumeMounts: [{name: node, mountPath: /node}]
  volumes: [{name: node, hostPath: {path: /var/log}}]
";

#[test]
fn a_fix_that_may_break_what_works_is_named_so_and_is_looked_at_first() {
    let mut session = Session::connect([("/project/pod.yaml", MOUNT)]);
    let checks = json!({ "select": ["host-network", "writable-host-mount"] });
    session.initialize(&capabilities(), &checks);
    session.notify("initialized", &json!({}));
    session.published();
    let actions = |session: &mut Session, only: &str| {
        let place = |line: u32| json!({ "line": line, "character": 20 });
        let params = json!({
            "textDocument": { "uri": uri("/project/pod.yaml") },
            "range": { "start": place(7), "end": place(7) },
            "context": { "diagnostics": [], "only": [only] },
        });
        let found = session.request("textDocument/codeAction", &params);
        found.as_array().cloned().unwrap_or_default()
    };
    let fixes = actions(&mut session, "quickfix");
    let title = fixes[0]["title"].as_str().unwrap_or_default();
    assert!(title.ends_with("(unsafe: may break what works)"), "{title}");
    assert_eq!(fixes[0]["isPreferred"], false);
    let edit = &fixes[0]["edit"];
    let annotation = &edit["documentChanges"][0]["edits"][0]["annotationId"];
    let annotation = &edit["changeAnnotations"][annotation.as_str().unwrap_or_default()];
    assert_eq!(annotation["needsConfirmation"], true);
    let all = actions(&mut session, "source.fixAll");
    assert_eq!(
        all[0]["title"],
        "Fix the finding of this file that has a fix"
    );
    assert_eq!(changes(&all[0]["edit"])[0].1, ["false"]);
    session.leave();
}

const BASE: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  hostNetwork: true
  containers: []
";

#[test]
fn a_suppression_for_a_resource_is_for_no_environment_that_is_not_meant() {
    let files = [
        (
            "/project/base/kustomization.yaml",
            "resources: [pod.yaml]\n",
        ),
        ("/project/base/pod.yaml", BASE),
        ("/project/test/kustomization.yaml", "resources: [../base]\n"),
        (
            "/project/prod/kustomization.yaml",
            "resources: [../base]\npatches:\n- path: pod.yaml\n",
        ),
        (
            "/project/prod/pod.yaml",
            "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {hostPID: true}\n",
        ),
    ];
    let titles = |path: &str, line: u32, character: u32| {
        let mut session = Session::connect(files);
        let checks = json!({ "select": ["host-network", "host-pid"] });
        session.initialize(&capabilities(), &checks);
        session.notify("initialized", &json!({}));
        session.published();
        session.published();
        let place = json!({ "line": line, "character": character });
        let params = json!({
            "textDocument": { "uri": uri(path) },
            "range": { "start": place, "end": place },
            "context": { "diagnostics": [], "only": ["quickfix"] },
        });
        let found = session.request("textDocument/codeAction", &params);
        let titles = found.as_array().into_iter().flatten();
        let titles = titles.map(|one| one["title"].as_str().unwrap_or_default().to_owned());
        let titles: Vec<String> = titles
            .filter(|title| title.starts_with("Suppress"))
            .collect();
        session.leave();
        titles
    };
    let found = titles("/project/base/pod.yaml", 4, 18);
    assert!(
        found.contains(&"Suppress `host-network` in this resource".to_owned()),
        "{found:?}"
    );
    let found = titles("/project/prod/pod.yaml", 3, 18);
    assert_eq!(found[0], "Suppress `host-pid` here");
    assert!(
        !found.contains(&"Suppress `host-pid` in this resource".to_owned()),
        "{found:?}"
    );
}
