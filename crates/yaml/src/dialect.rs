//! Text that YAML 1.2 allows, and that the API server's library, which follows YAML 1.1, refuses or
//! takes differently.
//!
//! Such text is read as YAML 1.2 has it and is a problem: nothing is lost, but `kubectl` will not
//! take the file. <https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v2/scannerc.go> is
//! the definition.

use std::ops::Range;

use crate::layout::line_end;

pub(crate) const TAB: &str =
    "kubectl takes no tabs before the first text of a line, nor behind a dash";
pub(crate) const BLOCK_TAB: &str = "kubectl takes no tabs in the indentation of a text block";
pub(crate) const ANCHOR: &str =
    "kubectl takes only letters of English, digits, `-` and `_` in the name of an anchor";
pub(crate) const FLOW_START: &str = "in brackets, kubectl takes a leading `:` or `?` for the sign of a value or key: quote the text";
pub(crate) const QUESTION_MARK: &str =
    "in brackets, kubectl takes no text with a question mark and no quotes";
pub(crate) const LONG_KEY: &str =
    "in brackets, kubectl takes a key only on one line with its colon";
pub(crate) const COLON_END: &str =
    "in brackets, kubectl takes the colon for a part of the text: put a blank behind it";
pub(crate) const ESCAPE: &str = "kubectl takes neither `\\/` nor pairs of surrogates in YAML";
pub(crate) const SHALLOW: &str = "YAML wants text that goes on over lines indented deeper than the list or map around it, though kubectl takes it";
pub(crate) const TAG: &str =
    "kubectl takes no `#` in a tag, and a comma behind it for a part of it";

/// What stands before a gap between two tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Before {
    /// The beginning of a line.
    Line,
    /// A token.
    Token,
    /// A scalar without quotes, which takes the blank lines behind it, in a list or map that begins
    /// at this column.
    Plain(Option<usize>),
}

impl Before {
    /// Whether a tab at this column indents the lines of a scalar.
    fn indents(self, column: usize) -> bool {
        matches!(self, Self::Plain(Some(parent)) if column <= parent)
    }
}

/// Where a tab indents a line of the scalar without quotes at `range`, which stands in a list or
/// map at column `parent`.
pub(crate) fn tab_in_plain(
    text: &[u8],
    range: Range<usize>,
    parent: Option<usize>,
) -> Option<usize> {
    let mut at = line_end(text, range.start) + 1;
    while at < range.end {
        let blanks = text[at..range.end]
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t'))
            .count();
        let tab = text[at..at + blanks].iter().position(|byte| *byte == b'\t');
        if let Some(tab) = tab.filter(|tab| Before::Plain(parent).indents(*tab)) {
            return Some(at + tab);
        }
        at = line_end(text, at) + 1;
    }
    None
}

/// Where a tab stands in the gap between two tokens, where `kubectl` takes none.
pub(crate) fn tab_in_gap(
    text: &[u8],
    gap: Range<usize>,
    before: Before,
    in_brackets: bool,
) -> Option<usize> {
    let mut at = gap.start;
    // Where a key may begin, only spaces are blanks.
    let mut key_may_begin = before == Before::Line;
    let mut line = gap.start;
    let mut in_scalar = matches!(before, Before::Plain(_));
    while at < gap.end {
        match text[at] {
            b'\t' if in_scalar => {
                if line > gap.start && before.indents(at - line) {
                    return Some(at);
                }
            }
            b'\t' if key_may_begin && !in_brackets => return Some(at),
            b'\n' | b'\r' => (key_may_begin, line) = (true, at + 1),
            b' ' | b'\t' => {}
            b'#' => {
                in_scalar = false;
                at = line_end(text, at);
                continue;
            }
            byte => {
                in_scalar = false;
                key_may_begin = matches!(byte, b'-' | b'?') || byte == b':' && key_may_begin;
            }
        }
        at += 1;
    }
    None
}

