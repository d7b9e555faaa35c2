//! One run: from paths to a report.

use std::sync::Arc;
use std::time::{Duration, Instant};

use graph::Resource;
use source::{FileSystem, Span};

use crate::conclusion::{Concluded, Conclusion, finish};
use crate::early::Early;
use crate::error::Error;
use crate::finding::Placed;
use crate::findings::PlacedFindings;
use crate::fix::Prover;
use crate::listing;
use crate::marked::Marked;
use crate::options::{Fixes, Options, Progress};
use crate::project::Project;
use crate::report::Report;
use crate::suppression::is_annotated;
use crate::terraform;
use crate::together;
use crate::workspace::{Before, Found, FoundBefore, Kept, Setup, Verdicts, Watched};

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
    analyzed(system, options, progress, |analysis| analysis.report)
}

/// What is told of an analysis of the inputs of a run.
pub(crate) fn analyzed<T: Send>(
    system: &dyn FileSystem,
    options: &Options,
    progress: &dyn Progress,
    tell: impl FnOnce(Analysis) -> T + Send,
) -> Result<T, Error> {
    let work = || run(system, options, progress).map(tell);
    match pool() {
        Some(pool) => pool.install(work),
        None => work(),
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
        let time = start.elapsed();
        match self.0.iter_mut().find(|(known, _)| *known == stage) {
            Some((_, sum)) => *sum += time,
            None => self.0.push((stage, time)),
        }
        result
    }
}

fn run(
    system: &dyn FileSystem,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Analysis, Error> {
    let start = Instant::now();
    let setup = Setup::read(system, options, Kept::default())?;
    let time = start.elapsed();
    let mut analysis = Analysis::of(system, options, &setup, None, progress)?;
    analysis.report.timings.insert(0, ("checks", time));
    Ok(analysis)
}

/// What is known after an analysis.
pub(crate) struct Analysis {
    pub(crate) report: Report,
    /// Where the findings of the report are.
    pub(crate) places: PlacedFindings,
    /// What was read; the report has its problems and inputs.
    pub(crate) project: Project,
    pub(crate) verdicts: Verdicts,
    pub(crate) found: Found,
    /// What runs in clusters, each by itself.
    running: Vec<Part>,
}

/// What is known of one of the projects of an analysis.
pub(crate) struct Part {
    pub(crate) project: Project,
    pub(crate) verdicts: Verdicts,
    found: Found,
}

/// What was known of one of the projects before.
#[derive(Clone, Copy)]
struct PartBefore<'a> {
    project: &'a Project,
    verdicts: &'a Verdicts,
    found: &'a Found,
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
        let loaded = timings.time("reading", || {
            let sources = Arc::clone(&setup.sources);
            Project::load(system, sources, discovery, stdin, &setup.read, progress)
        });
        let mut judging = Judging {
            options,
            setup,
            progress,
            timings,
            is_looked_at: before.is_none() && progress.is_looking(),
        };
        let known = before.map(Self::before);
        let (part, mut concluded) = judging.part(loaded.declared, known);
        let known = before.map_or(&[][..], |before| &before.running);
        let known = known.iter().map(|part| Some(part.before()));
        let running = loaded.running.into_iter();
        let running = running.zip(known.chain(std::iter::repeat(None)));
        let running = running.map(|(project, known)| judging.part(project, known));
        let (mut running, mut concluded_running): (Vec<Part>, Vec<Concluded>) = running.unzip();
        let mut timings = judging.timings;
        timings.time("joining", || {
            together::join(&part, &mut concluded, &running, &mut concluded_running);
        });
        let Part {
            mut project,
            verdicts,
            found,
            ..
        } = part;
        if options.fixes != Fixes::None {
            let prover = Prover {
                system,
                project: &project,
                judge: &setup.judge,
                read: &setup.read,
                is_over: &|| false,
            };
            let placed = &mut concluded.placed;
            concluded.untried_fixes =
                timings.time("fixes", || prove(&prover, placed, options.fixes));
        }
        let mut secrets = secrets(&project, &found);
        secrets.extend(
            running
                .iter()
                .flat_map(|part| self::secrets(&part.project, &part.found)),
        );
        secrets.sort();
        secrets.dedup();
        let listed = match options.values {
            true => listing::list(&project, &secrets, found.secrets()),
            false => Vec::new(),
        };
        let projects = running.iter_mut().map(|part| &mut part.project);
        let projects: Vec<&mut Project> = std::iter::once(&mut project).chain(projects).collect();
        let concluded = std::iter::once(concluded).chain(concluded_running);
        let (report, places) = finish(projects, concluded.collect(), setup);
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
            running,
        })
    }

    /// The project that has the resource of a finding.
    pub(crate) fn project_of(&self, placed: &Placed) -> &Project {
        let running = self.running.iter().map(|part| &part.project);
        let mut all = std::iter::once(&self.project).chain(running);
        all.find(|project| project.number == placed.project)
            .unwrap_or(&self.project)
    }

    /// What files declare, and what runs in clusters.
    pub(crate) fn projects(&self) -> (&Project, impl Iterator<Item = &Project>) {
        let running = self.running.iter();
        (&self.project, running.map(|part| &part.project))
    }

    /// The projects with their verdicts, in the same order.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (&Project, &Verdicts)> {
        let running = self.running.iter();
        let running = running.map(|part| (&part.project, &part.verdicts));
        std::iter::once((&self.project, &self.verdicts)).chain(running)
    }

    fn before(&self) -> PartBefore<'_> {
        PartBefore {
            project: &self.project,
            verdicts: &self.verdicts,
            found: &self.found,
        }
    }
}

