//! jq's filters on text, which must know unknown text.

use graph::Type;
use jaq_core::native::{bome, unary, v};
use jaq_core::{Error, ValR};

use super::Native;
use crate::value::Value;

pub(super) fn natives() -> Vec<Native> {
    vec![
        ("startswith", v(1), |cv| {
            unary(cv, |value, prefix| starts_with(&value, &prefix))
        }),
        ("endswith", v(1), |cv| {
            unary(cv, |value, suffix| ends_with(&value, &suffix))
        }),
        ("ltrimstr", v(1), |cv| {
            unary(cv, |value, prefix| Ok(trim_start(value, &prefix)))
        }),
        ("rtrimstr", v(1), |cv| {
            unary(cv, |value, suffix| Ok(trim_end(value, &suffix)))
        }),
        ("ascii_downcase", v(0), |cv| {
            bome(map("down", &cv.1, |text| text.to_ascii_lowercase().into()))
        }),
        ("ascii_upcase", v(0), |cv| {
            bome(map("up", &cv.1, |text| text.to_ascii_uppercase().into()))
        }),
        ("trim", v(0), |cv| {
            bome(map("trim", &cv.1, |text| text.trim().into()))
        }),
        ("ltrim", v(0), |cv| {
            bome(map("ltrim", &cv.1, |text| text.trim_start().into()))
        }),
        ("rtrim", v(0), |cv| {
            bome(map("rtrim", &cv.1, |text| text.trim_end().into()))
        }),
    ]
}

/// The text of a value.
///
/// # Errors
/// When it is no text.
pub(super) fn text(value: &Value) -> Result<&str, Error<Value>> {
    value
        .as_text()
        .ok_or_else(|| Error::typ(value.clone(), "string"))
}

/// Maps known text, and unknown text to a derived unknown.
fn map(how: &str, value: &Value, f: impl Fn(&str) -> Value) -> ValR<Value> {
    match value.as_unknown() {
        Some(unknown) => Ok(unknown.computed_kind(how, Type::String)),
        None => Ok(f(text(value)?)),
    }
}

fn starts_with(value: &Value, prefix: &Value) -> ValR<Value> {
    let prefix = text(prefix)?;
    match value.as_unknown() {
        Some(unknown) => Ok(unknown.ask_prefix(prefix).into()),
        None => Ok(text(value)?.starts_with(prefix).into()),
    }
}

fn ends_with(value: &Value, suffix: &Value) -> ValR<Value> {
    let suffix = text(suffix)?;
    match value.as_unknown() {
        Some(unknown) => Ok(unknown.ask_suffix(suffix).into()),
        None => Ok(text(value)?.ends_with(suffix).into()),
    }
}

fn trim_start(value: Value, prefix: &Value) -> Value {
    if let Some(unknown) = value.as_unknown() {
        return unknown.computed(("ltrimstr", prefix.to_string()));
    }
    match (value.as_text(), prefix.as_text()) {
        (Some(text), Some(prefix)) if text.starts_with(prefix) => text[prefix.len()..].into(),
        _ => value,
    }
}

fn trim_end(value: Value, suffix: &Value) -> Value {
    if let Some(unknown) = value.as_unknown() {
        return unknown.computed(("rtrimstr", suffix.to_string()));
    }
    match (value.as_text(), suffix.as_text()) {
        (Some(text), Some(suffix)) if text.ends_with(suffix) => {
            text[..text.len() - suffix.len()].into()
        }
        _ => value,
    }
}
