//! How long a chart of fifty templates takes to be rendered and judged again after one key of its values was changed, and where
//! the time goes: `cargo bench -p analysis --bench chart`.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod templates;

use std::collections::HashMap;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use check::{Against, Judge, Library};
use graph::{Graph, NodeId, Resource};
use helm::chart::{Chart, Reader};
use helm::outcomes::{Outcomes, Request, outcomes};
use helm::render::Options;
use helm::value::{Map, MapType};
use source::{Memory, SourceFile, Sources};

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often the key is changed; the fastest counts.
const EDITS: usize = 50;

/// What is there before the key is changed, and stays.
struct Session {
    sources: Sources,
    chart: Arc<Chart>,
    judge: Judge,
}

/// What one change gives.
struct Outcome {
    resources: usize,
    fails: usize,
    /// The stages with their times.
    times: Vec<(&'static str, Duration)>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let session = Session::open()?;
    let first = session.change(0)?;
    let mut best = session.change(1)?;
    for edit in 2..=EDITS {
        let outcome = session.change(edit)?;
        if outcome.total() < best.total() {
            best = outcome;
        }
    }
    println!(
        "{} templates, {} resources, {} fails: {:.2} ms after one key was changed (the fastest of {EDITS}), {:.2} ms at first",
        templates::TEMPLATES,
        best.resources,
        best.fails,
        milliseconds(best.total()),
        milliseconds(first.total()),
    );
    for (stage, time) in &best.times {
        println!("    {stage}: {:.2} ms", milliseconds(*time));
    }
    Ok(())
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

impl Outcome {
    fn total(&self) -> Duration {
        self.times.iter().map(|(_, time)| *time).sum()
    }
}

/// The stages of a change.
#[derive(Default)]
struct Clock(Vec<(&'static str, Duration)>);

impl Clock {
    fn time<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        self.0.push((stage, start.elapsed()));
        result
    }
}

impl Session {
    fn open() -> Result<Self, Box<dyn Error>> {
        let sources = Sources::default();
        let files = templates::files(0).into_iter();
        let system = Memory::new(files.map(|(name, text)| (format!("/shop/{name}"), text)));
        let reader = Reader {
            system: &system,
            sources: &sources,
            shown: &|path| path.to_path_buf(),
        };
        let loaded = reader.read(Path::new("/shop"));
        let (library, _) = Library::builtin();
        let against = Against {
            kubernetes_minor: kubernetes::Version::NEWEST.minor,
            now: 0,
        };
        let checks = library.checks.clone();
        Ok(Self {
            chart: loaded.chart.ok_or("no chart")?,
            judge: Judge::new(&library, checks, &HashMap::new(), against),
            sources,
        })
    }

    /// The chart with other values, rendered and judged.
    fn change(&self, edit: usize) -> Result<Outcome, Box<dyn Error>> {
        let mut clock = Clock::default();
        let file = self
            .sources
            .add("shop/values.yaml", templates::values(edit));
        let chart = clock.time("values", || self.with_values(&file))?;
        let outcomes = clock.time("rendering", || self.outcomes(&chart));
        if !outcomes.problems.is_empty() {
            return Err(format!("{:?}", outcomes.problems).into());
        }
        let declared = outcomes.declared.into_iter();
        let resources: Vec<Arc<Resource>> = declared.map(|declared| declared.resource).collect();
        let mut graph = Graph::new(resources, false);
        clock.time("linking", || kubernetes::link(&mut graph));
        let fails = clock.time("judging", || self.fails(&graph));
        Ok(Outcome {
            resources: graph.len(),
            fails,
            times: clock.0,
        })
    }

    fn with_values(&self, file: &SourceFile) -> Result<Arc<Chart>, Box<dyn Error>> {
        let read = yaml::read(file, &yaml::Options::default());
        let document = read.documents.into_iter().next().ok_or("no values")?;
        Ok(Arc::new(Chart {
            values: Some(Arc::new(document.tree)),
            ..Chart::clone(&self.chart)
        }))
    }

    /// What the chart declares, rendered and read as in a scan.
    fn outcomes(&self, chart: &Arc<Chart>) -> Outcomes {
        let values = chart.values.iter();
        let values: HashMap<_, _> = values
            .map(|tree| (tree.node(NodeId::ROOT).span.file, Arc::clone(tree)))
            .collect();
        outcomes(Request {
            chart,
            set: &Map::new(&MapType::ANY, []),
            render: &Options::default(),
            is_guess: false,
            environment: None,
            sources: &self.sources,
            yaml: &yaml::Options::default(),
            kubernetes: &kubernetes::Options::default(),
            values: &values,
        })
    }

    fn fails(&self, graph: &Graph) -> usize {
        let judged = graph
            .resources()
            .flat_map(|(id, _)| self.judge.judge(graph, id));
        judged.map(|judged| judged.fails.len()).sum()
    }
}
