//! Guesses which text keeps a document from being YAML.

use std::ops::Range;

use crate::failure::{Failure, MISSING_COLON, OPEN_BRACKET, OPEN_QUOTE, Reason};
use crate::layout::{indent, line_end, line_start, skip_blanks};

/// How many lines above an error may be its cause.
const LINES_ABOVE: usize = 40;

/// Text without which a document may be YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Suspect {
    pub(crate) range: Range<usize>,
    /// What is wrong with it, where that is known better than by the place of the error.
    pub(crate) message: Option<&'static str>,
}

/// What may be wrong, the likely first.
pub(crate) fn suspects(text: &str, failure: &Failure) -> Vec<Suspect> {
    let bytes = text.as_bytes();
    if failure.reason == Reason::JoinedComment {
        return vec![Suspect {
            range: failure.at..line_end(bytes, failure.at),
            message: None,
        }];
    }
    let at = last_text_before(bytes, failure.at);
    let told = |range: Option<Range<usize>>, message| {
        range.map(|range| Suspect {
            range,
            message: Some(message),
        })
    };
    let plain = |range: Option<Range<usize>>| {
        range.map(|range| Suspect {
            range,
            message: None,
        })
    };
    let suspects = [
        told(open_bracket(bytes, failure), OPEN_BRACKET),
        quote(bytes, failure),
        told(joined_lines(bytes, failure), MISSING_COLON),
        plain(tab(bytes, failure)),
        plain(value(bytes, at)),
        plain(Some(line_or_block(bytes, at))),
        plain(block(bytes, at)),
        told(odd_quote(bytes, at), OPEN_QUOTE),
        plain(line_above(bytes, at)),
    ];
    let suspects = suspects.into_iter().flatten();
    suspects
        .filter(|suspect| !text[suspect.range.clone()].trim().is_empty())
        .collect()
}

/// The place of the error, or of the last text before it when nothing stands there.
fn last_text_before(text: &[u8], at: usize) -> usize {
    let line = &text[at..line_end(text, at)];
    if !line.trim_ascii().is_empty() {
        return at;
    }
    text[..at].trim_ascii_end().len().saturating_sub(1)
}

/// A bracket behind a key or dash, if the line after it is not indented as one inside the bracket
/// would be.
fn open_bracket(text: &[u8], failure: &Failure) -> Option<Range<usize>> {
    let bracket = failure.bracket?;
    let end = line_end(text, bracket);
    let begins_line = text[line_start(text, bracket)..bracket]
        .trim_ascii()
        .is_empty();
    let next = skip_blanks(text, end);
    let is_inside =
        matches!(text.get(next), Some(b']' | b'}')) || indent(text, next) > indent(text, bracket);
    (!begins_line && next < text.len() && !is_inside).then_some(bracket..end)
}

/// A quote that is not closed, or text behind one that is.
fn quote(text: &[u8], failure: &Failure) -> Option<Suspect> {
    let open = |start: usize| Suspect {
        range: start..line_end(text, start),
        message: Some(OPEN_QUOTE),
    };
    let quote = match failure.reason {
        Reason::OpenQuote => return Some(open(failure.at)),
        Reason::BehindQuote(quote) => quote,
        _ => return None,
    };
    let end = text[..failure.at].iter().rposition(|byte| *byte == quote)?;
    let start = text[..end].iter().rposition(|byte| *byte == quote)?;
    // What was taken for the end of the text may be the beginning of another.
    let begins_text = matches!(text[end - 1], b' ' | b'\t' | b'[' | b'{' | b',' | b':');
    Some(if begins_text {
        open(start)
    } else {
        Suspect {
            range: start..line_end(text, end),
            message: None,
        }
    })
}

/// The lines before the one with the colon, when text of several lines was taken for a key.
fn joined_lines(text: &[u8], failure: &Failure) -> Option<Range<usize>> {
    let (start, end) = failure.scalar;
    let last_line = line_start(text, end);
    if start >= last_line || line_start(text, failure.at) != last_line {
        return None;
    }
    Some(if fits_above(text, start, last_line) {
        start..last_line
    } else {
        block(text, start)?
    })
}

