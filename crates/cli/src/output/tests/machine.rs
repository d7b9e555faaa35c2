//! The formats for machines: their schemas, and what they say of one report.

use std::sync::OnceLock;

use expect_test::expect_file;
use jsonschema::Validator;
use serde_json::Value;

use super::report;
use crate::args::Verdicts;
use crate::output::{Detail, Format, Shape, schema, write};
use crate::terminal::Look;

fn validator(schema: &Value) -> Validator {
    jsonschema::validator_for(schema).unwrap()
}

/// Validates against the schema of the standard.
pub(super) fn assert_valid_sarif(text: &str) {
    static VALIDATOR: OnceLock<Validator> = OnceLock::new();
    assert_valid(text, VALIDATOR.get_or_init(|| validator(&sarif_schema())));
}

/// The schema of the standard without a pattern that is no regular expression: of `language`, which we don't write.
fn sarif_schema() -> Value {
    let text = include_str!("../../../tests/data/sarif-schema-2.1.0.json");
    let mut schema: Value = serde_json::from_str(text).unwrap();
    for definition in ["run", "toolComponent"] {
        let language = schema
            .pointer_mut(&format!("/definitions/{definition}/properties/language"))
            .unwrap();
        assert!(
            language
                .as_object_mut()
                .unwrap()
                .remove("pattern")
                .is_some()
        );
    }
    schema
}

/// Validates against the schema that `scantling schema` prints.
pub(super) fn assert_valid_json(text: &str) {
    static VALIDATOR: OnceLock<Validator> = OnceLock::new();
    assert_valid(
        text,
        VALIDATOR.get_or_init(|| validator(schema().as_value())),
    );
}

fn assert_valid(text: &str, validator: &Validator) {
    let value: Value = serde_json::from_str(text).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&value)
        .map(|error| format!("{error} at {}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
}

fn written(format: Format) -> String {
    let mut out = Vec::new();
    let shape = Shape {
        look: Look::PLAIN,
        detail: Detail::Usual,
        verdicts: Verdicts::All,
    };
    write(format, &report::full(), shape, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// `UPDATE_EXPECT=1` rewrites the files.
#[test]
fn one_report_in_every_format() {
    expect_file!["../../../tests/data/report.txt"].assert_eq(&written(Format::Human));
    expect_file!["../../../tests/data/report.json"].assert_eq(&written(Format::Json));
    expect_file!["../../../tests/data/report.sarif"].assert_eq(&written(Format::Sarif));
    expect_file!["../../../tests/data/report.github.txt"].assert_eq(&written(Format::Github));
    expect_file!["../../../tests/data/report.junit.xml"].assert_eq(&written(Format::Junit));
}

#[test]
fn sarif_validates_against_the_standard() {
    assert_valid_sarif(&written(Format::Sarif));
}

#[test]
fn json_validates_against_its_own_schema() {
    assert_valid_json(&written(Format::Json));
}
