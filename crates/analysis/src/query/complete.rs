//! What a word of a query may go on with.

use std::collections::BTreeSet;
use std::ops::Range;

use check::Severity;

use super::field::{FIELDS, FLAGS, Field, SEVERITY};
use super::parse::words;
use crate::report::Report;

/// The most values that are offered.
const MOST: usize = 200;

/// The values that occur in a project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    checks: BTreeSet<String>,
    kinds: BTreeSet<String>,
    namespaces: BTreeSet<String>,
    environments: BTreeSet<String>,
    folders: BTreeSet<String>,
    formats: BTreeSet<String>,
}

impl Vocabulary {
    /// The values that occur in a report.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let mut all = Self::default();
        let hidden = report.suppressed.iter().map(|(finding, _)| finding);
        for finding in report.findings.iter().chain(hidden) {
            let add = |set: &mut BTreeSet<String>, value: &str| {
                if !value.is_empty() && !set.contains(value) && set.len() < 10_000 {
                    set.insert(source::neutral(value).into_owned());
                }
            };
            let resource = &finding.resource;
            add(&mut all.checks, &finding.check.id);
            add(&mut all.kinds, &resource.kind);
            add(
                &mut all.namespaces,
                resource.namespace.as_deref().unwrap_or_default(),
            );
            add(&mut all.formats, &resource.format);
            let folder = resource
                .file
                .parent()
                .map(|folder| folder.to_string_lossy());
            add(&mut all.folders, &folder.unwrap_or_default());
            for environment in &finding.environments {
                add(&mut all.environments, environment);
            }
        }
        all
    }

    fn values(&self, field: Field) -> Option<&BTreeSet<String>> {
        match field {
            Field::Check => Some(&self.checks),
            Field::Kind => Some(&self.kinds),
            Field::Namespace => Some(&self.namespaces),
            Field::Environment => Some(&self.environments),
            Field::Path => Some(&self.folders),
            Field::Format => Some(&self.formats),
            Field::Name => None,
        }
    }
}

/// What can stand in place of a part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The part that it replaces, in bytes.
    pub at: Range<usize>,
    /// What stands there then.
    pub text: String,
    /// What it means; empty for values.
    pub meaning: &'static str,
}

/// What the word at a byte of a query may go on with, in a fixed order.
#[must_use]
pub fn completions(query: &str, cursor: usize, vocabulary: &Vocabulary) -> Vec<Completion> {
    let here = words(query).into_iter();
    let mut here = here.filter(|word| word.range().start <= cursor && cursor <= word.range().end);
    let Some(word) = here.next() else {
        return starts("", cursor..cursor);
    };
    let range = word.range();
    let typed = query.get(range.start..cursor).unwrap_or_default();
    match word
        .sign()
        .filter(|(at, sign)| at + sign.len() <= typed.len())
    {
        None => {
            let negation = usize::from(typed.starts_with('!'));
            starts(&typed[negation..], range.start + negation..range.end)
        }
        Some((at, sign)) => {
            let name = word.text[..at].trim_start_matches('!');
            let behind = at + sign.len();
            let value = typed[behind..]
                .rfind(',')
                .map_or(behind, |comma| behind + comma + 1);
            let range = range.start + value..range.end;
            values(name, &typed[value..], range, vocabulary)
        }
    }
}

/// The fields and flags that begin so.
fn starts(typed: &str, at: Range<usize>) -> Vec<Completion> {
    let typed = typed.to_lowercase();
    let severity = [("severity>=".to_owned(), "at least so bad")];
    let fields = FIELDS
        .iter()
        .flat_map(|(_, names, meaning)| names.iter().map(|name| (format!("{name}:"), *meaning)));
    let flags = FLAGS
        .iter()
        .map(|(_, name, meaning)| ((*name).to_owned(), *meaning));
    let all = severity.into_iter().chain(fields).chain(flags);
    all.filter(|(text, _)| text.starts_with(&typed) && *text != typed)
        .map(|(text, meaning)| Completion {
            at: at.clone(),
            text,
            meaning,
        })
        .collect()
}

/// The values of a field that begin so.
fn values(name: &str, typed: &str, at: Range<usize>, vocabulary: &Vocabulary) -> Vec<Completion> {
    let typed = typed.trim_start_matches('"').to_lowercase();
    let severities = Severity::ALL.iter().rev().map(|one| one.text().to_owned());
    let all: Vec<String> = match Field::parse(name) {
        _ if SEVERITY.contains(&name) => severities.collect(),
        Some(field) => {
            let known = vocabulary.values(field).into_iter().flatten();
            known.cloned().collect()
        }
        None => Vec::new(),
    };
    all.into_iter()
        .filter(|value| value.to_lowercase().starts_with(&typed) && value.to_lowercase() != typed)
        .take(MOST)
        .map(|value| Completion {
            at: at.clone(),
            text: match value.contains([' ', ',']) {
                true => format!("\"{value}\""),
                false => value,
            },
            meaning: "",
        })
        .collect()
}
