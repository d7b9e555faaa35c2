//! YAML as `sigs.k8s.io/yaml` writes it: quotes only where text would mean something else without them.
//!
//! Source: <https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v2/encode.go>.

use std::cmp::Ordering;

use smol_str::SmolStr;

use super::write::{Emitter, Quoting, is_break, is_printable};
use crate::functions::time::Timestamp;
use crate::value::{Entries, Number, Value};

/// Writes a value, the keys of maps and objects sorted as people count: `a9` before `a10`.
///
/// # Errors
/// Why the value can't be written, as a fragment.
pub(in crate::functions) fn write_sparing(value: &Value) -> Result<String, &'static str> {
    Emitter::new(Quoting::Sparing).document(value)
}

/// How a text may stand on one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineStyle {
    Plain,
    Single,
    Double,
}

/// The style of a text without line breaks of its own.
pub(super) fn line_style(text: &str) -> LineStyle {
    let means_more = !yaml::is_text(text) || is_base_60(text) || Timestamp::read(text).is_some();
    if means_more || !text.chars().all(is_printable) || has_blank_at_break(text) {
        LineStyle::Double
    } else if is_plain(text) {
        LineStyle::Plain
    } else {
        LineStyle::Single
    }
}

/// Numbers of base 60, which other readers know.
fn is_base_60(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let mut parts = text.split(':');
    let first = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    let Some((last, middle)) = rest.split_last() else {
        return false;
    };
    let (last, fraction) = last.split_once('.').unwrap_or((last, ""));
    let digits = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'_')
    };
    let sixtieth = |text: &str| {
        let is_short =
            matches!(text.len(), 1..=2) && text.bytes().all(|byte| byte.is_ascii_digit());
        is_short && (text.len() == 1 || text < "6")
    };
    let begins = first
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_digit());
    begins
        && digits(first)
        && digits(fraction)
        && sixtieth(last)
        && middle.iter().all(|part| sixtieth(part))
}

/// Whether libyaml takes a text for one that can stand in a block without quotes.
fn is_plain(text: &str) -> bool {
    let first = text.chars().next();
    let follows = |at: usize| text[at..].chars().nth(1).is_none_or(is_blank);
    let begins_right = match first {
        None => false,
        Some(
            '#' | ',' | '[' | ']' | '{' | '}' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%'
            | '@' | '`',
        ) => false,
        Some('?' | ':' | '-') => !follows(0),
        Some(_) => true,
    };
    let is_marker = text.starts_with("---") || text.starts_with("...");
    let has_blank_end = text.starts_with(' ') || text.ends_with(' ');
    let has_break = text.contains(is_break);
    let mut before = ' ';
    let signs = text.char_indices().any(|(at, character)| {
        let is_sign =
            at > 0 && (character == ':' && follows(at) || character == '#' && is_blank(before));
        before = character;
        is_sign
    });
    begins_right && !is_marker && !has_blank_end && !has_break && !signs
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t') || is_break(character)
}

fn has_blank_at_break(text: &str) -> bool {
    let mut pairs = text.chars().zip(text.chars().skip(1));
    pairs.any(|(one, two)| one == ' ' && is_break(two) || is_break(one) && two == ' ')
}

/// A number as it comes out of JSON: an integer, or a double.
pub(super) fn number(number: &Number) -> String {
    let double = number.to_f64();
    if double.fract() == 0.0 && (-9.3e18..1.85e19).contains(&double) {
        return format!("{double}");
    }
    let scientific = format!("{double:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if (-4..6).contains(&exponent) {
        return format!("{double}");
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}

/// Up to how many keys are sorted as people count.
const MOST_KEYS: usize = 10_000;

/// Entries in the order of their keys as people count. Keys are put in one by one, as sorting wants an order that holds for
/// all keys together, which this one does not: `a10`, `a1b`, `a9` and `a10` follow each other.
pub(super) fn by_count(entries: &Entries) -> Vec<(&SmolStr, &Value)> {
    if entries.len() > MOST_KEYS {
        return entries.iter().collect();
    }
    let mut sorted: Vec<(&SmolStr, &Value)> = Vec::with_capacity(entries.len());
    for entry in entries {
        let at = sorted.partition_point(|(key, _)| compare(key, entry.0).is_lt());
        sorted.insert(at, entry);
    }
    sorted
}

/// Letters come behind all else.
fn compare(one: &str, two: &str) -> Ordering {
    let (one, two): (Vec<char>, Vec<char>) = (one.chars().collect(), two.chars().collect());
    let Some(at) = one.iter().zip(&two).position(|(one, two)| one != two) else {
        return one.len().cmp(&two.len());
    };
    let (a, b) = (one[at], two[at]);
    match (a.is_alphabetic(), b.is_alphabetic()) {
        (true, true) => a.cmp(&b),
        (false, false) => compare_digits(&one, &two, at),
        (true, false) => Ordering::Greater,
        (false, true) => Ordering::Less,
    }
}

/// Compares what differs from a place on, where neither text has a letter.
fn compare_digits(one: &[char], two: &[char], at: usize) -> Ordering {
    let is_within = (one[at] == '0' || two[at] == '0')
        && one[..at]
            .iter()
            .rev()
            .take_while(|digit| digit.is_numeric())
            .any(|digit| *digit != '0');
    let (first, first_length) = count(&one[at..], is_within);
    let (second, second_length) = count(&two[at..], is_within);
    let numbers = first.cmp(&second).then(first_length.cmp(&second_length));
    numbers.then(one[at].cmp(&two[at]))
}

/// The number that digits begin with, and how many digits it has.
fn count(text: &[char], is_within: bool) -> (i64, usize) {
    let digits = text.iter().map_while(|digit| digit.to_digit(10));
    digits.fold((i64::from(is_within), 0), |(number, length), digit| {
        (
            number.wrapping_mul(10).wrapping_add(i64::from(digit)),
            length + 1,
        )
    })
}
