//! The examples of the built-in checks in every form in which they can be written: what all checks say of them is the same.

mod cases;
mod json_syntax;
mod kubernetes;
mod plan;
mod verdicts;

use std::collections::BTreeSet;

use cases::Case;
use check::Expectation;
use verdicts::{File, Verdicts};

/// An example in one of its forms.
type Form = fn(&Case) -> Vec<File>;

/// The comment that marks a line at which a finding must stand.
const MARKER: &str = "# finding";

/// The examples of checks of clouds.
fn of_clouds() -> Vec<Case> {
    cases::of_format("terraform")
}

/// The examples of checks of Kubernetes.
fn of_kubernetes() -> Vec<Case> {
    cases::of_format("kubernetes")
}

fn configuration(case: &Case) -> Vec<File> {
    vec![("main.tf".to_owned(), case.text.to_string())]
}

fn json(case: &Case) -> Vec<File> {
    in_json(configuration(case))
}

/// The same files with the configuration in JSON syntax.
fn in_json(files: Vec<File>) -> Vec<File> {
    let in_json = |(name, text): File| match name.as_str() {
        "main.tf" => ("main.tf.json".to_owned(), json_syntax::converted(&text)),
        _ => (name, text),
    };
    files.into_iter().map(in_json).collect()
}

fn plan(case: &Case) -> Vec<File> {
    vec![("plan.json".to_owned(), plan::document(&case.text))]
}

/// What all checks say of cases in two forms.
struct Comparison {
    /// How what they say differs.
    differences: Vec<String>,
    /// The cases of which their own check does not say in the first form what they expect.
    unexpected: Vec<String>,
}

/// Compares what all checks say of the cases in two forms, or what is made of it.
fn compare(
    cases: &[Case],
    [one, other]: [Form; 2],
    compared: fn(Verdicts) -> Verdicts,
) -> Comparison {
    let written = |form: Form| -> Vec<(&Case, Vec<File>)> {
        cases.iter().map(|case| (case, form(case))).collect()
    };
    let [expected, actual] = [one, other].map(|form| -> Vec<Verdicts> {
        let verdicts = verdicts::of(&written(form));
        verdicts.into_iter().map(compared).collect()
    });
    let unexpected = (cases.iter().zip(&expected))
        .filter(|(case, verdicts)| !verdicts::are_expected(case, verdicts))
        .map(|(case, _)| case.title());
    let differences = (cases.iter().zip(&expected).zip(&actual))
        .filter_map(|((case, expected), actual)| verdicts::difference(case, expected, actual));
    Comparison {
        differences: differences.collect(),
        unexpected: unexpected.collect(),
    }
}

/// Asserts that the differences are those of a list, whose paragraphs are differences and, after `#`, reasons, and that the cases
/// with another verdict than they expect are those of another list.
fn check(comparison: &Comparison, list: &str, unexpected: &str) {
    let unexpected = unexpected.lines().filter(|line| !line.starts_with('#'));
    assert_eq!(comparison.unexpected, unexpected.collect::<Vec<&str>>());
    let listed: BTreeSet<&str> = (list.split("\n\n").map(str::trim))
        .filter(|paragraph| !paragraph.is_empty() && !paragraph.starts_with('#'))
        .collect();
    let found = comparison.differences.iter();
    let found: BTreeSet<&str> = found.map(|one| one.trim()).collect();
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
    let comparison = compare(&of_clouds(), [configuration, json], |all| all);
    check(&comparison, "", "");
}

#[test]
fn plans_have_the_same_verdicts_as_far_as_they_tell() {
    let forms = [configuration, plan];
    let comparison = compare(&of_clouds(), forms, verdicts::without_indices);
    check(&comparison, include_str!("plan/unsaid.txt"), "");
}

/// Compares the lines at which examples in a form have findings with those that are marked.
fn check_lines(form: Form) {
    let mut cases = of_kubernetes();
    cases.retain(|case| !case.text.contains("!unknown"));
    let written: Vec<(&Case, Vec<File>)> = cases.iter().map(|case| (case, form(case))).collect();
    let mut faults = Vec::new();
    for ((case, files), found) in written.iter().zip(verdicts::lines(&written)) {
        let marked = (1..).zip(files[0].1.lines());
        let marked = marked.filter(|(_, line)| line.contains(MARKER));
        let marked: BTreeSet<u32> = marked
            .filter(|_| case.expectation == Expectation::Fail)
            .map(|(number, _)| number)
            .collect();
        if found != marked {
            faults.push(format!("{}: {found:?} instead of {marked:?}", case.title()));
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn objects_in_text_have_their_findings() {
    check_lines(|case| kubernetes::documents(case, "kubectl_manifest", "yaml_body = ", ""));
}

#[test]
fn decoded_objects_have_their_findings() {
    check_lines(|case| {
        kubernetes::documents(case, "kubernetes_manifest", "manifest = yamldecode(", ")")
    });
}

#[test]
fn resources_for_one_kind_have_the_verdicts_of_objects() {
    let forms = [kubernetes::manifests, kubernetes::typed];
    let comparison = compare(&of_kubernetes(), forms, |all| all);
    let about_unsaid = include_str!("kubernetes/about_unsaid.txt");
    check(
        &comparison,
        include_str!("kubernetes/differing.txt"),
        about_unsaid,
    );
}

#[test]
fn resources_for_one_kind_have_the_same_verdicts_in_json_syntax() {
    let in_json: Form = |case| in_json(kubernetes::typed(case));
    let comparison = compare(&of_kubernetes(), [kubernetes::typed, in_json], |all| all);
    let about_unsaid = include_str!("kubernetes/about_unsaid.txt");
    check(&comparison, "", about_unsaid);
}

#[test]
fn arguments_say_all_fields_but_these() {
    let mut unsaid = kubernetes::Unsaid::new();
    for case in of_kubernetes() {
        kubernetes::unsaid(&case, &mut unsaid);
    }
    let lines: String = (unsaid.iter())
        .map(|(field, count)| format!("{count} {field}\n"))
        .collect();
    expect_test::expect_file!["kubernetes/unsaid.txt"].assert_eq(&lines);
}
