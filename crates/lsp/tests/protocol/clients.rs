//! Real clients, by what they say of themselves.

use serde_json::{Value, json};

use crate::session::{Session, uri};

const NEOVIM: &str = include_str!("../clients/neovim-0.11.4.json");

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
