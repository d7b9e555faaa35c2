//! What people asked of scanners, written anew: each folder of `threads` is a configuration, with the verdicts and the exact
//! text at which findings must stand.
#![expect(
    clippy::disallowed_methods,
    reason = "the test reads the marks in its own configurations, and no scanned input"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use analysis::{NoProgress, Options, Report, Verdict};
use source::{Disk, FileSystem};

/// A file, a line from 1 and what is said there.
type Mark = (PathBuf, u32, String);

/// The marks of the configurations, by their first word.
struct Marks {
    findings: BTreeSet<Mark>,
    passes: BTreeSet<Mark>,
    unknowns: BTreeSet<Mark>,
    /// The first lines of blocks, by file and `type.name`.
    blocks: BTreeMap<(PathBuf, String), u32>,
}

fn below(folder: &str) -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/terraform");
    tests.join(folder)
}

fn marks(folder: &Path) -> Marks {
    let mut marks = Marks {
        findings: BTreeSet::new(),
        passes: BTreeSet::new(),
        unknowns: BTreeSet::new(),
        blocks: BTreeMap::new(),
    };
    for found in Disk.walk(folder, None) {
        let text = std::fs::read_to_string(&found.path).expect("a configuration is text");
        let path = found.path.strip_prefix(folder).unwrap_or(&found.path);
        for (number, line) in (1..).zip(text.lines()) {
            marks.add(path, number, line);
        }
    }
    marks
}

impl Marks {
    fn add(&mut self, path: &Path, number: u32, line: &str) {
        for comment in line.split("# ").skip(1).map(str::trim_end) {
            let marks = match comment.split_once(' ') {
                Some(("finding", what)) => (&mut self.findings, what),
                Some(("pass", what)) => (&mut self.passes, what),
                Some(("unknown", what)) => (&mut self.unknowns, what),
                _ => continue,
            };
            marks
                .0
                .insert((path.to_path_buf(), number, marks.1.to_owned()));
        }
        let labels: Vec<&str> = line.split('"').collect();
        if let ["resource ", ty, " ", name, ..] = labels[..] {
            let block = (path.to_path_buf(), format!("{ty}.{name}"));
            self.blocks.insert(block, number);
        }
    }

    /// The configurations with the checks that their marks name.
    fn asked(&self) -> BTreeSet<(PathBuf, String)> {
        let all = [&self.findings, &self.passes, &self.unknowns];
        all.into_iter().flatten().map(question).collect()
    }

    /// The lines of the blocks for which a check gives a verdict.
    fn verdicts(&self, report: &Report, is_meant: fn(&Verdict) -> bool) -> BTreeSet<Mark> {
        let rows = report.verdicts.iter().filter(|row| is_meant(&row.verdict));
        let marks = rows.filter_map(|row| {
            let resource = &row.resource;
            let name = resource.name.split('[').next().unwrap_or_default();
            let block = format!("{}.{name}", resource.kind);
            let line = *self.blocks.get(&(resource.file.clone(), block))?;
            Some((resource.file.clone(), line, row.check.id.to_string()))
        });
        let asked = self.asked();
        marks
            .filter(|mark| asked.contains(&question(mark)))
            .collect()
    }
}

fn scan(folder: &Path, checks: BTreeSet<String>) -> Report {
    let options = Options {
        paths: vec![PathBuf::from(".")],
        directory: folder.to_path_buf(),
        root: Some(folder.to_path_buf()),
        check_folders: vec![below("checks")],
        select: checks.into_iter().collect(),
        passes: true,
        ..Options::default()
    };
    analysis::scan(&Disk, &options, &NoProgress).expect("the configurations can be scanned")
}

/// The findings of the checks that the marks of a configuration name, with the first line of the text that they stand at.
fn findings(report: &Report, marks: &Marks) -> BTreeSet<Mark> {
    let asked = marks.asked();
    let found = report.findings.iter().map(|finding| {
        let file = report.sources.get(finding.span.file);
        let text = file.slice(finding.span).lines().next().unwrap_or_default();
        let line = file.position(finding.span.start).line + 1;
        let what = format!("{}: {text}", finding.check.id);
        (file.path.clone(), line, what)
    });
    let found: Vec<Mark> = found
        .filter(|mark| asked.contains(&question(mark)))
        .collect();
    let distinct: BTreeSet<Mark> = found.iter().cloned().collect();
    assert_eq!(distinct.len(), found.len(), "one at a place: {found:#?}");
    distinct
}

/// The configuration and the check of a mark.
fn question((path, _, what): &Mark) -> (PathBuf, String) {
    let folder: PathBuf = path.iter().take(1).collect();
    let check = what.split(':').next().unwrap_or(what);
    (folder, check.to_owned())
}

/// What is in one set and not in the other, with a sign.
fn difference(expected: &BTreeSet<Mark>, found: &BTreeSet<Mark>) -> Vec<String> {
    let tell =
        |sign: &str, (path, line, what): &Mark| format!("{sign} {}:{line}: {what}", path.display());
    let missing = expected.difference(found).map(|mark| tell("missing", mark));
    let more = found
        .difference(expected)
        .map(|mark| tell("unexpected", mark));
    missing.chain(more).collect()
}

#[test]
fn what_people_asked_for_is_so() {
    let folder = below("threads");
    let marks = marks(&folder);
    let checks = marks.asked().into_iter().map(|(_, check)| check);
    let report = scan(&folder, checks.collect());
    let unknowns = marks.verdicts(&report, |verdict| matches!(verdict, Verdict::Unknown(_)));
    let passes = marks.verdicts(&report, |verdict| matches!(verdict, Verdict::Pass));
    let passes = passes.intersection(&marks.passes).cloned().collect();
    let nothing: [String; 0] = [];
    assert_eq!(
        difference(&marks.findings, &findings(&report, &marks)),
        nothing,
        "findings"
    );
    assert_eq!(difference(&marks.unknowns, &unknowns), nothing, "unknown");
    assert_eq!(difference(&marks.passes, &passes), nothing, "passes");
}
