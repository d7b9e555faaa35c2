//! What is told of projects in the end: findings and verdicts on their way into a report.

use std::sync::Arc;

use check::{Check, Judge, Judged, WhyUnknown};
use graph::ResourceId;
use source::{FileId, Span, sort_problems};

use crate::broken::BrokenChecks;
use crate::finding::{self, finding};
use crate::findings::PlacedFindings;
use crate::overrides::Overrides;
use crate::project::Project;
use crate::report::{Finding, Report, ResourceName, Verdict, VerdictRow};
use crate::select::Selection;
use crate::suppression::Suppressions;
use crate::workspace::{Found, FoundBefore, Setup, Telling, Told, Verdicts};

/// Findings and verdicts on their way into a report.
pub(crate) struct Concluded {
    pub(crate) placed: PlacedFindings,
    pub(crate) untried_fixes: usize,
    pub(crate) verdicts: Vec<Arc<VerdictRow>>,
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
    let path = |file: FileId| setup.sources.path(file);
    for (project, concluded) in projects.iter_mut().zip(concluded) {
        let suppressions = Suppressions::read(project, &setup.library, &setup.config, &today);
        let mut findings = concluded.placed;
        if !suppressions.is_empty() {
            findings.retain(|placed| {
                let why = suppressions.hides(project, placed);
                let hidden = why.map(|why| (Arc::clone(&placed.finding), why));
                let is_shown = hidden.is_none();
                report.suppressed.extend(hidden);
                is_shown
            });
        }
        places.merge(findings, path);
        let problems = &mut report.problems;
        problems.append(&mut project.problems);
        problems.extend(concluded.broken.problems(&|check| ran.contains(check)));
        // What is configured for files need not be met in a cluster, too.
        if project.running.is_none() {
            problems.extend(suppressions.notices(&|check| ran.contains(check)));
        }
        report.inputs.append(&mut project.inputs);
        report.resources += project.objects().count();
        report.untried_fixes += concluded.untried_fixes;
        let rows = concluded.verdicts.into_iter();
        report
            .verdicts
            .extend(rows.filter(|row| is_wanted(&row.check)));
    }
    if projects.len() > 1 {
        sort(&mut report);
    }
    sort_problems(&mut report.problems, &setup.sources);
    report.findings = places.told();
    (report, places)
}

/// Sorts what several projects gave.
fn sort(report: &mut Report) {
    let sources = Arc::clone(&report.sources);
    let place = |finding: &Finding| (sources.path(finding.span.file), finding.span);
    report
        .suppressed
        .sort_by_cached_key(|(finding, _)| place(finding));
    let name = |row: &Arc<VerdictRow>| (Arc::clone(&row.resource), row.check.id.clone());
    report.verdicts.sort_by_cached_key(name);
    report
        .inputs
        .sort_by(|one, other| one.path.cmp(&other.path));
}

fn date(now: i64) -> String {
    let timestamp = jiff::Timestamp::from_second(now).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    timestamp
        .to_zoned_datetime(jiff::tz::TimeZone::UTC)
        .date()
        .to_string()
}
