//! How long a cluster takes from its snapshot to findings, and one object that changes, comes or goes to the findings then:
//! `cargo bench -p analysis --bench cluster`, with the number of objects, of which a tenth are pods.
#![expect(clippy::print_stdout, reason = "the benchmark tells its figures")]
#![expect(clippy::unwrap_used, reason = "a benchmark that fails has no figures")]
#![expect(
    clippy::disallowed_methods,
    reason = "the benchmark reads what the system says of it"
)]

#[path = "../../cluster/benches/cluster/mod.rs"]
mod cluster;

use std::sync::Arc;
use std::time::{Duration, Instant};

use analysis::snapshot::Limits;
use analysis::{Fixes, Options, Report, Snapshot, Workspace};
use source::Memory;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const OBJECTS: usize = 100_000;

/// How often an object is changed.
const CHANGES: usize = 10;

/// Kinds of which objects come and go.
const KINDS: [&str; 6] = [
    "Pod",
    "ReplicaSet",
    "Deployment",
    "Service",
    "ServiceAccount",
    "RoleBinding",
];

fn main() {
    let mut numbers = std::env::args().filter_map(|argument| argument.parse::<usize>().ok());
    let objects = numbers.next().unwrap_or(OBJECTS);
    // Whoever measures the memory of a scan has no generator in it.
    let file = std::env::temp_dir().join(format!("scantling-generated-{objects}.snapshot"));
    if !file.exists() {
        let mut bytes = Vec::new();
        cluster::generate(objects, 1).write(&mut bytes).unwrap();
        std::fs::write(&file, bytes).unwrap();
        println!("{} holds the snapshot; run again", file.display());
        return;
    }
    let bytes = std::fs::read(&file).unwrap();
    let start = Instant::now();
    let (snapshot, damage) = Snapshot::read(&bytes, Limits::default());
    assert!(damage.is_none());
    let pods = snapshot.kinds.iter().find(|kind| kind.resource == "pods");
    let size: usize = snapshot.objects.iter().map(|object| object.len()).sum();
    println!(
        "{objects} objects, {} pods, {} MB as JSON, load {}",
        pods.unwrap().objects,
        size >> 20,
        std::fs::read_to_string("/proc/loadavg").unwrap().trim()
    );
    println!("unpacked: {:?}", start.elapsed());
    let snapshot = Arc::new(snapshot);
    let mut project = Workspace::new(Options {
        snapshot: Some(Arc::clone(&snapshot)),
        fixes: Fixes::None,
        ..Options::default()
    });
    let system = Memory::new([("/nothing", "")]);
    let report = project.scan(&system).unwrap();
    println!(
        "cold: {:?}, {} resources, {} findings, {} MB at most",
        start.elapsed(),
        report.resources,
        report.findings.len(),
        most()
    );
    tell(report);
    change(&mut project, &snapshot, &system);
    for kind in KINDS {
        let wanted = format!(r#""kind":"{kind}""#);
        let is_of_kind = |object: &Arc<str>| object.split(',').nth(1) == Some(&wanted);
        let indexes = objects_that(&snapshot, is_of_kind);
        let some: Vec<Vec<usize>> = indexes
            .into_iter()
            .take(CHANGES)
            .map(|one| vec![one])
            .collect();
        come_and_go(&mut project, &snapshot, &system, (kind, &some));
    }
    let mut namespaces = Vec::new();
    for number in 0..3 {
        let name = format!("team-{number}");
        let (own, inside) = (
            format!(r#""name":"{name}""#),
            format!(r#""namespace":"{name}""#),
        );
        let is_in = |object: &Arc<str>| {
            object.contains(&inside)
                || object.contains(r#""kind":"Namespace""#) && object.contains(&own)
        };
        namespaces.push(objects_that(&snapshot, is_in));
    }
    come_and_go(
        &mut project,
        &snapshot,
        &system,
        ("whole namespace", &namespaces),
    );
}

fn objects_that(snapshot: &Snapshot, is_wanted: impl Fn(&Arc<str>) -> bool) -> Vec<usize> {
    let objects = snapshot.objects.iter().enumerate();
    let wanted = objects.filter(|(_, object)| is_wanted(object));
    wanted.map(|(index, _)| index).collect()
}

/// Removes objects, and adds them again.
fn come_and_go(
    project: &mut Workspace,
    snapshot: &Snapshot,
    system: &Memory,
    (kind, all): (&str, &[Vec<usize>]),
) {
    let (mut removed, mut added) = (Vec::new(), Vec::new());
    for some in all {
        let mut without = Snapshot::clone(snapshot);
        let objects = snapshot.objects.iter().enumerate();
        let kept = objects.filter(|(index, _)| !some.contains(index));
        without.objects = kept.map(|(_, object)| Arc::clone(object)).collect();
        for (next, times) in [
            (without, &mut removed),
            (Snapshot::clone(snapshot), &mut added),
        ] {
            let start = Instant::now();
            project.replace_snapshot(Arc::new(next));
            let report = project.scan(system).unwrap();
            times.push(start.elapsed());
            if times.len() == all.len() && std::env::var_os("STAGES").is_some() {
                tell(report);
            }
        }
    }
    for (what, times) in [("removed", &mut removed), ("added", &mut added)] {
        times.sort_unstable();
        if let Some(least) = times.first() {
            let median = times[times.len() / 2];
            println!("{kind} {what}: {median:?} (median), {least:?} (least)");
        }
    }
}

/// Changes a container of a Deployment again and again.
fn change(project: &mut Workspace, snapshot: &Snapshot, system: &Memory) {
    let is_deployment =
        |object: &Arc<str>| object.starts_with(r#"{"apiVersion":"apps/v1","kind":"Deployment""#);
    let index = snapshot.objects.iter().position(is_deployment).unwrap();
    let mut times: Vec<Duration> = Vec::new();
    for change in 0..CHANGES {
        let mut next = Snapshot::clone(snapshot);
        let text =
            next.objects[index].replace("registry.example", &format!("other-{change}.example"));
        next.objects[index] = text.into();
        let start = Instant::now();
        project.replace_snapshot(Arc::new(next));
        let report = project.scan(system).unwrap();
        times.push(start.elapsed());
        if change + 1 == CHANGES {
            tell(report);
        }
    }
    let first = times[0];
    times.sort_unstable();
    println!(
        "one change: {:?} (median), {:?} (least), {first:?} (the first); {} MB at most",
        times[times.len() / 2],
        times[0],
        most()
    );
}

fn tell(report: &Report) {
    for (stage, time) in &report.timings {
        println!("  {stage:<12}{:>9.1} ms", time.as_secs_f64() * 1e3);
    }
}

/// The most memory that this process had, in MB.
fn most() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let row = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = row.unwrap().trim().trim_end_matches(" kB");
    number.trim().parse::<u64>().unwrap() >> 10
}
