//! The text of a template without its actions, every byte at its place.

use std::ops::Range;

/// Where an action begins and ends.
const MARKS: (&str, &str) = ("{{", "}}");

/// The words that begin a block.
const BLOCKS: [&str; 5] = ["if", "range", "with", "define", "block"];

/// What stands in the place of an action that prints something: a letter of a word.
const LETTER: u8 = b'x';

/// A text without its actions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masked {
    /// As many bytes as the text has. What is printed in a line is a word there, what is printed on lines of its own is a key,
    /// and the rest of the actions is blank.
    pub text: String,
    /// What was taken out.
    pub taken: Vec<Range<usize>>,
}

/// Takes the actions out of a text, however broken they are, and all text that may not be there where the byte at `place` is:
/// that of blocks which do not hold it.
#[must_use]
pub fn mask(text: &str, place: usize) -> Masked {
    let mut bytes = text.as_bytes().to_vec();
    let (mut taken, mut blocks, mut open) = (Vec::new(), Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(start) = text[at..].find(MARKS.0).map(|start| at + start) {
        at = end(text, start);
        let action = &text[start..at];
        let is_printed = is_printed(action);
        fill(
            &mut bytes,
            start..at,
            if is_printed { LETTER } else { b' ' },
        );
        if is_printed && is_whole_line(text, start, at) {
            fill(&mut bytes, at - 1..at, b':');
        }
        taken.push(start..at);
        if BLOCKS.contains(&word(action)) {
            open.push(start);
        } else if word(action) == "end" {
            let block = open.pop().map(|start| start..at);
            close(&mut blocks, block.filter(|block| !block.contains(&place)));
        }
    }
    for block in &blocks {
        fill(&mut bytes, block.clone(), b' ');
    }
    taken.extend(blocks);
    Masked {
        text: String::from_utf8(bytes).unwrap_or_default(),
        taken,
    }
}

/// Adds a block, in the place of those in it.
fn close(blocks: &mut Vec<Range<usize>>, block: Option<Range<usize>>) {
    let Some(block) = block else { return };
    while blocks.last().is_some_and(|last| last.start >= block.start) {
        blocks.pop();
    }
    blocks.push(block);
}

fn fill(bytes: &mut [u8], range: Range<usize>, letter: u8) {
    let bytes = bytes.get_mut(range).unwrap_or_default().iter_mut();
    for byte in bytes.filter(|byte| **byte != b'\n') {
        *byte = letter;
    }
}

/// The end of the action that begins at `start`: behind its mark, else the end of the text.
fn end(text: &str, start: usize) -> usize {
    let inside = start + MARKS.0.len();
    let head = text[inside..].trim_start_matches('-').trim_start();
    if head.starts_with("/*") {
        let comment = text.len() - head.len();
        let close = text[comment..].find("*/").map(|close| comment + close);
        return close
            .and_then(|close| mark(text, close))
            .unwrap_or(text.len());
    }
    let mut quote = None;
    let mut signs = text[inside..].char_indices();
    while let Some((offset, sign)) = signs.next() {
        match (quote, sign) {
            (Some('"' | '\''), '\\') => {
                signs.next();
            }
            (Some(open), sign) if open == sign => quote = None,
            (None, '"' | '\'' | '`') => quote = Some(sign),
            (None, '}') if text[inside + offset..].starts_with(MARKS.1) => {
                return inside + offset + MARKS.1.len();
            }
            _ => {}
        }
    }
    text.len()
}

fn mark(text: &str, from: usize) -> Option<usize> {
    let at = text[from..].find(MARKS.1)?;
    Some(from + at + MARKS.1.len())
}

/// Whether an action may print something: it is no comment, sets no variable, and is not about other actions.
fn is_printed(action: &str) -> bool {
    let word = word(action);
    let is_of_others = matches!(word, "else" | "end" | "break" | "continue");
    let inside = inside(action);
    let sets = inside.starts_with('$') && inside.contains('=');
    !BLOCKS.contains(&word) && !is_of_others && !sets && !inside.starts_with("/*")
}

/// The first word of an action.
fn word(action: &str) -> &str {
    let inside = inside(action);
    let end = inside.find(|sign: char| !sign.is_ascii_alphanumeric());
    &inside[..end.unwrap_or(inside.len())]
}

fn inside(action: &str) -> &str {
    action.trim_start_matches(['{', '-']).trim_start()
}

/// Whether nothing else stands on the lines of a range.
fn is_whole_line(text: &str, start: usize, end: usize) -> bool {
    const BLANKS: [char; 3] = [' ', '\t', '\r'];
    // Looks no further than the blanks: a file may be one long line.
    let before = text[..start].trim_end_matches(BLANKS);
    let behind = text[end..].trim_start_matches(BLANKS);
    let begins = before.is_empty() || before.ends_with('\n');
    begins && (behind.is_empty() || behind.starts_with('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_in_a_line_is_a_word_and_the_rest_is_blank() {
        for (text, expected) in [
            ("a: {{ .b }}\n", "a: xxxxxxxx\n"),
            (
                "a:\n  {{- toYaml .b }}\nc: 1\n",
                "a:\n  xxxxxxxxxxxxxxx:\nc: 1\n",
            ),
            (
                "{{- if .a }}\nb: \"{{ .c }}:{{ .d }}\"\n{{- end }}",
                "            \nb: \"xxxxxxxx:xxxxxxxx\"\n          ",
            ),
            ("a: {{ \"}}\" }}b", "a: xxxxxxxxxxb"),
            ("a{{/* }} */}}b {{ .c", "a            b xxxxx"),
        ] {
            let masked = mask(text, 0);
            assert_eq!(masked.text.len(), text.len(), "{text}");
            assert_eq!(masked.text.trim_end(), expected.trim_end(), "{text}");
        }
    }

    #[test]
    fn letters_of_several_bytes_stay_what_they_are() {
        let masked = mask("ä: {{ \"ö\" }}ü {{ 'ß", 0);
        assert_eq!(masked.text, "ä: xxxxxxxxxxü xxxxxx");
        assert_eq!(masked.taken.len(), 2);
    }

    #[test]
    fn blocks_around_other_places_are_blank() {
        let text = "{{ if .a }}a: 1{{ if .b }}b: 2{{ end }}{{ end }} {{ with .c }}c{{ end }}";
        let kept = |place: &str| {
            let masked = mask(text, text.find(place).unwrap());
            masked.text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(kept("a:"), "a: 1");
        assert_eq!(kept("b:"), "a: 1 b: 2");
        assert_eq!(kept("c{"), "c");
    }
}
