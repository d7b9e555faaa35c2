//! Values as YAML reads the JSON that is written of them.

use go::numbers::{parse_float, parse_int, parse_uint};

use super::super::node::{Node, Unwritable};
use super::order::{Dialect, sort};
use super::{Text, Yaml};
use crate::run::Run;
use crate::run::print::format_float;
use crate::stack::deeper;
use crate::value::{TextBuilder, Value};

/// How long a key may be in JSON, with its quotes and escapes, so that YAML reads it.
const LONGEST_KEY: usize = 1024;

pub(super) fn convert(run: &mut Run, value: &Value) -> Result<Yaml, Unwritable> {
    of(&Node::of(run, value)?)
}

fn of(node: &Node) -> Result<Yaml, Unwritable> {
    Ok(match node {
        Node::Plain(text) => plain(text),
        Node::String(text) => Yaml::String(string(text)?),
        Node::List(items) => Yaml::List(
            items
                .iter()
                .map(|item| deeper(|| of(item)))
                .collect::<Result<_, _>>()?,
        ),
        Node::Map(entries) => Yaml::Map(map(entries)?),
    })
}

fn map(entries: &[(Text, Node)]) -> Result<Vec<(Yaml, Yaml)>, Unwritable> {
    let mut converted = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        if key.len() > LONGEST_KEY / 6 && length_in_json(key) > LONGEST_KEY {
            return Err(refused("a key is too long"));
        }
        if key.to_str().contains(NEXT_LINE) {
            return Err(refused("a key has several lines"));
        }
        converted.push((string(key)?, deeper(|| of(value))?));
    }
    let sorted = sort(
        converted,
        |(key, _)| std::str::from_utf8(key.as_bytes()).unwrap_or_default(),
        Dialect::Old,
    );
    let sorted = sorted.into_iter();
    Ok(sorted
        .map(|(key, value)| (Yaml::String(key), value))
        .collect())
}

fn refused(why: &str) -> Unwritable {
    Unwritable::Refused(format!("yaml: {why}"))
}

/// The characters of a string in JSON, with the quotes.
fn length_in_json(text: &Text) -> usize {
    let text = text.to_str();
    let lengths = text.chars().map(|letter| match letter {
        '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
        '\0'..='\u{1f}' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => 6,
        _ => 1,
    });
    lengths.sum::<usize>() + 2
}

/// Numbers are read, and written as the library has it then.
fn plain(text: &Text) -> Yaml {
    let written = text.to_str();
    let number = match parse_int(&written) {
        Ok(number) => number.to_string(),
        Err(_) => match (parse_uint(&written), parse_float(&written)) {
            (Ok(number), _) => number.to_string(),
            (_, Ok(number)) => format_float(number, 'g', None),
            _ => return Yaml::Plain(text.clone()),
        },
    };
    let mut builder = TextBuilder::default();
    builder.push_instead(number, text, 0..text.len());
    Yaml::Plain(builder.finish())
}

/// A string with U+FFFD for each byte that is no character.
fn valid(text: &Text) -> Text {
    if std::str::from_utf8(text.as_bytes()).is_ok() {
        return text.clone();
    }
    let mut builder = TextBuilder::default();
    for (range, letter) in go::runes(text.as_bytes()) {
        let mut buffer = [0; 4];
        builder.push_instead(letter.encode_utf8(&mut buffer), text, range);
    }
    builder.finish()
}

/// YAML takes no control characters as they are, which JSON does, and reads one line break as a space.
fn string(text: &Text) -> Result<Text, Unwritable> {
    let text = &valid(text);
    let string = text.to_str();
    let is_refused = |letter: char| matches!(letter, '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}');
    if string.contains(is_refused) {
        return Err(refused("control characters are not allowed"));
    }
    match string.contains(NEXT_LINE) {
        true => Ok(folded(text)),
        false => Ok(text.clone()),
    }
}

const NEXT_LINE: char = '\u{85}';

fn folded(text: &Text) -> Text {
    let bytes = text.to_str().into_owned();
    let mut builder = TextBuilder::default();
    let mut start = 0;
    while let Some(found) = bytes[start..].find(NEXT_LINE) {
        let end = start + found;
        let kept = start + bytes[start..end].trim_end_matches(' ').len();
        builder.push_range(text, start..kept);
        let rest = bytes[end..].trim_start_matches([NEXT_LINE, ' ']);
        let next = bytes.len() - rest.len();
        let breaks = bytes[end..next].matches(NEXT_LINE).count();
        let instead = match breaks {
            1 => " ".to_owned(),
            breaks => "\n".repeat(breaks - 1),
        };
        builder.push_instead(instead, text, kept..next);
        start = next;
    }
    builder.push_range(text, start..text.len());
    builder.finish()
}
