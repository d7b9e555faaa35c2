//! Check examples, run through the real readers.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use check::{Against, Check, Example, Examples, Expectation, Judge, Library, read_examples};
use graph::{Graph, NodeId, Resource, ResourceId, Tree};
use kubernetes::Version;
use rayon::prelude::*;
use smol_str::SmolStr;
use source::{FileSystem, Memory, Problem, SourceFile, Sources, sort_problems};

use crate::catalogue::{self, CheckFolder};
use crate::discover::{Candidate, Discovery};
use crate::error::Error;
use crate::finding::{span, written};
use crate::options::{NoProgress, Options};
use crate::project::{Project, ReadOptions};
use crate::select::check_settings;
use crate::terraform;

/// The format of examples that are configurations of Terraform.
const TERRAFORM: &str = "terraform";

/// The comment that marks a line at which a finding must stand.
const MARKER: &str = "# finding";

/// What one example did.
#[derive(Clone, Debug)]
pub struct ExampleResult {
    /// The check.
    pub check: SmolStr,
    /// What the example shows.
    pub name: SmolStr,
    /// What it expects.
    pub expectation: Expectation,
    /// What went wrong, one fragment a fault; empty where it passed.
    pub faults: Vec<String>,
    /// The file of the check.
    pub file: PathBuf,
    /// The line of the file at which the example begins, from 1.
    pub line: u32,
}

/// The results of all examples.
#[derive(Debug)]
pub struct TestReport {
    /// The results, by check and in the order of the file.
    pub results: Vec<ExampleResult>,
    /// What is wrong with check files.
    pub problems: Vec<Problem>,
    /// The files that spans refer to.
    pub sources: Arc<Sources>,
}

/// Runs the examples of the checks in `folders`, or of the built-in checks where that is empty.
///
/// # Errors
/// When a folder is not there.
pub fn test_checks(
    system: &dyn FileSystem,
    folders: &[PathBuf],
    options: &Options,
) -> Result<TestReport, Error> {
    let sources = Arc::new(Sources::default());
    let (builtin, problems) = Library::builtin_strict(&sources, &catalogue::is_known_subject);
    let Tested {
        library,
        checks,
        problems,
    } = if folders.is_empty() {
        let checks = builtin.checks.clone();
        Tested {
            library: builtin,
            checks,
            problems,
        }
    } else {
        Tested::of_users(system, builtin, folders, options, &sources)?
    };
    let results: Vec<(Vec<ExampleResult>, Vec<Problem>)> = checks
        .par_iter()
        .map(|check| test_check(&library, check))
        .collect();
    let mut report = TestReport {
        results: Vec::new(),
        problems,
        sources,
    };
    for (results, problems) in results {
        report.results.extend(results);
        report.problems.extend(problems);
    }
    sort_problems(&mut report.problems, &report.sources);
    Ok(report)
}

/// What is tested, and by which library.
struct Tested {
    library: Library,
    checks: Vec<Arc<Check>>,
    problems: Vec<Problem>,
}

impl Tested {
    /// Users' checks. The library also has the built-in ones, which users' checks may ask for, such as those that make the Pod
    /// Security Standards.
    fn of_users(
        system: &dyn FileSystem,
        builtin: Library,
        folders: &[PathBuf],
        options: &Options,
        sources: &Sources,
    ) -> Result<Self, Error> {
        let mut library = Library {
            checks: Vec::new(),
            definitions: builtin.definitions,
        };
        let folders = folders.iter();
        let folders: Vec<CheckFolder> = folders
            .map(|folder| CheckFolder::called(options, folder))
            .collect();
        let problems = catalogue::load(system, &mut library, &folders, sources)?;
        let checks = library.checks.clone();
        let others = builtin
            .checks
            .into_iter()
            .filter(|check| checks.iter().all(|own| own.id != check.id));
        library.checks.extend(others);
        Ok(Self {
            library,
            checks,
            problems,
        })
    }
}

fn test_check(library: &Library, check: &Arc<Check>) -> (Vec<ExampleResult>, Vec<Problem>) {
    let (examples, problems) = read_examples(&check.text);
    let test = |example: &Example| ExampleResult {
        check: check.id.clone(),
        name: example.name.clone(),
        expectation: example.expectation,
        faults: faults(library, check, &examples, example),
        file: check.text.file.path.clone(),
        line: check.text.file.position(example.span.start).line + 1,
    };
    (examples.examples.iter().map(test).collect(), problems)
}

/// What an example does that it should not.
fn faults(
    library: &Library,
    check: &Arc<Check>,
    examples: &Examples,
    example: &Example,
) -> Vec<String> {
    match judged(library, check, examples, example) {
        Ok(outcome) => outcome.faults(example),
        Err(fault) => vec![fault],
    }
}

/// What the check said of an example.
struct Outcome {
    /// The lines of the findings, from 1.
    lines: Vec<u32>,
    unknown: Vec<String>,
    /// The lines with a marker, from 1.
    marked: Vec<u32>,
    judged: usize,
}

