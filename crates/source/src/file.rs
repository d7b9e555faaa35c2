//! One file's text and its lines.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::lines::Lines;
use crate::{FileId, Span};

/// A file that was read: its text, and its lines on demand.
#[derive(Debug)]
pub struct SourceFile {
    /// The id under which spans name the file.
    pub id: FileId,
    /// The path as it is shown: relative to the folder that the run was started for, with `/` between names.
    pub path: PathBuf,
    /// The whole text, without any change.
    pub text: Arc<str>,
    lines: OnceLock<Lines>,
}

/// A place in a text as people and protocols count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LinePosition {
    /// The line, from 0.
    pub line: u32,
    /// The column in bytes, from 0.
    pub byte_column: u32,
    /// The column in UTF-16 code units, from 0, as LSP counts it.
    pub utf16_column: u32,
    /// The column in Unicode scalar values, from 0, as SARIF and people count it.
    pub char_column: u32,
}

impl SourceFile {
    /// A file with the given text; `text` must be shorter than 4 GiB.
    #[must_use]
    pub fn new(id: FileId, path: impl AsRef<Path>, text: impl Into<Arc<str>>) -> Self {
        Self {
            id,
            path: path.as_ref().to_path_buf(),
            text: text.into(),
            lines: OnceLock::new(),
        }
    }

    /// The span of the whole text.
    #[must_use]
    pub fn span(&self) -> Span {
        let end = u32::try_from(self.text.len()).expect("readers refuse texts of 4 GiB and more");
        Span::new(self.id, 0, end)
    }

    /// The text of `span`, which must lie in this file and on character boundaries.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The line and columns of a byte offset; an offset past the end or inside a character is moved back to the nearest
    /// place before it.
    #[must_use]
    pub fn position(&self, offset: u32) -> LinePosition {
        let offset = self.floor_boundary(offset);
        let lines = self.lines();
        let line = lines.line(offset);
        let start = lines.start(line).unwrap_or(0);
        let before = |offset| lines.before(&self.text, offset);
        LinePosition {
            line,
            byte_column: offset - start,
            utf16_column: before(offset).utf16 - before(start).utf16,
            char_column: before(offset).chars - before(start).chars,
        }
    }

    /// The byte offset at which `line` (from 0) begins, or `None` past the last line.
    #[must_use]
    pub fn line_start(&self, line: u32) -> Option<u32> {
        self.lines().start(line)
    }

    /// The range of `line` (from 0) without its line break, or `None` past the last line.
    #[must_use]
    pub fn line_span(&self, line: u32) -> Option<Span> {
        let start = self.lines().start(line)?;
        let next = line
            .checked_add(1)
            .and_then(|line| self.lines().start(line));
        let span = Span::new(self.id, start, next.unwrap_or(self.span().end));
        let text = self.slice(span);
        let kept = u32::try_from(text.trim_end_matches(['\n', '\r']).len())
            .expect("shorter than the file");
        Some(Span::new(self.id, span.start, span.start + kept))
    }

    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::new(&self.text))
    }

    fn floor_boundary(&self, offset: u32) -> u32 {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        u32::try_from(offset).expect("readers refuse texts of 4 GiB and more")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, offset: u32, expected: (u32, u32, u32, u32)) {
        let position = SourceFile::new(FileId(0), "a", text).position(offset);
        let found = (
            position.line,
            position.byte_column,
            position.utf16_column,
            position.char_column,
        );
        assert_eq!(found, expected);
    }

    #[test]
    fn columns_are_counted_in_bytes_utf16_units_and_characters() {
        check("a\nbc", 3, (1, 1, 1, 1));
        check("é𝄞x", 6, (0, 6, 3, 2));
        check("é𝄞x\r\ny", 9, (1, 0, 0, 0));
    }

    #[test]
    fn offsets_past_the_end_or_inside_a_character_move_back() {
        check("ab", 9, (0, 2, 2, 2));
        check("é", 1, (0, 0, 0, 0));
    }

    #[test]
    fn line_spans_leave_out_the_line_break() {
        let file = SourceFile::new(FileId(0), "a", "one\r\ntwo\n");
        let lines: Vec<&str> = (0..3)
            .filter_map(|line| file.line_span(line))
            .map(|span| file.slice(span))
            .collect();
        assert_eq!(lines, ["one", "two", ""]);
        assert_eq!(file.line_start(3), None);
    }
}
