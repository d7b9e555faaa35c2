//! What arguments of the provider are in the API: the engine's own tables, read the other way.

use std::collections::HashMap;
use std::sync::LazyLock;

const KINDS: &str = include_str!("../../../../crates/terraform/src/kubernetes/kinds.txt");
const FIELDS: &str = include_str!("../../../../crates/terraform/src/kubernetes/fields.txt");

/// The types of resources by the version of the API and the kind; the last row of several counts, which is the newest.
static TYPES: LazyLock<HashMap<(&str, &str), &str>> = LazyLock::new(|| {
    let rows = rows(KINDS).filter_map(|row| match row.as_slice() {
        [ty, version, kind] => Some(((*version, *kind), *ty)),
        _ => None,
    });
    rows.collect()
});

/// The fields and forms by the argument, with what it stands in or without.
static ROWS: LazyLock<HashMap<&str, (&str, &str)>> = LazyLock::new(|| {
    let rows = rows(FIELDS).filter_map(|row| match row.as_slice() {
        [argument, field] => Some((*argument, (*field, ""))),
        [argument, field, form] => Some((*argument, (*field, *form))),
        _ => None,
    });
    rows.collect()
});

fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split_whitespace().collect())
}

/// The type of resource that makes objects of a kind.
pub(super) fn ty(api_version: &str, kind: &str) -> Option<&'static str> {
    TYPES.get(&(api_version, kind)).copied()
}

/// The field that an argument becomes, and its form; `around` is the block that it stands in, or the kind.
pub(super) fn field(around: &str, argument: &str) -> (String, &'static str) {
    let found = ROWS.get(format!("{around}/{argument}").as_str());
    match found.or_else(|| ROWS.get(argument)) {
        Some((field, form)) => ((*field).to_owned(), form),
        None => (camel_case(argument), ""),
    }
}

fn camel_case(argument: &str) -> String {
    let mut words = argument.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let (initial, rest) = word.split_at(word.len().min(1));
        name + &initial.to_uppercase() + rest
    })
}
