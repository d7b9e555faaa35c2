//! Results of functions as short texts, with what checks may know of unknown ones.

use super::Failure;
use super::testing::{NoFiles, call_with};
use crate::value::testing::origin;
use crate::value::{Cause, Data, Shape, TextPiece, Type, Unknown, Value, normalized};

/// The result of a function: strings in quotes, `?` for an unknown one with its known beginning and its pieces, `!` for
/// a failure with the index of the wrong argument.
pub(super) fn told(name: &str, arguments: &[Value]) -> String {
    match call_with(&NoFiles, name, arguments.to_vec()) {
        Ok(value) => show(&value),
        Err(Failure::Argument { index, .. }) => format!("!{index}"),
        Err(_) => "!".into(),
    }
}

pub(super) use crate::value::testing::{number, string};

/// A known list of strings.
pub(super) fn list(items: &[Value]) -> Value {
    Value::new(Data::List(Type::String, items.into()), origin())
}

/// An unknown string.
pub(super) fn unknown() -> Value {
    let unknown = Unknown::new(Type::String, Cause::Workspace, None);
    Value::new(Data::Unknown(unknown.into()), origin())
}

/// An unknown string that begins and ends with known text.
pub(super) fn around(before: &str, after: &str) -> Value {
    let mut unknown = Unknown::new(Type::String, Cause::Workspace, None);
    unknown.known.prefix = before.into();
    unknown.shape = Some(Shape::Text(
        [
            known(before),
            TextPiece::Unknown(self::unknown()),
            known(after),
        ]
        .into(),
    ));
    Value::new(Data::Unknown(unknown.into()), origin())
}

fn known(text: &str) -> TextPiece {
    TextPiece::Known {
        text: normalized(text),
        origin: origin(),
        verbatim: true,
    }
}

fn show(value: &Value) -> String {
    match &value.data {
        Data::Null(_) => "null".into(),
        Data::Bool(truth) => truth.to_string(),
        Data::Number(number) => number.to_string(),
        Data::String(text) => format!("{:?}", text.text),
        Data::Unknown(unknown) => show_unknown(unknown),
        Data::List(_, items) | Data::Set(_, items) | Data::Tuple(items) => show_items(items),
        Data::Map(_, entries) | Data::Object(entries) => {
            let entries = entries
                .iter()
                .map(|(key, value)| format!("{key}={}", show(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(" "))
        }
    }
}

fn show_items(items: &[Value]) -> String {
    let items: Vec<String> = items.iter().map(show).collect();
    format!("[{}]", items.join(" "))
}

fn show_unknown(unknown: &Unknown) -> String {
    let prefix = match unknown.known.prefix.as_str() {
        "" => String::new(),
        prefix => format!("{prefix:?}"),
    };
    let shape = match &unknown.shape {
        Some(Shape::Text(pieces)) => {
            let pieces = pieces.iter().map(|piece| match piece {
                TextPiece::Known { text, .. } => format!("{text:?}"),
                TextPiece::Unknown(_) => "_".into(),
            });
            format!("({})", pieces.collect::<Vec<_>>().join(" "))
        }
        Some(Shape::Items { items, .. }) => show_items(items),
        _ => String::new(),
    };
    format!("?{prefix}{shape}")
}
