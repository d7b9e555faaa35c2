//! jq's filters on values of any type.

use graph::Type;
use jaq_core::native::{bome, unary, v};
use jaq_core::{Error, ValR};

use super::Native;
use crate::value::{Value, View, kind_name};

pub(super) fn natives() -> Vec<Native> {
    vec![
        ("type", v(0), |cv| bome(Ok(type_name(&cv.1)))),
        ("isboolean", v(0), |cv| bome(is(&cv.1, Type::Bool))),
        ("isnumber", v(0), |cv| bome(is(&cv.1, Type::Number))),
        ("isstring", v(0), |cv| bome(is(&cv.1, Type::String))),
        ("isarray", v(0), |cv| bome(is(&cv.1, Type::List))),
        ("isobject", v(0), |cv| bome(is(&cv.1, Type::Map))),
        ("length", v(0), |cv| bome(length(&cv.1))),
        ("has", v(1), |cv| unary(cv, |value, key| has(&value, &key))),
        ("contains", v(1), |cv| {
            unary(cv, |value, part| Ok(contains(&value, &part).into()))
        }),
        ("indices", v(1), |cv| {
            unary(cv, |value, part| indices(&value, &part))
        }),
        ("tojson", v(0), |cv| bome(Ok(to_json(&cv.1)))),
        ("fromjson", v(0), |cv| bome(from_json(&cv.1))),
        ("keys", v(0), |cv| bome(keys(&cv.1))),
        ("join", v(1), |cv| {
            unary(cv, |value, separator| join(&value, &separator))
        }),
    ]
}

/// The name of a value's type. That of an unknown value is unknown text, so that comparing it is one question.
fn type_name(value: &Value) -> Value {
    match (value.as_unknown(), value.kind()) {
        (Some(unknown), Some(_)) if unknown.ask_null() => kind_name(Type::Null).into(),
        (Some(unknown), None) => unknown.computed_kind("type", Type::String),
        (_, kind) => kind_name(kind.unwrap_or(Type::Null)).into(),
    }
}

fn is(value: &Value, wanted: Type) -> ValR<Value> {
    Ok((type_name(value) == Value::from(kind_name(wanted))).into())
}

fn length(value: &Value) -> ValR<Value> {
    match value.view() {
        View::Null => Ok(Value::Int(0)),
        View::Text(text) => Ok(text.chars().count().into()),
        View::Array(elements) | View::Object(elements) => match elements.open() {
            Some((spot, open)) => Ok(spot.rest(open).computed_length(spot.sure())),
            None => Ok(elements.len().into()),
        },
        View::Int(value) => Ok(value
            .checked_abs()
            .map_or(Value::Float((value as f64).abs()), Value::Int)),
        View::Float(value) => Ok(value.abs().into()),
        View::Bool(_) => Err(Error::str("a boolean has no length")),
        View::Unknown(_) | View::Partial => {
            let unknown = value.as_unknown();
            Ok(unknown.map_or(Value::Null, |unknown| {
                let known = &unknown.unknown.known;
                let elements = known.length.0.unwrap_or_default();
                let elements = usize::try_from(elements).unwrap_or(usize::MAX);
                unknown.computed_length(elements.max(known.characters))
            }))
        }
    }
}

fn has(value: &Value, key: &Value) -> ValR<Value> {
    if let Some(unknown) = value.as_unknown() {
        return Ok(unknown.ask(("has", key.to_string())).into());
    }
    match (value.view(), key.view()) {
        (View::Object(entries), View::Text(key)) => {
            let open = || {
                entries
                    .open()
                    .is_some_and(|(spot, open)| spot.rest(open).ask(("has", key)))
            };
            Ok((entries.get(key).is_some() || open()).into())
        }
        (View::Array(elements), View::Int(index)) => Ok(usize::try_from(index)
            .is_ok_and(|index| index < elements.len())
            .into()),
        _ => Err(Error::index(value.clone(), key.clone())),
    }
}

