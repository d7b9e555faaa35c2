//! Templates and what Helm gives for them, recorded. `language/record.sh` renews the answers.

use std::path::Path;

use helm::run::{Options, Run, Scope};
use helm::value::TextBuilder;
use serde::Deserialize;

use crate::support::{context, template};

const NAME: &str = "c/templates/t.yaml";

/// A template and what Helm gives for it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub(crate) template: String,
    pub(crate) output: Option<String>,
    pub(crate) error: Option<String>,
}

/// The text of a file.
pub(crate) fn read(folder: &str, name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(folder);
    std::fs::read_to_string(folder.join(name)).expect("the test's data is there")
}

/// The cases of a file.
pub(crate) fn cases(folder: &str, file: &str) -> Vec<Case> {
    let text = read(folder, file);
    let cases = text.lines().map(serde_json::from_str);
    cases
        .collect::<Result<_, _>>()
        .expect("the lines are cases")
}

/// What the crate gives for a template, as the recording tells it.
fn rendered(text: &str, helpers: &str, values: &str, options: Options) -> Result<String, String> {
    let mut scope = Scope::default();
    for (name, text) in [(NAME, text), ("c/templates/_helpers.tpl", helpers)] {
        let templates = template(0, name, text).map_err(|failure| failure.helm())?;
        scope.add(&templates, None);
    }
    let mut run = Run::new(scope, options);
    let mut out = TextBuilder::default();
    run.execute(NAME, context(NAME, values), &mut out)
        .map_err(|failure| failure.helm())?;
    Ok(out.finish().to_str().replace("<no value>", ""))
}

/// Checks all cases of a file. `told` is what of an error must be the same.
pub(crate) fn check(folder: &str, file: &str, told: impl Fn(&str) -> &str) {
    let (helpers, values) = (read(folder, "helpers.tpl"), read(folder, "values.json"));
    let mut wrong = Vec::new();
    for case in cases(folder, file) {
        let expected = match (case.output, case.error) {
            (Some(output), None) => Ok(output),
            (None, Some(error)) => Err(told(&error).to_owned()),
            _ => panic!("the case was not recorded: {}", case.template),
        };
        let options = Options {
            is_strict: file == "strict.jsonl",
            ..Options::default()
        };
        let actual = rendered(&case.template, &helpers, &values, options);
        let actual = actual.map_err(|error| told(&error).to_owned());
        if actual != expected {
            wrong.push(format!(
                "{}\n  expected {expected:?}\n  actual   {actual:?}",
                case.template
            ));
        }
    }
    let count = wrong.len();
    assert!(
        wrong.is_empty(),
        "{file}: {count} wrong\n{}",
        wrong.join("\n")
    );
}
