//! Text as Terraform keeps and counts it: in Unicode's normal form C, as a sequence of grapheme clusters of Unicode 15.0.

use smol_str::SmolStr;
use unicode_normalization::char::{canonical_combining_class, compose, decompose_canonical};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use unicode_segmentation::UnicodeSegmentation;

/// The most bytes of one text: more is no configuration.
pub const MOST_BYTES: usize = 16 * 1024 * 1024;

/// Characters that stay what they are whatever follows, as go-cty lists them.
const DELIMITERS: &str = "-_:;/\\,.(){}[]|?!~ \t@#$%^&*+\"'";

/// Characters that become one with a character before them: the first and last of a range, or of a script.
const COMPOSING: &[(char, char)] = &[
    ('\u{300}', '\u{345}'),
    ('\u{653}', '\u{655}'),
    ('\u{93c}', '\u{93c}'),
    ('\u{9be}', '\u{9d7}'),
    ('\u{b3e}', '\u{b57}'),
    ('\u{bbe}', '\u{bd7}'),
    ('\u{c56}', '\u{c56}'),
    ('\u{cc2}', '\u{cd6}'),
    ('\u{d3e}', '\u{d57}'),
    ('\u{dca}', '\u{ddf}'),
    ('\u{102e}', '\u{102e}'),
    ('\u{1161}', '\u{1161}'),
    ('\u{11a8}', '\u{11a8}'),
    ('\u{1b35}', '\u{1b35}'),
    ('\u{3099}', '\u{309a}'),
    ('\u{110ba}', '\u{110ba}'),
    ('\u{11127}', '\u{11127}'),
    ('\u{1133e}', '\u{11357}'),
    ('\u{114b0}', '\u{114bd}'),
    ('\u{115af}', '\u{115af}'),
    ('\u{11930}', '\u{11930}'),
];

/// The text in normal form C, as every string of Terraform is.
#[must_use]
pub fn normalized(text: &str) -> SmolStr {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return text.into();
    }
    text.nfc().collect()
}

/// What people take for the characters of a text. Nothing is added to a replacement character, which go-cty's library
/// takes for a control character.
///
/// Source: <https://www.unicode.org/reports/tr29/tr29-41.html>.
pub fn clusters(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    let parts = text.split_inclusive(char::REPLACEMENT_CHARACTER);
    parts.flat_map(|part| {
        let before = part.trim_end_matches(char::REPLACEMENT_CHARACTER);
        let mark = &part[before.len()..];
        before
            .graphemes(true)
            .chain((!mark.is_empty()).then_some(mark))
    })
}

/// The longest part of a known beginning that stays as it is whatever follows, as far as go-cty can tell: `fo` of
/// `foo`, to which an accent may be added, and `foo-` of `foo-`.
///
/// Source: <https://pkg.go.dev/github.com/zclconf/go-cty/cty/ctystrings#SafeKnownPrefix>.
#[must_use]
pub fn safe_prefix(beginning: &str) -> SmolStr {
    let beginning = normalized(beginning);
    let is_open = beginning.chars().next_back().is_some_and(may_compose);
    let end = if is_open {
        last_starter(&beginning)
    } else {
        last_boundary(&beginning)
    };
    beginning[..end].into()
}

/// Whether the normal form of a character may depend on what stands next to it.
fn may_compose(character: char) -> bool {
    let mut decomposes = false;
    decompose_canonical(character, |part| decomposes |= part != character);
    let mut marks = COMPOSING.iter().flat_map(|(first, last)| *first..=*last);
    decomposes || !is_starter(character) || marks.any(|mark| compose(character, mark).is_some())
}

fn is_starter(character: char) -> bool {
    let is_certain = is_nfc_quick(std::iter::once(character)) == IsNormalized::Yes;
    is_certain && canonical_combining_class(character) == 0
}

/// Where the last character stands that begins a text to be normalized.
fn last_starter(text: &str) -> usize {
    let starter = text
        .char_indices()
        .rev()
        .find(|(_, character)| is_starter(*character));
    starter.map_or(0, |(index, _)| index)
}

/// Where the last character begins, or ends if nothing can be added to it. go-cty does not look behind a line feed.
fn last_boundary(text: &str) -> usize {
    let mut end = 0;
    let mut last = "";
    for cluster in clusters(text) {
        if matches!(cluster, "\n" | "\r") {
            return end;
        }
        end += cluster.len();
        last = cluster;
    }
    if is_delimiter(last) {
        end
    } else {
        end - last.len()
    }
}

fn is_delimiter(cluster: &str) -> bool {
    let mut characters = cluster.chars();
    let first = characters.next();
    first.is_some_and(|first| DELIMITERS.contains(first)) && characters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn safe_prefixes_end_where_nothing_can_be_added_to_the_last_character() {
        for (beginning, safe) in [
            ("", ""),
            ("a", ""),
            ("boo", "bo"),
            ("ami-", "ami-"),
            ("ab1", "ab"),
            ("a=", "a"),
            ("a=-", "a=-"),
            ("abc\r\n", "abc"),
            ("a\r\nb-", "a\r\nb-"),
            ("a\nb-", "a"),
            ("a\nbc", "a\nb"),
            ("1か", "1"),
            ("hello 🤷🏽\u{200d}♂️", "hello "),
            ("🇦🇦🇦", "🇦🇦"),
            ("ae\u{301}", "a"),
            ("-\u{301}", ""),
        ] {
            assert_eq!(safe_prefix(beginning), safe, "{beginning:?}");
        }
    }

    #[test]
    fn characters_are_grapheme_clusters() {
        for (text, count) in [("e\u{301}", 1), ("क्षि", 2), ("🇦🇦🇦🇦", 2), ("a\r\n", 2)]
        {
            assert_eq!(clusters(text).count(), count, "{text:?}");
        }
    }
}
