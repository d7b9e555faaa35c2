//! Our verdict of each line.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use analysis::{Report, ResourceName, Verdict};
use graph::SmolStr;
use serde_json::Value;
use tests::corpora::{self, Expected, Line};
use tests::parallel;

use crate::aliases::Aliases;
use crate::project;
use crate::suite::{Inputs, Suite, Target};

/// What we say of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ours {
    /// A check with the alias fails.
    Fail,
    /// It fails with this number of findings, which is not the expected one.
    Count(usize),
    /// It would, but a directive in the file accepts it.
    Skip,
    /// No check with the alias fails.
    Pass,
    /// Whether one fails can't be known.
    Unknown,
    /// No check with the alias judges such a resource.
    NotJudged,
    /// There is no such resource in the file, as we read it.
    Absent,
}

impl fmt::Display for Ours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fail => f.write_str("fail"),
            Self::Count(count) => write!(f, "{count} findings"),
            Self::Skip => f.write_str("skip"),
            Self::Pass => f.write_str("pass"),
            Self::Unknown => f.write_str("unknown"),
            Self::NotJudged => f.write_str("not judged"),
            Self::Absent => f.write_str("absent"),
        }
    }
}

/// A line and what we say of it.
#[derive(Clone, Debug)]
pub(crate) struct Scored {
    pub(crate) line: Line,
    pub(crate) ours: Ours,
}

impl Scored {
    /// Whether both say the same. Where nothing fails, an unknown verdict is no fail, and neither is none at all.
    pub(crate) fn agrees(&self) -> bool {
        match self.line.expected {
            Expected::Fail => self.ours == Ours::Fail,
            Expected::Skip => self.ours == Ours::Skip,
            Expected::Pass => !matches!(self.ours, Ours::Fail | Ours::Count(_)),
        }
    }
}

/// The lines of a suite.
pub(crate) struct Scores {
    /// The lines whose check stands on a check of ours.
    pub(crate) scored: Vec<Scored>,
    /// The lines about Kubernetes whose check stands on none.
    pub(crate) left: Vec<Line>,
}

/// A project with all lines that are about it.
struct Job {
    inputs: Inputs,
    settings: Value,
    lines: Vec<Line>,
}

/// Scans what the lines of a suite are about, each project once, and draws the verdicts.
pub(crate) fn score(folder: &Path, suite: &dyn Suite, aliases: &Aliases) -> Scores {
    let lines = corpora::lines(folder)
        .into_iter()
        .filter(|line| suite.is_kubernetes(line));
    let (wanted, left): (Vec<Line>, Vec<Line>) =
        lines.partition(|line| aliases.checks(&suite.alias(line)).is_some());
    let mut jobs: Vec<Job> = Vec::new();
    for line in wanted {
        let (inputs, settings) = (suite.inputs(&line), suite.settings(folder, &line));
        match jobs
            .iter_mut()
            .find(|job| job.inputs == inputs && job.settings == settings)
        {
            Some(job) => job.lines.push(line),
            None => jobs.push(Job {
                inputs,
                settings,
                lines: vec![line],
            }),
        }
    }
    let scored = parallel::map(&jobs, |job| {
        let report = project::scan(folder, &job.inputs, &job.settings);
        let score = |line: &Line| {
            let checks = aliases
                .checks(&suite.alias(line))
                .expect("lines without a check of ours are left");
            Scored {
                ours: ours(&report, &suite.target(line), checks, line),
                line: line.clone(),
            }
        };
        job.lines.iter().map(score).collect::<Vec<_>>()
    });
    Scores {
        scored: scored.concat(),
        left,
    }
}

fn ours(report: &Report, target: &Target, checks: &BTreeSet<SmolStr>, line: &Line) -> Ours {
    let meant = |resource: &ResourceName| {
        let here = resource.file == Path::new(&line.path) || resource.file.starts_with(&line.path);
        here && match target {
            Target::Resource { kind, name } => resource.kind == kind && resource.name == name,
            Target::File | Target::Findings(_) => true,
        }
    };
    let count = report
        .findings
        .iter()
        .filter(|finding| meant(&finding.resource) && checks.contains(&finding.check.id))
        .count();
    match target {
        Target::Findings(expected) if count > 0 && count as u64 != *expected => {
            return Ours::Count(count);
        }
        _ if count > 0 => return Ours::Fail,
        _ => {}
    }
    let mut suppressed = report.suppressed.iter().map(|(finding, _)| finding);
    if suppressed.any(|finding| meant(&finding.resource) && checks.contains(&finding.check.id)) {
        return Ours::Skip;
    }
    without_findings(report, &meant, checks)
}

fn without_findings(
    report: &Report,
    meant: &dyn Fn(&ResourceName) -> bool,
    checks: &BTreeSet<SmolStr>,
) -> Ours {
    let rows = || report.verdicts.iter().filter(|row| meant(&row.resource));
    let judged = || rows().filter(|row| checks.contains(&row.check.id));
    if judged().any(|row| matches!(row.verdict, Verdict::Unknown(_))) {
        Ours::Unknown
    } else if judged().next().is_some() {
        Ours::Pass
    } else if rows().next().is_some()
        || report
            .findings
            .iter()
            .any(|finding| meant(&finding.resource))
    {
        Ours::NotJudged
    } else {
        Ours::Absent
    }
}
