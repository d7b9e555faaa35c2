//! `html`, `js` and `urlquery`.

use go::letters::is_printed;

use super::super::{Arguments, Function};
use crate::run::{Failure, Run};
use crate::value::{Text, TextBuilder, Type, Value};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("html", &[], html)
        .variadic(Type::Any)
        .keeps_origins(),
    Function::new("js", &[], js)
        .variadic(Type::Any)
        .keeps_origins(),
    Function::new("urlquery", &[], urlquery)
        .variadic(Type::Any)
        .keeps_origins(),
];

fn html(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    escaped(run, arguments, |letter, _| {
        let escape = match letter {
            '\0' => "\u{fffd}",
            '"' => "&#34;",
            '\'' => "&#39;",
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            _ => return None,
        };
        Some(escape.to_owned())
    })
}

fn js(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    escaped(run, arguments, |letter, _| match letter {
        '\\' | '\'' | '"' => Some(format!("\\{letter}")),
        '<' | '>' | '&' | '=' | '\0'..' ' => Some(unicode_escape(letter)),
        _ if letter.is_ascii() || is_printed(letter) => None,
        _ => Some(unicode_escape(letter)),
    })
}

fn unicode_escape(letter: char) -> String {
    format!("\\u{:04X}", u32::from(letter))
}

fn urlquery(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    escaped(run, arguments, |letter, bytes| match letter {
        ' ' => Some("+".to_owned()),
        '-' | '_' | '.' | '~' => None,
        _ if letter.is_ascii_alphanumeric() => None,
        _ => Some(bytes.iter().map(|byte| format!("%{byte:02X}")).collect()),
    })
}

/// The arguments as they are printed, with some characters escaped. What is not UTF-8 is given as U+FFFD with its byte.
fn escaped(
    run: &mut Run,
    arguments: &Arguments,
    escape: impl Fn(char, &[u8]) -> Option<String>,
) -> Result<Value, Failure> {
    let text = printed(run, arguments.all())?;
    run.room_for(text.len().saturating_mul(8))?;
    let mut builder = TextBuilder::default();
    let (mut done, mut position) = (0, 0);
    for chunk in text.as_bytes().utf8_chunks() {
        let letters = chunk
            .valid()
            .chars()
            .map(|letter| (letter, letter.len_utf8()));
        let invalid = chunk
            .invalid()
            .iter()
            .map(|_| (char::REPLACEMENT_CHARACTER, 1));
        for (letter, length) in letters.chain(invalid) {
            let range = position..position + length;
            let bytes = text.as_bytes().get(range.clone()).unwrap_or_default();
            position += length;
            if let Some(escaped) = escape(letter, bytes) {
                builder.push_range(&text, done..range.start);
                builder.push_instead(escaped, &text, range);
                done = position;
            }
        }
    }
    builder.push_range(&text, done..position);
    Ok(Value::text(builder.finish()))
}

fn printed(run: &mut Run, values: &[Value]) -> Result<Text, Failure> {
    let printable = values.iter().map(|value| {
        if value.is_nil() {
            Value::string("<no value>").marked(value.mark.clone())
        } else {
            value.clone()
        }
    });
    let printable: Vec<Value> = printable.collect();
    run.sprint(&printable)
}
