//! The list of what is not scored: checks of other tools that stand on none of ours.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::lists;
use crate::score::Scores;

/// The lines of each check that are left, by suite, check and what the tool calls it.
#[derive(Default)]
pub(crate) struct Left(BTreeMap<(&'static str, String, String), usize>);

impl Left {
    /// Adds the lines of a suite.
    pub(crate) fn add(&mut self, suite: &'static str, scores: &Scores) {
        for line in &scores.left {
            let query = line.extra["query"].as_str().unwrap_or_default();
            let name = line.extra["long_id"].as_str().unwrap_or(query);
            *self
                .0
                .entry((suite, line.check.clone(), name.to_owned()))
                .or_default() += 1;
        }
    }

    /// What is wrong with the list. Where that is asked for, it is rewritten.
    pub(crate) fn check(&self) -> Option<String> {
        let mut text = format!(
            "# Checks of other tools that stand on none of ours: suite, check, name, lines.\n# Rewritten by: {}\n",
            lists::COMMAND
        );
        for ((suite, check, name), lines) in &self.0 {
            let _ = writeln!(text, "{suite}\t{check}\t{name}\t{lines}");
        }
        lists::check("left.tsv", &text)
    }
}
