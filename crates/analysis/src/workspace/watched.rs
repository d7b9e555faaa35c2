//! What is known of a cluster that is followed is what a scan of it gives, whatever changed.

#[path = "../../../cluster/benches/cluster/mod.rs"]
mod generated;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use graph::Graph;
use kubernetes::snapshot::Snapshot;
use source::{Memory, Place, Sources, Span};

use super::Workspace;
use crate::options::{Fixes, NoProgress, Options};
use crate::report::{Finding, Report, Verdict};
use crate::scan;
use crate::scan::Analysis;

/// How often something changes.
const CHANGES: usize = 30;

/// How many objects the cluster has.
const OBJECTS: usize = 100;

/// Texts of objects, and what stands there in another state of them. `N` is another number each time.
const STATES: [(&str, &str); 12] = [
    ("registry.example", "other-N.example"),
    ("\"privileged\":false", "\"privileged\":true"),
    (
        "\"annotations\":{",
        "\"annotations\":{\"scantling.dev/ignore.missing-cpu-limit\":\"change N\",",
    ),
    ("\"labels\":{", "\"labels\":{\"change\":\"N\","),
    (
        "\"app.kubernetes.io/name\":",
        "\"app.kubernetes.io/part-N\":",
    ),
    ("\"name\":\"view\"", "\"name\":\"cluster-admin\""),
    ("\"replicas\":0", "\"replicas\":N"),
    ("\"restartCount\":0", "\"restartCount\":N"),
    ("@sha256:", "@sha256:N"),
    // It was deleted, and something of the same name came.
    ("\"uid\":\"", "\"uid\":\"N"),
    // It was let go by what made it.
    ("\"controller\":true", "\"controller\":false"),
    ("\"name\":\"default\"", "\"name\":\"other-N\""),
];

/// The place of a span, whatever the number of its file.
fn place(span: Span, sources: &Sources) -> String {
    let path = sources.path(span.file);
    format!("{}:{}-{}", path.display(), span.start, span.end)
}

fn finding(one: &Finding, sources: &Sources) -> String {
    let related = one.related.iter();
    let related = related.map(|one| format!("{} {}", place(one.span, sources), one.message));
    format!(
        "{} {} {} {} {} {:?} {:?}",
        one.fingerprint,
        one.check.id,
        one.resource.address,
        place(one.span, sources),
        one.message,
        one.presence,
        related.collect::<Vec<_>>()
    )
}

/// All that a report tells.
fn told(report: &Report) -> String {
    let sources = &report.sources;
    let mut told = String::new();
    let mut tell = |row: String| writeln!(told, "{row}").expect("a text can be written to");
    for one in &report.findings {
        tell(finding(one, sources));
    }
    for (one, why) in &report.suppressed {
        tell(format!(
            "{} hidden: {:?}",
            finding(one, sources),
            why.reason
        ));
    }
    for row in &report.verdicts {
        let why = match &row.verdict {
            Verdict::Pass => Vec::new(),
            Verdict::Unknown(causes) => {
                let causes = causes.iter();
                let place = |span: Option<Span>| span.map(|span| place(span, sources));
                causes.map(|(why, span)| (why, place(*span))).collect()
            }
        };
        tell(format!("{} {:?} {why:?}", row.check.id, row.resource));
    }
    for input in &report.inputs {
        tell(format!("{input:?}"));
    }
    for problem in &report.problems {
        let at = match &problem.place {
            Place::Span(span) => place(*span, sources),
            Place::Path(path) => path.display().to_string(),
        };
        tell(format!("{} {at} {}", problem.code, problem.message));
    }
    for span in &report.secrets {
        tell(place(*span, sources));
    }
    tell(report.resources.to_string());
    told
}

/// Files that declare some of the objects, not all as they are.
fn files(snapshot: &Snapshot) -> Memory {
    let declared = snapshot.objects.iter().step_by(7);
    let declared = declared.map(|text| text.replace("1.2", "1.3") + "\n---\n");
    Memory::new([("/project/app.yaml", declared.collect::<String>())])
}

