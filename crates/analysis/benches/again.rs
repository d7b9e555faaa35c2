//! Where the time goes when a project is analyzed again after one text changed: `cargo bench -p analysis --bench again`, with the
//! number of one of the edits and how often it is made, so that counts of instructions can be told apart.
#![expect(clippy::print_stdout, reason = "the benchmark tells its figures")]
#![expect(clippy::unwrap_used, reason = "a benchmark that fails has no figures")]

#[path = "../../lsp/benches/replay/workspace.rs"]
mod workspace;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use analysis::{Fixes, Options, Workspace};
use source::Memory;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often each text is changed, where the call does not say it.
const CHANGES: usize = 10;

fn main() {
    let mut numbers = std::env::args().filter_map(|argument| argument.parse::<usize>().ok());
    let (only, changes) = (numbers.next(), numbers.next().unwrap_or(CHANGES));
    let files = workspace::files();
    let all = files.clone().into_iter();
    let system = Memory::new(all.map(|(path, text)| (Path::new("/work").join(path), text)));
    let mut project = Workspace::new(Options {
        directory: PathBuf::from("/work"),
        fixes: Fixes::None,
        ..Options::default()
    });
    let start = Instant::now();
    let report = project.scan(&system).unwrap();
    println!(
        "cold: {} resources, {} findings, {:?}",
        report.resources,
        report.findings.len(),
        start.elapsed()
    );
    let edits = [
        (
            "manifests/team-1/app-1/deployment.yaml",
            "hostPID: false",
            "hostPID: true",
        ),
        (
            "charts/chart-0/values.yaml",
            "privileged: false",
            "privileged: true",
        ),
        (
            "terraform/large/part-7.tf",
            "storage_encrypted = true",
            "storage_encrypted = false",
        ),
    ];
    let edits = edits.into_iter().enumerate();
    for (_, (path, one, other)) in edits.filter(|(index, _)| only.is_none_or(|only| only == *index))
    {
        let text = &files
            .iter()
            .find(|(file, _)| file == Path::new(path))
            .unwrap()
            .1;
        let changed = text.replacen(one, other, 1);
        let mut stages: Vec<(&str, Duration)> = Vec::new();
        let mut whole = Duration::ZERO;
        let mut least = Duration::MAX;
        for change in 0..changes {
            let text = if change % 2 == 0 { &changed } else { text };
            system.set(&Path::new("/work").join(path), text.as_bytes());
            let start = Instant::now();
            let report = project.scan(&system).unwrap();
            let elapsed = start.elapsed();
            (whole, least) = (whole + elapsed, least.min(elapsed));
            for (stage, time) in &report.timings {
                match stages.iter_mut().find(|(name, _)| name == stage) {
                    Some((_, least)) => *least = (*least).min(*time),
                    None => stages.push((stage, *time)),
                }
            }
        }
        let shown = |time: Duration| time.as_secs_f64() * 1e3;
        let mean = shown(whole) / changes as f64;
        println!("{path}: {mean:.1} ms, at least {:.1} ms", shown(least));
        // Each stage at its quickest, as others use the machine, too.
        for (stage, time) in stages {
            println!("  {stage:<12}{:>9.1} ms", shown(time));
        }
    }
}
