//! Beginning and end.

use serde_json::json;

use crate::session::Session;

#[test]
fn the_first_known_encoding_of_the_client_is_agreed_on() {
    for (offered, agreed) in [
        (json!(["utf-32", "utf-8"]), "utf-32"),
        (json!(["utf-8"]), "utf-8"),
        (json!(null), "utf-16"),
    ] {
        let mut session = Session::connect([]);
        let capabilities = json!({ "general": { "positionEncodings": offered } });
        let answer = session.initialize(&capabilities, &json!({}));
        assert_eq!(answer["capabilities"]["positionEncoding"], agreed);
        session.leave();
    }
}

#[test]
fn a_client_that_goes_without_a_word_ends_the_server() {
    let session = Session::open(&json!({}), []);
    session.hang_up();
    Session::connect([]).hang_up();
}

#[test]
fn unknown_settings_are_told() {
    let mut session = Session::connect([]);
    session.initialize(&json!({}), &json!({ "colour": "red" }));
    session.notify("initialized", &json!({}));
    let message = session.next();
    assert_eq!(message["method"], "window/showMessage");
    assert_eq!(
        message["params"]["message"],
        "Scantling: the setting `colour` is not known"
    );
    session.leave();
}

#[test]
fn clients_that_can_are_asked_to_watch_files() {
    let watched = json!({ "dynamicRegistration": true });
    let capabilities = json!({ "workspace": { "didChangeWatchedFiles": watched } });
    let mut session = Session::open(&capabilities, []);
    let request = session.next();
    assert_eq!(request["method"], "client/registerCapability");
    assert_eq!(
        request["params"]["registrations"][0]["method"],
        "workspace/didChangeWatchedFiles"
    );
    session.reply(&request, &json!(null));
    session.leave();
}
