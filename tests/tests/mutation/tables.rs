//! What is known of findings that no value makes go away.

use std::collections::BTreeSet;

/// Checks of which each finding names what is there: with another text it says something else.
const LISTS: &str = include_str!("lists.tsv");

/// Findings that do not change.
const EXCEPTIONS: &str = include_str!("exceptions.tsv");

/// Both tables, without the reasons.
pub(crate) struct Tables {
    lists: BTreeSet<&'static str>,
    exceptions: BTreeSet<&'static str>,
}

impl Tables {
    pub(crate) fn read() -> Self {
        Self {
            lists: names(LISTS),
            exceptions: names(EXCEPTIONS),
        }
    }

    /// Whether the findings of a check list what is there.
    pub(crate) fn lists(&self, check: &str) -> bool {
        self.lists.contains(check)
    }

    /// Whether a finding is an exception.
    pub(crate) fn excepts(&self, name: &str) -> bool {
        self.exceptions.contains(name)
    }
}

/// What stands before the last column, which is the reason.
fn names(table: &'static str) -> BTreeSet<&'static str> {
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    let name = |row: &'static str| {
        let (name, _reason) = row.rsplit_once('\t').expect("a row has a reason");
        name
    };
    rows.map(name).collect()
}
