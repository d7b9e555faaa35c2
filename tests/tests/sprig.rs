//! The templates of Sprig's own tests: each gives what the library gives.

use std::fmt::Write as _;
use std::sync::Arc;

use helm::run::{Options, Run, Scope};
use helm::template::{TemplateSource, parse};
use helm::value::{TextBuilder, Value};
use serde_json::Value as Json;
use source::{FileId, SourceFile};
use tests::corpora;

const NAME: &str = "t";

/// What can't be equal, and why.
const EXCEPTIONS: [(&str, &str); 3] = [
    ("{{ shuffle \"Hello World\" }}", "it is random"),
    ("{{env \"FOO\"}}", "Helm has no such function"),
    ("{{expandenv \"Hello $FOO\"}}", "Helm has no such function"),
];

fn rendered(template: &str) -> Result<String, String> {
    let file = SourceFile::new(FileId(0), NAME, template);
    let source = Arc::new(TemplateSource::of_file(NAME, &file));
    let templates = parse(&source).map_err(|failure| failure.message)?;
    let mut scope = Scope::default();
    scope.add(&templates, None);
    let mut out = TextBuilder::default();
    Run::new(scope, Options::default())
        .execute(NAME, Value::map([]), &mut out)
        .map_err(|failure| failure.message)?;
    Ok(out.finish().to_str().into_owned())
}

/// The place of a failure, and the function: our own words never quote input.
fn without_cause(error: &str) -> &str {
    let function = error.find("error calling ").unwrap_or(0);
    let end = error[function..]
        .find(": ")
        .unwrap_or(error.len() - function);
    &error[..function + end]
}

fn is_right(expected: &Json, actual: &Result<String, String>) -> bool {
    match (&expected["actual"], &expected["actual_error"], actual) {
        (Json::String(expected), _, Ok(actual)) => expected == actual,
        (_, Json::String(expected), Err(actual)) => {
            without_cause(expected) == without_cause(actual)
        }
        _ => false,
    }
}

#[test]
fn each_template_of_sprigs_tests_gives_what_sprig_gives() {
    let Some(folder) = corpora::folder("helm") else {
        return;
    };
    let text = corpora::text(&folder.join("sprig.jsonl"));
    let (mut total, mut excepted, mut faults) = (0, 0, Vec::new());
    for line in text.lines() {
        let case: Json = serde_json::from_str(line).expect("a line is JSON");
        let template = case["template"].as_str().expect("a case has a template");
        total += 1;
        if EXCEPTIONS
            .iter()
            .any(|(exception, _)| *exception == template)
        {
            excepted += 1;
            continue;
        }
        let actual = rendered(template);
        if !is_right(&case, &actual) {
            faults.push(format!("{case}\n  actual {actual:?}"));
        }
    }
    let right = total - excepted - faults.len();
    let mut told = format!("Sprig: {right} of {total} templates are right; not compared are");
    for (template, why) in EXCEPTIONS {
        let _ = write!(told, "\n  {template}: {why}");
    }
    corpora::tell(&told);
    assert_eq!(
        excepted,
        EXCEPTIONS.len(),
        "each exception is one of the templates"
    );
    let count = faults.len();
    assert!(
        faults.is_empty(),
        "{count} are wrong:\n{}",
        faults.join("\n")
    );
}
