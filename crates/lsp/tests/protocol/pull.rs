//! Clients that ask for diagnostics, and those that show how far the server is.

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

const VALUES: &str = "host: true\n";

/// A chart whose values decide about its template.
const CHART: [(&str, &str); 3] = [
    (
        "/project/Chart.yaml",
        "apiVersion: v2\nname: web\nversion: 1.0.0\n",
    ),
    ("/project/values.yaml", VALUES),
    (
        "/project/templates/pod.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: b}\nspec:\n  hostNetwork: {{ .Values.host }}\n  hostPID: true\n  containers: []\n",
    ),
];

fn capabilities() -> Value {
    json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    })
}

fn begin(mut session: Session) -> Session {
    let options = json!({ "select": ["host-network", "host-pid"] });
    let answer = session.initialize(&capabilities(), &options);
    let provider = &answer["capabilities"]["diagnosticProvider"];
    assert_eq!(provider["workspaceDiagnostics"], true);
    session.notify("initialized", &json!({}));
    session
}

/// Asks for the diagnostics of a document.
fn pull(session: &mut Session, path: &str, known: &Value) -> Value {
    let uri = match path.starts_with('/') {
        true => uri(path),
        false => path.to_owned(),
    };
    let document = json!({ "uri": uri });
    let params = json!({ "textDocument": document, "previousResultId": known });
    session.request("textDocument/diagnostic", &params)
}

fn codes(report: &Value) -> Vec<&str> {
    let items = report["items"].as_array().into_iter().flatten();
    let codes = items.map(|item| item["code"].as_str().unwrap_or_default());
    codes.collect()
}

#[test]
fn who_asks_is_answered_and_told_when_to_ask_again() {
    let mut session = begin(Session::connect(CHART));
    for file in [&CHART[2], &CHART[1]] {
        assert_eq!(session.published().0, uri(file.0));
    }
    for (path, text) in [CHART[1], CHART[2]] {
        session.open_document(path, text);
        assert_eq!(session.published(), (uri(path), vec![]));
    }
    let values = pull(&mut session, "/project/values.yaml", &Value::Null);
    assert_eq!(codes(&values), ["host-network"]);
    let known = &values["resultId"];
    let same = pull(&mut session, "/project/values.yaml", known);
    assert_eq!(same, json!({ "kind": "unchanged", "resultId": known }));
    session.change(
        "/project/templates/pod.yaml",
        2,
        &[([4, 15, 4, 33], "false")],
    );
    let template = pull(&mut session, "/project/templates/pod.yaml", &Value::Null);
    assert_eq!(codes(&template), ["host-pid"]);
    // The change was in another file than the news.
    let request = session.next();
    assert_eq!(request["method"], "workspace/diagnostic/refresh");
    session.reply(&request, &Value::Null);
    let none = pull(&mut session, "/project/values.yaml", known);
    assert_eq!((&none["kind"], codes(&none)), (&json!("full"), vec![]));
    session.leave();
}

#[test]
fn who_asks_for_documents_only_is_sent_the_other_files() {
    let mut session = begin(Session::connect(CHART));
    let template = uri("/project/templates/pod.yaml");
    let values = uri("/project/values.yaml");
    assert_eq!(session.published().0, template);
    assert_eq!(session.published().0, values);
    session.open_document("/project/values.yaml", VALUES);
    assert_eq!(session.published(), (values.clone(), vec![]));
    let found = pull(&mut session, "/project/values.yaml", &Value::Null);
    assert_eq!(codes(&found), ["host-network"]);
    session.close("/project/values.yaml");
    let (file, lines) = session.published();
    assert_eq!((file, lines.len()), (values, 1));
    session.leave();
}

/// The files that a report of all tells of, with what it tells.
fn items(report: &Value) -> Vec<(&str, Vec<&str>)> {
    let items = report["items"].as_array().into_iter().flatten();
    let told = items.map(|item| (item["uri"].as_str().unwrap_or_default(), codes(item)));
    told.collect()
}

