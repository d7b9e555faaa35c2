//! The list of what is not scored, and why.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use tests::corpora::Line;

use crate::lists;
use crate::score::Scores;

/// Why a line is not scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Why {
    /// None of our checks stands for the check.
    NoCheck,
    /// It is about the call of a module, or about a file that holds nothing else, and the module's code is not in the input.
    ModuleCall,
    /// It is about what is only read, and none of the checks judges that.
    DataSource,
    /// It is about a provider.
    Provider,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoCheck => "no check",
            Self::ModuleCall => "module call",
            Self::DataSource => "data source",
            Self::Provider => "provider",
        })
    }
}

/// The number of lines that are left, by suite, reason, check and what the tool calls it.
#[derive(Default)]
pub(crate) struct Left(BTreeMap<(&'static str, Why, String, String), usize>);

impl Left {
    /// Adds the lines of a suite.
    pub(crate) fn add(&mut self, suite: &'static str, scores: &Scores) {
        for (line, why) in &scores.left {
            let key = (suite, *why, line.check.clone(), name(line).to_owned());
            *self.0.entry(key).or_default() += 1;
        }
    }

    /// What is wrong with the list. Where that is asked for, it is rewritten.
    pub(crate) fn check(&self) -> Option<String> {
        let mut text = format!(
            "# What is not scored: suite, reason, check, name of the check, lines. README.md explains the reasons.\n# Rewritten by: {}\n",
            lists::COMMAND
        );
        for ((suite, why, check, name), lines) in &self.0 {
            let _ = writeln!(text, "{suite}\t{why}\t{check}\t{name}\t{lines}");
        }
        lists::check("left.tsv", &text)
    }
}

/// What the tool calls the check of a line.
fn name(line: &Line) -> &str {
    let query = line.extra["query"].as_str().unwrap_or_default();
    line.extra["long_id"].as_str().unwrap_or(query)
}
