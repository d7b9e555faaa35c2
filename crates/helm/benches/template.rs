//! Rendering charts in this process beside `helm template`, each chart by one and then by the other, in one run:
//! `cargo bench -p helm --bench template -- HELM FOLDER`, or with the two in the environment as `HELM` and `HELM_CHARTS`. `HELM`
//! is Helm's program; `FOLDER` holds charts and a file `render.jsonl`, each line of which names a chart, a file of values and the
//! arguments. Lines with another exit code than 0 are left out.
//!
//! Either reads the chart from the disk each time and gives the text in Helm's order. What is made here is what `scantling render`
//! prints from: text of which all bytes know where they came from. Trees of resources are not read from it, as Helm does not
//! either. The time ends when the text is there: what was made is freed after that, which a process that ends does not do.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads its charts, runs Helm and prints its figures"
)]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs};

use helm::chart::Reader;
use helm::render::{KubeVersion, Options, TextOptions, render};
use helm::value::{Map, MapType};
use helm::values::read;
use serde_json::Value;
use source::{Disk, Limits, Sources};

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often each chart is rendered by either; the fastest counts. Either does so in a row, as one who renders many charts does:
/// right after a process of Helm, which leaves nothing of this one in the caches, a rendering takes half as long again.
const ROUNDS: usize = 3;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// One call of `helm template`.
struct Call {
    chart: PathBuf,
    values: Option<PathBuf>,
    arguments: Vec<String>,
}

fn main() -> Outcome<()> {
    let arguments: Vec<String> = env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let given = |index: usize, name: &str| {
        let argument = arguments.get(index).cloned();
        argument.or_else(|| env::var(name).ok())
    };
    let (Some(program), Some(folder)) = (given(0, "HELM"), given(1, "HELM_CHARTS")) else {
        println!(
            "nothing is compared: give Helm's program and a folder of charts, as arguments or as HELM and HELM_CHARTS"
        );
        return Ok(());
    };
    compare(Path::new(&program), Path::new(&folder))
}

fn compare(program: &Path, folder: &Path) -> Outcome<()> {
    let calls = calls(folder)?;
    let mut sums = [Duration::ZERO; 2];
    let mut least = f64::INFINITY;
    for call in &calls {
        let best = [
            fastest(|| time(|| in_process(call)))?,
            fastest(|| time(|| by_program(program, call)))?,
        ];
        least = least.min(best[1].as_secs_f64() / best[0].as_secs_f64());
        sums = [sums[0] + best[0], sums[1] + best[1]];
    }
    let [ours, theirs] = sums.map(|sum| sum.as_secs_f64());
    let count = calls.len() as f64;
    println!(
        "{count} runs, the fastest of {ROUNDS} each: {:.2} ms a run in this process, {:.1} ms by {}: {:.1} times faster, at least {least:.1} times",
        ours * 1e3 / count,
        theirs * 1e3 / count,
        program.display(),
        theirs / ours,
    );
    Ok(())
}

/// How long work takes, without freeing what it made.
fn time<T>(work: impl FnOnce() -> Outcome<T>) -> Outcome<Duration> {
    let start = Instant::now();
    let made = work()?;
    let taken = start.elapsed();
    drop(made);
    Ok(taken)
}

/// The fastest of some rounds, one right after the other.
fn fastest(round: impl Fn() -> Outcome<Duration>) -> Outcome<Duration> {
    let mut best = Duration::MAX;
    for _ in 0..ROUNDS {
        best = best.min(round()?);
    }
    Ok(best)
}

/// The calls that succeed.
fn calls(folder: &Path) -> Outcome<Vec<Call>> {
    let text = fs::read_to_string(folder.join("render.jsonl"))?;
    let mut calls = Vec::new();
    for line in text.lines() {
        let row: Value = serde_json::from_str(line)?;
        if row["rc"] != 0 {
            continue;
        }
        let arguments = row["args"].as_array().into_iter().flatten();
        let arguments = arguments.filter_map(Value::as_str).map(str::to_owned);
        calls.push(Call {
            chart: folder.join(row["chart"].as_str().ok_or("a line without a chart")?),
            values: row["values"].as_str().map(|file| folder.join(file)),
            arguments: arguments.collect(),
        });
    }
    Ok(calls)
}

/// Reads the chart from the disk and makes the whole text, with the origins of all bytes. Returns it with all that was read and
/// made for it.
fn in_process(call: &Call) -> Outcome<impl Sized + use<>> {
    let sources = Sources::default();
    let reader = Reader {
        system: &Disk,
        sources: &sources,
        shown: &|path| path.to_path_buf(),
    };
    let loaded = reader.read(&call.chart);
    let chart = loaded.chart.ok_or("no chart")?;
    let values = match &call.values {
        Some(path) => {
            let file = sources.load(&Disk, path, path, Limits::default())?;
            read(&file).0
        }
        None => Map::new(&MapType::ANY, []),
    };
    let rendered = render(&chart, &values, &sources, &options(&call.arguments)?);
    let text = rendered.text(&TextOptions::default())?;
    if text.as_bytes().is_empty() {
        return Err("nothing was rendered".into());
    }
    Ok((text, rendered, values, chart, sources))
}

fn options(arguments: &[String]) -> Outcome<Options> {
    let mut options = Options::default();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or("an argument without a value");
        match argument.as_str() {
            "-n" => options.release.namespace.clone_from(value()?),
            "--kube-version" => options.capabilities.version = KubeVersion::parse(value()?)?,
            flag if flag.starts_with('-') => return Err(format!("{flag} is not known").into()),
            name => name.clone_into(&mut options.release.name),
        }
    }
    Ok(options)
}

fn by_program(program: &Path, call: &Call) -> Outcome<()> {
    let mut command = Command::new(program);
    command.arg("template").args(&call.arguments);
    command.arg(&call.chart);
    if let Some(values) = &call.values {
        command.arg("-f").arg(values);
    }
    let output = command.output()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(format!("{}: {said}", call.chart.display()).into());
    }
    Ok(())
}
