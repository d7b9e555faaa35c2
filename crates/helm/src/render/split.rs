//! Rendered text to documents, as Helm divides it: at lines that begin with `---`, without reading the YAML.

use std::ops::Range;

use memchr::memmem;

use crate::value::Text;

/// The documents of a text, without space around them; those that hold nothing are left out.
pub(super) fn documents(text: &Text) -> Vec<Text> {
    let whole = text.trimmed(0..text.len(), char::is_whitespace);
    let mut documents = Vec::new();
    let mut start = whole.start;
    let separators = separators(&text.as_bytes()[whole.clone()]);
    let within = |range: Range<usize>| whole.start + range.start..whole.start + range.end;
    let rest = whole.end..whole.end;
    for separator in separators.into_iter().map(within).chain([rest]) {
        if start < separator.start {
            let document = text.trimmed(start..separator.start, char::is_whitespace);
            documents.push(text.slice(document));
        }
        start = separator.end;
    }
    documents
}

/// Where documents are divided: `---` at the start, or behind a line break, with the space before and behind it.
pub(super) fn separators(text: &[u8]) -> Vec<Range<usize>> {
    let mut separators = Vec::new();
    // The line break must not be part of the separator before.
    let mut from = 0;
    if text.starts_with(b"---") {
        from = behind(text, 0);
        separators.push(0..from);
    }
    while let Some(line_break) = find(text, from) {
        let space = text[from..line_break].iter().rev();
        let space = space.take_while(|byte| is_space(**byte)).count();
        from = behind(text, line_break + 1);
        separators.push(line_break - space..from);
    }
    separators
}

/// The first line break from a place on that dashes follow.
fn find(text: &[u8], from: usize) -> Option<usize> {
    let found = memmem::find(text.get(from..)?, b"\n---");
    found.map(|position| from + position)
}

/// The place behind the dashes and the space that follows them.
fn behind(text: &[u8], dashes: usize) -> usize {
    let rest = text.get(dashes + 3..).unwrap_or_default();
    let space = rest.iter().take_while(|byte| is_space(**byte)).count();
    dashes + 3 + space
}

/// What `\s` is in Go's regular expressions.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_divided_at_lines_of_dashes() {
        for (text, expected) in [
            ("a: 1\n---\nb: 2\n", vec!["a: 1", "b: 2"]),
            ("---\na: 1", vec!["a: 1"]),
            ("a: 1\n---b: 2", vec!["a: 1", "b: 2"]),
            ("a: --- b", vec!["a: --- b"]),
            // The line break belongs to the first separator.
            ("a\n---\n---\nb", vec!["a", "---\nb"]),
            ("a\n\n  \n---   \n\nb", vec!["a", "b"]),
            ("a\n ---\nb", vec!["a\n ---\nb"]),
            ("x---\n---\nb", vec!["x---", "b"]),
            ("----\nb", vec!["-\nb"]),
            ("", vec![]),
        ] {
            let documents = documents(&Text::from(text));
            let documents: Vec<_> = documents.iter().map(|text| text.to_str()).collect();
            assert_eq!(documents, expected, "{text:?}");
        }
    }
}
