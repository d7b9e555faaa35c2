//! Templates and what Helm gives for them: the text, or the failure with its place and cause, letter for letter. The answers
//! are recorded; `language/record.sh` renews them.
#![expect(
    clippy::disallowed_methods,
    reason = "the test reads its own data and no scanned input"
)]

mod support;

use std::path::Path;

use helm::run::{Options, Run, Scope};
use helm::value::TextBuilder;
use serde::Deserialize;
use support::{context, template};

const NAME: &str = "c/templates/t.yaml";

/// A template and what Helm gives for it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    template: String,
    output: Option<String>,
    error: Option<String>,
}

fn read(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/language");
    std::fs::read_to_string(folder.join(name)).expect("the test's data is there")
}

/// What the crate gives for a template, as the recording tells it.
fn rendered(text: &str, helpers: &str, values: &str) -> Result<String, String> {
    let mut scope = Scope::default();
    for (name, text) in [(NAME, text), ("c/templates/_helpers.tpl", helpers)] {
        let templates = template(0, name, text).map_err(|failure| failure.helm())?;
        scope.add(&templates, None);
    }
    let mut run = Run::new(scope, Options::default());
    let mut out = TextBuilder::default();
    run.execute(NAME, context(NAME, values), &mut out)
        .map_err(|failure| failure.helm())?;
    Ok(out.finish().to_str().replace("<no value>", ""))
}

/// All cases of a file that come out otherwise.
fn check(file: &str) {
    let (helpers, values) = (read("helpers.tpl"), read("values.json"));
    let mut wrong = Vec::new();
    for line in read(file).lines() {
        let case: Case = serde_json::from_str(line).expect("the line is a case");
        let expected = match (case.output, case.error) {
            (Some(output), None) => Ok(output),
            (None, Some(error)) => Err(error),
            _ => panic!("the case was not recorded: {line}"),
        };
        let actual = rendered(&case.template, &helpers, &values);
        if actual != expected {
            wrong.push(format!(
                "{}\n  expected {expected:?}\n  actual   {actual:?}",
                case.template
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn the_language_is_helms() {
    check("language.jsonl");
}

#[test]
fn what_helm_can_not_read_fails_with_its_cause_and_line() {
    check("parse.jsonl");
}

#[test]
fn what_helm_can_not_run_fails_with_its_cause_and_place() {
    check("errors.jsonl");
}

#[test]
fn values_are_printed_as_go_prints_them() {
    check("printing.jsonl");
}
