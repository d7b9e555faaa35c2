//! Text from input, made harmless for a terminal or a log.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Returns `text` with control, escape and bidirectional characters written as `\u{…}`, so that a name found in input can
/// neither drive a terminal nor reorder a line (CVE-2021-42574). Line feeds and tabs are escaped too.
#[must_use]
pub fn neutral(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_harmful(character) {
            let _ = write!(out, "\\u{{{:x}}}", u32::from(character));
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

/// Returns at most `most` characters of `text`, with `…` in place of the rest: what is long in input stays readable for people,
/// and its repetitions take no memory.
#[must_use]
pub fn brief(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        None => Cow::Borrowed(text),
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
    }
}

fn is_harmful(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{061c}'
        )
}

#[cfg(test)]
mod tests {
    use super::{brief, neutral};

    #[test]
    fn escapes_are_spelled_out() {
        assert_eq!(neutral("plain é"), "plain é");
        assert_eq!(neutral("\u{1b}[31mred\u{7}"), "\\u{1b}[31mred\\u{7}");
        assert_eq!(neutral("a\u{202e}b\nc"), "a\\u{202e}b\\u{a}c");
    }

    #[test]
    fn long_text_is_cut_between_characters() {
        assert_eq!(brief("éé", 2), "éé");
        assert_eq!(brief("ééé", 2), "éé…");
    }
}