#[test]
fn what_is_followed_is_what_would_be_scanned() {
    let first = generated::generate(OBJECTS, 7);
    let system = files(&first);
    let options = Options {
        directory: PathBuf::from("/project"),
        paths: vec![PathBuf::from("app.yaml")],
        fixes: Fixes::None,
        unknown: true,
        now: Some(1_800_000_000),
        ..Options::default()
    };
    let with = |snapshot: &Arc<Snapshot>| Options {
        snapshot: Some(Arc::clone(snapshot)),
        ..options.clone()
    };
    let mut chance = generated::Chance(3);
    let mut present: Vec<Option<Arc<str>>> = first.objects.iter().cloned().map(Some).collect();
    let mut workspace = Workspace::new(with(&Arc::new(first.clone())));
    for change in 0..CHANGES {
        let before = present.clone();
        for _ in 0..=chance.below(3) {
            let index = usize::try_from(chance.below(present.len() as u64)).unwrap();
            let made = made_by(&first, index);
            present[index] = match chance.below(10) {
                0 | 1 => None,
                2 => Some(Arc::clone(&first.objects[index])),
                3 => {
                    made.into_iter().for_each(|index| present[index] = None);
                    None
                }
                4 => {
                    let whole = |index: usize| Some(Arc::clone(&first.objects[index]));
                    made.into_iter()
                        .for_each(|index| present[index] = whole(index));
                    whole(index)
                }
                _ => {
                    let state = chance.below(STATES.len() as u64);
                    let (text, other) = STATES[usize::try_from(state).unwrap()];
                    let own = present[index].as_ref().unwrap_or(&first.objects[index]);
                    let other = other.replace('N', &change.to_string());
                    Some(own.replacen(text, &other, 1).into())
                }
            };
        }
        let snapshot = Arc::new(Snapshot {
            objects: present.iter().flatten().cloned().collect(),
            ..first.clone()
        });
        workspace.replace_snapshot(Arc::clone(&snapshot));
        let known = workspace.known.as_ref();
        let known = known.map(|known| running(&known.analysis).clone());
        let followed = told(workspace.scan(&system).unwrap());
        let pairs = before.iter().zip(&present);
        let count = pairs.filter(|(old, new)| old != new).count();
        if let (Some(known), Some(now), 0..MANY) = (known, &workspace.known, count) {
            let changed = running(&now.analysis).changed_since(&known);
            assert!(
                changed.is_some(),
                "others got new numbers by change {change}"
            );
        }
        let scanned = scan(&system, &with(&snapshot), &NoProgress).unwrap();
        similar(&followed, &told(&scanned), change);
    }
}

/// How many of the objects may change for them to be looked at one by one.
const MANY: usize = 10;

/// The graph of the cluster.
fn running(analysis: &Analysis) -> &Graph {
    let (project, _) = analysis.parts().nth(1).unwrap();
    &project.graph
}

/// What an object makes, and what that makes.
fn made_by(snapshot: &Snapshot, index: usize) -> Vec<usize> {
    let uid = |index: usize| {
        let (_, rest) = snapshot.objects[index].split_once("\"uid\":\"")?;
        rest.split('"').next().filter(|uid| !uid.is_empty())
    };
    let own = uid(index);
    let objects = 0..snapshot.objects.len();
    let names = |one: &usize, uid: &str| {
        *one != index && snapshot.objects[*one].contains(&format!("\"uid\":\"{uid}\""))
    };
    let made = objects.filter(|one| own.is_some_and(|uid| names(one, uid)));
    made.collect()
}

/// Says of two long texts where they differ first.
#[track_caller]
fn similar(one: &str, other: &str, change: usize) {
    let differs = one
        .lines()
        .zip(other.lines())
        .find(|(one, other)| one != other);
    assert_eq!(differs, None, "after change {change}");
    assert_eq!(
        one.lines().count(),
        other.lines().count(),
        "after change {change}"
    );
}
