//! What is known of findings that no value makes go away.

use std::collections::BTreeSet;

/// Checks of which each finding names what is there: with another text it says something else.
const LISTS: &str = include_str!("lists.tsv");

/// Findings that do not change.
const EXCEPTIONS: &str = include_str!("exceptions.tsv");

/// Checks that find a file missing.
const FILES: &str = include_str!("files.tsv");

/// Texts that mend what is found in charts themselves.
const TEXTS: &str = include_str!("texts.tsv");

/// All tables, without the reasons.
pub(crate) struct Tables {
    texts: Vec<(&'static str, &'static str)>,
    files: Vec<(&'static str, MissingFile)>,
    lists: BTreeSet<&'static str>,
    exceptions: BTreeSet<&'static str>,
}

impl Tables {
    pub(crate) fn read() -> Self {
        Self {
            texts: rows(TEXTS).map(text).collect(),
            files: rows(FILES).map(missing_file).collect(),
            lists: names(LISTS),
            exceptions: names(EXCEPTIONS),
        }
    }

    /// The file that findings of a check miss.
    pub(crate) fn file(&self, check: &str) -> Option<MissingFile> {
        let own = self.files.iter().find(|(name, _)| *name == check);
        own.map(|(_, file)| *file)
    }

    /// The texts that mend what a check finds in a chart itself.
    pub(crate) fn texts(&self, check: &str) -> Vec<&'static str> {
        let own = self.texts.iter().filter(|(name, _)| *name == check);
        own.map(|(_, text)| *text).collect()
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

/// A file that is missing, beside the one with the finding.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MissingFile {
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
}

fn missing_file(row: &'static str) -> (&'static str, MissingFile) {
    let cells: Vec<&str> = row.split('\t').collect();
    let [check, name, text] = cells[..] else {
        panic!("{row}: a check, a file and a text");
    };
    (check, MissingFile { name, text })
}

fn text(row: &'static str) -> (&'static str, &'static str) {
    row.split_once('\t').expect("a row has a check and a text")
}

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

/// What stands before the last column, which is the reason.
fn names(table: &'static str) -> BTreeSet<&'static str> {
    let name = |row: &'static str| {
        let (name, _reason) = row.rsplit_once('\t').expect("a row has a reason");
        name
    };
    rows(table).map(name).collect()
}
