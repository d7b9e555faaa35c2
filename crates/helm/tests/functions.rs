//! Functions and what Helm gives for them: the text, or the failure. The answers are recorded; they are renewed by
//! `tests/language/record.sh tests/functions/*.jsonl`.
#![expect(
    clippy::disallowed_methods,
    reason = "the test reads its own data and no scanned input"
)]

mod recorded;
mod support;

use std::collections::BTreeMap;

/// The files of cases.
const FILES: [&str; 15] = [
    "crypto.jsonl",
    "data.jsonl",
    "dates.jsonl",
    "defaults.jsonl",
    "dicts.jsonl",
    "encoding.jsonl",
    "lists.jsonl",
    "numbers.jsonl",
    "paths.jsonl",
    "reflection.jsonl",
    "regex.jsonl",
    "strings.jsonl",
    "urls.jsonl",
    "versions.jsonl",
    "yaml.jsonl",
];

/// How many cases each function has at least.
const LEAST: usize = 8;

/// The words of all templates, and how many templates have each.
fn words() -> BTreeMap<String, usize> {
    let language = [
        "language.jsonl",
        "errors.jsonl",
        "parse.jsonl",
        "printing.jsonl",
    ];
    let files = FILES.map(|file| ("functions", file)).into_iter();
    let files = files.chain(language.map(|file| ("language", file)));
    let texts: Vec<String> = files
        .map(|(folder, file)| recorded::read(folder, file))
        .collect();
    let mut words = BTreeMap::new();
    for line in texts.iter().flat_map(|text| text.lines()) {
        let mut found: Vec<&str> = line
            .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
            .collect();
        found.sort_unstable();
        found.dedup();
        for word in found {
            *words.entry(word.to_owned()).or_default() += 1;
        }
    }
    words
}

#[test]
fn each_function_of_helm_is_there_and_has_cases() {
    let words = words();
    let names = recorded::read("functions", "names.txt");
    for name in names.lines().filter(|line| !line.starts_with('#')) {
        assert!(helm::functions::find(name).is_some(), "{name} is missing");
        let count = words.get(name).copied().unwrap_or(0);
        assert!(count >= LEAST, "{name} has {count} cases");
    }
}

/// How the names of functions begin whose words quote their arguments, which our own words never do.
const QUOTING: [&str; 8] = [
    "gen",
    "mustDateModify",
    "mustRegex",
    "mustToDate",
    "must_date_modify",
    "regex",
    "semverCompare",
    "url",
];

/// The words of a failure, of functions that quote input only its place and the function.
fn without_quotes(error: &str) -> &str {
    let Some((before, after)) = error.split_once("error calling ") else {
        return error;
    };
    if !QUOTING.iter().any(|name| after.starts_with(name)) {
        return error;
    }
    let function = after.find(':').unwrap_or(after.len());
    &error[..before.len() + "error calling ".len() + function]
}

#[test]
fn each_function_gives_what_helm_gives() {
    for file in FILES {
        recorded::check("functions", file, without_quotes);
    }
}
