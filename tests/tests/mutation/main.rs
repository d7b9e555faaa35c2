//! Findings in charts and kustomizations stand where a change of the text, and of nothing else, changes the verdict.

mod change;
mod found;
mod kustomizations;
mod runs;
mod tables;
mod trial;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use analysis::{Finding, Report};
use runs::Run;
use tables::Tables;
use tests::{corpora, parallel};
use trial::{Memory, Trial};

/// Of how many findings the quick test tries one.
const SAMPLED: usize = 40;

/// Of how many kustomizations, the smallest ones, the quick test tries findings: one of as many.
const QUICK: usize = 5;

/// The share of the findings that may be exceptions: one of so many.
const EXCEPTIONS: usize = 50;

/// What is tried together.
struct Suite {
    /// Whose findings it tries, as a test tells it, and the format of the resources.
    what: &'static str,
    format: &'static str,
    runs: Vec<Run>,
    /// Whether a finding that several runs have need change in one of them only: what others put on top may hold it.
    is_shared: bool,
    /// The findings that changed.
    moved: Mutex<BTreeSet<Key>>,
}

/// What a finding is told by: whose it is, if each run has its own, the check, the place and the path.
type Key = [String; 4];

impl Suite {
    fn charts() -> Self {
        Self {
            what: "charts",
            format: "helm",
            runs: Run::recorded(),
            is_shared: false,
            moved: Mutex::default(),
        }
    }

    fn kustomizations() -> Self {
        Self {
            what: "kustomizations",
            format: "kustomize",
            runs: Run::built(),
            is_shared: true,
            moved: Mutex::default(),
        }
    }

    fn key(&self, run: &Run, report: &Report, finding: &Finding) -> Key {
        let file = report.sources.get(finding.span.file);
        let owner = match self.is_shared {
            true => String::new(),
            false => format!("{} {}", run.name, finding.resource.address),
        };
        let place = format!("{} {:?}", file.path.display(), finding.span.range());
        [
            owner,
            finding.check.id.to_string(),
            place,
            finding.path.clone(),
        ]
    }

    fn is_moved(&self, key: &Key) -> bool {
        let moved = self.moved.lock().expect("no thread panics with the lock");
        moved.contains(key)
    }

    fn keep(&self, key: Key) {
        let mut moved = self.moved.lock().expect("no thread panics with the lock");
        moved.insert(key);
    }
}

/// A finding that did not change.
struct Stuck {
    key: Key,
    /// As exceptions name it, and as a test tells it.
    name: String,
    told: String,
}

/// Tries findings of a run, and gives those that do not change.
fn stuck(
    suite: &Suite,
    run: &Run,
    tables: &Tables,
    memory: &Memory,
    is_tried: impl Fn(usize) -> bool,
) -> Vec<Stuck> {
    let report = run.whole();
    let findings = report.findings.iter();
    let own = findings.filter(|finding| finding.resource.format == suite.format);
    let mut stuck = Vec::new();
    for (_, finding) in own.enumerate().filter(|(index, _)| is_tried(*index)) {
        let key = suite.key(run, &report, finding);
        if suite.is_moved(&key) {
            continue;
        }
        let trial = Trial {
            run,
            report: &report,
            finding,
            only_other: tables.lists(&finding.check.id),
            texts: tables.texts(&finding.check.id),
            missing: tables.file(&finding.check.id),
        };
        match trial.is_moved(memory) {
            true => suite.keep(key),
            false => stuck.push(Stuck {
                key,
                name: trial.name(),
                told: trial.told(),
            }),
        }
    }
    stuck
}

/// Tries findings of all runs: those whose number, and that of the run, are wanted.
#[track_caller]
fn check(what: &str, suite: &Suite, is_tried: impl Fn(usize, usize) -> bool + Sync) {
    let (tables, memory) = (Tables::read(), Memory::default());
    let runs: Vec<(usize, &Run)> = suite.runs.iter().enumerate().collect();
    if runs.is_empty() {
        return;
    }
    let stuck = parallel::map(&runs, |(number, run)| {
        stuck(suite, run, &tables, &memory, |index| {
            is_tried(*number, index)
        })
    });
    let stuck = stuck.into_iter().flatten();
    let stuck = stuck.filter(|stuck| !suite.is_moved(&stuck.key));
    let stuck: BTreeMap<Key, Stuck> = stuck.map(|stuck| (stuck.key.clone(), stuck)).collect();
    let moved = suite
        .moved
        .lock()
        .expect("no thread panics with the lock")
        .len();
    let tried = moved + stuck.len();
    corpora::tell(&format!(
        "{what} of {}: {moved} of {tried} change with the text at their place",
        suite.what,
    ));
    let names: BTreeSet<&str> = stuck.values().map(|stuck| stuck.name.as_str()).collect();
    let new = stuck.values().filter(|stuck| !tables.excepts(&stuck.name));
    let new: Vec<&str> = new.map(|stuck| stuck.told.as_str()).collect();
    assert!(tried > 0, "no finding was tried");
    assert!(
        new.is_empty(),
        "{} do not change:\n{}",
        new.len(),
        new.join("\n")
    );
    // One may be in the smallest sample.
    assert!(
        stuck.len().saturating_sub(1) * EXCEPTIONS <= tried,
        "{} exceptions are too many of {tried}:\n{names:?}",
        stuck.len()
    );
}

#[test]
fn sampled_findings_change_with_the_text_at_their_place() {
    check("sampled findings", &Suite::charts(), |run, index| {
        (run + index).is_multiple_of(SAMPLED)
    });
}

#[test]
#[ignore = "it renders charts thousands of times, in a release build: `.ci/run` does it"]
fn findings_change_with_the_text_at_their_place() {
    check("findings", &Suite::charts(), |_, _| true);
}

#[test]
fn sampled_findings_of_kustomizations_change_with_the_text_at_their_place() {
    let of_run = |run: usize, index: usize| run < QUICK && index.is_multiple_of(QUICK);
    check("sampled findings", &Suite::kustomizations(), of_run);
}

#[test]
#[ignore = "it builds kustomizations thousands of times, in a release build: `.ci/run` does it"]
fn findings_of_kustomizations_change_with_the_text_at_their_place() {
    check("findings", &Suite::kustomizations(), |_, _| true);
}