#[test]
fn all_files_are_told_of_in_parts_and_again_when_there_is_news() {
    let gate = Arc::new(Gate::closed("/project/values.yaml", CHART));
    let mut session = begin(Session::connect_to(Arc::clone(&gate) as _));
    let params = json!({ "previousResultIds": [], "partialResultToken": "t" });
    let id = session.ask("workspace/diagnostic", &params);
    // Once this is answered, the server knows that all files are asked for.
    pull(&mut session, "untitled:other", &Value::Null);
    gate.open();
    assert_eq!(session.answer(id)["result"], json!({ "items": [] }));
    let part = session.next()["params"]["value"].clone();
    let expected = [
        ("file:///project/templates/pod.yaml", vec!["host-pid"]),
        ("file:///project/values.yaml", vec!["host-network"]),
    ];
    assert_eq!(items(&part), expected);
    assert_eq!(session.next()["params"]["value"], json!({ "items": [] }));
    let known: Vec<Value> = part["items"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|item| json!({ "uri": item["uri"], "value": item["resultId"] }))
        .collect();
    // Nothing is new until something changes.
    let params = json!({ "previousResultIds": known });
    let id = session.ask("workspace/diagnostic", &params);
    session.open_document("/project/values.yaml", VALUES);
    session.change("/project/values.yaml", 2, &[([0, 6, 0, 10], "false")]);
    let none = pull(&mut session, "/project/values.yaml", &Value::Null);
    assert_eq!(codes(&none), Vec::<&str>::new());
    let answer = session.answer(id)["result"].clone();
    assert_eq!(items(&answer)[1], ("file:///project/values.yaml", vec![]));
    assert_eq!(answer["items"][0]["kind"], "unchanged");
    session.leave();
}

#[test]
fn an_open_document_is_answered_for_before_all_is_read() {
    let other = POD.replace("name: a", "name: b");
    let files = [("/project/a.yaml", POD), ("/project/slow.yaml", &other)];
    let gate = Arc::new(Gate::closed("/project/slow.yaml", files));
    let mut session = begin(Session::connect_to(Arc::clone(&gate) as _));
    session.open_document("/project/a.yaml", POD);
    let first = pull(&mut session, "/project/a.yaml", &Value::Null);
    assert_eq!(codes(&first), ["host-network"]);
    gate.open();
    assert_eq!(session.published().0, uri("/project/slow.yaml"));
    session.leave();
}

#[test]
fn who_waits_for_what_fails_is_told_so() {
    let files = [("/project/slow.yaml", POD)];
    let mut session = begin(Session::connect_to(Arc::new(Gate::broken(
        "/project/slow.yaml",
        1,
        files,
    ))));
    let params = json!({ "textDocument": { "uri": uri("/project/slow.yaml") } });
    let id = session.ask("textDocument/diagnostic", &params);
    assert_eq!(session.answer(id)["error"]["code"], -32802);
    assert_eq!(session.next()["method"], "window/logMessage");
    assert_eq!(session.next()["method"], "window/showMessage");
    // Nothing comes until something changes.
    let id = session.ask("textDocument/diagnostic", &params);
    assert_eq!(session.answer(id)["error"]["code"], -32802);
    session.open_document("/project/slow.yaml", POD);
    let found = pull(&mut session, "/project/slow.yaml", &Value::Null);
    assert_eq!(codes(&found), ["host-network"]);
    session.leave();
}

#[test]
fn a_client_that_can_not_be_told_to_ask_again_is_sent_all() {
    let capabilities = json!({ "textDocument": { "diagnostic": {} } });
    let mut session = Session::connect([("/project/a.yaml", POD)]);
    let answer = session.initialize(&capabilities, &json!({ "select": ["host-network"] }));
    assert_eq!(answer["capabilities"].get("diagnosticProvider"), None);
    session.notify("initialized", &json!({}));
    assert_eq!(session.published().0, uri("/project/a.yaml"));
    session.leave();
}

#[test]
fn the_first_load_shows_how_far_it_is() {
    let capabilities = json!({ "window": { "workDoneProgress": true } });
    let mut session = Session::connect([("/project/a.yaml", POD)]);
    session.initialize(&capabilities, &json!({ "select": ["host-network"] }));
    session.notify("initialized", &json!({}));
    let (mut told, mut published) = (Vec::new(), 0);
    while told.last() != Some(&json!("end")) || published == 0 {
        let message = session.next();
        match message["method"].as_str() {
            Some("window/workDoneProgress/create") => session.reply(&message, &Value::Null),
            Some("$/progress") => told.push(message["params"]["value"]["kind"].clone()),
            other => {
                assert_eq!(other, Some("textDocument/publishDiagnostics"));
                published += 1;
            }
        }
    }
    assert_eq!((&told[0], &told[1]), (&json!("begin"), &json!("report")));
    // Later analyses are not shown.
    session.open_document("/project/a.yaml", POD);
    session.change("/project/a.yaml", 2, &[([3, 20, 3, 24], "false")]);
    assert_eq!(session.published(), (uri("/project/a.yaml"), vec![]));
    session.leave();
}
