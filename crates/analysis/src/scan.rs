//! One run: from paths to a report.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use check::{Check, Judge, Judged, WhyUnknown};
use graph::ResourceId;
use smol_str::SmolStr;
use source::{FileSystem, Span, sort_problems};

use crate::broken::BrokenChecks;
use crate::error::Error;
use crate::finding::{self, Placed, finding};
use crate::fix::Prover;
use crate::listing;
use crate::options::{Fixes, Options, Progress};
use crate::overrides::Overrides;
use crate::project::Project;
use crate::report::{Report, ResourceName, Verdict, VerdictRow};
use crate::select::Selection;
use crate::suppression::{Annotated, Suppressions};
use crate::terraform;
use crate::workspace::{Before, Found, FoundBefore, Kept, Setup, Told, Verdicts};

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
    match pool() {
        Some(pool) => pool.install(|| run(system, options, progress)),
        None => run(system, options, progress),
    }
}

/// The threads of a run. Without a pool of its own it uses the common one, whose stacks are smaller: deep input stops earlier.
pub(crate) fn pool() -> Option<rayon::ThreadPool> {
    let pool = rayon::ThreadPoolBuilder::new().stack_size(STACK);
    pool.build().ok()
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
    let start = Instant::now();
    let setup = Setup::read(system, options, Kept::default())?;
    let time = start.elapsed();
    let analysis = Analysis::of(system, options, &setup, None, progress)?;
    let mut report = analysis.report;
    report.timings.insert(0, ("checks", time));
    Ok(report)
}

/// What is known after an analysis.
pub(crate) struct Analysis {
    pub(crate) report: Report,
    /// Where the findings of the report are.
    pub(crate) places: Vec<Arc<Placed>>,
    /// What was read; the report has its problems and inputs.
    pub(crate) project: Project,
    pub(crate) verdicts: Verdicts,
    pub(crate) found: Found,
    annotated: Annotated,
}

impl Analysis {
    /// Analyzes the inputs of a run. What was known before is taken again where it still holds.
    ///
    /// # Errors
    /// When the call can't be followed.
    pub(crate) fn of(
        system: &dyn FileSystem,
        options: &Options,
        setup: &Setup,
        before: Option<&Self>,
        progress: &dyn Progress,
    ) -> Result<Self, Error> {
        let mut timings = Timings::default();
        let discovery = timings.time("discovery", || setup.found(system, options))?;
        let stdin = options.stdin.as_deref();
        let mut project = timings.time("reading", || {
            let sources = Arc::clone(&setup.sources);
            Project::load(system, sources, discovery, stdin, &setup.read, progress)
        });
        if let Some(before) = before {
            timings.time("sharing", || project.graph.share(&before.project.graph));
        }
        timings.time("linking", || {
            project
                .problems
                .extend(kubernetes::duplicates(&project.graph, &project.sources));
            project.link(before.map(|before| &before.project));
        });
        let judged_before = before.map(|before| Before {
            graph: &before.project.graph,
            verdicts: &before.verdicts,
        });
        let found_before = before.map(|before| FoundBefore {
            project: &before.project,
            found: &before.found,
        });
        let (judge, passes) = (&setup.judge, options.passes);
        let verdicts = timings.time("judging", || {
            let before = judged_before.as_ref();
            Verdicts::of(judge, &project.graph, passes, before, progress)
        });
        let (mut concluded, found) = timings.time("findings", || {
            let conclusion = Conclusion {
                project: &project,
                judge,
                selection: &setup.selection,
                overrides: &setup.overrides,
                passes,
                unknown: options.unknown,
            };
            conclusion.report(&verdicts, found_before)
        });
        if options.fixes != Fixes::None {
            let prover = Prover {
                system,
                project: &project,
                judge,
                read: &setup.read,
            };
            let placed = &mut concluded.placed;
            concluded.untried_fixes =
                timings.time("fixes", || prove(&prover, placed, options.fixes));
        }
        let now = date(setup.now);
        let known = before.map(|before| (&before.project.graph, &before.annotated));
        let annotated = Annotated::of(&project.graph, known);
        let read = (&project, &annotated);
        let suppressions = Suppressions::read(read, &setup.library, &setup.config, &now);
        let secrets = secrets(&project, &found);
        let listed = match options.values {
            true => listing::list(&project, &secrets, &concluded.placed),
            false => Vec::new(),
        };
        let (report, places) = finish(&mut project, concluded, &suppressions, setup);
        Ok(Self {
            report: Report {
                secrets,
                listed,
                timings: timings.0,
                ..report
            },
            places,
            project,
            verdicts,
            found,
            annotated,
        })
    }
}

fn date(now: i64) -> String {
    let timestamp = jiff::Timestamp::from_second(now).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    timestamp
        .to_zoned_datetime(jiff::tz::TimeZone::UTC)
        .date()
        .to_string()
}

/// Gives findings their proven fixes, where their checks have one. Returns how many findings were passed over.
fn prove(prover: &Prover<'_>, placed: &mut [Arc<Placed>], wanted: Fixes) -> usize {
    let fixable = placed.iter_mut();
    let fixable = fixable.filter(|placed| placed.finding.check.fix.is_some());
    let (places, mut fixable): (Vec<_>, Vec<Placed>) = fixable
        .map(|placed| {
            let own = Placed::clone(placed);
            (placed, own)
        })
        .unzip();
    let untried = prover.prove(&mut fixable, wanted);
    for (place, fixed) in places.into_iter().zip(fixable) {
        if !fixed.finding.fixes.is_empty() {
            *place = Arc::new(fixed);
        }
    }
    untried
}

