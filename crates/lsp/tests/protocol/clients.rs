//! Real clients, by what they say of themselves.

use serde_json::{Value, json};

use crate::session::{Session, uri};

const NEOVIM: &str = include_str!("../clients/neovim-0.11.4.json");
const CODE: &str = include_str!("../clients/code-1.139.1.json");
const EGLOT: &str = include_str!("../clients/eglot-1.9.json");
const HELIX: &str = include_str!("../clients/helix-25.01.1.json");
const ZED: &str = include_str!("../clients/zed.json");
const LSP4IJ: &str = include_str!("../clients/lsp4ij.json");

const VALUES: &str = "privileged: true\n";

fn chart(capabilities: &str) -> (Session, Value) {
    let template = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - name: web\n    securityContext: {privileged: {{ .Values.privileged }}}\n";
    let files = [
        (
            "/project/Chart.yaml",
            "apiVersion: v2\nname: web\nversion: 1.0.0\n",
        ),
        ("/project/values.yaml", VALUES),
        ("/project/templates/pod.yaml", template),
    ];
    let capabilities: Value = serde_json::from_str(capabilities).expect("fixtures are JSON");
    let mut session = Session::connect(files);
    let answer = session.initialize(
        &capabilities,
        &json!({ "select": ["privileged-container"] }),
    );
    session.notify("initialized", &json!({}));
    (session, answer["capabilities"].clone())
}

#[test]
fn neovim_gets_columns_in_bytes_the_way_of_a_value_and_plain_edits() {
    let (mut session, capabilities) = chart(NEOVIM);
    assert_eq!(capabilities["positionEncoding"], "utf-8");
    let message = session.loaded();
    let params = &message["params"];
    assert_eq!(params["uri"], uri("/project/values.yaml"));
    let related = &params["diagnostics"][0]["relatedInformation"][0];
    assert_eq!(
        related["location"]["uri"],
        uri("/project/templates/pod.yaml")
    );
    let place = json!({ "line": 0, "character": 12 });
    let params = json!({
        "textDocument": { "uri": uri("/project/values.yaml") },
        "range": { "start": place, "end": place },
        "context": { "diagnostics": [], "triggerKind": 1 },
    });
    let actions = session.request("textDocument/codeAction", &params);
    let edit = &actions[0]["edit"]["changes"][uri("/project/values.yaml")][0];
    assert_eq!(edit["newText"], "false");
    session.leave();
}

/// What the server says by itself that clients have to be able to hear.
const SAID: [&str; 8] = [
    "textDocument/publishDiagnostics",
    "$/progress",
    "window/workDoneProgress/create",
    "client/registerCapability",
    "workspace/configuration",
    "workspace/diagnostic/refresh",
    "workspace/codeLens/refresh",
    "workspace/inlayHint/refresh",
];

/// The diagnostics of the values, which the client asks for or is sent.
fn diagnostics(session: &mut Session, pulls: bool) -> Value {
    if pulls {
        let document = json!({ "uri": uri("/project/values.yaml") });
        let params = json!({ "textDocument": document });
        return session.request("textDocument/diagnostic", &params)["items"].clone();
    }
    loop {
        let message = session.next();
        let params = &message["params"];
        if params["uri"] == uri("/project/values.yaml") {
            return params["diagnostics"].clone();
        }
    }
}

#[test]
fn each_client_gets_what_it_can_read() {
    for (name, capabilities, encoding, pulls, edits, format) in [
        ("neovim", NEOVIM, "utf-8", false, "changes", "markdown"),
        ("code", CODE, "utf-16", true, "documentChanges", "markdown"),
        (
            "eglot",
            EGLOT,
            "utf-16",
            false,
            "documentChanges",
            "plaintext",
        ),
        (
            "helix",
            HELIX,
            "utf-8",
            false,
            "documentChanges",
            "markdown",
        ),
        ("zed", ZED, "utf-16", false, "documentChanges", "markdown"),
        (
            "lsp4ij",
            LSP4IJ,
            "utf-16",
            false,
            "documentChanges",
            "markdown",
        ),
    ] {
        let (mut session, told) = chart(capabilities);
        assert_eq!(told["positionEncoding"], encoding, "{name}");
        assert_eq!(told.get("diagnosticProvider").is_some(), pulls, "{name}");
        session.open_document("/project/values.yaml", VALUES);
        let found = diagnostics(&mut session, pulls);
        assert_eq!(found[0]["code"], "privileged-container", "{name}: {found}");
        let place = json!({ "line": 0, "character": 12 });
        let document = json!({ "uri": uri("/project/values.yaml") });
        let params = json!({
            "textDocument": document,
            "range": { "start": place, "end": place },
            "context": { "diagnostics": found },
        });
        let actions = session.request("textDocument/codeAction", &params);
        assert!(actions[0]["edit"].get(edits).is_some(), "{name}: {actions}");
        let params = json!({ "textDocument": document, "position": place });
        let hover = session.request("textDocument/hover", &params);
        assert_eq!(hover["contents"]["kind"], format, "{name}");
        for message in session.leave_unread() {
            let method = message["method"].as_str().unwrap_or_default();
            assert!(SAID.contains(&method), "{name}: {message}");
        }
    }
}
