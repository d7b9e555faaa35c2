//! What is told of the texts that are open, and of those that are not.

use serde_json::json;

use crate::session::{Session, uri};

const POD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: é}
spec: {containers: [{name: a, image: 'a:1', securityContext: {privileged: true}}]}
";

/// A folder with nothing to be told of.
const EMPTY: &[(&str, &str)] = &[("/project/README.md", "")];

fn session(capabilities: &serde_json::Value, files: &[(&str, &str)]) -> Session {
    let mut session = Session::connect(files.iter().copied());
    let options = json!({ "select": ["privileged-container"] });
    session.initialize(capabilities, &options);
    session.notify("initialized", &json!({}));
    session
}

#[test]
fn the_whole_workspace_is_told_of_and_not_only_what_is_open() {
    let other = POD.replace('é', "f");
    let mut session = session(
        &json!({}),
        &[("/project/a.yaml", POD), ("/project/b.yaml", &other)],
    );
    let expected = "3:74-3:78 privileged-container".to_owned();
    assert_eq!(
        session.published(),
        (uri("/project/a.yaml"), vec![expected.clone()])
    );
    assert_eq!(
        session.published(),
        (uri("/project/b.yaml"), vec![expected])
    );
    session.leave();
}

#[test]
fn what_is_typed_counts_and_what_is_closed_without_saving_does_not() {
    let mut session = session(&json!({}), &[("/project/a.yaml", POD)]);
    let told = session.published();
    session.open_document("/project/a.yaml", POD);
    session.change("/project/a.yaml", 2, &[([3, 74, 3, 78], "false")]);
    assert_eq!(session.published(), (uri("/project/a.yaml"), vec![]));
    session.close("/project/a.yaml");
    assert_eq!(session.published(), told);
    session.leave();
}

#[test]
fn columns_count_in_the_units_that_were_agreed_on() {
    let text = POD.replace("'a:1'", "'é𝄞'");
    for (encoding, column) in [("utf-8", 77), ("utf-16", 74), ("utf-32", 73)] {
        let capabilities = json!({ "general": { "positionEncodings": [encoding] } });
        let mut session = session(&capabilities, &[("/project/a.yaml", &text)]);
        let line = format!("3:{column}-3:{} privileged-container", column + 4);
        assert_eq!(session.published(), (uri("/project/a.yaml"), vec![line]));
        session.open_document("/project/a.yaml", &text);
        session.change(
            "/project/a.yaml",
            2,
            &[([3, column, 3, column + 4], "false")],
        );
        assert_eq!(session.published(), (uri("/project/a.yaml"), vec![]));
        session.leave();
    }
}

#[test]
fn text_that_is_not_understood_is_told_where_it_stands() {
    let mut session = session(&json!({}), EMPTY);
    session.open_document(
        "/project/new.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: [}\n",
    );
    let (file, lines) = session.published();
    assert_eq!(file, uri("/project/new.yaml"));
    assert!(lines.iter().any(|line| line.starts_with("2:")), "{lines:?}");
    session.close("/project/new.yaml");
    assert_eq!(session.published(), (file, vec![]));
    session.leave();
}

#[test]
fn a_file_outside_of_the_workspace_is_told_of_while_it_is_open() {
    let mut session = session(&json!({}), EMPTY);
    session.open_document("/else/a.yaml", POD);
    let (file, lines) = session.published();
    assert_eq!((file.as_str(), lines.len()), ("file:///else/a.yaml", 1));
    session.close("/else/a.yaml");
    assert_eq!(session.published(), (file, vec![]));
    session.leave();
}

#[test]
fn a_configuration_that_is_wrong_is_told_in_its_own_text() {
    let files = [
        ("/project/a.yaml", POD),
        ("/project/scantling.yaml", "disabel: []\n"),
    ];
    let mut session = session(&json!({}), &files);
    let configuration = uri("/project/scantling.yaml");
    let told = vec!["0:0-1:0 configuration".to_owned()];
    assert_eq!(session.published(), (configuration.clone(), told));
    session.open_document("/project/scantling.yaml", "disabel: []\n");
    session.change("/project/scantling.yaml", 2, &[([0, 0, 0, 7], "disable")]);
    assert_eq!(session.published().0, uri("/project/a.yaml"));
    assert_eq!(session.published(), (configuration, vec![]));
    session.leave();
}

#[test]
fn documents_that_are_no_files_are_left_alone() {
    let mut session = session(&json!({}), EMPTY);
    let document = |uri: &str| {
        let text = "kind: [";
        json!({ "textDocument": { "uri": uri, "languageId": "yaml", "version": 1, "text": text } })
    };
    session.notify("textDocument/didOpen", &document("git:/project/a.yaml"));
    session.open_document("/project/a.yaml", POD);
    assert_eq!(session.published().0, uri("/project/a.yaml"));
    session.leave();
}
