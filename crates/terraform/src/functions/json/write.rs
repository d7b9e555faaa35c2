//! Values to JSON, as go-cty writes it.
//!
//! Source: <https://pkg.go.dev/github.com/zclconf/go-cty/cty/json#Marshal>, <https://pkg.go.dev/encoding/json#Marshal>.

use std::fmt::Write as _;

use crate::value::{Data, Value};

/// Writes a value on one line, the keys of maps and objects sorted.
///
/// # Errors
/// Why the value can't be written, as a fragment: it is infinite, or a part of it is unknown.
pub(in crate::functions) fn write(value: &Value) -> Result<String, &'static str> {
    let mut writer = Writer::default();
    writer.value(value);
    match writer.failure {
        None => Ok(writer.out),
        Some(failure) => Err(failure),
    }
}

/// A text that is the same for equal values of one type, and for no others. The value must be wholly known.
pub(in crate::functions) fn canonical(value: &Value) -> String {
    let mut writer = Writer::default();
    writer.value(value);
    writer.out
}

/// A string with quotes and escapes, added to a text.
pub(crate) fn write_string(text: &str, out: &mut String) {
    let mut writer = Writer::default();
    writer.string(text);
    out.push_str(&writer.out);
}

#[derive(Default)]
struct Writer {
    out: String,
    failure: Option<&'static str>,
}

impl Writer {
    fn value(&mut self, value: &Value) {
        match &value.data {
            Data::Null(_) => self.out.push_str("null"),
            Data::Bool(truth) => self.out.push_str(if *truth { "true" } else { "false" }),
            Data::Number(number) => {
                if number.is_infinite() {
                    self.failure = Some("JSON can't hold infinity");
                }
                let _ = write!(self.out, "{number}");
            }
            Data::String(text) => self.string(&text.text),
            Data::List(_, items) | Data::Set(_, items) | Data::Tuple(items) => {
                self.out.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.comma(index);
                    self.value(item);
                }
                self.out.push(']');
            }
            Data::Map(_, entries) | Data::Object(entries) => {
                self.out.push('{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    self.comma(index);
                    self.string(key);
                    self.out.push(':');
                    self.value(value);
                }
                self.out.push('}');
            }
            Data::Unknown(_) => self.failure = Some("a part of the value is unknown"),
        }
    }

    fn comma(&mut self, index: usize) {
        if index > 0 {
            self.out.push(',');
        }
    }

    /// Go escapes what HTML and JavaScript would take for their own.
    fn string(&mut self, text: &str) {
        self.out.push('"');
        for character in text.chars() {
            match character {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                '\u{8}' => self.out.push_str("\\b"),
                '\u{c}' => self.out.push_str("\\f"),
                '\0'..='\u{1f}' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                    let _ = write!(self.out, "\\u{:04x}", u32::from(character));
                }
                _ => self.out.push(character),
            }
        }
        self.out.push('"');
    }
}
