//! Tells text of template languages, such as that of Helm, from YAML.

use std::ops::Range;

use crate::layout::line_end;

/// The first action in double braces that stands neither in quotes nor in a comment.
pub(crate) fn first_action(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut quote = None;
    let mut at = 0;
    while at < bytes.len() {
        let before = at.checked_sub(1).map_or(b'\n', |before| bytes[before]);
        match (quote, bytes[at]) {
            (None, b'{') if bytes.get(at + 1) == Some(&b'{') => {
                return Some(at..action_end(text, at));
            }
            (None, b'#') if matches!(before, b' ' | b'\t' | b'\n' | b'\r') => {
                at = line_end(bytes, at);
            }
            (None, byte @ (b'"' | b'\'')) if !before.is_ascii_alphanumeric() => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            (Some(b'"'), b'\\') => at += 1,
            // Few quoted texts go on over lines, but in text that is not YAML an apostrophe may
            // look like a quote.
            (Some(_), b'\n') => quote = None,
            _ => {}
        }
        at += 1;
    }
    None
}

fn action_end(text: &str, start: usize) -> usize {
    let line = &text[start..line_end(text.as_bytes(), start)];
    start + line.find("}}").map_or(line.len(), |end| end + 2)
}
