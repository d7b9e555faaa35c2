//! The examples of the built-in checks in every form in which they can be written: what all checks say of them is the same.

mod cases;
mod json_syntax;
mod verdicts;

use cases::Case;
use verdicts::File;

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

/// Compares what all checks say of the cases in two forms.
fn check(cases: &[Case], one: fn(&Case) -> Vec<File>, other: fn(&Case) -> Vec<File>) {
    let written = |form: fn(&Case) -> Vec<File>| -> Vec<(&Case, Vec<File>)> {
        cases.iter().map(|case| (case, form(case))).collect()
    };
    let [expected, actual] = [one, other].map(|form| verdicts::of(&written(form)));
    for (case, expected) in cases.iter().zip(&expected) {
        let own = format!(": {}: ", case.check);
        let is_judged = expected.iter().any(|line| line.contains(&own));
        assert!(is_judged, "{} is not judged", case.title());
    }
    let faults: Vec<String> = (cases.iter().zip(&expected).zip(&actual))
        .filter_map(|((case, expected), actual)| verdicts::difference(case, expected, actual))
        .collect();
    let count = faults.len();
    assert!(faults.is_empty(), "{count} differ:\n{}", faults.join("\n"));
}

#[test]
fn json_syntax_has_the_same_verdicts() {
    check(&of_clouds(), configuration, json);
}
