//! Base64, gzip, JSON, YAML and URLs.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::io::Write as _;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::arguments::{
    any_parameter, computed_from, returns_any, returns_string, string_parameter,
};
use super::places::Written;
use super::results::{made_string, refined, str_of, text_from, unknown_result};
use super::shapes::one_of;
use super::{Environment, Failure, Function, json, yaml};
use crate::value::{Data, Entries, Made, Origin, Shape, Type, Unknown, Value};

/// The functions of this file.
pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        name: "base64decode",
        parameters: &[string_parameter("str").or_unknown()],
        variadic: None,
        returns: returns_string,
        not_null: true,
        compute: base64_decode,
    },
    Function {
        name: "base64encode",
        parameters: &[string_parameter("str").or_unknown()],
        variadic: None,
        returns: returns_string,
        not_null: true,
        compute: base64_encode,
    },
    Function {
        name: "base64gzip",
        parameters: &[string_parameter("str").or_unknown()],
        variadic: None,
        returns: returns_string,
        not_null: true,
        compute: base64_gzip,
    },
    Function {
        name: "jsondecode",
        parameters: &[string_parameter("str").or_unknown()],
        variadic: None,
        returns: json_type,
        not_null: false,
        compute: json_decode,
    },
    Function {
        name: "jsonencode",
        parameters: &[any_parameter("val").or_null().or_unknown().or_dynamic()],
        variadic: None,
        returns: returns_string,
        not_null: true,
        compute: json_encode,
    },
    Function {
        name: "urlencode",
        parameters: &[string_parameter("str")],
        variadic: None,
        returns: returns_string,
        not_null: true,
        compute: url_encode,
    },
    Function {
        name: "yamldecode",
        parameters: &[string_parameter("src").or_unknown()],
        variadic: None,
        returns: returns_any,
        not_null: false,
        compute: yaml_decode,
    },
    Function {
        name: "yamlencode",
        parameters: &[any_parameter("value").or_null().or_unknown().or_dynamic()],
        variadic: None,
        returns: returns_string,
        not_null: false,
        compute: yaml_encode,
    },
];

/// The bytes of base64 with padding. As Go's decoder, it passes over line breaks.
pub(super) fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let text: Cow<'_, str> = if text.contains(['\r', '\n']) {
        text.replace(['\r', '\n'], "").into()
    } else {
        text.into()
    };
    LENIENT.decode(text.as_bytes()).ok()
}

/// Go does not look at the bits behind the last byte.
const LENIENT: base64::engine::GeneralPurpose = base64::engine::GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    base64::engine::general_purpose::PAD.with_decode_allow_trailing_bits(true),
);

fn base64_encode(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let argument = &arguments[0];
    if argument.unknown().is_some() {
        let shape = Shape::Base64(Arc::new(argument.clone()));
        return Ok(unknown_result(
            environment,
            Type::String,
            arguments,
            Some(shape),
        ));
    }
    let encoded = STANDARD.encode(str_of(argument));
    let data = made_string(&encoded, Made::Base64(argument.clone()));
    Ok(computed_from(environment, argument, data))
}

fn base64_decode(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let argument = &arguments[0];
    if let Some(unknown) = argument.unknown() {
        let shape = match &unknown.shape {
            Some(Shape::Base64(inner)) => inner.unknown().and_then(|inner| inner.shape.clone()),
            _ => None,
        };
        return Ok(unknown_result(environment, Type::String, arguments, shape));
    }
    if let Data::String(text) = &argument.data
        && let Some(Made::Base64(inner)) = text.made.as_deref()
    {
        let inner = inner.clone();
        let origin = inner.origin.within(&argument.origin);
        return Ok(inner.at(origin));
    }
    let bytes =
        decode_base64(str_of(argument)).ok_or_else(|| Failure::call("the string is not base64"))?;
    let decoded = String::from_utf8(bytes)
        .map_err(|_| Failure::call("the decoded bytes are not text in UTF-8"))?;
    Ok(text_from(environment, argument, &decoded))
}

