//! The examples of the built-in checks in every form in which they can be written: what all checks say of them is the same.

mod cases;
mod charts;
mod json_syntax;
mod kubernetes;
mod kustomizations;
mod plan;
mod releases;
mod verdicts;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use cases::Case;
use check::Expectation;
use verdicts::{File, Found, Verdicts};

/// An example in one of its forms.
type Form = fn(&Case) -> Vec<File>;

/// The comment that marks a line at which a finding must stand.
const MARKER: &str = "# finding";

/// The examples of checks of clouds as they are.
static CONFIGURATIONS: LazyLock<Judged> =
    LazyLock::new(|| Judged::new(cases::of_format("terraform"), configuration));

/// The examples of checks of Kubernetes as objects of any kind.
static OBJECTS: LazyLock<Judged> =
    LazyLock::new(|| Judged::new(cases::of_format("kubernetes"), kubernetes::manifests));

/// The known examples of checks of Kubernetes as they are, in texts.
static TEXTS: LazyLock<Judged> = LazyLock::new(|| Judged::new(known(), texts));

/// Examples, and what all checks say of them in one form.
struct Judged {
    cases: Vec<Case>,
    verdicts: Vec<Verdicts>,
}

impl Judged {
    fn new(cases: Vec<Case>, form: Form) -> Self {
        let verdicts = verdicts::of(&written(&cases, form));
        Self { cases, verdicts }
    }
}

fn written(cases: &[Case], form: Form) -> Vec<(&Case, Vec<File>)> {
    cases.iter().map(|case| (case, form(case))).collect()
}

fn configuration(case: &Case) -> Vec<File> {
    vec![("main.tf".to_owned(), case.text.to_string())]
}

