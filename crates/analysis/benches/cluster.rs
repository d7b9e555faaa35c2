//! How long a cluster takes from its snapshot to findings, and one changed object to the findings then:
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
