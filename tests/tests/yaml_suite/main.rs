//! The reading of YAML beside that of `kubectl` on the cases of yaml-test-suite, which stand beside
//! this repository.
//!
//! `SCANTLING_RECORD=1 cargo test -p tests --test yaml_suite` renews the recorded answers with the
//! `kubectl` on the path.

mod answer;
mod case;
mod wrap;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use tests::{conformance, json};

use crate::answer::Answer;
use crate::case::Case;

/// The ids in the first column of the table under a heading of the list of differences.
fn listed(heading: &str) -> BTreeSet<String> {
    let text = conformance::read("yaml/README.md");
    let section = text
        .split("\n## ")
        .find(|section| section.starts_with(heading))
        .expect("the heading is there");
    let rows = section
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(' ').next());
    rows.filter(|id| id.contains('-') && !id.contains("--"))
        .map(str::to_owned)
        .collect()
}

/// Whether the suite has another opinion of a case. Where it knows no JSON, it has none on the values.
fn disagrees(case: &Case, answer: &Answer) -> bool {
    match (&case.json, answer) {
        _ if case.invalid => answer.is_some(),
        (Some(_), None) => true,
        (json @ Some(_), answer) => !answer::are_same(json, answer),
        (None, _) => false,
    }
}

#[test]
fn wrapped_cases_are_read_like_kubectl_reads_them() {
    let differs = listed("Where we differ from kubectl");
    let mut wrong = String::new();
    for (case, wrapped, expected) in answer::of_kubectl(&case::all()) {
        let found = answer::ours(&wrapped);
        if answer::are_same(&found, &expected) == differs.contains(&case.id) {
            let _ = writeln!(
                wrong,
                "{}: {expected:?}\n   ours: {found:?}\n{wrapped}",
                case.id
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn what_the_suite_calls_invalid_is_a_problem() {
    let silent = case::all()
        .into_iter()
        .filter(|case| case.invalid && json::read(&case.text).problems.is_empty());
    assert_eq!(
        silent.map(|case| case.id).collect::<Vec<_>>(),
        Vec::<String>::new()
    );
}

#[test]
fn disagreements_of_the_suite_with_kubectl_are_listed() {
    let cases = case::all();
    let answered = answer::of_kubectl(&cases);
    let found = answered
        .iter()
        .filter(|(case, _, answer)| disagrees(case, answer));
    let found: BTreeSet<String> = found.map(|(case, ..)| case.id.clone()).collect();
    if !cases.is_empty() {
        assert_eq!(found, listed("Where the suite and kubectl disagree"));
    }
}
