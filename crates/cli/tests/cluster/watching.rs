//! Following a cluster whose server is killed again and again.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use analysis::Snapshot;
use cluster::{Change, Options, Watch, What};
use serde_json::Value;

use crate::gate::Gate;
use crate::live::{
    apply_text, cluster, data, file, findings, kubectl, report, requests, scantling,
    scantling_command,
};

/// How often the server is killed.
const OUTAGES: usize = 10;

/// How long may pass until what was missed is known.
const PATIENCE: Duration = Duration::from_secs(90);

/// What is known by following alone.
struct Known {
    snapshot: Arc<Snapshot>,
    /// The objects that should be there, by what each update says of its changes.
    names: BTreeSet<String>,
    /// What updates say that can't be: something new was there, or something gone was not.
    odd: Vec<Change>,
}

impl Known {
    fn take(&mut self, change: &Change) {
        let Change {
            group,
            resource,
            namespace,
            name,
            ..
        } = change;
        let object = format!("{resource}.{group} {namespace} {name}");
        let is_odd = match change.what {
            What::Added => !self.names.insert(object),
            What::Changed => !self.names.contains(&object),
            What::Deleted => !self.names.remove(&object),
        };
        if is_odd {
            self.odd.push(change.clone());
        }
    }
}

/// The objects of a snapshot, as changes name them.
fn names(snapshot: &Snapshot) -> BTreeSet<String> {
    let mut objects = snapshot.objects.iter();
    let mut names = BTreeSet::new();
    for kind in &snapshot.kinds {
        for object in objects.by_ref().take(kind.objects) {
            let object: Value = serde_json::from_str(object).expect("an object is JSON");
            let text = |key: &str| {
                object["metadata"][key]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned()
            };
            let (group, resource) = (&kind.group, &kind.resource);
            names.insert(format!(
                "{resource}.{group} {} {}",
                text("namespace"),
                text("name")
            ));
        }
    }
    names
}

/// The configuration of an administrator who goes through a gate.
fn through(gate: &Gate, server: u16) -> PathBuf {
    let text = std::fs::read_to_string(file("kubeconfig")).expect("the cluster has one");
    let text = text.replace(&format!(":{server}"), &format!(":{}", gate.port()));
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("gate.kubeconfig");
    std::fs::write(&path, text).expect("the folder is there");
    path
}

fn port() -> u16 {
    let text = std::fs::read_to_string(file("ports.json")).expect("the cluster has one");
    let ports: Value = serde_json::from_str(&text).expect("it is JSON");
    ports["Server"]
        .as_u64()
        .and_then(|port| port.try_into().ok())
        .expect("a port")
}

/// What is there after so many outages: of three objects of a kind one stays, one is changed and one is another each time.
fn objects(round: usize) -> String {
    let map = |name: &str, value: usize| {
        format!(
            "{{kind: ConfigMap, apiVersion: v1, metadata: {{name: {name}, namespace: watched}}, data: {{round: 'a{value}'}}}}\n"
        )
    };
    let secret = format!(
        "{{kind: Secret, apiVersion: v1, metadata: {{name: new-{round}, namespace: watched}}, stringData: {{a: canary-in-a-watch}}}}\n"
    );
    let new = map(&format!("new-{round}"), 0);
    [map("same", 0), map("changed", round), new, secret].join("---\n")
}

/// Waits until something holds.
fn wait(holds: impl Fn() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < end, "it does not hold");
        thread::sleep(Duration::from_millis(100));
    }
}

/// A kind that is there for some of the outages.
fn define(round: usize) {
    let definition = data("watched.yaml");
    let definition = definition.to_string_lossy();
    match round {
        3 => {
            kubectl(&["apply", "-f", &definition]);
            kubectl(&[
                "wait",
                "--for=condition=Established",
                "crd/watches.example.org",
            ]);
            apply_text(
                "{apiVersion: example.org/v1, kind: Watch, metadata: {name: own, namespace: watched}}",
            );
        }
        7 => drop(kubectl(&["delete", "-f", &definition])),
        _ => {}
    }
}