/// Where a tab stands in the indentation of the block scalar at `range`, where `kubectl` takes
/// none.
pub(crate) fn tab_in_block(text: &[u8], range: Range<usize>) -> Option<usize> {
    let head_end = line_end(text, range.start);
    let head = &text[range.start..head_end];
    let head = &head[..head
        .iter()
        .position(|byte| matches!(byte, b' ' | b'\t' | b'#'))
        .unwrap_or(head.len())];
    let is_explicit = head.iter().any(u8::is_ascii_digit);
    let mut indent = if is_explicit {
        Some(explicit_indent(text, &range))
    } else {
        None
    };
    let mut at = head_end + 1;
    while at < range.end {
        let end = line_end(text, at);
        let spaces = text[at..end]
            .iter()
            .take_while(|byte| **byte == b' ')
            .count();
        let is_short = indent.is_none_or(|indent| spaces < indent);
        if is_short && text.get(at + spaces) == Some(&b'\t') {
            return Some(at + spaces);
        }
        if at + spaces < end {
            indent = indent.or(Some(spaces));
        }
        at = end + 1;
    }
    None
}

/// The indentation of a block scalar that states it: that of its least indented line with text.
fn explicit_indent(text: &[u8], range: &Range<usize>) -> usize {
    let content = &text[line_end(text, range.start).min(range.end)..range.end];
    let lines = content
        .split(|byte| matches!(byte, b'\n' | b'\r'))
        .filter(|line| !line.trim_ascii().is_empty());
    lines
        .map(|line| line.iter().take_while(|byte| **byte == b' ').count())
        .min()
        .unwrap_or_default()
}

/// Whether the place is that of a value left out between the colon and the end of an entry whose
/// key, which begins at `key`, has no quotes.
pub(crate) fn is_joined_colon(text: &[u8], key: usize, at: usize) -> bool {
    let ends = matches!(text.get(at), Some(b',' | b']' | b'}'));
    ends && text[..at].ends_with(b":") && !matches!(text.get(key), Some(b'"' | b'\'' | b'*'))
}

/// Whether `kubectl` takes the name of an anchor that ends at `end`.
pub(crate) fn is_anchor(name: &str, text: &[u8], end: usize) -> bool {
    let is_name = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    let behind = text.get(end);
    is_name && behind.is_none_or(|byte| byte.is_ascii_whitespace() || b"?:,]}%@`".contains(byte))
}

/// Whether a line break stands in the key that begins at `start` in brackets, or before its colon;
/// `end` is where its value begins.
pub(crate) fn is_parted_key(text: &[u8], start: usize, end: usize) -> bool {
    if !text[start..end]
        .iter()
        .any(|byte| matches!(byte, b'\n' | b'\r'))
    {
        return false;
    }
    let before = text[..start].trim_ascii_end();
    let colon = text[start..end]
        .iter()
        .rposition(|byte| *byte == b':')
        .map_or(start, |colon| start + colon);
    before.last() != Some(&b'?')
        && text[start..colon]
            .iter()
            .any(|byte| matches!(byte, b'\n' | b'\r'))
}

/// Whether a text in double quotes holds an escape that `kubectl` does not take.
pub(crate) fn has_refused_escape(written: &str) -> bool {
    let mut rest = written;
    while let Some(at) = rest.find('\\') {
        let escape = &rest.as_bytes()[at + 1..];
        if let [b'/', ..]
        | [
            b'u',
            b'd' | b'D',
            b'8'..=b'9' | b'a'..=b'f' | b'A'..=b'F',
            ..,
        ] = escape
        {
            return true;
        }
        // What is escaped may be a backslash, or begin a character of several bytes.
        rest = rest.get(at + 2..).unwrap_or_default();
    }
    false
}

/// Whether a line after the first of the quoted text at `range` is not indented deeper than
/// `indent`.
pub(crate) fn is_shallow(text: &[u8], range: Range<usize>, indent: usize) -> bool {
    let mut lines = text[range]
        .split(|byte| *byte == b'\n')
        .skip(1)
        .filter(|line| !line.trim_ascii().is_empty());
    lines.any(|line| line.iter().take_while(|byte| **byte == b' ').count() <= indent)
}
