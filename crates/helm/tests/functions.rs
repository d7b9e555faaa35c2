//! Functions and what Helm gives for them: the text, or the failure. The answers are recorded; they are renewed by
//! `tests/language/record.sh tests/functions/*.jsonl`.
#![expect(
    clippy::disallowed_methods,
    reason = "the test reads its own data and no scanned input"
)]

mod recorded;
mod support;

/// The place of a failure, and the function. What follows may quote input, which our own words never do.
fn without_quotes(error: &str) -> &str {
    let Some((before, after)) = error.split_once("error calling ") else {
        return error;
    };
    let function = after.find(':').unwrap_or(after.len());
    &error[..before.len() + "error calling ".len() + function]
}

fn check(file: &str) {
    recorded::check("functions", file, without_quotes);
}

#[test]
fn strings() {
    check("strings.jsonl");
}

#[test]
fn numbers() {
    check("numbers.jsonl");
}

#[test]
fn lists() {
    check("lists.jsonl");
}

#[test]
fn dicts() {
    check("dicts.jsonl");
}

#[test]
fn defaults() {
    check("defaults.jsonl");
}

#[test]
fn reflection() {
    check("reflection.jsonl");
}

#[test]
fn encoding() {
    check("encoding.jsonl");
}

#[test]
fn paths() {
    check("paths.jsonl");
}

#[test]
fn regex() {
    check("regex.jsonl");
}

#[test]
fn versions() {
    check("versions.jsonl");
}

#[test]
fn urls() {
    check("urls.jsonl");
}

#[test]
fn dates() {
    check("dates.jsonl");
}

#[test]
fn crypto() {
    check("crypto.jsonl");
}

#[test]
fn data() {
    check("data.jsonl");
}

#[test]
fn yaml() {
    check("yaml.jsonl");
}
