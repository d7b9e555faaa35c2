//! Text to values.

use serde_json::Value as Json;

use crate::value::{Key, Mark, Text, Value};

/// What a text looks like: a truth value, null, a whole number or else a string.
pub(super) fn typed(text: &str, mark: &Mark) -> Value {
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    let value = if is("true") || is("false") {
        Value::bool(is("true"))
    } else if is("null") {
        Value::nil()
    } else if text == "0" {
        Value::int64(0)
    } else {
        // What begins with a zero is a string to Helm, such as the mode of a file.
        let number = text.parse().ok().filter(|_| !text.starts_with('0'));
        match number {
            Some(number) => Value::int64(number),
            None => return string(text, mark),
        }
    };
    value.marked(mark.clone())
}

pub(super) fn string(text: &str, mark: &Mark) -> Value {
    Value::text(Text::marked(text, mark.clone())).marked(mark.clone())
}

/// JSON as Go decodes it: every number is a `float64`.
pub(super) fn json(json: &Json, mark: &Mark) -> Value {
    let value = match json {
        Json::Null => Value::nil(),
        Json::Bool(truth) => Value::bool(*truth),
        Json::Number(number) => Value::float(number.as_f64().unwrap_or_default()),
        Json::String(text) => return string(text, mark),
        Json::Array(items) => Value::list(items.iter().map(|item| self::json(item, mark))),
        Json::Object(entries) => Value::map(entries.iter().map(|(key, value)| {
            let key = Key::marked(key.as_str(), mark.clone());
            (key, self::json(value, mark))
        })),
    };
    value.marked(mark.clone())
}