/// The places of secrets: what checks for secrets found, and what is secret by its kind.
fn secrets(project: &Project, found: &Found) -> Vec<Span> {
    let by_kind = project
        .graph
        .resources()
        .flat_map(|(_, resource)| kubernetes::secret_spans(resource));
    let marked = project
        .graph
        .resources()
        .flat_map(|(_, resource)| terraform::secrets(resource));
    let unused = project.secrets.iter().copied();
    let mut secrets: Vec<Span> = found
        .secrets()
        .chain(by_kind)
        .chain(marked)
        .chain(unused)
        .collect();
    secrets.sort();
    secrets.dedup();
    secrets
}

/// Findings and verdicts on their way into a report.
struct Concluded {
    placed: Vec<Arc<Placed>>,
    untried_fixes: usize,
    verdicts: Vec<Arc<VerdictRow>>,
    broken: BrokenChecks,
}

struct Conclusion<'a> {
    project: &'a Project,
    judge: &'a Judge,
    selection: &'a Selection,
    overrides: &'a Overrides,
    passes: bool,
    unknown: bool,
}

impl Conclusion<'_> {
    fn report(&self, verdicts: &Verdicts, before: Option<FoundBefore<'_>>) -> (Concluded, Found) {
        let tell = |id: ResourceId, judged: &[Judged]| self.told(id, judged);
        let mut found = Found::of(self.project, verdicts.shared(), before, tell);
        let concluded = Concluded {
            placed: found.findings(self.project, before),
            verdicts: found.verdicts(),
            broken: self.broken(&found),
            untried_fixes: 0,
        };
        (concluded, found)
    }

    /// The checks that fail while they run. Of built-in ones, none does.
    fn broken(&self, found: &Found) -> BrokenChecks {
        let mut broken = BrokenChecks::default();
        if self.judge.checks().iter().all(|check| check.is_builtin()) {
            return broken;
        }
        for (told, judged) in found.told() {
            for judged in judged {
                let check = &self.judge.checks()[judged.check];
                if !self.overrides.at(&told.name.file, &check.id).disabled {
                    broken.add(check, &told.name, judged);
                }
            }
        }
        broken
    }

    /// What is told of a resource.
    fn told(&self, id: ResourceId, judged: &[Judged]) -> Told {
        let name = Arc::new(finding::resource_name(self.project, id));
        let mut told = Told {
            name: Arc::clone(&name),
            placed: Vec::with_capacity(judged.iter().map(|judged| judged.fails.len()).sum()),
            rows: Vec::new(),
        };
        for judged in judged {
            let check = &self.judge.checks()[judged.check];
            let local = self.overrides.at(&name.file, &check.id);
            if local.disabled {
                continue;
            }
            let configured = self.selection.severities.get(&check.id).copied();
            let severity = local.severity.or(configured).unwrap_or(check.severity);
            let fails = judged.fails.iter();
            let placed = fails.map(|fail| finding(self.project, &name, check, severity, fail));
            told.placed.extend(placed);
            let row = self.verdict(&name, check, judged);
            told.rows.extend(row.map(Arc::new));
        }
        told
    }

    /// The verdict of a resource without a fail: any unknown place makes it unknown.
    fn verdict(
        &self,
        name: &Arc<ResourceName>,
        check: &Arc<Check>,
        judged: &Judged,
    ) -> Option<VerdictRow> {
        let verdict = match (judged.fails.is_empty(), judged.unknown.is_empty()) {
            (true, false) if self.unknown => {
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
    project: &mut Project,
    concluded: Concluded,
    suppressions: &Suppressions,
    setup: &Setup,
) -> (Report, Vec<Arc<Placed>>) {
    let checks = setup.selection.checks.clone();
    let ran: HashSet<SmolStr> = checks.iter().map(|check| check.id.clone()).collect();
    let mut suppressed = Vec::new();
    let shown = |placed: &Arc<Placed>| match suppressions.hides(project, placed) {
        Some(suppression) => {
            suppressed.push((Arc::clone(&placed.finding), suppression));
            false
        }
        None => true,
    };
    // Checks for secrets run always, as their places must be known.
    let all_ran = setup
        .judge
        .checks()
        .iter()
        .all(|check| ran.contains(&check.id));
    let is_wanted = |placed: &Arc<Placed>| all_ran || ran.contains(&placed.finding.check.id);
    let wanted = concluded.placed.into_iter().filter(is_wanted);
    let places: Vec<Arc<Placed>> = wanted.filter(shown).collect();
    let findings = places.iter();
    let findings = findings.map(|placed| Arc::clone(&placed.finding)).collect();
    let resources = project.objects().count();
    let mut problems = std::mem::take(&mut project.problems);
    problems.extend_from_slice(&setup.check_problems);
    problems.extend(concluded.broken.problems(&|check| ran.contains(check)));
    problems.extend(suppressions.notices(&|check| ran.contains(check)));
    sort_problems(&mut problems, &project.sources);
    let report = Report {
        findings,
        suppressed,
        verdicts: concluded
            .verdicts
            .into_iter()
            .filter(|row| all_ran || ran.contains(&row.check.id))
            .collect(),
        inputs: std::mem::take(&mut project.inputs),
        problems,
        checks,
        untried_fixes: concluded.untried_fixes,
        resources,
        listed: Vec::new(),
        kubernetes_version: setup.version.to_string(),
        secrets: Vec::new(),
        sources: Arc::clone(&project.sources),
        timings: Vec::new(),
    };
    (report, places)
}