/// After jq: substrings, elements contained in elements, values contained in the values of the same keys; else equality.
pub(crate) fn contains(value: &Value, part: &Value) -> bool {
    if let (Some(unknown), View::Text(text)) = (value.as_unknown(), part.view()) {
        let mut parts = value.known_parts().into_iter();
        return parts.any(|part| part.text.contains(text)) || unknown.ask(("contains", text));
    }
    match (value.view(), part.view()) {
        (View::Text(text), View::Text(part)) => text.contains(part),
        (View::Array(elements), View::Array(parts)) => {
            let elements: Vec<Value> = elements.values().collect();
            parts
                .values()
                .all(|part| elements.iter().any(|element| contains(element, &part)))
        }
        (View::Object(entries), View::Object(parts)) => {
            parts.keys().zip(parts.values()).all(|(key, part)| {
                entries
                    .get(key)
                    .is_some_and(|value| contains(&value, &part))
            })
        }
        _ => value == part,
    }
}

pub(crate) fn indices(value: &Value, part: &Value) -> ValR<Value> {
    if let Some(unknown) = value.as_unknown() {
        return Ok(unknown.computed_kind(("indices", part.to_string()), Type::List));
    }
    match (value.view(), part.view()) {
        (View::Null, _) => Ok(Value::Null),
        (View::Text(text), View::Text(part)) if !part.is_empty() => {
            let starts = text
                .char_indices()
                .enumerate()
                .filter(|(_, (byte, _))| text[*byte..].starts_with(part));
            Ok(starts.map(|(index, _)| Value::from(index)).collect())
        }
        (View::Array(elements), View::Array(parts)) if parts.len() > 0 => {
            let (elements, parts): (Vec<Value>, Vec<Value>) =
                (elements.values().collect(), parts.values().collect());
            let windows = elements.windows(parts.len()).enumerate();
            Ok(windows
                .filter(|(_, window)| *window == parts)
                .map(|(index, _)| Value::from(index))
                .collect())
        }
        (View::Text(_), View::Text(_)) | (View::Array(_), View::Array(_)) => Ok(Value::Null),
        (View::Array(elements), _) => {
            let found = elements
                .values()
                .enumerate()
                .filter(|(_, element)| element == part);
            Ok(found.map(|(index, _)| Value::from(index)).collect())
        }
        _ => Err(Error::index(value.clone(), part.clone())),
    }
}

pub(crate) fn keys(value: &Value) -> ValR<Value> {
    if let Some(unknown) = value.as_unknown() {
        return Ok(unknown.computed_kind("keys", Type::List));
    }
    match value.view() {
        View::Object(entries) => {
            let mut keys: Vec<&smol_str::SmolStr> = entries.keys().collect();
            keys.sort();
            Ok(keys
                .into_iter()
                .map(|key| Value::Text(key.clone()))
                .collect())
        }
        View::Array(elements) => Ok((0..elements.len()).map(Value::from).collect()),
        _ => Err(Error::typ(value.clone(), "array or object")),
    }
}

fn to_json(value: &Value) -> Value {
    match value.as_unknown() {
        Some(unknown) => unknown.computed_kind("json", Type::String),
        None => value.to_string().into(),
    }
}

fn from_json(value: &Value) -> ValR<Value> {
    if let Some(unknown) = value.as_unknown() {
        return Ok(unknown.computed("fromjson"));
    }
    let text = value
        .as_text()
        .ok_or_else(|| Error::typ(value.clone(), "string"))?;
    let json = serde_json::from_str(text).map_err(|_| Error::str("the text is no JSON"))?;
    Ok(json_value(json))
}

fn json_value(json: serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(value) => value.into(),
        serde_json::Value::Number(number) => {
            let integer = number
                .as_i64()
                .and_then(|integer| isize::try_from(integer).ok());
            integer.map_or_else(|| number.as_f64().unwrap_or(f64::NAN).into(), Value::from)
        }
        serde_json::Value::String(text) => text.into(),
        serde_json::Value::Array(elements) => elements.into_iter().map(json_value).collect(),
        serde_json::Value::Object(entries) => Value::object(
            entries
                .into_iter()
                .map(|(key, value)| (key.into(), json_value(value))),
        ),
    }
}

pub(crate) fn join(value: &Value, separator: &Value) -> ValR<Value> {
    let View::Array(elements) = value.view() else {
        return Err(Error::typ(value.clone(), "array"));
    };
    let mut joined = Value::from("");
    for (index, element) in elements.values().enumerate() {
        if index > 0 {
            joined = (joined + separator.clone())?;
        }
        let text = if matches!(element.view(), View::Null) {
            "".into()
        } else {
            jaq_core::ValT::into_string(element)
        };
        joined = (joined + text)?;
    }
    Ok(joined)
}
