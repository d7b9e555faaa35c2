//! Notations inside values: images, quantities, versions, label selectors.

use graph::Type;
use jaq_core::native::{bome, unary, v};
use jaq_core::{Error, ValR};
use smol_str::SmolStr;

use super::text::text;
use super::{Input, Native};
use crate::value::{Value, View};

pub(super) fn natives() -> Vec<Native> {
    vec![
        ("image_parts", v(0), |cv| bome(image_parts(&cv.1))),
        ("quantity", v(0), |cv| bome(quantity(&cv.1))),
        ("at_least", v(1), |cv| bome(at_least(cv))),
        ("matches_labels", v(1), |cv| {
            unary(cv, |labels, selector| {
                Ok(matches_labels(&labels, &selector).into())
            })
        }),
    ]
}

/// The parts of an image reference, after the grammar of the OCI distribution reference: the first component is a registry
/// if it has a dot or a colon or is `localhost`; the tag follows the last colon behind the last slash.
pub(crate) fn image_parts(value: &Value) -> ValR<Value> {
    if let Some(unknown) = value.as_unknown() {
        return Ok(unknown.computed_kind("image_parts", Type::Map));
    }
    let reference = text(value)?.trim();
    let (named, digest) = match reference.split_once('@') {
        Some((named, digest)) => (named, Some(digest)),
        None => (reference, None),
    };
    let name_start = named.rfind('/').map_or(0, |slash| slash + 1);
    let (name, tag) = match named[name_start..].find(':') {
        Some(colon) => (
            &named[..name_start + colon],
            Some(&named[name_start + colon + 1..]),
        ),
        None => (named, None),
    };
    let (registry, repository) = match name.split_once('/') {
        Some((first, rest)) if first.contains(['.', ':']) || first == "localhost" => (first, rest),
        _ => ("docker.io", name),
    };
    let part = |name: &'static str, value: Option<&str>| {
        (
            SmolStr::new_static(name),
            value.map_or(Value::Null, Value::from),
        )
    };
    Ok(Value::object([
        part("registry", Some(registry)),
        part("repository", Some(repository)),
        part("tag", tag.filter(|tag| !tag.is_empty())),
        part("digest", digest),
    ]))
}

/// The number that a quantity of the Kubernetes API means (apimachinery, `pkg/api/resource/quantity.go`).
pub(crate) fn quantity(value: &Value) -> ValR<Value> {
    if let Some(unknown) = value.as_unknown() {
        return Ok(unknown.computed_kind("quantity", Type::Number));
    }
    if value.number().is_some() {
        return Ok(value.clone());
    }
    let number = number(text(value)?);
    number
        .map(Value::from)
        .ok_or_else(|| Error::str("the text is no quantity"))
}

/// The number that the text of a quantity means; nothing where it is none.
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    let split =
        text.find(|character: char| !(character.is_ascii_digit() || "+-.".contains(character)));
    let (number, suffix) = text.split_at(split.unwrap_or(text.len()));
    Some(number.parse::<f64>().ok()? * scale(suffix)?)
}

fn scale(suffix: &str) -> Option<f64> {
    Some(match suffix {
        "" => 1.0,
        "n" => 1e-9,
        "u" => 1e-6,
        "m" => 1e-3,
        "k" => 1e3,
        "M" => 1e6,
        "G" => 1e9,
        "T" => 1e12,
        "P" => 1e15,
        "E" => 1e18,
        "Ki" => 1024.0,
        "Mi" => 1024f64.powi(2),
        "Gi" => 1024f64.powi(3),
        "Ti" => 1024f64.powi(4),
        "Pi" => 1024f64.powi(5),
        "Ei" => 1024f64.powi(6),
        _ => 10f64.powi(suffix.strip_prefix(['e', 'E'])?.parse().ok()?),
    })
}

fn at_least(mut input: Input<'_>) -> ValR<Value> {
    let wanted = input.0.pop_var();
    let present = input
        .0
        .data()
        .context
        .map_or(u32::MAX, |context| context.kubernetes_minor);
    let holds = is_at_least(present, text(&wanted)?);
    holds
        .map(Value::from)
        .ok_or_else(|| Error::str("a version of Kubernetes is written as 1.N"))
}

/// Whether a minor version of Kubernetes 1 is a wanted version or newer; nothing where that is no version.
pub(crate) fn is_at_least(minor: u32, wanted: &str) -> Option<bool> {
    let wanted: u32 = wanted.strip_prefix("1.")?.parse().ok()?;
    Some(minor >= wanted)
}

/// Whether labels fulfil a label selector (apimachinery, `LabelSelectorAsSelector`): an empty one matches everything, an
/// absent one nothing.
pub(crate) fn matches_labels(labels: &Value, selector: &Value) -> bool {
    let View::Object(selector) = selector.view() else {
        return false;
    };
    let label = |key: &str| match labels.view() {
        View::Object(labels) => labels.get(key),
        _ => None,
    };
    let pairs = selector.get("matchLabels");
    let pairs_match = pairs.is_none_or(|pairs| match pairs.view() {
        View::Object(pairs) => pairs
            .keys()
            .zip(pairs.values())
            .all(|(key, value)| label(key).is_some_and(|found| found == value)),
        _ => true,
    });
    let expressions = selector.get("matchExpressions");
    pairs_match
        && expressions.is_none_or(|expressions| match expressions.view() {
            View::Array(expressions) => expressions
                .values()
                .all(|expression| fulfils(&label, &expression)),
            _ => true,
        })
}

fn fulfils(label: &impl Fn(&str) -> Option<Value>, expression: &Value) -> bool {
    let View::Object(expression) = expression.view() else {
        return false;
    };
    let member = |key: &str| expression.get(key);
    let Some(key) = member("key") else {
        return false;
    };
    let found = key.as_text().and_then(label);
    let listed = || {
        let values = member("values");
        let among = |found: &Value| match values.as_ref().map(Value::view) {
            Some(View::Array(values)) => values.values().any(|value| value == *found),
            _ => false,
        };
        found.as_ref().is_some_and(among)
    };
    match member("operator").as_ref().and_then(Value::as_text) {
        Some("In") => listed(),
        Some("NotIn") => !listed(),
        Some("Exists") => found.is_some(),
        Some("DoesNotExist") => found.is_none(),
        _ => false,
    }
}
