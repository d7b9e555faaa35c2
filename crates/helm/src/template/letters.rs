//! Classes of characters, as Go's package `unicode` has them.

use std::sync::LazyLock;

use regex_syntax::hir::{Class, HirKind};

static PRINTABLE: LazyLock<Vec<(char, char)>> = LazyLock::new(|| class(r"[\pL\pM\pN\pP\pS ]"));
static ALPHANUMERIC: LazyLock<Vec<(char, char)>> = LazyLock::new(|| class(r"[\pL\p{Nd}_]"));

/// Whether Go prints the character as it is: letters, marks, numbers, punctuation, symbols and the ASCII space.
#[must_use]
pub fn is_printable(letter: char) -> bool {
    if letter.is_ascii() {
        return (' '..='~').contains(&letter);
    }
    contains(&PRINTABLE, letter)
}

/// Whether the character may stand in a name: a letter, a digit or an underscore.
#[must_use]
pub fn is_alphanumeric(letter: char) -> bool {
    if letter.is_ascii() {
        return letter.is_ascii_alphanumeric() || letter == '_';
    }
    contains(&ALPHANUMERIC, letter)
}

fn class(pattern: &str) -> Vec<(char, char)> {
    let Ok(parsed) = regex_syntax::parse(pattern) else {
        return Vec::new();
    };
    match parsed.kind() {
        HirKind::Class(Class::Unicode(class)) => class
            .iter()
            .map(|range| (range.start(), range.end()))
            .collect(),
        _ => Vec::new(),
    }
}

/// The ranges are sorted and don't overlap.
fn contains(ranges: &[(char, char)], letter: char) -> bool {
    let after = ranges.partition_point(|(start, _)| *start <= letter);
    let range = after.checked_sub(1).and_then(|index| ranges.get(index));
    range.is_some_and(|(_, end)| letter <= *end)
}
