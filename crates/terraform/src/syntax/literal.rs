//! Literal text in strings and templates: escapes, and what strip markers and indentation take from it.

use std::borrow::Cow;

use super::ast::TemplatePart;
use super::read::Reader;

/// Literal text and where it stands.
#[derive(Debug)]
pub(super) struct Literal<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) start: u32,
    pub(super) end: u32,
    /// Whether the text is the written text.
    pub(super) verbatim: bool,
}

impl<'a> Reader<'a> {
    /// The text of a token. Only in quotes, a backslash begins an escape.
    pub(super) fn literal(&mut self, token: usize, is_quoted: bool) -> Literal<'a> {
        let (start, end) = self.offsets(token..token + 1);
        let written = self.written(token);
        let has_escape = is_quoted && written.contains('\\')
            || written.contains("$${")
            || written.contains("%%{");
        let text = if has_escape {
            Cow::Owned(self.unescape(written, start, is_quoted))
        } else {
            Cow::Borrowed(written)
        };
        Literal {
            text,
            start,
            end,
            verbatim: !has_escape,
        }
    }

    fn unescape(&mut self, written: &str, start: u32, is_quoted: bool) -> String {
        let mut text = String::with_capacity(written.len());
        let mut rest = written;
        while let Some(at) = rest.find(['\\', '$', '%']) {
            text.push_str(&rest[..at]);
            rest = &rest[at..];
            let length = if rest.starts_with("$${") || rest.starts_with("%%{") {
                text.push_str(&rest[1..3]);
                3
            } else if is_quoted && rest.starts_with('\\') {
                let place = start + (written.len() - rest.len()) as u32;
                self.escape(rest, place, &mut text)
            } else {
                text.push_str(&rest[..1]);
                1
            };
            rest = &rest[length..];
        }
        text.push_str(rest);
        text
    }

    /// Adds what the escape means with which `rest` begins, and returns its length.
    fn escape(&mut self, rest: &str, place: u32, text: &mut String) -> usize {
        let mut characters = rest.chars().skip(1);
        let selector = characters.next();
        let meant = match selector {
            Some('n') => Some('\n'),
            Some('r') => Some('\r'),
            Some('t') => Some('\t'),
            Some('"') => Some('"'),
            Some('\\') => Some('\\'),
            Some('u') => hexadecimal(rest, 4),
            Some('U') => hexadecimal(rest, 8),
            _ => None,
        };
        let length = match selector {
            Some('u') if meant.is_some() => 6,
            Some('U') if meant.is_some() => 10,
            selector => 1 + selector.map_or(0, char::len_utf8),
        };
        if let Some(meant) = meant {
            text.push(meant);
        } else {
            text.push_str(&rest[1..length]);
            let message = format!("`{}` is no escape", &rest[..length]);
            let help = "escapes are \\n \\r \\t \\\" \\\\ \\uNNNN \\UNNNNNNNN; for a backslash, write `\\\\`";
            let end = place + length as u32;
            self.error("invalid-escape", message, help, (place, end));
        }
        length
    }

    pub(super) fn literal_part(&self, literal: Literal<'_>) -> TemplatePart {
        let Literal {
            text, start, end, ..
        } = literal;
        TemplatePart::Literal {
            verbatim: literal.verbatim && self.places.is_verbatim(start, end),
            text: text.into(),
            span: self.places.span(start, end),
        }
    }
}

fn hexadecimal(rest: &str, digits: usize) -> Option<char> {
    let digits = rest.get(2..2 + digits)?;
    let is_number = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_number
        .then(|| u32::from_str_radix(digits, 16).ok())
        .flatten()
        .and_then(char::from_u32)
}

impl Literal<'_> {
    /// Takes the white space at the beginning away, as `~}` before it says.
    pub(super) fn strip_start(&mut self) {
        let length = self.text.len() - self.text.trim_start().len();
        self.cut_start(length);
    }

    /// Takes the white space at the end away, as `${~` behind it says.
    pub(super) fn strip_end(&mut self) {
        let length = self.text.trim_end().len();
        if self.verbatim {
            self.end -= (self.text.len() - length) as u32;
        }
        match &mut self.text {
            Cow::Borrowed(text) => *text = &text[..length],
            Cow::Owned(text) => text.truncate(length),
        }
    }

    fn cut_start(&mut self, length: usize) {
        if self.verbatim {
            self.start += length as u32;
        }
        match &mut self.text {
            Cow::Borrowed(text) => *text = &text[length..],
            Cow::Owned(text) => {
                text.drain(..length);
            }
        }
    }

    /// Joins text that stands directly behind this, where that loses no place.
    pub(super) fn join(&mut self, next: &Literal<'_>) -> bool {
        if !(self.verbatim && next.verbatim && self.end == next.start) {
            return false;
        }
        self.text.to_mut().push_str(&next.text);
        self.end = next.end;
        true
    }

    /// By how many characters the line that begins with this text is indented; none where the line is blank.
    fn indent(&self) -> Option<usize> {
        let text = self.text.trim_start();
        if text.is_empty() && self.text.ends_with('\n') {
            return None;
        }
        let blanks = &self.text[..self.text.len() - text.len()];
        // A line break of two characters is one place.
        Some(blanks.chars().count() - blanks.matches("\r\n").count())
    }
}

/// A part of a flush heredoc, as far as indentation goes.
pub(super) enum Indented<'p, 'a> {
    /// Literal text: a line, or a part of one.
    Text(&'p mut Literal<'a>),
    /// A sequence.
    Other,
}

/// Takes from each line the indentation of the line that is indented least. Blank lines don't count and stay as they are.
///
/// Source: <https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#template-expressions>, and
/// `flushHeredocTemplateParts` in <https://github.com/hashicorp/hcl/blob/main/hclsyntax/parser_template.go>: strip markers
/// come first, and a line whose line break they took does not end.
pub(super) fn flush<'p, 'a: 'p>(parts: impl Iterator<Item = Indented<'p, 'a>>) {
    let mut least = usize::MAX;
    let mut lines: Vec<&mut Literal<'_>> = Vec::new();
    let mut is_line_start = true;
    for part in parts {
        let begins_line = std::mem::replace(&mut is_line_start, false);
        let Indented::Text(literal) = part else {
            if begins_line {
                least = 0;
            }
            continue;
        };
        is_line_start = literal.text.ends_with('\n');
        if let Some(indent) = literal.indent().filter(|_| begins_line) {
            least = least.min(indent);
            lines.push(literal);
        }
    }
    for line in lines {
        let blanks = line.text.char_indices();
        let length = blanks.map(|(at, _)| at).nth(least);
        line.cut_start(length.unwrap_or(line.text.len()));
    }
}
