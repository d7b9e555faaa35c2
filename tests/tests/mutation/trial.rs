//! One finding, and what becomes of it when the text at its place changes.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Mutex;

use analysis::{Finding, Report, Verdict};
use source::Level;

use crate::change::{Words, changes};
use crate::found::Found;
use crate::runs::Run;
use crate::tables::MissingFile;

/// The change that was last right for each check: it is the first to be tried.
#[derive(Default)]
pub(crate) struct Memory(Mutex<HashMap<String, String>>);

impl Memory {
    fn last(&self, check: &str) -> Option<String> {
        let known = self.0.lock().expect("no thread panics with the lock");
        known.get(check).cloned()
    }

    fn keep(&self, check: &str, what: &str) {
        let mut known = self.0.lock().expect("no thread panics with the lock");
        known.insert(check.to_owned(), what.to_owned());
    }
}

/// A finding of a run.
pub(crate) struct Trial<'a> {
    pub(crate) run: &'a Run,
    pub(crate) report: &'a Report,
    pub(crate) finding: &'a Finding,
    /// Whether it is enough that the finding says something else.
    pub(crate) only_other: bool,
    /// Texts that mend it, if it is one on a chart itself.
    pub(crate) texts: Vec<&'static str>,
    /// The file that it misses, if it does.
    pub(crate) missing: Option<MissingFile>,
}

impl Trial<'_> {
    /// Whether the verdict is another with some change at the place of the finding, and of nothing else.
    pub(crate) fn is_moved(&self, memory: &Memory) -> bool {
        let file = self.report.sources.get(self.finding.span.file);
        if let Some(missing) = self.missing {
            return self.is_moved_by(missing, &file.path);
        }
        let found = Found::of(self.report, self.finding);
        let words = Words {
            names: &self.names(),
            texts: &self.texts,
        };
        let mut changes = changes(self.finding, &found, &file.text, &words);
        let check = &self.finding.check.id;
        if let Some(last) = memory.last(check) {
            // Sorting is stable: what was right elsewhere comes first.
            changes.sort_by_key(|change| change.what != last);
        }
        let right = changes.iter().find(|change| {
            let changed = self
                .run
                .changed(check, &file.path, change.apply(&file.text));
            self.is_other(&changed)
        });
        right
            .inspect(|right| memory.keep(check, &right.what))
            .is_some()
    }

    /// Whether the verdict is another with the file that the finding misses.
    fn is_moved_by(&self, missing: MissingFile, beside: &Path) -> bool {
        let path = beside.with_file_name(missing.name);
        let check = &self.finding.check.id;
        let changed = self.run.changed(check, &path, missing.text.to_owned());
        self.is_other(&changed)
    }

    /// Whether a report of changed text is about as much as that of the text as it is, and says otherwise of the finding and
    /// nothing new of its resource.
    fn is_other(&self, changed: &Report) -> bool {
        let (before, after) = (self.places(self.report), self.places(changed));
        let path = self.finding.path.as_str();
        let says_other = after.get(path) != Some(&self.finding.message.as_str());
        let beside = |places: &BTreeMap<&str, &str>| {
            let own = family(path);
            places.keys().filter(|path| family(path) == own).count()
        };
        faults(changed) <= faults(self.report)
            && changed.resources == self.report.resources
            && after.keys().all(|path| before.contains_key(path))
            && (beside(&after) < beside(&before) || self.only_other && says_other)
            && (!self.is_open(changed) || self.is_open(self.report))
    }

    /// Where the check of the finding fails in its resource, and what it says there.
    fn places<'r>(&self, report: &'r Report) -> BTreeMap<&'r str, &'r str> {
        let (check, address) = (&self.finding.check.id, &self.finding.resource.address);
        let own = report.findings.iter();
        let own =
            own.filter(|other| other.check.id == *check && other.resource.address == *address);
        own.map(|finding| (finding.path.as_str(), finding.message.as_str()))
            .collect()
    }

    /// Whether the verdict of the check on the resource is open.
    fn is_open(&self, report: &Report) -> bool {
        report.verdicts.iter().any(|row| {
            row.check.id == self.finding.check.id
                && row.resource.address == self.finding.resource.address
                && matches!(row.verdict, Verdict::Unknown(_))
        })
    }

    fn names(&self) -> Vec<String> {
        let names = self.report.listed.iter();
        let names: BTreeSet<String> = names
            .map(|listed| listed.resource.name.to_string())
            .collect();
        names.into_iter().collect()
    }

    /// The finding as exceptions name it.
    pub(crate) fn name(&self) -> String {
        let finding = self.finding;
        let (check, address) = (&finding.check.id, &finding.resource.address);
        format!("{check}\t{address}\t{}", finding.path)
    }

    /// The finding as a test tells it.
    pub(crate) fn told(&self) -> String {
        let finding = self.finding;
        let file = self.report.sources.get(finding.span.file);
        let line = file.position(finding.span.start).line + 1;
        let text = file.text.get(finding.span.range()).unwrap_or_default();
        let text: String = text.chars().take(60).collect();
        format!("{}\t{}:{line}\t{text:?}", self.name(), file.path.display())
    }
}

/// A path without the number of an item: where one is gone, those behind it have other numbers.
fn family(path: &str) -> &str {
    let ends = path.match_indices(['[', ']']).rev();
    let mut ends = ends.map(|(at, _)| at);
    let number = ends.next().zip(ends.next());
    match number.map(|(end, start)| (&path[..start], &path[start + 1..end])) {
        Some((before, inner)) if inner.bytes().all(|byte| byte.is_ascii_digit()) => before,
        _ => path,
    }
}

/// How much of what was read is not understood, or is said twice.
fn faults(report: &Report) -> usize {
    let faults = report.problems.iter();
    let faults = faults
        .filter(|problem| problem.level == Level::Error || problem.code == yaml::DUPLICATE_KEY);
    faults.count()
}
