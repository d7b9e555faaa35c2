//! Templates that would run for ever, or make more than fits: each ends soon, with a clear failure.

mod support;

use helm::run::{Bounds, Failure, FailureKind, Options, Run, Scope};
use helm::value::{Data, Key, Text, TextBuilder, Value};
use support::{context, template};

/// Enough for any test that ends, and soon spent by the others.
const BOUNDS: Bounds = Bounds {
    steps: 1_000_000,
    bytes: 2 << 20,
    depth: 3_000,
};

/// What a template gives whose dot holds a text under `.Values.text`.
fn rendered(text: &str, value: &str) -> Result<Text, Failure> {
    let mut scope = Scope::default();
    scope.add(&template(0, "t", text)?, None);
    let mut run = Run::new(
        scope,
        Options {
            bounds: BOUNDS,
            ..Options::default()
        },
    );
    let values = serde_json::json!({ "text": value }).to_string();
    let mut out = TextBuilder::default();
    run.execute("t", context("t", &values), &mut out)?;
    Ok(out.finish())
}

fn failure(text: &str, value: &str) -> Failure {
    rendered(text, value).expect_err("the template has no end")
}

#[test]
fn a_template_that_includes_itself_fails_as_in_helm() {
    let failure = failure(
        r#"{{ define "loop" }}{{ include "loop" . }}{{ end }}{{ include "loop" . }}"#,
        "",
    );
    assert_eq!(
        failure.cause,
        "rendering template has a nested reference name: loop: unable to execute template"
    );
    assert_eq!(failure.kind, FailureKind::Execution);
    assert_eq!(failure.places.len(), 1_002);
}

#[test]
fn a_template_that_calls_itself_fails_as_in_helm() {
    let failure = failure(
        r#"{{ define "loop" }}{{ template "loop" }}{{ end }}{{ template "loop" }}"#,
        "",
    );
    assert_eq!(failure.cause, "exceeded maximum template depth (100000)");
}

#[test]
fn a_text_that_is_its_own_template_ends() {
    let failure = failure("{{ tpl .Values.text . }}", "{{ tpl .Values.text . }}");
    assert_eq!(failure.kind, FailureKind::Bound);
    assert_eq!(
        failure.cause,
        "more than 3000 templates run inside each other"
    );
}

#[test]
fn long_loops_end() {
    for text in [
        "{{ range 1000000000 }}{{ end }}",
        "{{ range 9223372036854775807 }}x{{ end }}",
        "{{ range 100000 }}{{ range 100000 }}{{ range 100000 }}{{ end }}{{ end }}{{ end }}",
    ] {
        assert_eq!(failure(text, "").cause, "rendering takes too many steps");
    }
}

#[test]
fn templates_that_include_two_others_end() {
    let calls = |index: usize| format!("{{{{ include \"h{}\" . }}}}", index + 1);
    let definitions = (0..60).map(|index| {
        let call = calls(index);
        format!("{{{{ define \"h{index}\" }}}}{call}{call}{{{{ end }}}}")
    });
    let definitions: String = definitions.collect();
    let text =
        format!("{definitions}{{{{ define \"h60\" }}}}x{{{{ end }}}}{{{{ include \"h0\" . }}}}");
    assert_eq!(failure(&text, "").cause, "rendering takes too many steps");
}

#[test]
fn large_values_are_not_made() {
    let larger = "the result is larger than 2097152 bytes";
    for text in [
        r#"{{ $x := printf "%100d" 1 }}{{ range 64 }}{{ $x = print $x $x }}{{ end }}"#,
        r#"{{ range 100 }}{{ printf "%1000000d" 1 }}{{ end }}"#,
        r#"{{ printf "%1000000s%1000000s%1000000s%1000000s%1000000s" "" "" "" "" "" }}"#,
        r#"{{ printf "%.1000000f%.1000000f%.1000000f%.1000000f%.1000000f" 1. 1. 1. 1. 1. }}"#,
        r#"{{ $x := printf "%100d" 1 }}{{ range 64 }}{{ $x = html $x "<" $x }}{{ end }}"#,
        "{{ nindent 9223372036854775807 \"a\" }}",
    ] {
        assert_eq!(failure(text, "").cause, larger, "{text}");
    }
}

#[test]
fn what_is_nested_too_deeply_is_not_read() {
    let depth = 100_000;
    let parentheses = format!("{{{{ {}1{} }}}}", "(".repeat(depth), ")".repeat(depth));
    let branches = "{{ if true }}".repeat(depth) + &"{{ end }}".repeat(depth);
    let chain = format!(
        "{{{{ if 0 }}}}{}{{{{ end }}}}",
        "{{ else if 0 }}".repeat(depth)
    );
    for text in [parentheses, branches, chain] {
        assert_eq!(failure(&text, "").cause, "max expression depth exceeded");
    }
}

#[test]
fn a_map_that_holds_itself_can_not_be_printed() {
    let map = Value::map([]);
    if let Data::Map(entries) = &map.data {
        entries.set(Key::from("self"), map.clone());
    }
    let mut run = Run::new(
        Scope::default(),
        Options {
            bounds: BOUNDS,
            ..Options::default()
        },
    );
    let failure = run.printed(&map).expect_err("the text has no end");
    assert_eq!(
        failure.cause,
        "the value is nested too deeply to be printed"
    );
}

#[test]
fn work_on_large_values_is_paid_for() {
    let steps = "rendering takes too many steps";
    for text in [
        r#"{{ $x := printf "%1000000d" 1 }}{{ range 10000000 }}{{ $y := eq $x $x }}{{ end }}"#,
        r#"{{ $x := "" }}{{ range 10000 }}{{ $x = print $x "a" }}{{ end }}{{ range 1000000 }}{{ if $x }}{{ end }}{{ end }}"#,
        "{{ range 10000000 }}{{ $y := tpl $.Values.text 1 }}{{ end }}",
    ] {
        assert_eq!(failure(text, &"x".repeat(100_000)).cause, steps, "{text}");
    }
    let variables: String = (0..20_000)
        .map(|name| format!("{{{{ $x{name} := 1 }}}}"))
        .collect();
    let text = format!(
        "{{{{ $a := 1 }}}}{variables}{{{{ range 10000000 }}}}{{{{ $b := $a }}}}{{{{ end }}}}"
    );
    assert_eq!(failure(&text, "").cause, steps);
}
