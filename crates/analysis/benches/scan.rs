//! How long a whole scan takes, where the time goes, and how much memory it needs: `cargo bench -p analysis`.
//!
//! The corpora are generated at 1x, 4x and 16x into a temporary folder; each size runs in a process of its own, so that the
//! peak memory is its own. `cargo bench -p analysis -- PATH…` measures other folders.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark writes its corpus and prints its figures"
)]

mod corpus;
mod estate;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use std::{env, fs};

use analysis::{Fixes, NoProgress, Options, scan};
use source::Disk;

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The manifests of the smallest corpus: 16 times as many are 10,000.
const SMALLEST: usize = 625;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    match arguments.split_first() {
        Some((flag, [path])) if flag == "--measure" => measure(Path::new(path)),
        None => generated(),
        Some(_) => arguments
            .iter()
            .try_for_each(|path| in_own_process(Path::new(path))),
    }
}

fn generated() -> Result<(), Box<dyn Error>> {
    let folder = env::temp_dir().join(format!("scantling-bench-{}", std::process::id()));
    for scale in [1, 4, 16] {
        write(
            &folder,
            &format!("manifests-{scale}x"),
            corpus::files(SMALLEST * scale, 42),
        )?;
    }
    for scale in [1, 4, 16] {
        write(
            &folder,
            &format!("terraform-{scale}x"),
            estate::files(scale, 42),
        )?;
    }
    fs::remove_dir_all(folder)?;
    Ok(())
}

/// Writes a corpus and measures it.
fn write(folder: &Path, name: &str, files: Vec<(String, String)>) -> Result<(), Box<dyn Error>> {
    let corpus = folder.join(name);
    for (name, text) in files {
        let path = corpus.join(name);
        fs::create_dir_all(path.parent().unwrap_or(&corpus))?;
        fs::write(path, text)?;
    }
    in_own_process(&corpus)
}

fn in_own_process(path: &Path) -> Result<(), Box<dyn Error>> {
    let path = fs::canonicalize(path)?;
    let status = Command::new(env::current_exe()?)
        .arg("--measure")
        .arg(path)
        .status()?;
    if status.success() {
        Ok(())
    } else {
        Err("a measurement failed".into())
    }
}

fn measure(path: &Path) -> Result<(), Box<dyn Error>> {
    let bytes = size(path)?;
    let options = Options {
        paths: vec![path.to_path_buf()],
        fixes: Fixes::First(5),
        ..Options::default()
    };
    let start = Instant::now();
    let report = scan(&Disk, &options, &NoProgress)?;
    let seconds = start.elapsed().as_secs_f64();
    let megabytes = bytes as f64 / 1e6;
    let peak = peak_memory()? as f64;
    println!(
        "{}: {megabytes:.1} MB, {} resources, {} findings: {seconds:.2} s, {:.1} MB/s, peak memory {:.0} MB, {:.1} times the input",
        path.file_name()
            .map(|name| name.to_string_lossy())
            .unwrap_or_default(),
        report.resources,
        report.findings.len(),
        megabytes / seconds,
        peak / 1e6,
        peak / bytes as f64,
    );
    for (stage, time) in &report.timings {
        println!("    {stage}: {:.3} s", time.as_secs_f64());
    }
    Ok(())
}

fn size(path: &Path) -> std::io::Result<u64> {
    let mut bytes = 0;
    let mut folders: Vec<PathBuf> = vec![path.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else {
                bytes += entry.metadata()?.len();
            }
        }
    }
    Ok(bytes)
}

/// The most memory that this process had, in bytes, as Linux counts it.
fn peak_memory() -> Result<u64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .ok_or("the kernel counts no peak memory")?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes * 1024)
}
