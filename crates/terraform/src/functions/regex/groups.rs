//! Results by the groups of a pattern: a string without groups, a tuple of unnamed and an object of named ones.

use std::collections::BTreeMap;

use go::regexp::{Found, Invalid, Pattern, parse};
use smol_str::SmolStr;

use crate::functions::arguments::computed_from;
use crate::functions::{Environment, Failure};
use crate::value::{Data, Type, Value};

/// The name of each group, in order.
pub(super) type Groups = [Option<SmolStr>];

/// What a match of a pattern results in.
pub(super) fn result_type(pattern: &str) -> Result<Type, Failure> {
    let groups = parse(pattern).map_err(invalid)?.groups;
    let unnamed = groups.iter().filter(|name| name.is_none()).count();
    if unnamed > 0 && unnamed < groups.len() {
        return Err(invalid(Invalid(
            "named and unnamed groups can't be used together".into(),
        )));
    }
    Ok(type_of(&groups))
}

/// The failure of a pattern that can't be read.
pub(super) fn invalid(Invalid(why): Invalid) -> Failure {
    Failure::Argument {
        index: 0,
        message: format!("the pattern is invalid: {why}"),
    }
}

fn type_of(groups: &Groups) -> Type {
    if groups.is_empty() {
        return Type::String;
    }
    let names: Option<Vec<SmolStr>> = groups.iter().cloned().collect();
    match names {
        Some(names) => Type::object(names.into_iter().map(|name| (name, Type::String))),
        None => Type::Tuple(groups.iter().map(|_| Type::String).collect()),
    }
}

/// The type of each result of a pattern.
pub(super) fn results_of(pattern: &Pattern) -> Type {
    type_of(&pattern.groups)
}

/// The result of one match in the text of a value. A group that has no part in it is null.
pub(super) fn result(
    pattern: &Pattern,
    environment: &Environment<'_>,
    whole: &Value,
    found: &Found,
) -> Value {
    let text = whole.as_str().unwrap_or_default();
    let group = |index: usize| {
        let data = match found.group(index) {
            Some(span) => Data::string(&text[span]),
            None => Data::Null(Type::String),
        };
        computed_from(environment, whole, data)
    };
    if pattern.groups.is_empty() {
        return group(0);
    }
    let groups = (1..=pattern.groups.len()).map(group);
    let named: Option<BTreeMap<SmolStr, Value>> = pattern
        .groups
        .iter()
        .cloned()
        .zip(groups.clone())
        .map(|(name, value)| Some((name?, value)))
        .collect();
    let data = match named {
        Some(entries) => Data::Object(entries.into()),
        None => Data::Tuple(groups.collect()),
    };
    computed_from(environment, whole, data)
}
