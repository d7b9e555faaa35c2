//! How many verdicts agree.

use std::collections::BTreeSet;
use std::fmt;

use tests::corpora::{Expected, Line};

use crate::score::{Ours, Scored, Scores};
use crate::suite::Suite;

/// The figures of the lines of a suite that are about one subject.
#[derive(Clone, Debug)]
pub(crate) struct Figures {
    suite: &'static str,
    subject: &'static str,
    lines: usize,
    scored: usize,
    agree: usize,
    /// Lines that expect a fail, and those of them that agree.
    fails: (usize, usize),
    /// Lines that expect a pass, and those of them that agree.
    passes: (usize, usize),
    /// Agreeing lines whose verdict is unknown.
    unknown: usize,
    /// Agreeing lines whose resource none of the checks judges, or that is no resource.
    not_judged: usize,
}

impl Figures {
    /// The figures of a suite, by subject.
    pub(crate) fn of_suite(suite: &dyn Suite, scores: &Scores) -> Vec<Self> {
        let scored = scores.scored.iter().map(|scored| &scored.line);
        let left = scores.left.iter().map(|(line, _)| line);
        let subjects: BTreeSet<&'static str> = scored
            .chain(left)
            .filter_map(|line| suite.subject(line))
            .collect();
        let subjects = subjects.into_iter();
        subjects
            .map(|subject| Self::new(suite, subject, scores))
            .collect()
    }

    fn new(suite: &dyn Suite, subject: &'static str, scores: &Scores) -> Self {
        let is_about = |line: &Line| suite.subject(line) == Some(subject);
        let scored: Vec<&Scored> = scores
            .scored
            .iter()
            .filter(|scored| is_about(&scored.line))
            .collect();
        let left = scores.left.iter().filter(|(line, _)| is_about(line));
        let count = |wanted: &dyn Fn(Expected, bool, Ours) -> bool| {
            scored
                .iter()
                .filter(|scored| wanted(scored.line.expected, scored.agrees(), scored.ours))
                .count()
        };
        let of = |expected: Expected| {
            (
                count(&|found, _, _| found == expected),
                count(&|found, agrees, _| found == expected && agrees),
            )
        };
        Self {
            suite: suite.name(),
            subject,
            lines: scored.len() + left.count(),
            scored: scored.len(),
            agree: count(&|_, agrees, _| agrees),
            fails: of(Expected::Fail),
            passes: of(Expected::Pass),
            unknown: count(&|_, agrees, ours| agrees && ours == Ours::Unknown),
            not_judged: count(&|_, agrees, ours| {
                agrees && matches!(ours, Ours::NotJudged | Ours::Absent)
            }),
        }
    }

    /// The part of the scored lines that agree, in percent.
    pub(crate) fn agreement(&self) -> f64 {
        percent(self.agree, self.scored)
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            suite,
            subject,
            agree,
            scored,
            ..
        } = self;
        write!(f, "{suite}, {subject}: {agree} of {scored}")
    }
}

#[expect(clippy::cast_precision_loss, reason = "a list has thousands of lines")]
fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        100.0
    } else {
        part as f64 * 100.0 / whole as f64
    }
}

/// The figures of all suites as a table.
pub(crate) fn table(figures: &[Figures]) -> Vec<String> {
    let mut rows = vec![
        "| suite | about | lines | scored | agree | agreement | fails agree | passes agree | unknown | not judged |".to_owned(),
        "| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: |".to_owned(),
    ];
    rows.extend(figures.iter().map(|figures| {
        let Figures { suite, subject, lines, scored, agree, fails, passes, unknown, not_judged } = figures;
        format!(
            "| {suite} | {subject} | {lines} | {scored} | {agree} | {:.1} % | {} of {} | {} of {} | {unknown} | {not_judged} |",
            figures.agreement(),
            fails.1,
            fails.0,
            passes.1,
            passes.0,
        )
    }));
    rows
}