impl Part {
    fn before(&self) -> PartBefore<'_> {
        PartBefore {
            project: &self.project,
            verdicts: &self.verdicts,
            found: &self.found,
        }
    }
}

/// What projects are judged with.
struct Judging<'a> {
    options: &'a Options,
    setup: &'a Setup,
    progress: &'a dyn Progress,
    timings: Timings,
    /// Whether findings are told before all is judged. Those of the first project are: what is found in a further one may be told
    /// of the first.
    is_looked_at: bool,
}

impl Judging<'_> {
    /// Links and judges a project.
    fn part(&mut self, mut project: Project, before: Option<PartBefore<'_>>) -> (Part, Concluded) {
        let (options, setup, progress) = (self.options, self.setup, self.progress);
        let timings = &mut self.timings;
        if let Some(before) = before {
            timings.time("sharing", || project.graph.share(&before.project.graph));
        }
        timings.time("linking", || {
            project.find_duplicates(before.map(|before| before.project));
            project.link(before.map(|before| before.project));
            project.find_given(before.map(|before| before.project), setup.version);
            let known = before.map(|before| (&before.project.graph, &before.project.annotated));
            project.annotated = Marked::of(&project.graph, known, is_annotated);
            let known = before.map(|before| (&before.project.graph, &before.project.secretive));
            let is_secretive = |one: &Resource| secret_spans(one).next().is_some();
            project.secretive = Marked::of(&project.graph, known, is_secretive);
        });
        let version = project.running.as_ref().map(|running| running.version);
        let own = version.and_then(|version| setup.judge_of(version));
        let judge = own.as_ref().unwrap_or(&setup.judge);
        let judged_before = before.map(|before| Before {
            graph: &before.project.graph,
            verdicts: before.verdicts,
        });
        let found_before = before.map(|before| FoundBefore {
            project: before.project,
            found: before.found,
        });
        let passes = options.passes;
        let conclusion = Conclusion {
            project: &project,
            judge,
            selection: &setup.selection,
            overrides: &setup.overrides,
            passes,
            unknown: options.unknown,
        };
        let early = (self.is_looked_at).then(|| Early::new(&conclusion, setup));
        let look = early.map(|early| move |so_far: &Verdicts| progress.found(early.report(so_far)));
        let verdicts = timings.time("judging", || {
            let before = judged_before.as_ref();
            let watched = Watched {
                progress,
                look: look.as_ref().map(|look| look as &dyn Fn(&Verdicts)),
            };
            Verdicts::of(judge, &project.graph, passes, before, &watched)
        });
        let (concluded, found) =
            timings.time("findings", || conclusion.report(&verdicts, found_before));
        self.is_looked_at &= project.graph.is_empty();
        let part = Part {
            project,
            verdicts,
            found,
        };
        (part, concluded)
    }
}

/// Gives findings their proven fixes, where their checks have one. Returns how many findings were passed over.
fn prove(prover: &Prover<'_>, findings: &mut PlacedFindings, wanted: Fixes) -> usize {
    let fixable = findings.iter().enumerate();
    let fixable = fixable.filter(|(_, placed)| placed.finding.check.fix.is_some());
    let (indexes, mut fixable): (Vec<usize>, Vec<Placed>) = fixable
        .map(|(index, placed)| (index, Placed::clone(placed)))
        .unzip();
    let untried = prover.prove(&mut fixable, wanted);
    for (index, fixed) in indexes.into_iter().zip(fixable) {
        if !fixed.finding.fixes.is_empty()
            && let Some(placed) = findings.get_mut(index)
        {
            *placed = Arc::new(fixed);
        }
    }
    untried
}

/// The places of secrets of a project: what checks for secrets found, and what is secret by its kind.
fn secrets(project: &Project, found: &Found) -> Vec<Span> {
    let secretive = project.secretive.ids(&project.graph);
    let own = secretive.flat_map(|id| secret_spans(project.graph.resource(id)));
    let unused = project.secrets.iter().copied();
    let found = found.secrets().map(|placed| placed.finding.span);
    found.chain(own).chain(unused).collect()
}

/// What is secret in a resource by its kind, or is marked so.
fn secret_spans(resource: &Resource) -> impl Iterator<Item = Span> {
    let by_kind = kubernetes::secret_spans(resource).into_iter();
    by_kind.chain(terraform::secrets(resource))
}
