//! One example: read, judged and fixed.

use std::collections::HashMap;
use std::fmt::{self, Display, Formatter};
use std::path::Path;
use std::sync::Arc;

use check::{
    Against, Check, Example, ExampleFile, Examples, Expectation, Judge, Judged, Library, WhyUnknown,
};
use graph::{NodeId, ResourceId, Tree};
use kubernetes::Version;
use smol_str::SmolStr;
use source::{Memory, Problem, Sources};

use crate::discover::{Candidate, Discovery};
use crate::finding::{self, Placed, finding, resource_name};
use crate::fix::Prover;
use crate::options::{Fixes, NoProgress};
use crate::problems::is_elsewhere;
use crate::project::{Project, ReadOptions, shown};
use crate::select::check_settings;

/// The format of examples that are configurations of Terraform.
const TERRAFORM: &str = "terraform";

/// What may be missing because an example holds only the smallest input: the charts that a chart needs.
const MISSING_CHART: &str = "missing-dependency";

/// The comment that marks a line at which a finding must stand.
const MARKER: &str = "# finding";

/// Of how many findings a fix was tried, and how many it made go away.
#[derive(Default)]
pub(super) struct Fixed {
    tried: usize,
    proven: usize,
}

impl Fixed {
    /// Whether the fix was tried and did nothing.
    pub(super) fn is_useless(&self) -> bool {
        self.tried > 0 && self.proven == 0
    }
}

/// What an example does that it should not.
pub(super) fn faults(
    library: &Library,
    check: &Arc<Check>,
    examples: &Examples,
    example: &Example,
    fixed: &mut Fixed,
) -> Vec<String> {
    match Run::new(library, check, examples, example) {
        Ok(run) => run.outcome(fixed).faults(example),
        Err(fault) => vec![fault],
    }
}

/// A line of an example.
#[derive(PartialEq)]
struct Line {
    /// The file, where the example has several.
    path: Option<SmolStr>,
    /// From 1.
    number: u32,
}

impl Display for Line {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let path = self.path.as_deref().unwrap_or("the example");
        write!(formatter, "line {} of {path}", self.number)
    }
}

/// What the check said of an example.
struct Outcome {
    /// The lines of the findings.
    lines: Vec<Line>,
    unknown: Vec<String>,
    /// The lines with a marker.
    marked: Vec<Line>,
    /// Why messages and evidence are not what the check says.
    faults: Vec<String>,
    judged: usize,
}

impl Outcome {
    fn faults(self, example: &Example) -> Vec<String> {
        let mut faults = self.faults;
        if self.judged == 0 {
            faults.push("the check judges no resource of the example".to_owned());
        }
        let is_fail = example.expectation == Expectation::Fail;
        let expected: &[Line] = if is_fail { &self.marked } else { &[] };
        if is_fail && self.marked.is_empty() {
            faults.push(format!("no line is marked with `{MARKER}`"));
        }
        if let (false, Some(line)) = (is_fail, self.marked.first()) {
            faults.push(format!("{line} is marked with `{MARKER}`"));
        }
        for line in expected {
            let count = self.lines.iter().filter(|found| *found == line).count();
            if count != 1 {
                faults.push(format!("{count} findings at {line}, where one is expected"));
            }
        }
        let extra = self.lines.iter().filter(|line| !expected.contains(line));
        faults.extend(extra.map(|line| format!("an unexpected finding at {line}")));
        match (example.expectation, self.unknown.first()) {
            (Expectation::Unknown, None) => faults.push("no verdict is unknown".to_owned()),
            (Expectation::Pass | Expectation::Fail, Some(cause)) => {
                faults.push(format!("a verdict is unknown: {cause}"));
            }
            _ => {}
        }
        faults
    }
}

/// An example that was read, and the judge of it.
struct Run<'a> {
    check: &'a Arc<Check>,
    example: &'a Example,
    project: Project,
    read: ReadOptions,
    judge: Judge,
}

impl<'a> Run<'a> {
    fn new(
        library: &Library,
        check: &'a Arc<Check>,
        examples: &Examples,
        example: &'a Example,
    ) -> Result<Self, String> {
        let version = version(example)?;
        let against = Against {
            kubernetes_minor: version.minor,
            now: seconds(example.now.as_deref())?,
        };
        let settings = settings(check, examples, example)?;
        let read = read_options(example, version);
        Ok(Self {
            check,
            example,
            project: project(example, &read)?,
            read,
            judge: Judge::new(library, vec![Arc::clone(check)], &settings, against),
        })
    }

    fn outcome(&self, fixed: &mut Fixed) -> Outcome {
        let graph = &self.project.graph;
        let judged: Vec<(ResourceId, Judged)> = graph
            .resources()
            .flat_map(|(id, _)| {
                self.judge
                    .judge(graph, id)
                    .into_iter()
                    .map(move |judged| (id, judged))
            })
            .collect();
        let unknown = judged.iter().flat_map(|(_, judged)| &judged.unknown);
        let fails = judged.iter().flat_map(|(_, judged)| &judged.fails);
        let mut outcome = Outcome {
            lines: Vec::new(),
            unknown: unknown.map(why).collect(),
            marked: marked(self.example),
            faults: fails.flat_map(|fail| fail.faults.clone()).collect(),
            judged: judged.len(),
        };
        outcome.faults.dedup();
        let mut placed = self.placed(&judged);
        outcome.lines = self.lines(&placed);
        if self.check.fix.is_some() && self.example.format != TERRAFORM {
            self.fix(&mut placed, fixed);
        }
        outcome
    }