fn texts(case: &Case) -> Vec<File> {
    kubernetes::documents(case, "kubectl_manifest", "yaml_body = ", "")
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

/// Compares what all checks say of cases with what they say in another form, or what is made of both.
fn compare(judged: &Judged, other: Form, compared: fn(Verdicts) -> Verdicts) -> Comparison {
    let other = verdicts::of(&written(&judged.cases, other));
    comparison(judged, other, compared)
}

fn comparison(
    judged: &Judged,
    other: Vec<Verdicts>,
    compared: fn(Verdicts) -> Verdicts,
) -> Comparison {
    let Judged { cases, verdicts } = judged;
    let unexpected = (cases.iter().zip(verdicts))
        .filter(|(case, verdicts)| !verdicts::are_expected(case, verdicts))
        .map(|(case, _)| case.title());
    let expected = verdicts.iter().cloned().map(compared);
    let actual = other.into_iter().map(compared);
    let differences = (cases.iter().zip(expected.zip(actual)))
        .filter_map(|(case, (expected, actual))| verdicts::difference(case, &expected, &actual));
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
    check(&compare(&CONFIGURATIONS, json, |all| all), "", "");
}

#[test]
fn plans_have_the_same_verdicts_as_far_as_they_tell() {
    let comparison = compare(&CONFIGURATIONS, plan, verdicts::as_plans_tell);
    check(&comparison, include_str!("plan/unsaid.txt"), "");
}

/// The examples of checks of Kubernetes without those that say that something is unknown, which no other form can say.
fn known() -> Vec<Case> {
    let mut cases = cases::of_format("kubernetes");
    cases.retain(|case| !case.text.contains("!unknown"));
    cases
}

/// What is wrong with the places of the findings of one example.
type Misplaced = fn(&Case, &[File], &BTreeSet<Found>) -> Option<String>;

/// Compares the places at which examples in a form have findings with those that are marked.
fn check_places(written: &[(&Case, Vec<File>)], places: &[BTreeSet<Found>], misplaced: Misplaced) {
    let faults = written.iter().zip(places);
    let faults = faults.filter_map(|((case, files), found)| misplaced(case, files, found));
    let faults: Vec<String> = faults.collect();
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

/// Compares what is said of a form with files, and where, with what is said of the same objects as texts.
fn check_files(form: Form, list: &str, misplaced: Misplaced) {
    let written = written(&TEXTS.cases, form);
    let (verdicts, places) = verdicts::with_places(&written);
    let comparison = comparison(&TEXTS, verdicts, verdicts::of_objects);
    check(&comparison, list, "");
    let is_alike = |case: &Case| list.lines().all(|line| line != case.title());
    let alike = written.into_iter().zip(places);
    let alike = alike.filter(|((case, _), _)| is_alike(case));
    let (written, places): (Vec<_>, Vec<_>) = alike.unzip();
    check_places(&written, &places, misplaced);
}

/// Findings stand at the marked lines of the first file, which holds the example as it is.
fn at_other_lines(case: &Case, files: &[File], found: &BTreeSet<Found>) -> Option<String> {
    let lines: BTreeSet<u32> = found.iter().map(|one| one.line).collect();
    let marked = (1..).zip(files[0].1.lines());
    let marked = marked.filter(|(_, line)| line.contains(MARKER));
    let marked: BTreeSet<u32> = marked
        .filter(|_| case.expectation == Expectation::Fail)
        .map(|(number, _)| number)
        .collect();
    let is_right = lines == marked && found.iter().all(|one| one.file == files[0].0);
    (!is_right).then(|| format!("{}: {found:?} instead of {marked:?}", case.title()))
}

fn check_lines(form: Form) {
    let cases = known();
    let written = written(&cases, form);
    check_places(&written, &verdicts::with_places(&written).1, at_other_lines);
}

#[test]
fn objects_in_text_have_their_findings() {
    check_lines(texts);
}

#[test]
fn decoded_objects_have_their_findings() {
    let decoded: Form =
        |case| kubernetes::documents(case, "kubernetes_manifest", "manifest = yamldecode(", ")");
    check_lines(decoded);
}

/// Compares resources for one kind in a form with objects of any kind.
fn check_typed(form: Form) {
    let differing = include_str!("kubernetes/differing.txt");
    let about_unsaid = include_str!("kubernetes/about_unsaid.txt");
    check(&compare(&OBJECTS, form, |all| all), differing, about_unsaid);
}

#[test]
fn resources_for_one_kind_have_the_verdicts_of_objects() {
    check_typed(kubernetes::typed);
}

#[test]
fn resources_for_one_kind_have_the_verdicts_of_objects_in_json_syntax() {
    check_typed(|case| in_json(kubernetes::typed(case)));
}

#[test]
fn arguments_say_all_fields_but_these() {
    let mut unsaid = kubernetes::Unsaid::new();
    for case in cases::of_format("kubernetes") {
        kubernetes::unsaid(&case, &mut unsaid);
    }
    let lines: String = (unsaid.iter())
        .map(|(field, count)| format!("{count} {field}\n"))
        .collect();
    expect_test::expect_file!["kubernetes/unsaid.txt"].assert_eq(&lines);
}

#[test]
fn charts_have_the_verdicts_of_what_their_templates_say() {
    check_files(charts::literal, "", at_other_lines);
}

#[test]
fn charts_have_the_verdicts_of_objects_in_their_values() {
    check_files(charts::maps, "", charts::misplaced);
}

#[test]
fn charts_have_the_verdicts_of_scalars_in_their_values() {
    check_files(charts::scalars, "", charts::misplaced);
}

#[test]
fn releases_have_the_verdicts_of_scalars_in_a_file_of_values() {
    check_files(releases::with_file, "", charts::misplaced);
}

#[test]
fn releases_have_the_verdicts_of_objects_in_their_text() {
    check_files(releases::with_text, "", charts::misplaced);
}

#[test]
fn kustomizations_have_the_verdicts_of_objects_in_their_base() {
    check_files(
        kustomizations::base,
        include_str!("kustomizations/base.txt"),
        charts::misplaced,
    );
}

#[test]
fn kustomizations_have_the_verdicts_of_objects_in_their_patch() {
    check_files(
        kustomizations::patch,
        include_str!("kustomizations/patch.txt"),
        charts::misplaced,
    );
}

/// Charts by themselves can't say that something is unknown, but the values of releases can.
#[test]
fn releases_have_the_verdicts_of_what_is_unknown_in_their_values() {
    let mut cases = cases::of_format("kubernetes");
    cases.retain(|case| case.text.contains("!unknown"));
    assert_eq!(cases.len(), 55);
    let judged = Judged::new(cases, kubernetes::whole);
    let comparison = compare(&judged, releases::with_expressions, verdicts::of_objects);
    check(&comparison, "", "");
}
