//! Where things stand that the parser does not tell: colons, dashes, the heads of block scalars,
//! lines.

use std::ops::Range;

/// The place of the next byte at or behind `at` that is neither blank nor in a comment.
pub(crate) fn skip_blanks(text: &[u8], mut at: usize) -> usize {
    while let Some(byte) = text.get(at) {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => at += 1,
            b'#' if at == 0 || is_blank(text[at - 1]) => at = line_end(text, at),
            _ if text[at..].starts_with("\u{feff}".as_bytes()) => at += '\u{feff}'.len_utf8(),
            _ => break,
        }
    }
    at
}

/// The place behind the colon that follows a key which ends at `at`, or `at` where there is none.
pub(crate) fn after_colon(text: &[u8], at: usize) -> usize {
    let colon = skip_blanks(text, at);
    // A colon that begins a word on a later line belongs to the next key.
    let same_line = !text[at..colon]
        .iter()
        .any(|byte| matches!(byte, b'\n' | b'\r'));
    let ends = |byte: &u8| is_blank(*byte) || same_line && matches!(byte, b',' | b']' | b'}');
    // Behind quotes and brackets nothing else can follow, so there the colon needs no blank.
    let is_adjacent = colon == at && at > 0 && matches!(text[at - 1], b'"' | b'\'' | b']' | b'}');
    let is_sign = is_adjacent || text.get(colon + 1).is_none_or(ends);
    if text.get(colon) == Some(&b':') && is_sign {
        colon + 1
    } else {
        at
    }
}

/// The place of the dash that begins the first or next item behind `at`.
pub(crate) fn next_dash(text: &[u8], at: usize) -> Option<usize> {
    let at = skip_to_content(text, at, |byte| byte == b':');
    (text.get(at) == Some(&b'-')).then_some(at)
}

/// The place of the `|` or `>` that begins the block scalar behind `at`. The end of another document may stand between them.
pub(crate) fn block_head(text: &[u8], at: usize) -> Option<usize> {
    let at = skip_to_content(text, at, |byte| matches!(byte, b':' | b'-' | b'?' | b'.'));
    matches!(text.get(at), Some(b'|' | b'>')).then_some(at)
}

/// Skips blanks, comments, `indicators`, anchors and tags.
fn skip_to_content(text: &[u8], mut at: usize, is_indicator: impl Fn(u8) -> bool) -> usize {
    loop {
        at = skip_blanks(text, at);
        match text.get(at) {
            Some(byte) if is_indicator(*byte) => at += 1,
            Some(b'&' | b'!') => {
                at += text[at..]
                    .iter()
                    .take_while(|byte| !is_blank(**byte))
                    .count();
            }
            _ => return at,
        }
    }
}

/// The end of a block scalar whose content the parser says to reach from `start` to `end`: that of
/// its last line with text.
pub(crate) fn block_end(text: &str, start: usize, end: usize) -> usize {
    let content = &text[start..end];
    let kept = content.trim_end_matches(['\n', '\r', ' ', '\t']).len();
    // Blanks at the end of the last line with text belong to the text.
    let blanks = content[kept..]
        .find(['\n', '\r'])
        .unwrap_or(content.len() - kept);
    if kept == 0 {
        start
    } else {
        start + kept + blanks
    }
}

/// The end of the head of a block scalar that begins at `at` and has no text.
pub(crate) fn block_head_end(text: &str, at: usize) -> usize {
    let indicators = |byte: &u8| matches!(byte, b'|' | b'>' | b'+' | b'-' | b'0'..=b'9');
    at + text.as_bytes()[at..]
        .iter()
        .take_while(|byte| indicators(byte))
        .count()
}

/// The lines of a text, with the line feeds that end them.
pub(crate) fn lines(mut text: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let end = memchr::memchr(b'\n', text.as_bytes()).map_or(text.len(), |at| at + 1);
        let (line, rest) = text.split_at_checked(end)?;
        text = rest;
        (!line.is_empty()).then_some(line)
    })
}

/// The place of the line break that ends the line of `at`, or the end of the text.
pub(crate) fn line_end(text: &[u8], at: usize) -> usize {
    text[at..]
        .iter()
        .position(|byte| matches!(byte, b'\n' | b'\r'))
        .map_or(text.len(), |length| at + length)
}

/// The place at which the line of `at` begins.
pub(crate) fn line_start(text: &[u8], at: usize) -> usize {
    text[..at]
        .iter()
        .rposition(|byte| matches!(byte, b'\n' | b'\r'))
        .map_or(0, |end| end + 1)
}

/// How many blanks stand before the text of the line.
pub(crate) fn indent(text: &[u8], at: usize) -> usize {
    indent_of_line(text, line_start(text, at))
}

/// How many blanks stand at the beginning of the line that begins at `start`.
pub(crate) fn indent_of_line(text: &[u8], start: usize) -> usize {
    text[start..]
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count()
}

/// The text from `at` to the end of its line; at the end of a line, the last character before. `at` may stand inside of a
/// character: places are counted in texts of which parts are blanked byte by byte.
pub(crate) fn rest_of_line(text: &str, at: usize) -> Range<usize> {
    let at = text.floor_char_boundary(at);
    let rest = trimmed(text, at..line_end(text.as_bytes(), at));
    if !rest.is_empty() {
        return rest;
    }
    let before = text[..at].trim_end();
    let last = before.chars().next_back().map_or(0, char::len_utf8);
    before.len() - last..before.len()
}

/// `range`, from whole character to whole character, without the blanks at both ends.
pub(crate) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let range = text.floor_char_boundary(range.start)..text.ceil_char_boundary(range.end);
    let inner = &text[range.clone()];
    let start = range.start + inner.len() - inner.trim_start().len();
    start..start.max(range.start + inner.trim_end().len())
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}