impl Outcome {
    fn faults(&self, example: &Example) -> Vec<String> {
        let mut faults = Vec::new();
        if self.judged == 0 {
            faults.push("the check judges no resource of the example".to_owned());
        }
        let expected: &[u32] = if example.expectation == Expectation::Fail {
            &self.marked
        } else {
            &[]
        };
        if example.expectation == Expectation::Fail && self.marked.is_empty() {
            faults.push(format!("no line is marked with `{MARKER}`"));
        }
        for line in expected {
            let count = self.lines.iter().filter(|found| *found == line).count();
            if count != 1 {
                faults.push(format!(
                    "{count} findings at line {line} of the example, where one is expected"
                ));
            }
        }
        let extra = self.lines.iter().filter(|line| !expected.contains(line));
        faults.extend(
            extra.map(|line| format!("an unexpected finding at line {line} of the example")),
        );
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

fn judged(
    library: &Library,
    check: &Arc<Check>,
    examples: &Examples,
    example: &Example,
) -> Result<Outcome, String> {
    let version = example
        .kubernetes_version
        .as_ref()
        .map_or(Ok(Version::NEWEST), |text| text.parse());
    let version = version.map_err(|_| "the example names no version of Kubernetes".to_owned())?;
    let Input { sources, graph } = input(example, version)?;
    let against = Against {
        kubernetes_minor: version.minor,
        now: seconds(example.now.as_deref())?,
    };
    let settings = settings(check, examples, example)?;
    let judge = Judge::new(library, vec![Arc::clone(check)], &settings, against);
    let mut outcome = Outcome {
        lines: Vec::new(),
        unknown: Vec::new(),
        marked: marked(&example.input),
        judged: 0,
    };
    let ids: Vec<ResourceId> = graph.resources().map(|(id, _)| id).collect();
    // Instances of one block have their findings in common.
    let mut places = BTreeSet::new();
    for judged in ids.into_iter().flat_map(|id| judge.judge(&graph, id)) {
        outcome.judged += 1;
        for fail in judged.fails {
            let resource = graph.resource(fail.place.resource);
            let place = written(resource, &fail.place);
            let span = match example.format.as_str() {
                TERRAFORM => terraform::head(&sources, resource, &place),
                _ => span(resource, &place),
            };
            if places.insert(span) || example.format != TERRAFORM {
                let file = sources.get(span.file);
                outcome.lines.push(file.position(span.start).line + 1);
            }
        }
        outcome
            .unknown
            .extend(judged.unknown.iter().map(|why| format!("{why:?}")));
    }
    Ok(outcome)
}

/// What an example was read into.
struct Input {
    sources: Arc<Sources>,
    graph: Graph,
}

fn input(example: &Example, version: Version) -> Result<Input, String> {
    if example.format == TERRAFORM {
        return configuration(example);
    }
    let sources = Sources::default();
    let file = sources.add("example.yaml", example.input.as_str());
    let graph = read(&file, version, example.complete)?;
    Ok(Input {
        sources: Arc::new(sources),
        graph,
    })
}

/// The only module of an example of Terraform.
fn configuration(example: &Example) -> Result<Input, String> {
    let path = PathBuf::from("main.tf");
    let system = Memory::new([(&path, example.input.as_str())]);
    let mut discovery = Discovery::default();
    discovery.candidates.push(Candidate {
        shown: path.clone(),
        path,
        skip: None,
        named: true,
        boundary: Path::new("").into(),
    });
    let options = ReadOptions {
        complete: example.complete,
        ..ReadOptions::default()
    };
    let sources = Arc::new(Sources::default());
    let loaded = Arc::clone(&sources);
    let mut project = Project::load(&system, loaded, discovery, None, &options, &NoProgress);
    if let Some(problem) = project.problems.first() {
        return Err(format!(
            "the example is not understood: {}",
            problem.message
        ));
    }
    project.link();
    Ok(Input {
        sources,
        graph: project.graph,
    })
}

fn read(file: &SourceFile, version: Version, complete: bool) -> Result<Graph, String> {
    let yaml = yaml::read(
        file,
        &yaml::Options {
            placeholder_tags: true,
            ..yaml::Options::default()
        },
    );
    let options = kubernetes::Options {
        version,
        pod_paths: kubernetes::PodPaths::default(),
    };
    let manifests = kubernetes::resources(yaml, file, &options);
    if let Some(problem) = manifests.problems.first() {
        return Err(format!(
            "the example is not understood: {}",
            problem.message
        ));
    }
    let resources: Vec<Arc<Resource>> = manifests.resources.into_iter().map(Arc::new).collect();
    let mut graph = Graph::new(resources, complete);
    kubernetes::link(&mut graph);
    Ok(graph)
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

fn marked(input: &str) -> Vec<u32> {
    (1..)
        .zip(input.lines())
        .filter(|(_, line)| line.contains(MARKER))
        .map(|(number, _)| number)
        .collect()
}