    /// The findings; instances of one block have theirs in common.
    fn placed(&self, judged: &[(ResourceId, Judged)]) -> Vec<Placed> {
        let placed = judged.iter().flat_map(|(id, judged)| {
            let name = Arc::new(resource_name(&self.project, *id));
            let severity = self.check.severity;
            let fails = judged.fails.iter();
            fails.map(move |fail| finding(&self.project, &name, self.check, severity, fail))
        });
        let mut placed: Vec<Placed> = placed.collect();
        finding::finish_file(&mut placed, &self.project);
        placed
    }

    /// The lines at which findings stand.
    fn lines(&self, placed: &[Placed]) -> Vec<Line> {
        let line = |placed: &Placed| {
            let span = placed.finding.span;
            let file = self.project.sources.get(span.file);
            let is_single = self.example.files.len() == 1;
            Line {
                path: (!is_single).then(|| shown(&file.path).into()),
                number: file.position(span.start).line + 1,
            }
        };
        placed.iter().map(line).collect()
    }

    fn fix(&self, placed: &mut [Placed], fixed: &mut Fixed) {
        let prover = Prover {
            // Examples are no charts, which alone are read again.
            system: &Memory::default(),
            project: &self.project,
            judge: &self.judge,
            read: &self.read,
            is_over: &|| false,
        };
        prover.prove(placed, Fixes::All);
        fixed.tried += placed.len();
        let has_fix = |placed: &&Placed| !placed.finding.fixes.is_empty();
        fixed.proven += placed.iter().filter(has_fix).count();
    }
}

fn version(example: &Example) -> Result<Version, String> {
    let Some(text) = &example.kubernetes_version else {
        return Ok(Version::NEWEST);
    };
    text.parse()
        .map_err(|_| "the example names no version of Kubernetes".to_owned())
}

fn read_options(example: &Example, version: Version) -> ReadOptions {
    ReadOptions {
        kubernetes: kubernetes::Options {
            version,
            pod_paths: kubernetes::PodPaths::default(),
        },
        yaml: yaml::Options {
            placeholder_tags: true,
            ..yaml::Options::default()
        },
        complete: example.complete,
        ..ReadOptions::default()
    }
}

/// The project that the files of the example are.
fn project(example: &Example, read: &ReadOptions) -> Result<Project, String> {
    let files = example.files.iter();
    let system = Memory::new(files.map(|file| (file.path.as_str(), file.text.as_str())));
    let mut discovery = Discovery::default();
    for file in &example.files {
        discovery.candidates.push(Arc::new(Candidate {
            shown: file.path.as_str().into(),
            path: file.path.as_str().into(),
            skip: None,
            named: true,
            boundary: Path::new("").into(),
        }));
    }
    let sources = Arc::new(Sources::default());
    let loaded = Project::load(&system, sources, discovery, None, read, &NoProgress);
    let mut project = loaded.declared;
    // An example may call a module, deploy something, or install or need a chart, without holding it.
    let may_be = |problem: &&Problem| is_elsewhere(problem) || problem.code == MISSING_CHART;
    let mut problems = project.problems.iter();
    if let Some(problem) = problems.find(|problem| !may_be(problem)) {
        let message = &problem.message;
        return Err(format!("the example is not understood: {message}"));
    }
    project.link(None);
    project.find_given(None, read.kubernetes.version);
    Ok(project)
}

type Settings = HashMap<SmolStr, (Arc<Tree>, NodeId)>;

fn settings(check: &Check, examples: &Examples, example: &Example) -> Result<Settings, String> {
    let Some(node) = example.settings else {
        return Ok(Settings::new());
    };
    check_settings(check, &examples.tree, node).map_err(|misfit| misfit.message)?;
    let tree = Arc::new(examples.tree.subtree(node));
    Ok(Settings::from([(check.id.clone(), (tree, NodeId::ROOT))]))
}

fn seconds(date: Option<&str>) -> Result<i64, String> {
    let Some(date) = date else { return Ok(0) };
    let date: jiff::civil::Date = date
        .parse()
        .map_err(|_| format!("{date} is no date; write it as 2026-01-31"))?;
    let zoned = date
        .to_zoned_datetime(jiff::tz::TimeZone::UTC)
        .map_err(|error| error.to_string())?;
    Ok(zoned.timestamp().as_second())
}

fn why(unknown: &WhyUnknown) -> String {
    match unknown {
        WhyUnknown::Value(unknown) => unknown.cause.text().to_owned(),
        WhyUnknown::TooMuch(error) => error.clone(),
        WhyUnknown::Query(error) => format!("the query fails: {error}"),
    }
}

fn marked(example: &Example) -> Vec<Line> {
    let is_single = example.files.len() == 1;
    let of_file = |file: &ExampleFile| {
        let lines = (1..).zip(file.text.lines());
        let marked = lines.filter(|(_, line)| line.contains(MARKER));
        let line = |(number, _)| Line {
            path: (!is_single).then(|| file.path.clone()),
            number,
        };
        marked.map(line).collect::<Vec<_>>()
    };
    example.files.iter().flat_map(of_file).collect()
}
