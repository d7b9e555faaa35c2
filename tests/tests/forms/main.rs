//! The examples of the built-in checks in every form in which they can be written: what all checks say of them is the same.

mod cases;
mod json_syntax;
mod plan;
mod verdicts;

use std::collections::BTreeSet;

use cases::Case;
use verdicts::File;

/// An example in one of its forms.
type Form = fn(&Case) -> Vec<File>;

/// The examples of checks of clouds.
fn of_clouds() -> Vec<Case> {
    cases::of_format("terraform")
}

fn configuration(case: &Case) -> Vec<File> {
    vec![("main.tf".to_owned(), case.text.to_string())]
}

fn json(case: &Case) -> Vec<File> {
    let text = json_syntax::converted(&case.text);
    vec![("main.tf.json".to_owned(), text)]
}

fn plan(case: &Case) -> Vec<File> {
    vec![("plan.json".to_owned(), plan::document(&case.text))]
}

/// How what all checks say of the cases differs between two forms.
fn differences(cases: &[Case], one: Form, other: Form) -> Vec<String> {
    let written = |form: Form| -> Vec<(&Case, Vec<File>)> {
        cases.iter().map(|case| (case, form(case))).collect()
    };
    let [expected, actual] = [one, other].map(|form| verdicts::of(&written(form)));
    for (case, expected) in cases.iter().zip(&expected) {
        let own = format!(": {}: ", case.check);
        let is_judged = expected.iter().any(|line| line.contains(&own));
        assert!(is_judged, "{} is not judged", case.title());
    }
    (cases.iter().zip(&expected).zip(&actual))
        .filter_map(|((case, expected), actual)| verdicts::difference(case, expected, actual))
        .collect()
}

/// Asserts that the differences are those of a list, whose paragraphs are differences and, after `#`, reasons.
fn check(differences: &[String], list: &str) {
    let listed: BTreeSet<&str> = (list.split("\n\n").map(str::trim))
        .filter(|paragraph| !paragraph.is_empty() && !paragraph.starts_with('#'))
        .collect();
    let found: BTreeSet<&str> = differences.iter().map(|one| one.trim()).collect();
    let new: Vec<&str> = found.difference(&listed).copied().collect();
    let gone: Vec<&str> = listed.difference(&found).copied().collect();
    let text = format!(
        "{} differ:\n\n{}\n\n{} listed ones do not differ so:\n\n{}",
        new.len(),
        new.join("\n\n"),
        gone.len(),
        gone.join("\n\n")
    );
    assert!(new.is_empty() && gone.is_empty(), "{text}");
}

#[test]
fn json_syntax_has_the_same_verdicts() {
    check(&differences(&of_clouds(), configuration, json), "");
}

#[test]
fn plans_have_the_same_verdicts_as_far_as_they_tell() {
    let differences = differences(&of_clouds(), configuration, plan);
    check(&differences, include_str!("plan/unsaid.txt"));
}
