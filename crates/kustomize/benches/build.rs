//! Building kustomizations in this process beside `kubectl kustomize`, one after the other in one run:
//! `cargo bench -p kustomize --bench build -- KUBECTL FOLDER…`, or with these in the environment as `KUBECTL` and
//! `KUSTOMIZATIONS`, with colons between folders. `KUBECTL` is the program; each `FOLDER` holds kustomizations at any depth.
//! What the program can't build is left out.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark finds its folders, runs the program and prints its figures"
)]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs};

use kustomize::{NoCharts, Reader, is_kustomization};
use source::{Disk, Level, Sources};

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often each kustomization is built by either; the fastest counts.
const ROUNDS: usize = 3;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let mut arguments = env::args().skip(1).filter(|argument| argument != "--bench");
    let program = arguments.next().or_else(|| env::var("KUBECTL").ok());
    let mut folders: Vec<PathBuf> = arguments.map(PathBuf::from).collect();
    if folders.is_empty() {
        let named = env::var_os("KUSTOMIZATIONS").unwrap_or_default();
        folders.extend(env::split_paths(&named));
    }
    let Some(program) = program.filter(|_| !folders.is_empty()) else {
        println!(
            "nothing is compared: give kubectl and folders of kustomizations, as arguments or as KUBECTL and KUSTOMIZATIONS"
        );
        return Ok(());
    };
    for folder in &folders {
        let mut found = Vec::new();
        find(folder, &mut found)?;
        found.sort();
        compare(Path::new(&program), folder, &found)?;
    }
    Ok(())
}

/// The folders with a kustomization in a folder.
fn find(folder: &Path, found: &mut Vec<PathBuf>) -> Outcome<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && !path.is_symlink() {
            find(&path, found)?;
        } else if is_kustomization(&path) {
            found.push(folder.to_path_buf());
        }
    }
    Ok(())
}

fn compare(program: &Path, folder: &Path, found: &[PathBuf]) -> Outcome<()> {
    let mut sums = [Duration::ZERO; 2];
    let mut least = f64::INFINITY;
    let mut count = 0.0;
    for folder in found
        .iter()
        .filter(|folder| by_program(program, folder).is_ok())
    {
        let mut best = [Duration::MAX; 2];
        for _ in 0..ROUNDS {
            let ours = time(|| in_process(folder))?;
            let theirs = time(|| by_program(program, folder))?;
            best = [best[0].min(ours), best[1].min(theirs)];
        }
        least = least.min(best[1].as_secs_f64() / best[0].as_secs_f64());
        sums = [sums[0] + best[0], sums[1] + best[1]];
        count += 1.0;
    }
    let [ours, theirs] = sums.map(|sum| sum.as_secs_f64());
    println!(
        "{}: {count} kustomizations, the fastest of {ROUNDS} each: {:.2} ms each in this process, {:.1} ms by {}: {:.1} times faster, at least {least:.1} times",
        folder.display(),
        ours * 1e3 / count,
        theirs * 1e3 / count,
        program.display(),
        theirs / ours,
    );
    Ok(())
}

fn time(work: impl FnOnce() -> Outcome<()>) -> Outcome<Duration> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed())
}

/// Reads everything from the disk and makes the whole text, with the origins of all values.
fn in_process(folder: &Path) -> Outcome<()> {
    let sources = Sources::default();
    let build = Reader::new(&Disk, &sources, &NoCharts).build(folder);
    let mut problems = build.problems.iter();
    if let Some(problem) = problems.find(|problem| problem.level == Level::Error) {
        return Err(format!("{}: {}", folder.display(), problem.message).into());
    }
    std::hint::black_box(build.text());
    Ok(())
}

fn by_program(program: &Path, folder: &Path) -> Outcome<()> {
    let output = Command::new(program)
        .arg("kustomize")
        .arg(folder)
        .output()?;
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&output.stderr).into()),
    }
}
