//! How many verdicts agree.

use tests::corpora::Expected;

use crate::score::{Ours, Scores};

/// The figures of a suite.
#[derive(Clone, Debug)]
pub(crate) struct Figures {
    name: &'static str,
    /// Lines about Kubernetes.
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
    /// The figures of scored lines.
    pub(crate) fn new(name: &'static str, scores: &Scores) -> Self {
        let count = |wanted: &dyn Fn(Expected, bool, Ours) -> bool| {
            scores
                .scored
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
            name,
            lines: scores.scored.len() + scores.left.len(),
            scored: scores.scored.len(),
            agree: count(&|_, agrees, _| agrees),
            fails: of(Expected::Fail),
            passes: of(Expected::Pass),
            unknown: count(&|_, agrees, ours| agrees && ours == Ours::Unknown),
            not_judged: count(&|_, agrees, ours| {
                agrees && matches!(ours, Ours::NotJudged | Ours::Absent)
            }),
        }
    }

    /// The name of the suite.
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    /// The part of the scored lines that agree, in percent.
    pub(crate) fn agreement(&self) -> f64 {
        percent(self.agree, self.scored)
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
        "| suite | lines | scored | agree | agreement | fails agree | passes agree | unknown | not judged |".to_owned(),
        "| --- | --: | --: | --: | --: | --: | --: | --: | --: |".to_owned(),
    ];
    rows.extend(figures.iter().map(|figures| {
        let Figures { name, lines, scored, agree, fails, passes, unknown, not_judged } = figures;
        format!(
            "| {name} | {lines} | {scored} | {agree} | {:.1} % | {} of {} | {} of {} | {unknown} | {not_judged} |",
            figures.agreement(),
            fails.1,
            fails.0,
            passes.1,
            passes.0,
        )
    }));
    rows
}
