//! Classes of characters, as Go's template reader has them.

use go::letters::is_letter_or_digit;

/// Whether the character may stand in a name: a letter, a digit or an underscore.
#[must_use]
pub fn is_alphanumeric(letter: char) -> bool {
    match letter.is_ascii() {
        true => letter.is_ascii_alphanumeric() || letter == '_',
        false => is_letter_or_digit(letter),
    }
}
