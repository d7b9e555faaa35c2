//! Letters, with the case of each character by itself as Go has it for Unicode 15.0.

use std::sync::LazyLock;

use regex_syntax::hir::ClassUnicode;

use crate::regexp::category;

static LETTERS_AND_DIGITS: LazyLock<ClassUnicode> = LazyLock::new(|| {
    let mut class = category("L");
    class.union(&category("Nd"));
    class
});
static LETTERS: LazyLock<ClassUnicode> = LazyLock::new(|| category("L"));
static NUMBERS: LazyLock<ClassUnicode> = LazyLock::new(|| category("N"));
static PUNCTUATION: LazyLock<ClassUnicode> = LazyLock::new(|| category("P"));
static CAPITALS: LazyLock<ClassUnicode> = LazyLock::new(|| category("Lu"));
static SMALL: LazyLock<ClassUnicode> = LazyLock::new(|| category("Ll"));
static TITLES: LazyLock<ClassUnicode> = LazyLock::new(|| category("Lt"));
static PRINTED: LazyLock<ClassUnicode> = LazyLock::new(|| {
    let mut class = category("L");
    for name in ["M", "N", "P", "S"] {
        class.union(&category(name));
    }
    class
});

/// The text with the first letter of each word in its form for titles, as `strings.Title` has it.
#[must_use]
pub fn title(text: &str) -> String {
    let mut before = ' ';
    let titled = text.chars().map(|character| {
        let starts = separates(before);
        before = character;
        if starts {
            to_title(character)
        } else {
            character
        }
    });
    titled.collect()
}

fn separates(character: char) -> bool {
    if character.is_ascii() {
        return !character.is_ascii_alphanumeric() && character != '_';
    }
    character.is_whitespace() && !is_letter_or_digit(character)
}

/// Whether a character is a letter or a decimal digit.
#[must_use]
pub fn is_letter_or_digit(character: char) -> bool {
    is_in(&LETTERS_AND_DIGITS, character)
}

/// Whether a character is a letter, as `unicode.IsLetter` has it.
#[must_use]
pub fn is_letter(character: char) -> bool {
    is_in(&LETTERS, character)
}

/// Whether a character is a number, as `unicode.IsNumber` has it.
#[must_use]
pub fn is_number(character: char) -> bool {
    is_in(&NUMBERS, character)
}

/// Whether a character is punctuation, as `unicode.IsPunct` has it.
#[must_use]
pub fn is_punctuation(character: char) -> bool {
    is_in(&PUNCTUATION, character)
}

/// Whether a letter is a capital, as `unicode.IsUpper` has it.
#[must_use]
pub fn is_capital(character: char) -> bool {
    is_in(&CAPITALS, character)
}

/// Whether a letter is small, as `unicode.IsLower` has it.
#[must_use]
pub fn is_small(character: char) -> bool {
    is_in(&SMALL, character)
}

/// Whether a letter has the form for titles alone, as `unicode.IsTitle` has it.
#[must_use]
pub fn is_title(character: char) -> bool {
    is_in(&TITLES, character)
}

/// Whether a character can be printed, as `strconv.IsPrint` has it: of spaces only that of ASCII can.
#[must_use]
pub fn is_printed(character: char) -> bool {
    match character.is_ascii() {
        true => matches!(character, ' '..='~'),
        false => is_in(&PRINTED, character),
    }
}

fn is_in(class: &ClassUnicode, character: char) -> bool {
    let ranges = class.ranges();
    let after = ranges.partition_point(|range| range.end() < character);
    ranges
        .get(after)
        .is_some_and(|range| range.start() <= character)
}

/// The capital of a letter, or the character itself.
#[must_use]
pub fn to_upper(character: char) -> char {
    let offset = match character {
        '\u{1f80}'..='\u{1f87}' | '\u{1f90}'..='\u{1f97}' | '\u{1fa0}'..='\u{1fa7}' => 8,
        '\u{1fb3}' | '\u{1fc3}' | '\u{1ff3}' => 9,
        _ if has_case_since_unicode_16(character) => 0,
        _ => return alone(character, character.to_uppercase()),
    };
    char::from_u32(u32::from(character) + offset).unwrap_or(character)
}

/// The small form of a letter, or the character itself.
#[must_use]
pub fn to_lower(character: char) -> char {
    match character {
        '\u{130}' => 'i',
        _ if has_case_since_unicode_16(character) => character,
        _ => alone(character, character.to_lowercase()),
    }
}

/// The form of a letter that begins a word, or the character itself.
#[must_use]
pub fn to_title(character: char) -> char {
    match character {
        '\u{1c4}'..='\u{1c6}' => '\u{1c5}',
        '\u{1c7}'..='\u{1c9}' => '\u{1c8}',
        '\u{1ca}'..='\u{1cc}' => '\u{1cb}',
        '\u{1f1}'..='\u{1f3}' => '\u{1f2}',
        // Georgian has capitals for whole texts only.
        '\u{10d0}'..='\u{10ff}' => character,
        _ => to_upper(character),
    }
}

/// The character that replaces another one by itself; there is none where it becomes several (`ß`).
fn alone(character: char, mut replacement: impl Iterator<Item = char>) -> char {
    match (replacement.next(), replacement.next()) {
        (Some(single), None) => single,
        _ => character,
    }
}

/// Terraform 1.11 and Helm 3.19 are built with Unicode 15.0, where these have no other case.
fn has_case_since_unicode_16(character: char) -> bool {
    matches!(
        character,
        '\u{19b}' | '\u{264}'
            | '\u{1c89}'..='\u{1c8a}'
            | '\u{a7cb}'..='\u{a7cf}'
            | '\u{a7d2}'..='\u{a7d5}'
            | '\u{a7da}'..='\u{a7dc}'
            | '\u{10d50}'..='\u{10d85}'
            | '\u{16ea0}'..='\u{16ed3}'
    )
}
