//! Findings in charts and kustomizations stand where a change of the text, and of nothing else, changes the verdict.

mod change;
mod found;
mod kustomizations;
mod runs;
mod tables;
mod trial;

use std::collections::BTreeSet;
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
    /// The findings that were tried, where several runs have the same ones and one trial is enough: the check, the place and
    /// the path.
    tried: Option<Mutex<BTreeSet<(String, String, String)>>>,
}

impl Suite {
    fn charts() -> Self {
        Self {
            what: "charts",
            format: "helm",
            runs: Run::recorded(),
            tried: None,
        }
    }

    fn kustomizations() -> Self {
        Self {
            what: "kustomizations",
            format: "kustomize",
            runs: Run::built(),
            tried: Some(Mutex::default()),
        }
    }

    /// Whether a finding is to be tried: its resource is of the format, and no other run tries it.
    fn takes(&self, report: &Report, finding: &Finding) -> bool {
        let is_new = |tried: &Mutex<BTreeSet<(String, String, String)>>| {
            let file = report.sources.get(finding.span.file);
            let place = format!("{} {:?}", file.path.display(), finding.span.range());
            let check = finding.check.id.to_string();
            let key = (check, place, finding.path.clone());
            let mut tried = tried.lock().expect("no thread panics with the lock");
            tried.insert(key)
        };
        finding.resource.format == self.format && self.tried.as_ref().is_none_or(is_new)
    }
}

/// What became of the findings of a run.
#[derive(Default)]
struct Outcome {
    /// How many were tried.
    tried: usize,
    /// Those that did not change, as exceptions name them, and as a test tells them.
    stuck: Vec<(String, String)>,
}

fn outcome(
    suite: &Suite,
    run: &Run,
    tables: &Tables,
    memory: &Memory,
    is_tried: impl Fn(usize) -> bool,
) -> Outcome {
    let report = run.whole();
    let taken = report.findings.iter();
    let findings = taken
        .filter(|finding| suite.takes(&report, finding))
        .enumerate();
    let mut outcome = Outcome::default();
    for (_, finding) in findings.filter(|(index, _)| is_tried(*index)) {
        let trial = Trial {
            run,
            report: &report,
            finding,
            only_other: tables.lists(&finding.check.id),
            texts: tables.texts(&finding.check.id),
            missing: tables.file(&finding.check.id),
        };
        outcome.tried += 1;
        if !trial.is_moved(memory) {
            outcome.stuck.push((trial.name(), trial.told()));
        }
    }
    outcome
}

/// Tries findings of all runs: those whose number, and that of the run, are wanted.
#[track_caller]
fn check(what: &str, suite: &Suite, is_tried: impl Fn(usize, usize) -> bool + Sync) {
    let (tables, memory) = (Tables::read(), Memory::default());
    let runs: Vec<(usize, &Run)> = suite.runs.iter().enumerate().collect();
    if runs.is_empty() {
        return;
    }
    let outcomes = parallel::map(&runs, |(number, run)| {
        outcome(suite, run, &tables, &memory, |index| {
            is_tried(*number, index)
        })
    });
    let tried: usize = outcomes.iter().map(|outcome| outcome.tried).sum();
    let stuck: Vec<&(String, String)> =
        outcomes.iter().flat_map(|outcome| &outcome.stuck).collect();
    corpora::tell(&format!(
        "{what} of {}: {} of {tried} change with the text at their place",
        suite.what,
        tried - stuck.len()
    ));
    let names: BTreeSet<&str> = stuck.iter().map(|(name, _)| name.as_str()).collect();
    let is_new = |(name, _): &&&(String, String)| !tables.excepts(name);
    let new: Vec<&str> = stuck
        .iter()
        .filter(is_new)
        .map(|(_, told)| told.as_str())
        .collect();
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
#[ignore = "it builds kustomizations thousands of times, and does not hold yet: operations that take out a map are not written anew"]
fn findings_of_kustomizations_change_with_the_text_at_their_place() {
    check("findings", &Suite::kustomizations(), |_, _| true);
}
