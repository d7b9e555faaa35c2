//! Strings with quotes and escapes, as `strconv.Quote` writes them.

use std::ops::Range;

use crate::letters::is_printed;
use crate::runes;

/// What stands between the quotes for each character of a string, and where the character stands in it.
pub fn escaped(text: &[u8]) -> impl Iterator<Item = (Range<usize>, String)> {
    runes(text).map(|(range, letter)| {
        // What is no character is one byte, while U+FFFD itself has three.
        let is_byte = letter == char::REPLACEMENT_CHARACTER && range.len() == 1;
        let escaped = match is_byte {
            true => format!("\\x{:02x}", text[range.start]),
            false => escape(letter),
        };
        (range, escaped)
    })
}

fn escape(letter: char) -> String {
    let short = match letter {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\u{7}' => "\\a",
        '\u{8}' => "\\b",
        '\u{c}' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\u{b}' => "\\v",
        _ if is_printed(letter) => return letter.into(),
        _ => "",
    };
    let number = u32::from(letter);
    match number {
        _ if !short.is_empty() => short.into(),
        0..0x80 => format!("\\x{number:02x}"),
        0x80..0x1_0000 => format!("\\u{number:04x}"),
        _ => format!("\\U{number:08x}"),
    }
}

/// A string with quotes and escapes.
#[must_use]
pub fn quote(text: &[u8]) -> String {
    let escaped: String = escaped(text).map(|(_, escaped)| escaped).collect();
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_not_be_printed_is_escaped() {
        for (text, expected) in [
            (&b"a\"\\\n"[..], r#""a\"\\\n""#),
            (b"\x00\x7f\x1b", r#""\x00\x7f\x1b""#),
            (
                "é\u{a0}\u{ad}\u{2028}\u{1f600}\u{e0001}".as_bytes(),
                "\"é\\u00a0\\u00ad\\u2028\u{1f600}\\U000e0001\"",
            ),
            (b"\xff\xef\xbf\xbd", "\"\\xff\u{fffd}\""),
        ] {
            assert_eq!(quote(text), expected);
        }
    }
}
