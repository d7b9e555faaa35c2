//! Parts of strings: `split`, `strrev`, `substr`.

use crate::functions::arguments::{
    MOST_ITEMS, computed_from, integer_or_failed_call, string, through_operand, too_many_items,
};
use crate::functions::pieces::{because, beginning, pieces_of};
use crate::functions::{Environment, Failure};
use crate::value::{Data, Shape, Type, Unknown, Value, clusters};

pub(super) fn reverse(
    environment: &Environment<'_>,
    arguments: &[Value],
) -> Result<Value, Failure> {
    let reversed: String = clusters(string(arguments, 0)?).rev().collect();
    Ok(computed_from(
        environment,
        &arguments[0],
        Data::string(reversed),
    ))
}

pub(super) fn substring(
    environment: &Environment<'_>,
    arguments: &[Value],
) -> Result<Value, Failure> {
    let (offset, length) = (
        integer_or_failed_call(arguments, 1)?,
        integer_or_failed_call(arguments, 2)?,
    );
    let part = part(string(arguments, 0)?, offset, length);
    Ok(computed_from(
        environment,
        &arguments[0],
        Data::string(part),
    ))
}

/// Counts characters. A negative offset counts from the end, a negative length takes all that follows; so does the
/// length 0 after a negative offset, which is Terraform's slip.
fn part(whole: &str, offset: i64, length: i64) -> String {
    if offset >= 0 && length == 0 {
        return String::new();
    }
    let skipped = match usize::try_from(offset) {
        Ok(offset) => offset,
        Err(_) => from_end(whole, offset),
    };
    let rest = clusters(whole).skip(skipped);
    match usize::try_from(length) {
        Ok(length) if length > 0 => rest.take(length).collect(),
        _ => rest.collect(),
    }
}

fn from_end(whole: &str, offset: i64) -> usize {
    let back = usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX);
    clusters(whole).count().saturating_sub(back)
}

pub(super) fn split(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let separator = string(arguments, 0)?;
    let whole = &arguments[1];
    if let Some(unknown) = whole.unknown() {
        return Ok(unknown_list(environment, whole, unknown, separator));
    }
    let parts = parts(string(arguments, 1)?, separator)?;
    let origin = through_operand(environment.origin, whole);
    let items = parts
        .into_iter()
        .map(|part| Value::new(Data::string(part), origin.clone()));
    let data = Data::List(Type::String, items.collect());
    Ok(Value::new(data, origin.clone()))
}

fn parts<'a>(whole: &'a str, separator: &str) -> Result<Vec<&'a str>, Failure> {
    let limited = MOST_ITEMS + 1;
    let parts: Vec<&str> = if separator.is_empty() {
        let starts = whole.char_indices().take(limited);
        starts
            .map(|(start, character)| &whole[start..start + character.len_utf8()])
            .collect()
    } else {
        whole.split(separator).take(limited).collect()
    };
    if parts.len() > MOST_ITEMS {
        return Err(too_many_items());
    }
    Ok(parts)
}

/// The parts before the first unknown piece are there for certain, except the last, which may go on.
fn unknown_list(
    environment: &Environment<'_>,
    whole: &Value,
    unknown: &Unknown,
    separator: &str,
) -> Value {
    let origin = through_operand(environment.origin, whole);
    let mut result = because(unknown, Type::list(Type::String));
    result.known.not_null = true;
    result.shape = pieces_of(unknown).and_then(|pieces| {
        let beginning = beginning(pieces);
        let mut parts = parts(&beginning, separator).ok()?;
        parts.pop();
        let items = parts
            .into_iter()
            .map(|part| Value::new(Data::string(part), origin.clone()));
        let rest = Data::Unknown(because(unknown, Type::String).into());
        Some(Shape::Items {
            items: items.collect(),
            rest: Value::new(rest, origin.clone()).into(),
        })
    });
    Value::new(Data::Unknown(result.into()), origin)
}
