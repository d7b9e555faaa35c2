//! The lines of a source file that a frame shows: harmless, bounded in length, and with spans that fit them.

use std::ops::Range;
use std::sync::Arc;

use source::{Span, neutral};

use super::texts::Text;

/// The longest part of a line that is shown, in bytes. Machines write files of one line.
const LINE: usize = 300;

/// Consecutive lines of a file, made fit for display.
#[derive(Debug)]
pub(super) struct Window {
    source: Text,
    /// The number of the first line, from 0.
    first: u32,
    lines: Vec<Line>,
    /// The text of all lines.
    pub(super) text: String,
}

#[derive(Debug)]
struct Line {
    /// The shown part, in bytes of the file.
    shown: Range<usize>,
    /// Where it begins in the text of the window, behind the mark of what is left out.
    at: usize,
}

impl Window {
    /// The lines `first..=last` of a file, counted from 0. Of long lines the part around the first of `spans` on it is shown.
    pub(super) fn new(source: &Text, first: u32, last: u32, spans: &[Span]) -> Self {
        let mut window = Self {
            source: source.clone(),
            first,
            lines: Vec::new(),
            text: String::new(),
        };
        for number in first..=last {
            let Some(span) = source.file.line_span(number) else {
                break;
            };
            window.push(span, spans);
        }
        window
    }

    fn push(&mut self, line: Span, spans: &[Span]) {
        let shown_text = Arc::clone(&self.source.shown);
        let text = shown_text.get(line.range()).unwrap_or_default();
        let start = line.start as usize;
        let wanted = spans
            .iter()
            .find(|span| line.contains(**span))
            .map_or(0, |span| span.start as usize - start);
        let shown = cut(text, wanted);
        if shown.start > 0 {
            self.text.push('…');
        }
        self.lines.push(Line {
            shown: start + shown.start..start + shown.end,
            at: self.text.len(),
        });
        self.text.push_str(&clean(&text[shown.clone()]));
        if shown.end < text.len() {
            self.text.push('…');
        }
        self.text.push('\n');
    }

    /// The number of the first line, from 1.
    pub(super) fn line_start(&self) -> usize {
        self.first as usize + 1
    }

    /// The range of the window's text that shows a span; what is not shown is cut off.
    pub(super) fn range(&self, span: Span) -> Range<usize> {
        let start = self.offset(span.start as usize);
        start..self.offset(span.end as usize).max(start)
    }

    /// The column in the file of a column in the text of the window, both in characters from 1; `line` counts from 1.
    pub(super) fn column(&self, line: usize, column: usize) -> Option<usize> {
        let line = self.lines.get(line.checked_sub(self.line_start())?)?;
        let start = self.text[..line.at].rfind('\n').map_or(0, |at| at + 1);
        let mark = self.text[start..line.at].chars().count();
        let mut left = column.saturating_sub(mark + 1);
        let mut at = line.shown.start;
        for character in self.source.shown.get(line.shown.clone())?.chars() {
            let width = clean(character.encode_utf8(&mut [0; 4])).chars().count();
            if left < width {
                break;
            }
            left -= width;
            at += character.len_utf8();
        }
        let position = self.source.file.position(u32::try_from(at).ok()?);
        Some(position.char_column as usize + 1)
    }

    /// Whether a span is shown wholly.
    pub(super) fn holds(&self, span: Span) -> bool {
        let shown = |offset: u32| {
            let line = self
                .source
                .file
                .position(offset)
                .line
                .checked_sub(self.first);
            let line = line.and_then(|line| self.lines.get(line as usize));
            line.is_some_and(|line| {
                (line.shown.start..=line.shown.end).contains(&(offset as usize))
            })
        };
        shown(span.start) && shown(span.end)
    }

    fn offset(&self, offset: usize) -> usize {
        let line = self
            .source
            .file
            .position(u32::try_from(offset).unwrap_or(u32::MAX))
            .line;
        let index = line.saturating_sub(self.first) as usize;
        let Some(line) = self.lines.get(index) else {
            return self.text.len();
        };
        let end = offset.clamp(line.shown.start, line.shown.end);
        let before = self
            .source
            .shown
            .get(line.shown.start..end)
            .unwrap_or_default();
        line.at + clean(before).len()
    }
}

/// The part of a line that is shown: all of it, or what is around `wanted`.
fn cut(line: &str, wanted: usize) -> Range<usize> {
    if line.len() <= LINE {
        return 0..line.len();
    }
    let start = if wanted < LINE / 2 {
        0
    } else {
        floor(line, wanted - LINE / 4)
    };
    start..floor(line, start + LINE)
}

fn floor(line: &str, mut at: usize) -> usize {
    at = at.min(line.len());
    while !line.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Text without characters that drive a terminal; tabs and line feeds stay, as frames know what to do with them.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(['\t', '\n']) {
        let body = piece.trim_end_matches(['\t', '\n']);
        out.push_str(&neutral(body));
        out.push_str(&piece[body.len()..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use source::{FileId, SourceFile};

    use super::*;

    fn shown(text: &str, start: u32, end: u32) -> (String, String) {
        let file = Arc::new(SourceFile::new(FileId(0), "a", text));
        let span = Span::new(FileId(0), start, end);
        let line = file.position(start).line;
        let source = Text {
            shown: Arc::clone(&file.text),
            file,
        };
        let window = Window::new(&source, line, line, &[span]);
        let range = window.range(span);
        (window.text[range].to_owned(), window.text)
    }

    #[test]
    fn spans_fit_the_cleaned_text() {
        assert_eq!(shown("a: b\n", 3, 4), ("b".into(), "a: b\n".into()));
        assert_eq!(
            shown("\u{1b}\t: é\u{202e}\r\n", 4, 6),
            ("é".into(), "\\u{1b}\t: é\\u{202e}\n".into())
        );
    }

    #[test]
    fn a_span_that_leaves_the_window_is_cut_off() {
        assert_eq!(shown("a: b\nc: d\n", 3, 9), ("b\n".into(), "a: b\n".into()));
        assert_eq!(shown("a", 1, 1), (String::new(), "a\n".into()));
    }

    #[test]
    fn of_a_long_line_the_part_around_the_span_is_shown() {
        let text = format!("{}found{}", "é".repeat(5_000), "é".repeat(5_000));
        let (span, window) = shown(&text, 10_000, 10_005);
        assert_eq!(span, "found");
        assert!(
            window.len() < LINE + 10 && window.starts_with('…') && window.ends_with("…\n"),
            "{window}"
        );
    }
}