fn base64_gzip(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let argument = &arguments[0];
    if argument.unknown().is_some() {
        let shape = Shape::Gzip(Arc::new(argument.clone()));
        return Ok(unknown_result(
            environment,
            Type::String,
            arguments,
            Some(shape),
        ));
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let written = encoder.write_all(str_of(argument).as_bytes());
    let bytes = written.and_then(|()| encoder.finish());
    let bytes =
        bytes.map_err(|error| Failure::call(format!("the string can't be compressed: {error}")))?;
    let data = made_string(&STANDARD.encode(bytes), Made::Gzip(argument.clone()));
    Ok(computed_from(environment, argument, data))
}

fn url_encode(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let mut encoded = String::new();
    for byte in str_of(&arguments[0]).bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(char::from(byte));
            }
            b' ' => encoded.push('+'),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    Ok(text_from(environment, &arguments[0], &encoded))
}

/// The type of an unknown document, of which the beginning may be known.
fn json_type(arguments: &[Value]) -> Result<Type, Failure> {
    let Some(unknown) = arguments.first().and_then(Value::unknown) else {
        return Ok(Type::Dynamic);
    };
    match unknown.known.prefix.trim_start().chars().next() {
        None | Some('{' | '[' | 'n') => Ok(Type::Dynamic),
        Some('"') => Ok(Type::String),
        Some('t' | 'f') => Ok(Type::Bool),
        Some('-' | '0'..='9' | '.') => Ok(Type::Number),
        Some(_) => Err(Failure::argument(
            0,
            "no JSON text begins with this character",
        )),
    }
}

fn json_decode(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let ty = json_type(arguments)?;
    let inner = |value: &Value| match made(value) {
        Some(Inner::Json(inner)) => Some(inner),
        _ => None,
    };
    decode(environment, arguments, ty, json::read, inner)
}

fn yaml_decode(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let inner = |value: &Value| match made(value) {
        Some(Inner::Json(inner) | Inner::Yaml(inner)) => Some(inner),
        None => None,
    };
    decode(environment, arguments, Type::Dynamic, yaml::read, inner)
}

/// Decodes a string. What `encoded` says that was encoded gives the result its origins, or its shape.
fn decode(
    environment: &Environment<'_>,
    arguments: &[Value],
    ty: Type,
    read: fn(&Written) -> Result<Value, String>,
    encoded: impl Fn(&Value) -> Option<Value>,
) -> Result<Value, Failure> {
    let argument = &arguments[0];
    if let Some(unknown) = argument.unknown() {
        let said = |value: &Value| {
            let inner = encoded(value).map(|inner| plain(&inner).within(value));
            inner.or_else(|| read(&Written::of(value)?).ok())
        };
        let shape = match &unknown.shape {
            // What can't be decoded is not what it turns out to be.
            Some(Shape::OneOf(values)) => {
                let values: Arc<[Value]> = values.iter().filter_map(said).collect();
                (!values.is_empty()).then_some(Shape::OneOf(values))
            }
            _ => one_of(said(argument)),
        };
        return Ok(unknown_result(environment, ty, arguments, shape));
    }
    let inner = encoded(argument);
    let written = Written::of(argument);
    let written = written.ok_or_else(|| Failure::call("only strings can be decoded"))?;
    let value = read(&written).map_err(Failure::call)?;
    Ok(match inner {
        Some(inner) => graft(value, &inner, &argument.origin),
        None => value,
    })
}

/// What a string says as JSON. Its parts know where they were written, and a string that is not wholly known gives what is
/// known of it.
pub(crate) fn decode_json(text: &Value) -> Option<Value> {
    match made(text) {
        Some(Inner::Json(inner)) => Some(plain(&inner).within(text)),
        Some(Inner::Yaml(_)) => None,
        None => json::read_forgiving(&Written::of(text)?).ok(),
    }
}

/// What a string says as one document of YAML, alike.
pub(crate) fn decode_yaml(text: &Value) -> Option<Value> {
    encoded(text).or_else(|| yaml::read(&Written::of(text)?).ok())
}

/// The value that a string was encoded from, as JSON or YAML, with its places.
pub(crate) fn encoded(text: &Value) -> Option<Value> {
    let (Inner::Json(inner) | Inner::Yaml(inner)) = made(text)?;
    Some(plain(&inner).within(text))
}

