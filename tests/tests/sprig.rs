//! The templates of Sprig's own tests: each gives what the library gives.

use std::sync::Arc;

use helm::run::{Options, Run, Scope};
use helm::template::{TemplateSource, parse};
use helm::value::{TextBuilder, Value};
use serde_json::Value as Json;
use source::{FileId, SourceFile};
use tests::corpora;

const NAME: &str = "t";

/// What is right where an answer can't be equal.
#[derive(Clone, Copy)]
enum Otherwise {
    /// The same letters in any order: it is random.
    SameLetters,
    /// Helm has no such function.
    NotDefined,
}

/// The templates whose answers can't be equal.
const EXCEPTIONS: [(&str, Otherwise); 3] = [
    ("{{ shuffle \"Hello World\" }}", Otherwise::SameLetters),
    ("{{env \"FOO\"}}", Otherwise::NotDefined),
    ("{{expandenv \"Hello $FOO\"}}", Otherwise::NotDefined),
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

fn letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().collect();
    letters.sort_unstable();
    letters
}

fn is_right(
    expected: &Json,
    actual: &Result<String, String>,
    otherwise: Option<Otherwise>,
) -> bool {
    let output = expected["actual"].as_str();
    let error = expected["actual_error"].as_str();
    match (otherwise, actual) {
        (Some(Otherwise::SameLetters), Ok(actual)) => {
            output.is_some_and(|output| letters(output) == letters(actual))
        }
        (Some(Otherwise::NotDefined), Err(actual)) => actual.ends_with("not defined"),
        (None, Ok(actual)) => output == Some(actual),
        (None, Err(actual)) => error.map(without_cause) == Some(without_cause(actual)),
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
        let exception = EXCEPTIONS
            .iter()
            .find(|(exception, _)| *exception == template);
        total += 1;
        excepted += usize::from(exception.is_some());
        let actual = rendered(template);
        if !is_right(&case, &actual, exception.map(|(_, otherwise)| *otherwise)) {
            faults.push(format!("{case}\n  actual {actual:?}"));
        }
    }
    let right = total - faults.len();
    corpora::tell(&format!(
        "Sprig: {right} of {total} templates are right, {excepted} of them random or not in Helm"
    ));
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
