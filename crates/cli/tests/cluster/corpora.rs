//! The manifests of other people's repositories, applied and scanned: what is found in files is found where they run.
#![expect(
    clippy::print_stdout,
    reason = "it tells what was refused, and why nothing ran"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::live::{kubectl, kubectl_says, report, scantling};

/// Where the repositories are, which not everybody has.
const CORPORA: &str = "../../../shared/data/corpora/manifests";

/// Where these folders have manifests, they are templates of charts.
const CHART: &str = "Chart.yaml";

/// What only files tell, and why: `CHECK REASON`.
const DECLARED: &str = "
deprecated-service-account-field the API server writes the present field beside it
";

/// What only the cluster tells of what is applied, and why: `CHECK REASON`.
const LIVE: &str = "
cluster-admin-bound the roles of Kubernetes itself, what is aggregated into roles and their namespaces are known
default-namespace kubectl puts there what names no namespace
default-service-account-automount controllers make the account
default-service-account-token controllers make the account
empty-endpoints no node runs the pods
enforceable-pod-security all pods of the namespace are known
event-deletion-granted the roles of Kubernetes itself, what is aggregated into roles and their namespaces are known
exec-granted the roles of Kubernetes itself, what is aggregated into roles and their namespaces are known
impersonation-granted the roles of Kubernetes itself, what is aggregated into roles and their namespaces are known
missing-config-map all that there is is known
missing-key all that there is is known
missing-secret all that there is is known
missing-service all that there is is known
missing-subject all that there is is known
missing-volume-claim all that there is is known
network-policies-changeable the roles of Kubernetes itself, what is aggregated into roles and their namespaces are known
port-forward-granted the roles of Kubernetes itself, what is aggregated into roles and their namespaces are known
secrets-readable the roles of Kubernetes itself, what is aggregated into roles and their namespaces are known
service-without-pods all that there is is known
tokens-requestable the roles of Kubernetes itself, what is aggregated into roles and their namespaces are known
unneeded-service-account-token all that binds the account is known
unscheduled-daemon-set no node runs the pods
unused-config-map all that there is is known
unused-custom-resource-definition all that there is is known
unused-secret all that there is is known
unused-service-account all that there is is known
unused-storage-class all that there is is known
unused-volume all that there is is known
unused-volume-claim all that there is is known
workload-creation-granted the roles of Kubernetes itself, what is aggregated into roles and their namespaces are known
";

/// What kubectl says of what it can't create, each with words for all of its kind.
const REFUSALS: [(&str, &str); 7] = [
    ("(AlreadyExists)", "another file declares the object, too"),
    ("(Invalid)", "the object is not valid"),
    ("(BadRequest)", "the object is not valid"),
    ("no matches for kind", "nobody defines the kind"),
    ("error validating", "it is no object"),
    ("error parsing", "it is no YAML"),
    ("(NotFound)", "its namespace is not there"),
];

/// The files below a folder that may be manifests, small ones first: large ones often hold the others.
fn files(folder: &Path, found: &mut Vec<(u64, PathBuf)>) {
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    let entries: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    if entries.iter().any(|path| path.ends_with(CHART)) {
        return;
    }
    for path in entries {
        let is_yaml = path
            .extension()
            .is_some_and(|end| end == "yaml" || end == "yml");
        match path.metadata() {
            Ok(metadata) if metadata.is_dir() => files(&path, found),
            Ok(metadata) if is_yaml => found.push((metadata.len(), path)),
            _ => {}
        }
    }
}

/// Creates what files declare. Returns what kubectl says of what it can't create.
fn create(files: &[PathBuf]) -> String {
    if files.is_empty() {
        return String::new();
    }
    let files: Vec<String> = files
        .iter()
        .map(|path| path.to_string_lossy().into_owned())
        .collect();
    let named = files.iter().flat_map(|path| ["-f", path.as_str()]);
    let arguments: Vec<&str> = ["create"].into_iter().chain(named).collect();
    kubectl_says(&arguments)
}

/// The namespaces that lines of files name.
fn namespaces(files: &[PathBuf]) -> BTreeSet<String> {
    let texts = files
        .iter()
        .filter_map(|path| std::fs::read_to_string(path).ok());
    let mut found = BTreeSet::new();
    for text in texts {
        let named = text
            .lines()
            .filter_map(|line| line.trim().strip_prefix("namespace: "));
        let named = named.map(|name| name.trim().trim_matches(['"', '\'']));
        let is_name = |name: &&str| {
            !name.is_empty()
                && name
                    .chars()
                    .all(|letter| letter.is_ascii_lowercase() || letter == '-')
        };
        found.extend(named.filter(is_name).map(str::to_owned));
    }
    found
}

