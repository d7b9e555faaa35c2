//! Where the parts of a text stand in a file, also of a text that is not written there as it is.

use source::{FileId, Span};

/// Where the parts of a text stand.
#[derive(Clone, Debug)]
pub struct Places {
    file: FileId,
    written: Written,
}

#[derive(Clone, Debug)]
enum Written {
    /// The text stands in the file, byte for byte, from this offset.
    Verbatim(u32),
    /// The text is a string with escapes. Each pair is an offset of the text and the one in the file: of the beginning, then
    /// of the beginning and the end of each escape. Between pairs, text and file are the same.
    Escaped(Vec<(u32, u32)>),
    /// The text was computed; all of it stands for this place.
    Whole(Span),
}

impl Places {
    /// Of a text that stands in the file, byte for byte, from this offset.
    #[must_use]
    pub fn verbatim(file: FileId, start: u32) -> Self {
        Self {
            file,
            written: Written::Verbatim(start),
        }
    }

    /// Of a text that was computed from what stands at this place.
    #[must_use]
    pub fn whole(span: Span) -> Self {
        Self {
            file: span.file,
            written: Written::Whole(span),
        }
    }

    /// Of a string with escapes. Each pair is an offset of the text and the one in the file: of the beginning, then of the
    /// beginning and the end of each escape.
    pub(super) fn escaped(file: FileId, pairs: Vec<(u32, u32)>) -> Self {
        Self {
            file,
            written: Written::Escaped(pairs),
        }
    }

    /// The place of a range of the text.
    #[must_use]
    pub fn span(&self, start: u32, end: u32) -> Span {
        match &self.written {
            Written::Verbatim(base) => Span::new(self.file, base + start, base + end),
            Written::Escaped(pairs) => Span::new(self.file, place(pairs, start), place(pairs, end)),
            Written::Whole(span) => *span,
        }
    }

    /// Whether the file has the range of the text byte for byte.
    pub(super) fn is_verbatim(&self, start: u32, end: u32) -> bool {
        match &self.written {
            Written::Verbatim(_) => true,
            Written::Escaped(pairs) => {
                let before = |offset| pairs.partition_point(|(text, _)| *text < offset);
                // Every second pair is that of an escape.
                (before(start)..before(end)).all(|pair| pair % 2 == 0)
            }
            Written::Whole(_) => false,
        }
    }
}

fn place(pairs: &[(u32, u32)], offset: u32) -> u32 {
    let after = pairs.partition_point(|(text, _)| *text <= offset);
    let (text, file) = after.checked_sub(1).map_or((0, 0), |last| pairs[last]);
    file + (offset - text)
}
