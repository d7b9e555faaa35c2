//! What a watch knows after answers went wrong.

use std::thread;
use std::time::{Duration, Instant};

use cluster::{Change, Watch};
use expect_test::{Expect, expect};

use crate::started;

/// How long may pass until all is known.
const PATIENCE: Duration = Duration::from_secs(20);

const PODS: &str = "/api/v1/pods?limit=500";

/// The list of pods that a test begins with: `a` and `b`, at version 5.
const LIST: &str = "{\"metadata\": {\"resourceVersion\": \"5\"}, \"items\": [{\"metadata\": {\"name\": \"a\", \"uid\": \"1\"}}, \
    {\"metadata\": {\"name\": \"b\", \"uid\": \"2\"}}]}";

/// The path of all pods as events.
const ALL: &str = "/api/v1/pods?watch=true&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan\
    &timeoutSeconds=300";

const NOTHING: &[&str] = &["403 {}"];

/// The path of a watch from a version on.
fn watch(version: &str) -> String {
    format!(
        "/api/v1/pods?watch=true&allowWatchBookmarks=true&resourceVersion={version}&timeoutSeconds=300"
    )
}

/// An event of a pod.
fn event(what: &str, name: &str, version: u32) -> String {
    format!(
        "{{\"type\": \"{what}\", \"object\": {{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\": {{\"name\": \"{name}\", \"uid\": \"{name}\", \
         \"resourceVersion\": \"{version}\"}}}}}}"
    )
}

/// Follows the pods of a server until there are those with these names, and says what was told.
#[track_caller]
fn check(name: &str, answers: &[(&str, &[&str])], names: &[&str], expected: &Expect) {
    let usual: &[(&str, &[&str])] = &[
        (PODS, &[LIST]),
        ("/api/v1/configmaps?limit=500", NOTHING),
        ("/api/v1/services?limit=500", NOTHING),
        ("/api/v1/secrets?limit=500&includeObject=Metadata", NOTHING),
    ];
    let (_server, options) = started(name, &[usual, answers].concat(), "token: t");
    let (watch, _) = Watch::start(&options, &()).expect("the server is there");
    let end = Instant::now() + PATIENCE;
    let mut told = String::new();
    let own = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",";
    loop {
        let update = watch.next().expect("nobody ends it");
        let row = |change: &Change| format!("{:?} {}\n", change.what, change.name);
        told.extend(update.changes.iter().map(row));
        if let Some(trouble) = update.trouble {
            told += &format!("lost: {trouble}\n");
        }
        let objects = update.snapshot.objects.join("\n");
        assert!(
            objects.lines().all(|object| object.starts_with(own)),
            "{objects}"
        );
        let has = |name: &&str| objects.contains(&format!("\"name\": \"{name}\""));
        if update.snapshot.objects.len() == names.len() && names.iter().all(has) {
            break;
        }
        assert!(Instant::now() < end, "{told}{objects}");
    }
    expected.assert_eq(&told);
}

