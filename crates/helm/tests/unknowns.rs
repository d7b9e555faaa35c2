//! What can't be known: what Helm gives for it, and what a run gives that answers otherwise.

mod support;

use helm::run::{Failure, Options, Run, Scope};
use helm::value::{Text, TextBuilder};
use support::{context, template};

const SECRET: &str = r#"(lookup "v1" "Secret" "default" "a")"#;

/// A run of a template in which `SECRET` stands for a lookup, and what it gave.
fn run(text: &str, options: Options) -> (Run, Result<Text, Failure>) {
    let text = text.replace("SECRET", SECRET);
    let mut scope = Scope::default();
    let templates = template(0, "t", &text).expect("the template can be read");
    scope.add(&templates, None);
    let mut run = Run::new(scope, options);
    let mut out = TextBuilder::default();
    let result = run.execute("t", context("t", "{}"), &mut out);
    (run, result.map(|()| out.finish()))
}

fn answered(text: &str, answers: &[bool]) -> String {
    let options = Options {
        answers: answers.to_vec(),
        ..Options::default()
    };
    let (_, text) = run(text, options);
    let text = text.expect("the template can be run");
    text.to_str().replace("<no value>", "")
}

/// The places and Helm's answers of all decisions.
fn decisions(text: &str) -> Vec<(u32, bool)> {
    let (run, _) = run(text, Options::default());
    let decisions = run.decisions().iter();
    let start = |place: Option<source::Span>| place.map_or(u32::MAX, |place| place.start);
    decisions
        .map(|decision| (start(decision.place), decision.helm))
        .collect()
}

#[test]
fn helms_branch_is_taken_unless_told_otherwise() {
    let text = "{{ if SECRET }}there{{ else }}missing{{ end }}";
    assert_eq!(decisions(text), [(0, false)]);
    assert_eq!(answered(text, &[]), "missing");
    assert_eq!(answered(text, &[false]), "missing");
    assert_eq!(answered(text, &[true]), "there");
}

#[test]
fn whatever_asks_for_truth_decides() {
    for (text, helm, otherwise) in [
        ("{{ with SECRET }}a{{ else }}b{{ end }}", "b", "a"),
        ("{{ if not SECRET }}a{{ else }}b{{ end }}", "a", "b"),
        ("{{ if and 1 SECRET }}a{{ else }}b{{ end }}", "b", "a"),
        ("{{ or SECRET \"a\" | print | len }}", "1", "5"),
        ("{{ and SECRET \"a\" | print | len }}", "5", "1"),
        ("{{ range SECRET }}a{{ else }}b{{ end }}", "b", "a"),
        ("{{ if eq (len SECRET) 3 }}a{{ else }}b{{ end }}", "b", "a"),
        ("{{ if SECRET.data }}a{{ else }}b{{ end }}", "b", "a"),
        (
            r#"{{ if index SECRET "data" }}a{{ else }}b{{ end }}"#,
            "b",
            "a",
        ),
        (
            r#"{{ if eq (printf "%v" SECRET) "x" }}a{{ else }}b{{ end }}"#,
            "b",
            "a",
        ),
    ] {
        assert_eq!(answered(text, &[]), helm, "{text}");
        let answers: Vec<bool> = decisions(text).iter().map(|(_, helm)| !helm).collect();
        assert_eq!(answers.len(), 1, "{text}");
        assert_eq!(answered(text, &answers), otherwise, "{text}");
    }
}

#[test]
fn a_value_that_is_asked_twice_answers_once() {
    let text =
        "{{ $s := SECRET }}{{ if $s }}1{{ end }}{{ if $s }}2{{ end }}{{ if SECRET }}3{{ end }}";
    assert_eq!(decisions(text).len(), 2);
    assert_eq!(answered(text, &[true]), "12");
    assert_eq!(answered(text, &[false, true]), "3");
}

#[test]
fn four_decisions_may_be_answered() {
    let text = "{{ if SECRET }}x{{ end }}".repeat(6);
    assert_eq!(decisions(&text).len(), 4);
    assert_eq!(answered(&text, &[true; 6]), "xxxx");
}

#[test]
fn what_is_looked_up_has_no_fields_in_helm() {
    let text = "{{ if SECRET }}{{ SECRET.data.password }}{{ end }}{{ SECRET.data }}";
    assert_eq!(answered(text, &[]), "");
    let text = "{{ SECRET.data.password }}";
    let (_, failure) = run(text, Options::default());
    let failure = failure.expect_err("Helm fails");
    assert_eq!(
        failure.cause,
        "nil pointer evaluating interface {}.password"
    );
}

#[test]
fn off_helms_way_fields_are_unknown_and_leave_a_placeholder() {
    let text = "{{ with SECRET }}{{ .data.password }}{{ end }}!";
    assert_eq!(answered(text, &[true]), "unknown!");
}

#[test]
fn what_is_computed_from_the_unknown_is_unknown() {
    for text in [
        "{{ SECRET }}",
        "{{ len SECRET }}",
        "{{ $x := SECRET }}{{ print 1 $x }}",
        "{{ eq (len SECRET) 1 }}",
        r#"{{ printf "%d" (len SECRET) | upper }}"#,
        "{{ html SECRET }}",
        r#"{{ range (len (printf "%v" SECRET)) }}{{ . }}{{ end }}"#,
        r#"{{ tpl (printf "%v" SECRET) . }}"#,
    ] {
        let (_, result) = run(text, Options::default());
        assert!(
            result.expect("the template can be run").is_unknown(),
            "{text}"
        );
    }
}

#[test]
fn a_required_value_may_be_overlooked() {
    let text = r#"a{{ required "set it" .Values.none }}b"#;
    let (_, failure) = run(text, Options::default());
    assert_eq!(
        failure.expect_err("Helm fails").helm(),
        "execution error at (t:1:4): set it"
    );
    let options = Options {
        overlooks_required: true,
        ..Options::default()
    };
    let (run, result) = run(text, options);
    let result = result.expect("the run goes on");
    assert!(result.is_unknown());
    assert_eq!(result.to_str(), "aunknownb");
    let causes: Vec<&str> = run
        .overlooked()
        .iter()
        .map(|(_, failure)| &*failure.cause)
        .collect();
    assert_eq!(causes, ["set it"]);
}
