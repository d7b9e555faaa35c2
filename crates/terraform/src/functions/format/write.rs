//! Values written by the verbs of a layout.

use super::numbers;
use super::verb::{Part, Verb, failure, first_part};
use crate::functions::pieces::{Pieces, changed_piece, check_length};
use crate::functions::{Failure, json};
use crate::value::{Data, Type, Value, clusters, convert};

/// The largest width and precision that Go takes for numbers.
///
/// Source: <https://cs.opensource.google/go/go/+/refs/tags/go1.24.0:src/fmt/print.go>, `tooLarge`.
const MOST_PLACES: usize = 1_000_000;

/// The pieces of a layout with its values; an unknown value is an unknown piece.
pub(super) fn write(layout: &Value, values: &[Value]) -> Result<Pieces, Failure> {
    let mut pieces = Pieces::default();
    let mut rest = layout.as_str().unwrap_or_default();
    let (mut next, mut highest) = (1, 0);
    while !rest.is_empty() {
        let (part, after) = first_part(rest)?;
        rest = after;
        match part {
            Part::Text(text) => pieces.push_text(text, &layout.origin)?,
            Part::Verb(verb) => {
                let index = verb.index.unwrap_or(next);
                let value = values
                    .get(index - 1)
                    .ok_or_else(|| Failure::Call("there are not enough values".into()))?;
                write_value(&mut pieces, &verb, value)?;
                highest = highest.max(index);
                next = index + 1;
            }
        }
    }
    if highest < values.len() {
        return Err(Failure::argument(
            highest + 1,
            "the layout has no verb for this value",
        ));
    }
    Ok(pieces)
}

fn write_value(pieces: &mut Pieces, verb: &Verb, value: &Value) -> Result<(), Failure> {
    if !b"vtbdoxXeEfgGsq".contains(&verb.letter) {
        return Err(Failure::Call(
            "the layout has a verb that does not exist".into(),
        ));
    }
    let is_plain = verb.is_plain() && matches!(verb.letter, b's' | b'v');
    if is_plain && matches!(value.data, Data::Unknown(_) | Data::String(_)) {
        return pieces.push_value(value);
    }
    if !value.is_wholly_known() {
        return pieces.push(changed_piece(value));
    }
    let written = match verb.letter {
        b'v' => write_as_is(verb, value),
        _ if value.is_null() => Err(failure("the value is null")),
        b't' => converted(value, &Type::Bool).map(|value| match value.as_bool() {
            Some(true) => "true".into(),
            _ => "false".into(),
        }),
        b's' | b'q' => write_string(verb, value),
        _ => write_number(verb, value),
    };
    pieces.push_text(&written?, &value.origin)
}

fn converted(value: &Value, ty: &Type) -> Result<Value, Failure> {
    convert(value, ty).map_err(|mismatch| failure(&mismatch.to_string()))
}

fn write_as_is(verb: &Verb, value: &Value) -> Result<String, Failure> {
    match &value.data {
        Data::String(text) if !verb.flags.sharp => padded(verb, &text.text),
        Data::Number(number) if !verb.flags.sharp => padded(verb, &numbers::shortest(number)),
        _ => padded(verb, &write_json(value)?),
    }
}

fn write_json(value: &Value) -> Result<String, Failure> {
    json::write(value).map_err(failure)
}

fn write_number(verb: &Verb, value: &Value) -> Result<String, Failure> {
    let number = converted(value, &Type::Number)?;
    let number = number.as_number();
    let number = number.ok_or_else(|| failure("a number is needed"))?;
    let is_whole = b"bdoxX".contains(&verb.letter);
    let widest = verb.width.max(verb.precision);
    match is_whole {
        _ if widest > Some(MOST_PLACES) => numbers::unwritten(number, is_whole),
        true => numbers::integer(verb, number),
        false => Ok(numbers::float(verb, number)),
    }
}

/// The precision is the most characters of the value; 0 is no limit.
fn write_string(verb: &Verb, value: &Value) -> Result<String, Failure> {
    let text = converted(value, &Type::String)?;
    let text = text.as_str().unwrap_or_default();
    let kept: String = match verb.precision {
        Some(most) if most > 0 => clusters(text).take(most).collect(),
        _ => text.into(),
    };
    if verb.letter == b's' {
        return padded(verb, &kept);
    }
    let kept = Value::new(Data::string(kept), value.origin.clone());
    padded(verb, &write_json(&kept)?)
}

/// Fills a text to the width of the verb, in characters.
fn padded(verb: &Verb, text: &str) -> Result<String, Failure> {
    let width = verb.width.unwrap_or(0);
    let missing = width.saturating_sub(clusters(text).take(width).count());
    check_length(text.len().saturating_add(missing))?;
    let padding = if verb.flags.zero { "0" } else { " " }.repeat(missing);
    Ok(match verb.flags.minus {
        true => format!("{text}{padding}"),
        false => format!("{padding}{text}"),
    })
}