/// The value that a string was encoded from.
enum Inner {
    Json(Value),
    Yaml(Value),
}

fn made(value: &Value) -> Option<Inner> {
    match &value.data {
        Data::String(text) => match text.made.as_deref()? {
            Made::Json(inner) => Some(Inner::Json(inner.clone())),
            Made::Yaml(inner) => Some(Inner::Yaml(inner.clone())),
            _ => None,
        },
        Data::Unknown(unknown) => match unknown.shape.as_ref()? {
            Shape::Json(inner) => Some(Inner::Json(Value::clone(inner))),
            Shape::Yaml(inner) => Some(Inner::Yaml(Value::clone(inner))),
            _ => None,
        },
        _ => None,
    }
}

/// A decoded value with the origins of what was encoded.
fn graft(decoded: Value, encoded: &Value, whole: &Origin) -> Value {
    let origin = encoded.origin.within(whole);
    let data = match decoded.data {
        Data::Tuple(items) => {
            let sources = encoded.as_items().map_or(&[][..], |items| items);
            let grafted = items
                .iter()
                .enumerate()
                .map(|(index, item)| match sources.get(index) {
                    Some(source) => graft(item.clone(), source, whole),
                    None => item.clone(),
                });
            Data::Tuple(grafted.collect())
        }
        Data::Object(entries) => {
            let sources = encoded.as_entries();
            let grafted = entries.iter().map(|(key, value)| {
                let source = sources.and_then(|sources| sources.get(key));
                let value = source.map_or_else(
                    || value.clone(),
                    |source| graft(value.clone(), source, whole),
                );
                (key.clone(), value)
            });
            Data::Object(Arc::new(grafted.collect::<Entries>()))
        }
        data => data,
    };
    Value {
        data,
        origin,
        marks: decoded.marks,
    }
}

/// A value with the types that JSON knows: sequences are tuples, maps are objects.
fn plain(value: &Value) -> Value {
    let data = match &value.data {
        Data::List(_, items) | Data::Set(_, items) | Data::Tuple(items) => {
            Data::Tuple(items.iter().map(plain).collect())
        }
        Data::Map(_, entries) | Data::Object(entries) => {
            let entries = entries
                .iter()
                .map(|(key, value)| (key.clone(), plain(value)));
            Data::Object(Arc::new(entries.collect()))
        }
        Data::Null(_) => Data::Null(Type::Dynamic),
        Data::Unknown(unknown) if !unknown.ty.is_primitive() => {
            let mut open = Unknown::clone(unknown);
            open.ty = Type::Dynamic;
            Data::Unknown(Arc::new(open))
        }
        data => data.clone(),
    };
    Value {
        data,
        origin: value.origin.clone(),
        marks: value.marks,
    }
}

fn json_encode(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let argument = &arguments[0];
    if !argument.is_wholly_known() {
        let shape = Shape::Json(Arc::new(argument.clone()));
        let result = unknown_result(environment, Type::String, arguments, Some(shape));
        return Ok(refined(result, |known| {
            known.prefix = json_prefix(argument).into();
        }));
    }
    let text = json::write(argument).map_err(Failure::call)?;
    let data = made_string(&text, Made::Json(argument.clone()));
    Ok(computed_from(environment, argument, data))
}

/// How the JSON of a value begins that is partly unknown.
fn json_prefix(value: &Value) -> &'static str {
    let may_be_null = value
        .unknown()
        .is_some_and(|unknown| !unknown.known.not_null);
    match value.ty() {
        _ if may_be_null => "",
        Type::String => "\"",
        Type::Object(_) | Type::Map(_) => "{",
        Type::Tuple(_) | Type::List(_) | Type::Set(_) => "[",
        _ => "",
    }
}

fn yaml_encode(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let argument = &arguments[0];
    if !argument.is_wholly_known() {
        let shape = Shape::Yaml(Arc::new(argument.clone()));
        return Ok(unknown_result(
            environment,
            Type::String,
            arguments,
            Some(shape),
        ));
    }
    let text = yaml::write(argument).map_err(Failure::call)?;
    let data = made_string(&text, Made::Yaml(argument.clone()));
    Ok(computed_from(environment, argument, data))
}