#[test]
fn changes_of_a_short_time_are_told_together_and_go_on_where_the_watch_was_cut() {
    let first = [
        event("ADDED", "c", 6),
        event("ADDED", "d", 7),
        event("DELETED", "d", 8),
        event("MODIFIED", "a", 9),
    ];
    let first = format!("stream,ended {}", first.join("\n"));
    let second = format!(
        "stream {}\n{}",
        event("DELETED", "b", 10),
        event("BOOKMARK", "", 11)
    );
    let answers: &[(&str, &[&str])] = &[(&watch("5"), &[&first]), (&watch("9"), &[&second])];
    check(
        "together",
        answers,
        &["a", "c"],
        &expect![[r#"
        Changed a
        Added c
        Deleted b
    "#]],
    );
}

#[test]
fn a_version_that_the_server_forgot_costs_a_list() {
    let gone = r#"stream {"type": "ERROR", "object": {"kind": "Status", "code": 410, "message": "too old"}}"#;
    let again = "{\"metadata\": {\"resourceVersion\": \"20\"}, \"items\": [{\"metadata\": {\"name\": \"b\", \"uid\": \"3\"}}, \
        {\"metadata\": {\"name\": \"c\", \"uid\": \"4\"}}]}";
    let later = format!("stream {}", event("ADDED", "d", 21));
    let answers: &[(&str, &[&str])] = &[
        (PODS, &[LIST, again]),
        (&watch("5"), &[gone]),
        (&watch("20"), &["410 {}", &later]),
    ];
    check(
        "gone",
        answers,
        &["b", "c", "d"],
        &expect![[r#"
        Deleted a
        Changed b
        Added c
        Added d
    "#]],
    );
}

#[test]
fn busy_and_broken_servers_are_asked_again() {
    let cut = format!(
        "stream,cut {}\n{}",
        event("ADDED", "c", 6),
        event("ADDED", "d", 7)
    );
    let rest = format!("stream {}", event("ADDED", "e", 8));
    let answers: &[(&str, &[&str])] = &[
        (&watch("5"), &["429,wait=0 {}", "500 {}", "401 {}", &cut]),
        (&watch("6"), &[&rest]),
        (&watch("7"), &[&rest]),
    ];
    check(
        "busy",
        answers,
        &["a", "b", "c", "d", "e"],
        &expect![[r#"
            lost: it does not accept these credentials; log in again
            Added c
            Added d
            Added e
        "#]],
    );
}

/// The server forgot the version of a list, and answers so when it is asked for all pods as events.
#[track_caller]
fn check_again(name: &str, all: &[&str], list: &[&str], version: &str) {
    let gone = r#"stream {"type": "ERROR", "object": {"kind": "Status", "code": 410, "message": "too old"}}"#;
    let later = format!("stream {}", event("ADDED", "d", 31));
    let lists = [&[LIST], list].concat();
    let answers: &[(&str, &[&str])] = &[
        (PODS, &lists),
        (&watch("5"), &[gone]),
        (ALL, all),
        (&watch(version), &[&later]),
    ];
    check(
        name,
        answers,
        &["b", "c", "d"],
        &expect![[r#"
        Deleted a
        Changed b
        Added c
        Added d
    "#]],
    );
}

#[test]
fn all_objects_come_as_events_where_the_server_gives_them_so() {
    let first = [
        event("ADDED", "b", 7),
        event("ADDED", "c", 8),
        r#"{"type": "BOOKMARK", "object": {"metadata": {"resourceVersion": "30", "annotations": {"k8s.io/initial-events-end": "true"}}}}"#
            .to_owned(),
    ];
    let ended = format!("stream,ended {}", first.join("\n"));
    check_again("streamed", &[&ended], &["500 {}"], "30");
    let later = format!("stream {}\n{}", first.join("\n"), event("ADDED", "d", 31));
    check_again("streamed-on", &[&later], &["500 {}"], "none");
}

#[test]
fn servers_that_do_not_give_all_objects_as_events_are_asked_for_lists() {
    let list = "{\"metadata\": {\"resourceVersion\": \"20\"}, \"items\": [{\"metadata\": {\"name\": \"b\", \"uid\": \"3\"}}, \
        {\"metadata\": {\"name\": \"c\", \"uid\": \"4\"}}]}";
    let unended = event("ADDED", "b", 7);
    let unmarked = format!("stream {unended}\n{}", event("BOOKMARK", "", 30));
    let rows = [
        ("unknown", "422 {}"),
        ("forbidden", "403 {}"),
        ("busy", "429,wait=0 {}"),
        ("unmarked", &unmarked),
        ("cut", &format!("stream,cut {unended}")),
        ("ended", &format!("stream,ended {unended}")),
        ("silent", &format!("stream {unended}")),
    ];
    // Some are waited for.
    thread::scope(|scope| {
        for (name, answer) in rows {
            let name = format!("unstreamed-{name}");
            scope.spawn(move || check_again(&name, &[answer], &[list], "20"));
        }
    });
}
