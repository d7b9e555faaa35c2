//! Scalars as YAML reads the JSON that is written of them.

use go::float::format_float;
use go::numbers::{parse_float, parse_int, parse_uint};

use super::text::{Builder, Text};

/// How long a key may be in JSON, with its quotes and escapes, so that YAML reads it.
const LONGEST_KEY: usize = 1024;

const NEXT_LINE: char = '\u{85}';

/// A key as YAML reads it.
///
/// # Errors
/// Why YAML does not take it.
pub fn key<T: Text>(text: &T) -> Result<T, &'static str> {
    if text.bytes().len() > LONGEST_KEY / 6 && length_in_json(text) > LONGEST_KEY {
        return Err("a key is too long");
    }
    if text.string().contains(NEXT_LINE) {
        return Err("a key has several lines");
    }
    string(text)
}

/// The characters of a string in JSON, with the quotes.
fn length_in_json(text: &impl Text) -> usize {
    let text = text.string();
    let lengths = text.chars().map(|letter| match letter {
        '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
        '\0'..='\u{1f}' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => 6,
        _ => 1,
    });
    lengths.sum::<usize>() + 2
}

/// `null`, a truth value or a number of JSON: numbers are read, and written as the library has it then.
pub fn number<T: Text>(text: &T) -> T {
    let written = text.string();
    let number = match parse_int(&written) {
        Ok(number) => number.to_string(),
        Err(_) => match (parse_uint(&written), parse_float(&written)) {
            (Ok(number), _) => number.to_string(),
            (_, Ok(number)) => format_float(number, 'g', None),
            _ => return text.clone(),
        },
    };
    let mut builder = T::Builder::default();
    builder.replace(&number, text, 0..text.bytes().len());
    builder.finish()
}

/// A string with U+FFFD for each byte that is no character.
fn valid<T: Text>(text: &T) -> T {
    if std::str::from_utf8(text.bytes()).is_ok() {
        return text.clone();
    }
    let mut builder = T::Builder::default();
    for (range, letter) in go::runes(text.bytes()) {
        let mut buffer = [0; 4];
        builder.replace(letter.encode_utf8(&mut buffer), text, range);
    }
    builder.finish()
}

/// A string as YAML reads it, which takes no control characters as they are, and reads one line break as a space.
///
/// # Errors
/// Why YAML does not take it.
pub fn string<T: Text>(text: &T) -> Result<T, &'static str> {
    let text = &valid(text);
    let string = text.string();
    let is_refused = |letter: char| matches!(letter, '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}');
    if string.contains(is_refused) {
        return Err("control characters are not allowed");
    }
    match string.contains(NEXT_LINE) {
        true => Ok(folded(text)),
        false => Ok(text.clone()),
    }
}

fn folded<T: Text>(text: &T) -> T {
    let bytes = text.string().into_owned();
    let mut builder = T::Builder::default();
    let mut start = 0;
    while let Some(found) = bytes[start..].find(NEXT_LINE) {
        let end = start + found;
        let kept = start + bytes[start..end].trim_end_matches(' ').len();
        builder.copy(text, start..kept);
        let rest = bytes[end..].trim_start_matches([NEXT_LINE, ' ']);
        let next = bytes.len() - rest.len();
        let breaks = bytes[end..next].matches(NEXT_LINE).count();
        let instead = match breaks {
            1 => " ".to_owned(),
            breaks => "\n".repeat(breaks - 1),
        };
        builder.replace(&instead, text, kept..next);
        start = next;
    }
    builder.copy(text, start..text.bytes().len());
    builder.finish()
}
