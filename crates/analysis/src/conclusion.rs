//! What is told of projects in the end: findings and verdicts on their way into a report.

use std::sync::Arc;

use check::{Check, Judge, Judged, WhyUnknown};
use foldhash::{HashSet, HashSetExt};
use graph::ResourceId;
use source::{FileId, Place, Problem, Span, sort_problems};

use crate::broken::BrokenChecks;
use crate::finding::{self, finding};
use crate::findings::PlacedFindings;
use crate::overrides::Overrides;
use crate::project::{Project, by_parts};
use crate::report::{Finding, Report, ResourceName, Verdict, VerdictRow};
use crate::select::Selection;
use crate::sorted;
use crate::suppression::Suppressions;
use crate::workspace::{Found, FoundBefore, Setup, Telling, Told, Verdicts};

/// Findings and verdicts on their way into a report.
pub(crate) struct Concluded {
    pub(crate) placed: PlacedFindings,
    pub(crate) untried_fixes: usize,
    pub(crate) verdicts: Vec<Arc<VerdictRow>>,
    /// The files of objects of a cluster of which what is found is told elsewhere: where they are declared, or made.
    pub(crate) elsewhere: HashSet<FileId>,
    broken: BrokenChecks,
}

/// How a project is concluded.
pub(crate) struct Conclusion<'a> {
    pub(crate) project: &'a Project,
    pub(crate) judge: &'a Judge,
    pub(crate) selection: &'a Selection,
    pub(crate) overrides: &'a Overrides,
    pub(crate) passes: bool,
    pub(crate) unknown: bool,
}

impl Conclusion<'_> {
    pub(crate) fn report(
        &self,
        verdicts: &Verdicts,
        before: Option<FoundBefore<'_>>,
    ) -> (Concluded, Found) {
        let tell = |id: ResourceId, judged: &[Judged]| self.told(id, judged);
        let ran = self.selection.names();
        let is_wanted = |check: &Check| ran.contains(check.id.as_str());
        let telling = Telling {
            project: self.project,
            told: &tell,
            is_wanted: &is_wanted,
        };
        let found = Found::of(&telling, verdicts.shared(), before);
        let concluded = Concluded {
            placed: found.findings(),
            verdicts: found.verdicts(),
            broken: self.broken(&found),
            elsewhere: HashSet::new(),
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
        for (told, judged) in found.told(&self.project.graph) {
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

/// Brings the results of all projects together, those of the files first.
pub(crate) fn finish(
    mut projects: Vec<&mut Project>,
    concluded: Vec<Concluded>,
    setup: &Setup,
) -> (Report, PlacedFindings) {
    let checks = setup.selection.checks.clone();
    let ran = setup.selection.names();
    // Checks for secrets run always, as their places must be known.
    let mut judged = setup.judge.checks().iter();
    let all_ran = judged.all(|check| ran.contains(check.id.as_str()));
    let is_wanted = |check: &Check| all_ran || ran.contains(check.id.as_str());
    let today = date(setup.now);
    let mut report = Report {
        checks,
        kubernetes_version: setup.version.to_string(),
        sources: Arc::clone(&setup.sources),
        problems: setup.check_problems.clone(),
        ..Report::default()
    };
    let mut places = PlacedFindings::default();
    // The projects with findings.
    let mut found = 0;
    let path = |file: FileId| setup.sources.path(file);
    for (project, concluded) in projects.iter_mut().zip(concluded) {
        let suppressions = Suppressions::read(project, &setup.library, &setup.config, &today);
        let mut findings = concluded.placed;
        let mut hidden = Vec::new();
        if !suppressions.is_empty() {
            findings.retain(|placed| {
                let why = suppressions.hides(project, placed);
                let is_shown = why.is_none();
                hidden.extend(why.map(|why| (Arc::clone(&placed.finding), why)));
                is_shown
            });
        }
        found += usize::from(!findings.is_empty());
        places.merge(findings, path);
        sorted::add(&mut report.suppressed, hidden, |(one, _), (other, _)| {
            let place = |finding: &Finding| (path(finding.span.file), finding.span);
            place(one).cmp(&place(other))
        });
        let problems = &mut report.problems;
        problems.append(&mut project.problems);
        problems.extend(concluded.broken.problems(&|check| ran.contains(check)));
        let notices = suppressions.notices(&|check| ran.contains(check));
        let is_told = |problem: &Problem| match &problem.place {
            Place::Span(span) => !concluded.elsewhere.contains(&span.file),
            // What is configured for files need not be met in a cluster, too.
            Place::Path(_) => project.running.is_none(),
        };
        problems.extend(notices.into_iter().filter(is_told));
        let inputs = std::mem::take(&mut project.inputs);
        sorted::add(&mut report.inputs, inputs, |one, other| {
            by_parts(&one.path, &other.path)
        });
        report.resources += project.count_objects();
        report.untried_fixes += concluded.untried_fixes;
        let mut rows = concluded.verdicts;
        rows.retain(|row| is_wanted(&row.check));
        sorted::add(&mut report.verdicts, rows, |one, other| {
            (&one.resource, &one.check.id).cmp(&(&other.resource, &other.check.id))
        });
    }
    if found > 1 {
        finding::number_together(&mut places, &projects);
    }
    sort_problems(&mut report.problems, &setup.sources);
    report.findings = places.told();
    (report, places)
}

/// The day of a time in seconds, as `YYYY-MM-DD`.
pub(crate) fn date(now: i64) -> String {
    let timestamp = jiff::Timestamp::from_second(now).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    timestamp
        .to_zoned_datetime(jiff::tz::TimeZone::UTC)
        .date()
        .to_string()
}
