//! Places of a text as the protocol counts them: lines end with a line feed, a carriage return or both.

use std::sync::Arc;

use source::{FileId, SourceFile, Span};

use crate::encoding::Encoding;
use crate::types::{Position, Range};

/// A text whose places are told.
pub(crate) struct Places {
    file: Arc<SourceFile>,
    encoding: Encoding,
    /// Where the lines begin that follow a carriage return without a line feed: only the protocol takes it for a line break.
    returns: Vec<u32>,
}

impl Places {
    pub(crate) fn new(file: Arc<SourceFile>, encoding: Encoding) -> Self {
        let bytes = file.text.as_bytes();
        let lone = bytes
            .iter()
            .zip(1u32..)
            .filter(|(byte, after)| **byte == b'\r' && bytes.get(*after as usize) != Some(&b'\n'));
        let returns = lone.map(|(_, after)| after).collect();
        Self {
            file,
            encoding,
            returns,
        }
    }

    /// The range of a span.
    pub(crate) fn range(&self, span: Span) -> Range {
        Range::new(self.position(span.start), self.position(span.end))
    }

    /// The line and column of a byte.
    pub(crate) fn position(&self, offset: u32) -> Position {
        let place = self.file.position(offset);
        let lines = self.returns.partition_point(|start| *start <= offset);
        let column = self.column(offset);
        let last = lines.checked_sub(1).map(|at| self.returns[at]);
        // The last line break before the place may be a line feed: then what stands before the carriage return does not count.
        let before = last.filter(|start| self.file.position(*start).line == place.line);
        Position {
            line: place.line + u32::try_from(lines).unwrap_or(u32::MAX),
            character: column - before.map_or(0, |start| self.column(start)),
        }
    }

    /// The column, where only line feeds end lines.
    fn column(&self, offset: u32) -> u32 {
        let place = self.file.position(offset);
        match self.encoding {
            Encoding::Utf8 => place.byte_column,
            Encoding::Utf16 => place.utf16_column,
            Encoding::Utf32 => place.char_column,
        }
    }
}

/// The byte that a position names. A column past the end of its line means the end, a line past the last the end of the text, and
/// a column within a character where that begins.
pub(crate) fn offset(text: &str, position: Position, encoding: Encoding) -> usize {
    let Some(start) = line_start(text, position.line) else {
        return text.len();
    };
    let mut left = position.character as usize;
    let line = text[start..].split(['\n', '\r']).next().unwrap_or_default();
    for (at, character) in line.char_indices() {
        let width = encoding.width(character);
        if left < width {
            return start + at;
        }
        left -= width;
    }
    start + line.len()
}

/// The position of a byte of a text.
pub(crate) fn position(text: &str, at: usize, encoding: Encoding) -> Position {
    let before = text.get(..at).unwrap_or(text);
    let lines = Places::new(Arc::new(SourceFile::new(FileId(0), "", before)), encoding);
    lines.position(u32::try_from(before.len()).unwrap_or(u32::MAX))
}

/// Where a line begins, from 0.
fn line_start(text: &str, line: u32) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_end = |(at, byte): &(usize, &u8)| {
        **byte == b'\n' || **byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')
    };
    let ends = bytes.iter().enumerate().filter(is_end);
    let mut starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1));
    starts.nth(line as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    #[test]
    fn every_place_of_a_text_leads_to_its_position_and_back() {
        let text = "aé𝄞\r\nb\rc𝄞d\n\r\r\n\n€";
        let file = Arc::new(SourceFile::new(FileId(0), "a", text));
        for encoding in ALL {
            let places = Places::new(Arc::clone(&file), encoding);
            for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                // What stands between the two characters of a line break has no position of its own.
                if text[..at].ends_with('\r') && text[at..].starts_with('\n') {
                    continue;
                }
                let position = places.position(u32::try_from(at).unwrap());
                assert_eq!(offset(text, position, encoding), at, "{position:?}");
            }
        }
    }

    #[track_caller]
    fn check(encoding: Encoding, (line, character): (u32, u32), expected: usize) {
        let found = offset("é𝄞x\r\ny", Position { line, character }, encoding);
        assert_eq!(found, expected);
    }

    #[test]
    fn columns_count_in_the_units_of_the_encoding() {
        check(Encoding::Utf8, (0, 6), 6);
        check(Encoding::Utf16, (0, 3), 6);
        check(Encoding::Utf32, (0, 2), 6);
    }

    #[test]
    fn what_lies_outside_of_the_text_is_moved_into_it() {
        check(Encoding::Utf16, (0, 99), 7);
        check(Encoding::Utf16, (7, 0), 10);
        check(Encoding::Utf16, (0, 2), 2);
    }
}
