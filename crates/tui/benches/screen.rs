//! How long the screen takes with a cluster of any size: `cargo bench -p tui --bench screen`, with the number of objects. The first
//! run writes the snapshot, so that the generator is in no figure.
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
use analysis::{Fixes, Options, Snapshot, Workspace};
use source::Memory;
use tui::Headless;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const OBJECTS: usize = 100_000;

/// How often each key is pressed.
const PRESSES: usize = 200;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let mut numbers = arguments
        .iter()
        .filter_map(|argument| argument.parse::<usize>().ok());
    let objects = numbers.next().unwrap_or(OBJECTS);
    let file = std::env::temp_dir().join(format!("scantling-generated-{objects}.snapshot"));
    if !file.exists() {
        let mut bytes = Vec::new();
        cluster::generate(objects, 1).write(&mut bytes).unwrap();
        std::fs::write(&file, bytes).unwrap();
        println!("{} holds the snapshot; run again", file.display());
        return;
    }
    let bytes = std::fs::read(&file).unwrap();
    let (snapshot, _) = Snapshot::read(&bytes, Limits::default());
    let options = Options {
        snapshot: Some(Arc::new(snapshot)),
        select: vec!["all".to_owned()],
        fixes: Fixes::None,
        ..Options::default()
    };
    let system = Memory::new([("/nothing", "")]);
    if arguments.iter().any(|argument| argument == "analysis") {
        let mut workspace = Workspace::new(options);
        let findings = workspace.scan(&system).unwrap().findings.len();
        println!(
            "the analysis alone: {findings} findings, {} MB at most",
            most()
        );
        return;
    }
    screen(&system, options);
    println!(
        "with the screen: {} MB at most; `analysis` measures that alone",
        most()
    );
}

fn screen(system: &Memory, options: Options) {
    let start = Instant::now();
    let mut program = Headless::new(system, options, (200, 60)).unwrap();
    program.draw();
    println!("first paint: {:?} after the beginning", start.elapsed());
    let start = Instant::now();
    program.scan();
    println!(
        "scanned in {:?}: {} lines",
        start.elapsed(),
        program.lines()
    );
    frames(&mut program);
    keys(
        &mut program,
        "findings",
        &["j", "k", "ctrl-d", "ctrl-u", "G", "g", "space", "p", "p"],
    );
    typed(&mut program);
    for (key, view) in [
        ("1", "posture"),
        ("3", "resources"),
        ("4", "privileges"),
        ("5", "coverage"),
    ] {
        let start = Instant::now();
        program.press(key);
        program.draw();
        println!("{view} opened: {:?}", start.elapsed());
        keys(&mut program, view, &["j", "k", "ctrl-d", "ctrl-u"]);
    }
}

/// Draws the same screen again and again.
fn frames(program: &mut Headless<&Memory>) {
    let mut times = Vec::new();
    for _ in 0..PRESSES {
        let start = Instant::now();
        program.draw();
        times.push(start.elapsed());
    }
    tell("frame", &mut times);
}

/// From keys to what is drawn.
fn keys(program: &mut Headless<&Memory>, view: &str, keys: &[&str]) {
    let mut times = Vec::new();
    for key in keys.iter().cycle().take(PRESSES) {
        let start = Instant::now();
        program.press(key);
        program.draw();
        times.push(start.elapsed());
    }
    tell(&format!("{view}: key to paint"), &mut times);
}

/// From letters of filters to what is drawn.
fn typed(program: &mut Headless<&Memory>) {
    for query in [
        "severity>=high kind:Deployment ns:n*",
        "privileged",
        "check:*-limit !kind:Pod",
    ] {
        program.press("/");
        program.draw();
        let mut times = Vec::new();
        for letter in query.chars() {
            let name = if letter == ' ' {
                "space".to_owned()
            } else {
                letter.to_string()
            };
            let start = Instant::now();
            program.press(&name);
            program.draw();
            times.push(start.elapsed());
        }
        tell(&format!("filter `{query}`"), &mut times);
        println!("  {} lines", program.lines());
        program.press("esc");
    }
}

fn tell(what: &str, times: &mut [Duration]) {
    times.sort();
    let median = times[times.len() / 2];
    let last = times[times.len() - 1];
    println!("{what}: {median:?} in the middle, {last:?} at most");
}

/// The most memory that the process had, in MB.
fn most() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok());
    kilobytes.unwrap_or_default() >> 10
}
