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
const FILES: [&str; 16] = [
    "arguments.jsonl",
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

/// Functions that take whatever they are given, in any number.
const NEVER_FAILING: [&str; 10] = [
    "add", "all", "any", "cat", "coalesce", "dict", "list", "quote", "squote", "tuple",
];

/// How many cases there are of a function.
#[derive(Default)]
struct Count {
    /// Templates that have its name.
    all: usize,
    /// Those of them that can be rendered.
    good: usize,
    /// Calls that fail.
    failing: usize,
}

/// The words of all templates, and how many templates have each.
fn words() -> BTreeMap<String, Count> {
    let language = [
        "language.jsonl",
        "errors.jsonl",
        "parse.jsonl",
        "printing.jsonl",
    ];
    let files = FILES.map(|file| ("functions", file)).into_iter();
    let files = files.chain(language.map(|file| ("language", file)));
    let mut words: BTreeMap<String, Count> = BTreeMap::new();
    for case in files.flat_map(|(folder, file)| recorded::cases(folder, file)) {
        let letters = |letter: char| !letter.is_ascii_alphanumeric() && letter != '_';
        let mut found: Vec<&str> = case.template.split(letters).collect();
        found.sort_unstable();
        found.dedup();
        for word in found {
            let count = words.entry(word.to_owned()).or_default();
            count.all += 1;
            count.good += usize::from(case.output.is_some());
            count.failing += usize::from(is_failing_call(&case, word));
        }
    }
    words
}

/// Whether what fails is a call of this function.
fn is_failing_call(case: &recorded::Case, function: &str) -> bool {
    let called = case.template.strip_prefix("{{ ");
    let called = called.and_then(|call| call.strip_prefix(function));
    let is_whole = called.is_some_and(|call| call.starts_with(' '));
    let is_told = |error: &String| {
        [
            format!("calling {function}: "),
            format!("args for {function}: "),
        ]
        .iter()
        .any(|told| error.contains(told))
    };
    case.error
        .as_ref()
        .is_some_and(|error| is_whole || is_told(error))
}

#[test]
fn each_function_of_helm_is_there_and_has_cases() {
    let words = words();
    let names = recorded::read("functions", "names.txt");
    for name in names.lines().filter(|line| !line.starts_with('#')) {
        assert!(helm::functions::find(name).is_some(), "{name} is missing");
        let count = words.get(name).expect("the function has cases");
        assert!(count.all >= LEAST, "{name} has {} cases", count.all);
        assert!(count.good > 0, "no case of {name} can be rendered");
        let fails = count.failing > 0;
        assert_eq!(
            fails,
            !NEVER_FAILING.contains(&name),
            "{name} fails: {fails}"
        );
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
