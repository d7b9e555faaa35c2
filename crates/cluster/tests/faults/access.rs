//! What the server is told of who asks.

use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use cluster::Watch;
use expect_test::{Expect, expect};

use crate::started;

/// What a request says of who asks.
fn identity(request: &str) -> String {
    let is_own = |line: &&str| line.starts_with("authorization") || line.starts_with("impersonate");
    let mut lines: Vec<&str> = request.lines().filter(is_own).collect();
    lines.sort_unstable();
    lines.join("\n")
}

/// A user that a program tells.
fn program(script: &str) -> String {
    format!(
        "exec: {{apiVersion: client.authentication.k8s.io/v1, command: sh, args: ['-c', '{script}'], interactiveMode: Never}}"
    )
}

#[track_caller]
fn check(name: &str, user: &str, expected: &Expect) {
    let (server, options) = started(name, &[], user);
    let read = cluster::read(&options, &());
    expected.assert_eq(&match read {
        Ok(_) => identity(&server.asked()[0]),
        Err(error) => error.to_string(),
    });
}

#[test]
fn all_ways_to_say_who_asks_reach_the_server() {
    check(
        "basic",
        "username: a, password: b",
        &expect!["authorization: Basic YTpi"],
    );
    let other = "token: t, as: other, as-uid: '7', as-groups: [one, two], as-user-extra: {reason: [because]}";
    check(
        "as",
        other,
        &expect![[r#"
        authorization: Bearer t
        impersonate-extra-reason: because
        impersonate-group: one
        impersonate-group: two
        impersonate-uid: 7
        impersonate-user: other"#]],
    );
    let credential = "{\"apiVersion\": \"client.authentication.k8s.io/v1\", \"kind\": \"ExecCredential\", \"status\": {\"token\": \"told\"}}";
    check(
        "program",
        &program(&format!("echo ''{credential}''")),
        &expect!["authorization: Bearer told"],
    );
}

#[test]
fn what_a_program_tells_is_not_told_when_it_fails() {
    let fails = program("echo canary; echo sorry >&2; exit 3");
    check(
        "fails",
        &fails,
        &expect![
            "the configuration of the cluster can't be read: `sh`: the program for the credentials failed (exit status: 3): sorry"
        ],
    );
    check(
        "odd",
        &program("echo ''{canary''"),
        &expect![
            "the configuration of the cluster can't be read: `sh`: the program for the credentials does not answer with credentials"
        ],
    );
    let missing = "exec: {apiVersion: client.authentication.k8s.io/v1, command: /nowhere/login, interactiveMode: Never}";
    check(
        "nowhere",
        missing,
        &expect![
            "the configuration of the cluster can't be read: `/nowhere/login`: the program for the credentials can't be started: No such file or directory (os error 2)"
        ],
    );
}

#[test]
fn a_token_that_was_renewed_is_used_from_then_on() {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("renewed.token");
    std::fs::write(&path, "one").expect("the folder is there");
    let answers: &[(&str, &[&str])] = &[
        ("/api/v1/pods?limit=500", &["403 {}"]),
        ("/api/v1/configmaps?limit=500", &["{}"]),
    ];
    let (server, options) = started(
        "renewed",
        answers,
        &format!("tokenFile: '{}'", path.display()),
    );
    let (_watch, _) = Watch::start(&options, &()).expect("the server is there");
    std::fs::write(&path, "two").expect("the folder is there");
    let end = Instant::now() + Duration::from_secs(20);
    let is_new = |request: &String| identity(request) == "authorization: Bearer two";
    while !server.asked().iter().any(is_new) {
        assert!(Instant::now() < end, "{:#?}", server.asked());
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn nothing_but_questions_leaves_the_program() {
    let (server, options) = started("questions", &[], "token: t");
    cluster::read(&options, &()).expect("the server is there");
    for request in server.asked() {
        let request = request.to_lowercase();
        assert!(
            request.starts_with("get /") && !request.contains("upgrade"),
            "{request}"
        );
        assert!(
            !request.contains("content-length") && !request.contains("transfer-encoding"),
            "{request}"
        );
    }
}