#[test]
#[ignore = "it needs a live cluster: tests/cluster/run.sh"]
fn nothing_is_lost_while_the_server_is_killed() {
    kubectl(&["create", "namespace", "watched"]);
    apply_text(&objects(0));
    let server = port();
    let gate = Gate::to(server);
    let options = Options {
        kubeconfig: Some(through(&gate, server)),
        ..Options::default()
    };
    let (watch, first) = Watch::start(&options, &()).expect("the server is there");
    let known = Arc::new(Mutex::new(Known {
        names: names(&first),
        snapshot: first,
        odd: Vec::new(),
    }));
    let (own, watch) = (Arc::clone(&known), Arc::new(watch));
    let follower = {
        let watch = Arc::clone(&watch);
        thread::spawn(move || {
            while let Some(update) = watch.next() {
                let mut known = own.lock().expect("nobody panics");
                update.changes.iter().for_each(|change| known.take(change));
                known.snapshot = update.snapshot;
            }
        })
    };
    for round in 1..=OUTAGES {
        gate.shut();
        cluster("kill");
        cluster("start");
        apply_text(&objects(round));
        let [map, secret] = ["configmap", "secret"].map(|kind| format!("{kind}/new-{}", round - 1));
        kubectl(&["delete", "-n", "watched", &map, &secret]);
        define(round);
        if round % 2 == 0 {
            cluster("compact");
        }
        gate.open();
        if round % 3 == 0 {
            let new = format!("configmaps. watched new-{round}");
            wait(|| known.lock().expect("nobody panics").names.contains(&new));
        }
    }
    let fresh = Options {
        kubeconfig: Some(file("kubeconfig")),
        ..Options::default()
    };
    let end = Instant::now() + PATIENCE;
    loop {
        let expected = cluster::read(&fresh, &()).expect("the server is there");
        let known = known.lock().expect("nobody panics");
        if known.snapshot.objects == expected.objects && known.snapshot.kinds == expected.kinds {
            assert_eq!(known.names, names(&expected));
            assert!(known.odd.is_empty(), "{:#?}", known.odd);
            assert!(
                known
                    .names
                    .contains(&format!("configmaps. watched new-{OUTAGES}"))
            );
            assert!(
                !known
                    .snapshot
                    .objects
                    .iter()
                    .any(|object| object.contains("canary-in-a-watch"))
            );
            break;
        }
        let missing: Vec<_> = expected
            .objects
            .iter()
            .filter(|one| !known.snapshot.objects.contains(one))
            .collect();
        assert!(Instant::now() < end, "missing {missing:#?}");
        drop(known);
        thread::sleep(Duration::from_secs(1));
    }
    watch.end();
    follower.join().expect("it does not panic");
    // A kind that was defined meanwhile was read as events.
    let streamed =
        "/apis/example.org/v1/watches?watch=true&allowWatchBookmarks=true&sendInitialEvents=true";
    assert!(requests().iter().any(|row| {
        let uri = row["requestURI"].as_str().unwrap_or_default();
        uri.starts_with(streamed)
            && row["userAgent"] == cluster::AGENT
            && row["responseStatus"]["code"] == 200
    }));
}

#[test]
#[ignore = "it needs a live cluster: tests/cluster/run.sh"]
fn findings_that_come_and_go_are_told() {
    let mut command = scantling_command("admin", &["scan", "--cluster", "--watch", "-o", "json"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
    let mut lines = lines.map(|line| {
        let line = line.expect("the program prints UTF-8");
        serde_json::from_str::<Value>(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
    });
    let mut told = BTreeSet::new();
    let mut until = |is_last: &dyn Fn(&Value) -> bool| {
        for line in lines.by_ref() {
            let finding = line["finding"]["fingerprint"]
                .as_str()
                .unwrap_or_default()
                .to_owned();
            match line["event"].as_str() {
                Some("new") => assert!(told.insert(finding), "{line}"),
                Some("gone") => assert!(told.remove(&finding), "{line}"),
                _ => {}
            }
            if is_last(&line) {
                break;
            }
        }
        told.clone()
    };
    let of_pod = |event: &'static str| {
        move |line: &Value| {
            line["event"] == event
                && line["finding"]["check"] == "privileged-container"
                && line["finding"]["resource"]["address"] == "Pod/default/watched"
        }
    };
    let before = until(&|line| line["event"] == "told");
    apply_text(
        "{apiVersion: v1, kind: Pod, metadata: {name: watched, namespace: default}, spec: {containers: [{name: a, image: a, securityContext: {privileged: true}}]}}",
    );
    until(&of_pod("new"));
    kubectl(&["delete", "pod", "-n", "default", "watched", "--force"]);
    until(&of_pod("gone"));
    let after = until(&|line| line["event"] == "told");
    assert_eq!(before, after);
    let interrupted = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(interrupted.expect("there is a program `kill`").success());
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
    let fresh = report(&scantling("admin", &["scan", "--cluster", "-o", "json"]));
    assert_eq!(findings(&fresh).len(), after.len());
}