/// Waits until the server serves all definitions.
///
/// `kubectl wait` fails at an object whose conditions nobody has written yet, so it only asks once each has one:
/// <https://github.com/kubernetes/kubernetes/issues/66439>
fn wait_for_definitions() {
    let has_conditions = "--for=jsonpath={.status.conditions[0].type}";
    for condition in [has_conditions, "--for=condition=Established"] {
        kubectl(&["wait", condition, "crd", "--all", "--timeout=60s"]);
    }
}

/// Applies all files, definitions and namespaces first. Returns those of which all was accepted, and why others were not.
fn apply_all(all: Vec<PathBuf>) -> (Vec<PathBuf>, BTreeMap<&'static str, usize>) {
    let declares = |path: &PathBuf, kind: &str| {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        text.lines().any(|line| line == format!("kind: {kind}"))
    };
    let is_definition = |path: &PathBuf| {
        declares(path, "CustomResourceDefinition") && !declares(path, "Deployment")
    };
    let (definitions, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(is_definition);
    let (spaces, rest): (Vec<_>, Vec<_>) = rest
        .into_iter()
        .partition(|path| declares(path, "Namespace"));
    let mut said = create(&definitions);
    wait_for_definitions();
    said += &create(&spaces);
    for namespace in namespaces(&rest) {
        kubectl_says(&["create", "namespace", &namespace]);
    }
    said += &create(&rest);
    let mut reasons: BTreeMap<&'static str, usize> = BTreeMap::new();
    for line in said.lines() {
        for (mark, reason) in REFUSALS {
            let count = line.matches(mark).count();
            if count > 0 {
                *reasons.entry(reason).or_default() += count;
            }
        }
    }
    let accepted = definitions.into_iter().chain(spaces).chain(rest);
    let accepted = accepted.filter(|path| !said.contains(&*path.to_string_lossy()));
    (accepted.collect(), reasons)
}

fn explained(table: &'static str) -> BTreeMap<&'static str, &'static str> {
    table
        .lines()
        .filter_map(|line| line.split_once(' '))
        .collect()
}

/// The checks and addresses of findings that hold in one place only, and that no table explains.
fn unexplained(report: &Value, presence: &str, table: &'static str) -> BTreeSet<(String, String)> {
    let explained = explained(table);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let findings = report["findings"].as_array().expect("findings").iter();
    let found = findings.filter(|finding| finding["presence"] == presence);
    let found = found.map(|one| (text(&one["check"]), text(&one["resource"]["address"])));
    found
        .filter(|(check, _)| !explained.contains_key(check.as_str()))
        .collect()
}

#[test]
#[ignore = "it needs a live cluster: tests/cluster/run.sh"]
fn what_is_found_in_the_files_of_others_is_found_where_they_run() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join(CORPORA);
    let Ok(corpora) = corpora.canonicalize() else {
        println!("corpora: skipped, as {} is not there", corpora.display());
        return;
    };
    let mut found = Vec::new();
    files(&corpora, &mut found);
    found.sort();
    let all: Vec<PathBuf> = found.into_iter().map(|(_, path)| path).collect();
    let count = all.len();
    let (accepted, reasons) = apply_all(all);
    println!(
        "corpora: {} of {count} files are accepted whole; refused objects:",
        accepted.len()
    );
    for (reason, number) in reasons {
        println!("{number:>7} {reason}");
    }
    assert!(accepted.len() > 250, "{}", accepted.len());
    let accepted: Vec<String> = accepted
        .iter()
        .map(|path| path.to_string_lossy().into_owned())
        .collect();
    let with = |words: &[&'static str]| {
        let paths = accepted.iter().map(String::as_str);
        let arguments: Vec<&str> = words.iter().copied().chain(paths).collect();
        report(&scantling("admin", &arguments))
    };
    let scanned = with(&["scan", "--cluster", "--read-secrets", "-o", "json"]);
    let both = scanned["findings"].as_array().expect("findings").iter();
    let both = both.filter(|one| one["presence"] == "both").count();
    assert!(both > 500, "{both}");
    for (presence, table) in [("declared", DECLARED), ("live", LIVE)] {
        let unexplained = unexplained(&scanned, presence, table);
        assert!(unexplained.is_empty(), "{presence}: {unexplained:#?}");
    }
    let drift = with(&["drift", "--cluster", "-o", "json"]);
    let drifts = drift["drifts"].as_array().expect("differences").iter();
    let changed: Vec<&Value> = drifts.filter(|one| one["class"] == "changed").collect();
    assert!(changed.is_empty(), "{changed:#?}");
}