/// The next line that is indented with a tab.
fn tab(text: &[u8], failure: &Failure) -> Option<Range<usize>> {
    let mut at = line_start(text, failure.at);
    while failure.reason == Reason::Tab && at < text.len() {
        let end = line_end(text, at);
        let mut blanks = text[at..end]
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t'));
        if blanks.any(|byte| *byte == b'\t') {
            return Some(at..end);
        }
        at = end + 1;
    }
    None
}

/// What stands behind the first key or the dashes of the line.
fn value(text: &[u8], at: usize) -> Option<Range<usize>> {
    let (start, end) = (line_start(text, at), line_end(text, at));
    let line = &text[start..end];
    let colon = line
        .windows(2)
        .position(|pair| pair[0] == b':' && matches!(pair[1], b' ' | b'\t'));
    let dash = line
        .trim_ascii_start()
        .starts_with(b"- ")
        .then(|| line.len() - line.trim_ascii_start().len());
    let behind = start + colon.or(dash)? + 1;
    let value = behind
        + text[behind..end]
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t'))
            .count();
    (value <= at || colon.is_some()).then_some(value..end)
}

/// The line, with the deeper lines below it if these belong to nothing above it.
fn line_or_block(text: &[u8], at: usize) -> Range<usize> {
    let line = line(text, at);
    let next = skip_blanks(text, line.end);
    if next == text.len() || fits_above(text, at, next) {
        line
    } else {
        block(text, at).unwrap_or(line)
    }
}

/// Whether the line of `next` stands in a list or map that an earlier line than that of `at`
/// belongs to.
fn fits_above(text: &[u8], at: usize, next: usize) -> bool {
    let column = indent(text, next);
    if column <= indent(text, at) {
        return true;
    }
    for line in lines_above(text, at) {
        let content = text[line.clone()].trim_ascii_start();
        let mut own = line.len() - content.len();
        if content.is_empty() || content[0] == b'#' {
            continue;
        }
        if own <= column {
            let dashes = content
                .iter()
                .take_while(|byte| matches!(byte, b'-' | b' '))
                .count();
            own += if content[0] == b'-' && own < column {
                dashes
            } else {
                0
            };
            return own == column;
        }
    }
    false
}

fn line(text: &[u8], at: usize) -> Range<usize> {
    line_start(text, at)..line_end(text, at)
}

/// The line with all lines below it that are indented deeper.
fn block(text: &[u8], at: usize) -> Option<Range<usize>> {
    let line = line(text, at);
    let own = indent(text, at);
    let mut end = line.end;
    loop {
        let next = skip_blanks(text, end);
        if next >= text.len() || indent(text, next) <= own {
            break;
        }
        end = line_end(text, next);
    }
    (end > line.end).then_some(line.start..end)
}

/// The end of the nearest line above with a quote that is not closed on it.
fn odd_quote(text: &[u8], at: usize) -> Option<Range<usize>> {
    lines_above(text, at).take(LINES_ABOVE).find_map(|line| {
        let quotes = |quote: u8| {
            text[line.clone()]
                .iter()
                .filter(move |byte| **byte == quote)
        };
        let quote = *b"\"'"
            .iter()
            .find(|quote| quotes(**quote).count() % 2 == 1)?;
        let last = text[line.clone()].iter().rposition(|byte| *byte == quote)?;
        Some(line.start + last..line.end)
    })
}

fn line_above(text: &[u8], at: usize) -> Option<Range<usize>> {
    let above = lines_above(text, at).find(|line| !text[line.clone()].trim_ascii().is_empty())?;
    Some(line_or_block(text, above.start))
}

fn lines_above(text: &[u8], at: usize) -> impl Iterator<Item = Range<usize>> {
    let mut start = line_start(text, at);
    std::iter::from_fn(move || {
        let end = start.checked_sub(1)?;
        start = line_start(text, end);
        Some(start..end)
    })
}
