//! Findings in charts stand where a change of the text, and of nothing else, changes the verdict.

mod change;
mod found;
mod runs;
mod tables;
mod trial;

use std::collections::BTreeSet;

use analysis::Finding;
use runs::Run;
use tables::Tables;
use tests::{corpora, parallel};
use trial::{Memory, Trial};

/// Of how many findings the quick test tries one.
const SAMPLED: usize = 40;

/// The share of the findings that may be exceptions: one of so many.
const EXCEPTIONS: usize = 50;

/// What became of the findings of a run.
#[derive(Default)]
struct Outcome {
    /// How many were tried.
    tried: usize,
    /// Those that did not change, as exceptions name them, and as a test tells them.
    stuck: Vec<(String, String)>,
}

fn outcome(
    run: &Run,
    tables: &Tables,
    memory: &Memory,
    is_tried: impl Fn(usize) -> bool,
) -> Outcome {
    let report = run.whole();
    let of_charts = |finding: &&Finding| finding.resource.format == "helm";
    let findings = report.findings.iter().filter(of_charts).enumerate();
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
fn check(what: &str, is_tried: impl Fn(usize, usize) -> bool + Sync) {
    let (tables, memory) = (Tables::read(), Memory::default());
    let runs: Vec<(usize, Run)> = Run::recorded().into_iter().enumerate().collect();
    if runs.is_empty() {
        return;
    }
    let outcomes = parallel::map(&runs, |(number, run)| {
        outcome(run, &tables, &memory, |index| is_tried(*number, index))
    });
    let tried: usize = outcomes.iter().map(|outcome| outcome.tried).sum();
    let stuck: Vec<&(String, String)> =
        outcomes.iter().flat_map(|outcome| &outcome.stuck).collect();
    corpora::tell(&format!(
        "{what} of charts: {} of {tried} change with the text at their place",
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
    assert!(
        stuck.len() * EXCEPTIONS <= tried,
        "{} exceptions are too many of {tried}:\n{names:?}",
        stuck.len()
    );
}

#[test]
fn sampled_findings_change_with_the_text_at_their_place() {
    check("sampled findings", |run, index| {
        (run + index).is_multiple_of(SAMPLED)
    });
}

#[test]
#[ignore = "it renders charts thousands of times, in a release build: `cargo test --release -p tests --test mutation -- --ignored`"]
fn findings_change_with_the_text_at_their_place() {
    check("findings", |_, _| true);
}
