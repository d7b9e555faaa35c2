//! Templates and what Helm gives for them: the text, or the failure with its place and cause, letter for letter. The answers
//! are recorded; `language/record.sh` renews them.
#![expect(
    clippy::disallowed_methods,
    reason = "the test reads its own data and no scanned input"
)]

mod recorded;
mod support;

/// Checks all cases of a file, with errors letter for letter.
fn check(file: &str) {
    recorded::check("language", file, |error| error);
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

#[test]
fn missing_keys_fail_if_they_shall() {
    check("strict.jsonl");
}
