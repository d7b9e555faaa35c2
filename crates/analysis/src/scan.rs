//! One run: from paths to a report.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use check::{Against, Check, Judge, Judged, WhyUnknown};
use graph::ResourceId;
use kubernetes::Version;
use rayon::prelude::*;
use smol_str::SmolStr;
use source::{FileSystem, Problem, Sources, Span, sort_problems};

use crate::broken::BrokenChecks;
use crate::catalogue;
use crate::config::Config;
use crate::discover::discover;
use crate::error::Error;
use crate::finding::{self, Placed, finding};
use crate::fix::Prover;
use crate::gitops;
use crate::helm;
use crate::listing;
use crate::named::NamedFiles;
use crate::options::{Fixes, Options, Progress};
use crate::overrides::{Overrides, configured_patterns, patterns};
use crate::project::{Project, ReadOptions};
use crate::report::{Finding, Report, ResourceName, Verdict, VerdictRow};
use crate::select::{Selection, within};
use crate::suppression::Suppressions;
use crate::terraform::{self, Settings};

/// The stack of a worker, in bytes: readers and queries go deep on nested input, and stop before it is full.
const STACK: usize = 8 << 20;

/// Scans the inputs of a run.
///
/// # Errors
/// When the call or the configuration can't be followed. Input that is not understood is no error: the report names it.
pub fn scan(
    system: &dyn FileSystem,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Report, Error> {
    let pool = rayon::ThreadPoolBuilder::new().stack_size(STACK).build();
    match pool {
        Ok(pool) => pool.install(|| run(system, options, progress)),
        // Without a pool of its own the run uses the common one, whose stacks are smaller: deep input stops earlier.
        Err(_) => run(system, options, progress),
    }
}

/// The stages of a run with their times.
#[derive(Default)]
struct Timings(Vec<(&'static str, Duration)>);

impl Timings {
    fn time<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        self.0.push((stage, start.elapsed()));
        result
    }
}

fn run(
    system: &dyn FileSystem,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Report, Error> {
    let mut timings = Timings::default();
    let config = Config::find(system, options.config.as_deref(), &options.directory)?;
    let version = version(options, &config)?;
    let sources = Arc::new(Sources::default());
    let folders = catalogue::folders(options, &config);
    let (library, check_problems) =
        timings.time("checks", || catalogue::library(system, &folders, &sources))?;
    let selection = Selection::new(&library, options, &config)?;
    let overrides = Overrides::new(&library, &config)?;
    let called = patterns(&Config::default(), &options.exclude)?;
    let configured = configured_patterns(&config, &["exclude"], &config.exclude)?;
    let is_excluded = |shown: &Path| called.matches(shown) || configured.matches(shown);
    let discovery = timings.time("discovery", || {
        discover(system, &paths(options, &config), options, &is_excluded)
    })?;
    let named = NamedFiles::of(system, &sources, options);
    let settings = Settings::read(&named, options, &config)?;
    let charts = helm::Settings::read(&named, options, &config)?;
    let read = read_options(options, &config, version, (settings, charts))?;
    let mut project = timings.time("reading", || {
        Project::load(
            system,
            sources,
            discovery,
            options.stdin.as_deref(),
            &read,
            progress,
        )
    });
    timings.time("linking", || {
        project
            .problems
            .extend(kubernetes::duplicates(&project.graph, &project.sources));
        project.link();
    });
    let now = options
        .now
        .unwrap_or_else(|| jiff::Timestamp::now().as_second());
    let against = Against {
        kubernetes_minor: version.minor,
        now,
    };
    let judge = Judge::new(
        &library,
        selection.judged(&library),
        &selection.settings,
        against,
    );
    let judged = timings.time("judging", || {
        judge_all(&judge, &project, options.passes, progress)
    });
    let mut report = timings.time("findings", || {
        let conclusion = Conclusion {
            project: &project,
            judge: &judge,
            selection: &selection,
            overrides: &overrides,
            passes: options.passes,
        };
        conclusion.report(judged)
    });
    if options.fixes != Fixes::None {
        let prover = Prover {
            system,
            project: &project,
            judge: &judge,
            read: &read,
        };
        let placed = &mut report.placed;
        report.untried_fixes = timings.time("fixes", || prover.prove(placed, options.fixes));
    }
    let suppressions = Suppressions::read(&project, &library, &config, &date(now));
    let secrets = secrets(&project, &report.placed);
    let listed = match options.values {
        true => listing::list(&project, &secrets, &report.placed),
        false => Vec::new(),
    };
    let report = finish(
        project,
        report,
        &suppressions,
        selection.checks,
        version,
        check_problems,
    );
    Ok(Report {
        secrets,
        listed,
        timings: timings.0,
        ..report
    })
}

/// The paths of the call, else those of the configuration, else the present folder.
fn paths(options: &Options, config: &Config) -> Vec<PathBuf> {
    if !options.paths.is_empty() {
        return options.paths.clone();
    }
    if config.paths.is_empty() {
        return vec![PathBuf::from(".")];
    }
    config
        .paths
        .iter()
        .map(|path| config.folder().join(path))
        .collect()
}

fn version(options: &Options, config: &Config) -> Result<Version, Error> {
    let read = |text: &str| {
        text.parse().map_err(|_| Error::Version {
            text: source::neutral(text).into_owned(),
        })
    };
    match (&options.kubernetes_version, &config.kubernetes_version) {
        (Some(text), _) => read(text),
        (None, Some(text)) => {
            read(text).map_err(|error| within(config, &["kubernetes-version"], &error))
        }
        (None, None) => Ok(Version::NEWEST),
    }
}

fn read_options(
    options: &Options,
    config: &Config,
    version: Version,
    (terraform, helm): (Settings, helm::Settings),
) -> Result<ReadOptions, Error> {
    let mut kubernetes = kubernetes::Options {
        version,
        ..kubernetes::Options::default()
    };
    for row in &config.pods {
        let failed = |error: kubernetes::PodPathError| {
            let message = format!("`{}`: {error}", source::neutral(row));
            config.error(&["pods", row], message, None)
        };
        kubernetes.pod_paths.add(row).map_err(failed)?;
    }
    Ok(ReadOptions {
        kubernetes,
        yaml: yaml::Options::default(),
        complete: options.complete || config.complete,
        terraform,
        helm,
        gitops: gitops::Settings {
            url: repository_url(options, config),
        },
        directory: options.directory.clone(),
    })
}

/// The address of the repository that is scanned, where the call or the file that it names says it. What a `scantling.yaml`
/// says is for its folder, and read there.
fn repository_url(options: &Options, config: &Config) -> Option<String> {
    let named = options.config.as_ref().and(config.repository_url.clone());
    options.repository_url.clone().or(named)
}

fn date(now: i64) -> String {
    let timestamp = jiff::Timestamp::from_second(now).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    timestamp
        .to_zoned_datetime(jiff::tz::TimeZone::UTC)
        .date()
        .to_string()
}

/// The verdicts of all resources; passes only where they are asked for.
fn judge_all(
    judge: &Judge,
    project: &Project,
    passes: bool,
    progress: &dyn Progress,
) -> Vec<(ResourceId, Vec<Judged>)> {
    let ids: Vec<ResourceId> = project.graph.resources().map(|(id, _)| id).collect();
    progress.stage("judging", ids.len());
    let judge_one = |id: ResourceId| {
        let mut judged = judge.judge(&project.graph, id);
        judged.retain(|judged| passes || !judged.is_pass());
        judged.shrink_to_fit();
        progress.step();
        (id, judged)
    };
    ids.into_par_iter().map(judge_one).collect()
}

/// The places of secrets: what checks for secrets found, and what is secret by its kind.
fn secrets(project: &Project, placed: &[Placed]) -> Vec<Span> {
    let found = placed
        .iter()
        .filter(|placed| placed.finding.check.secret)
        .map(|placed| placed.finding.span);
    let by_kind = project
        .graph
        .resources()
        .flat_map(|(_, resource)| kubernetes::secret_spans(resource));
    let marked = project
        .graph
        .resources()
        .flat_map(|(_, resource)| terraform::secrets(resource));
    let unused = project.secrets.iter().copied();
    let mut secrets: Vec<Span> = found.chain(by_kind).chain(marked).chain(unused).collect();
    secrets.sort();
    secrets.dedup();
    secrets
}

/// Findings and verdicts on their way into a report.
struct Concluded {
    placed: Vec<Placed>,
    untried_fixes: usize,
    verdicts: Vec<VerdictRow>,
    broken: BrokenChecks,
}

struct Conclusion<'a> {
    project: &'a Project,
    judge: &'a Judge,
    selection: &'a Selection,
    overrides: &'a Overrides,
    passes: bool,
}

impl Conclusion<'_> {
    fn report(&self, judged: Vec<(ResourceId, Vec<Judged>)>) -> Concluded {
        let fails = judged.iter().flat_map(|(_, judged)| judged);
        let mut placed = Vec::with_capacity(fails.map(|judged| judged.fails.len()).sum());
        let mut verdicts = Vec::new();
        let mut broken = BrokenChecks::default();
        for (id, judged) in judged {
            let name = Arc::new(finding::resource_name(self.project, id));
            for judged in judged {
                let check = &self.judge.checks()[judged.check];
                let local = self.overrides.at(&name.file, &check.id);
                if local.disabled {
                    continue;
                }
                let severity = local
                    .severity
                    .or_else(|| self.selection.severities.get(&check.id).copied());
                let severity = severity.unwrap_or(check.severity);
                placed.extend(
                    judged
                        .fails
                        .iter()
                        .map(|fail| finding(self.project, &name, check, severity, fail)),
                );
                broken.add(check, &name, &judged);
                verdicts.extend(self.verdict(&name, check, &judged));
            }
        }
        finding::finish(&mut placed, self.project);
        verdicts.sort_by(|one, two| {
            (&one.resource, &one.check.id).cmp(&(&two.resource, &two.check.id))
        });
        // A resource is there once for each environment, and often with the same verdict.
        verdicts.dedup_by(|one, two| {
            one.check.id == two.check.id
                && one.resource == two.resource
                && one.verdict == two.verdict
        });
        Concluded {
            placed,
            verdicts,
            broken,
            untried_fixes: 0,
        }
    }

    /// The verdict of a resource without a fail: any unknown place makes it unknown.
    fn verdict(
        &self,
        name: &Arc<ResourceName>,
        check: &Arc<Check>,
        judged: &Judged,
    ) -> Option<VerdictRow> {
        let verdict = match (judged.fails.is_empty(), judged.unknown.is_empty()) {
            (true, false) => {
                let mut causes: Vec<(String, Option<Span>)> = Vec::new();
                for cause in judged.unknown.iter().map(why) {
                    if !causes.contains(&cause) {
                        causes.push(cause);
                    }
                }
                Verdict::Unknown(causes)
            }
            (true, true) if self.passes => Verdict::Pass,
            _ => return None,
        };
        Some(VerdictRow {
            check: Arc::clone(check),
            resource: Arc::clone(name),
            verdict,
        })
    }
}

fn why(unknown: &WhyUnknown) -> (String, Option<Span>) {
    match unknown {
        WhyUnknown::Value(unknown) => (unknown.cause.text().to_owned(), unknown.place),
        WhyUnknown::TooMuch(error) | WhyUnknown::Query(error) => {
            (source::neutral(error).into_owned(), None)
        }
    }
}

fn finish(
    project: Project,
    concluded: Concluded,
    suppressions: &Suppressions,
    checks: Vec<Arc<Check>>,
    version: Version,
    check_problems: Vec<Problem>,
) -> Report {
    let ran: HashSet<SmolStr> = checks.iter().map(|check| check.id.clone()).collect();
    let mut suppressed = Vec::new();
    let shown = |placed: Placed| match suppressions.hides(&project, &placed) {
        Some(suppression) => {
            suppressed.push((placed.finding, suppression));
            None
        }
        None => Some(placed.finding),
    };
    // Checks for secrets run always, as their places must be known.
    let wanted = concluded.placed.into_iter();
    let wanted = wanted.filter(|placed| ran.contains(&placed.finding.check.id));
    // Findings are moved within the memory that they have: a second list of them would be the peak of a run.
    let findings: Vec<Finding> = wanted.filter_map(shown).collect();
    let resources = project.objects().count();
    let mut problems = project.problems;
    problems.extend(check_problems);
    problems.extend(concluded.broken.problems(&|check| ran.contains(check)));
    problems.extend(suppressions.notices(&|check| ran.contains(check)));
    sort_problems(&mut problems, &project.sources);
    Report {
        findings,
        suppressed,
        verdicts: concluded
            .verdicts
            .into_iter()
            .filter(|row| ran.contains(&row.check.id))
            .collect(),
        inputs: project.inputs,
        problems,
        checks,
        untried_fixes: concluded.untried_fixes,
        resources,
        listed: Vec::new(),
        kubernetes_version: version.to_string(),
        secrets: Vec::new(),
        sources: project.sources,
        timings: Vec::new(),
    }
}
