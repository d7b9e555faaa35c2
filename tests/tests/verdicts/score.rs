//! Our verdict of each line.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use serde_json::Value;
use tests::corpora::{self, Expected, Line};
use tests::parallel;

use crate::aliases::Aliases;
use crate::judged::Judged;
use crate::left::Why;
use crate::project;
use crate::suite::{Inputs, Suite};

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
    /// The lines that can be compared.
    pub(crate) scored: Vec<Scored>,
    /// The others.
    pub(crate) left: Vec<(Line, Why)>,
}

/// A project with all lines that are about it.
struct Job {
    inputs: Inputs,
    settings: Value,
    lines: Vec<Line>,
}

/// Scans what the lines of a suite are about, each project once, and draws the verdicts.
pub(crate) fn score(folder: &Path, suite: &dyn Suite, aliases: &Aliases) -> Scores {
    let mut said = BTreeSet::new();
    let mut is_new = |line: &Line| {
        let said_of = [&line.path, &line.resource, &line.check].map(String::clone);
        said.insert((said_of, line.expected)) || !suite.scans_at_once()
    };
    let lines = corpora::lines(folder)
        .into_iter()
        .filter(|line| suite.subject(line).is_some() && is_new(line));
    let (mut left, mut jobs): (Vec<(Line, Why)>, Vec<Job>) = (Vec::new(), Vec::new());
    for line in lines {
        let has_check = aliases.checks(&suite.alias(&line)).is_some();
        let why = if has_check {
            suite.left(folder, &line, aliases)
        } else {
            Some(Why::NoCheck)
        };
        if let Some(why) = why {
            left.push((line, why));
            continue;
        }
        let (inputs, settings) = (suite.inputs(&line), suite.settings(folder, &line));
        match jobs
            .iter_mut()
            .find(|job| (job.inputs == inputs || suite.scans_at_once()) && job.settings == settings)
        {
            Some(job) => {
                job.inputs.add(inputs);
                job.lines.push(line);
            }
            None => jobs.push(Job {
                inputs,
                settings,
                lines: vec![line],
            }),
        }
    }
    let scored = parallel::map(&jobs, |job| {
        let report = project::scan(folder, &job.inputs, &job.settings);
        let judged = Judged::new(&report, folder);
        let score = |line: &Line| {
            let checks = aliases
                .checks(&suite.alias(line))
                .expect("lines without a check of ours are left");
            Scored {
                ours: judged.ours(line, suite, checks),
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
