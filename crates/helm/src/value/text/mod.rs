//! Strings that know where each of their bytes came from.

mod builder;
mod find;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

use super::mark::{Mark, Passage, Via};

pub use builder::TextBuilder;

/// A string in Go: bytes, which need not be UTF-8, and where they came from. Cheap to clone.
#[derive(Clone, Default)]
pub struct Text {
    bytes: Rc<[u8]>,
    /// The lengths add up to the number of bytes. A text without pieces came from nowhere.
    pieces: Pieces,
}

/// The pieces of a text.
#[derive(Clone, Debug, Default)]
enum Pieces {
    /// Nothing is known of where the text came from.
    #[default]
    None,
    /// All of it came from one place.
    One(Piece),
    /// It came from several places.
    Many(Rc<Many>),
}

/// Several pieces, and where each of them ends in the text.
#[derive(Clone, Debug)]
struct Many {
    pieces: Vec<Piece>,
    ends: Vec<usize>,
}

/// A run of bytes that came from one place.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The number of its bytes; never 0.
    pub length: usize,
    /// Where they came from, and why they can't be known if that is so: they are a placeholder then.
    pub mark: Mark,
    /// Where the bytes stand as they are at the first place of the mark: how many bytes after its start the first one
    /// stands. Nothing if they were computed.
    pub verbatim: Option<u32>,
}

impl Text {
    /// A text that came from one place.
    #[must_use]
    pub fn marked(bytes: impl AsRef<[u8]>, mark: Mark) -> Self {
        Self::piece(bytes, mark, None)
    }

    /// A text whose bytes stand as they are at the first place of the mark, beginning `offset` bytes after its start.
    #[must_use]
    pub fn verbatim(bytes: impl AsRef<[u8]>, mark: Mark, offset: u32) -> Self {
        Self::piece(bytes, mark, Some(offset))
    }

    fn piece(bytes: impl AsRef<[u8]>, mark: Mark, verbatim: Option<u32>) -> Self {
        let bytes: Rc<[u8]> = bytes.as_ref().into();
        let length = bytes.len();
        let piece = Piece {
            length,
            mark,
            verbatim,
        };
        Self {
            bytes,
            pieces: if length == 0 || piece.mark.is_empty() {
                Pieces::None
            } else {
                Pieces::One(piece)
            },
        }
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The text, with U+FFFD in place of what is not UTF-8.
    #[must_use]
    pub fn to_str(&self) -> Cow<'_, str> {
        lossy(&self.bytes)
    }

    /// The number of bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether there is no byte.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The pieces in order; none if nothing is known of where the text came from.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        match &self.pieces {
            Pieces::None => &[],
            Pieces::One(piece) => std::slice::from_ref(piece),
            Pieces::Many(many) => &many.pieces,
        }
    }

    /// The pieces from the one on that has the byte, and where that one begins.
    fn pieces_from(&self, byte: usize) -> (&[Piece], usize) {
        let Pieces::Many(many) = &self.pieces else {
            return (self.pieces(), 0);
        };
        let index = many.ends.partition_point(|end| *end <= byte);
        let before = index.checked_sub(1).and_then(|index| many.ends.get(index));
        let pieces = many.pieces.get(index..).unwrap_or_default();
        (pieces, before.copied().unwrap_or_default())
    }

    /// The pieces that have some of the bytes from `start` to `end`, which lie in the text, and where the first one begins.
    fn pieces_between(&self, start: usize, end: usize) -> (&[Piece], usize) {
        let (pieces, position) = self.pieces_from(start);
        let count = match &self.pieces {
            _ if start >= end => 0,
            Pieces::Many(many) => {
                let before = many.pieces.len() - pieces.len();
                let ends = many.ends.get(before..).unwrap_or_default();
                1 + ends.partition_point(|piece_end| *piece_end < end)
            }
            _ => pieces.len(),
        };
        (pieces.get(..count).unwrap_or(pieces), position)
    }

    /// Where any of the bytes came from: the union of the marks of the pieces.
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark::union_of(self.pieces().iter().map(|piece| &piece.mark))
    }

    /// Where any of those bytes came from. A range that leaves the text is cut.
    #[must_use]
    pub fn mark_of(&self, range: Range<usize>) -> Mark {
        let end = range.end.min(self.len());
        if range.start >= end {
            return Mark::default();
        }
        let (pieces, mut position) = self.pieces_from(range.start);
        let pieces = pieces.iter().take_while(|piece| {
            let is_inside = position < end;
            position += piece.length;
            is_inside
        });
        Mark::union_of(pieces.map(|piece| &piece.mark))
    }

    /// Whether all of it has marks; a text without bytes has none.
    #[must_use]
    pub fn is_marked(&self) -> bool {
        self.pieces.is_complete()
    }

    /// Whether any of the bytes can't be known.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.pieces().iter().any(|piece| piece.mark.is_unknown())
    }

    /// The bytes of the range, with their pieces. A range that leaves the text is cut.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        if range == (0..self.len()) {
            return self.clone();
        }
        if let Pieces::One(piece) = &self.pieces {
            return self.part(piece, range);
        }
        let end = range.end.min(self.len());
        self.copied(range.start.min(end), end)
    }

    /// The bytes of the range, where all came from one place.
    fn part(&self, piece: &Piece, range: Range<usize>) -> Self {
        let end = range.end.min(self.len());
        let start = range.start.min(end);
        let part = piece.part(start, end - start);
        Self::piece(&self.bytes[start..end], part.mark, part.verbatim)
    }

    /// The text with each piece's mark changed.
    #[must_use]
    pub fn map_marks(&self, mut change: impl FnMut(&Mark) -> Mark) -> Self {
        let mut changed = |piece: &Piece| Piece {
            mark: change(&piece.mark),
            ..piece.clone()
        };
        let pieces = match &self.pieces {
            Pieces::None => Pieces::None,
            Pieces::One(piece) => Pieces::One(changed(piece)),
            Pieces::Many(many) => Pieces::Many(Rc::new(Many {
                pieces: many.pieces.iter().map(changed).collect(),
                ends: many.ends.clone(),
            })),
        };
        Self {
            bytes: Rc::clone(&self.bytes),
            pieces,
        }
    }

    /// The text after it came through one more action; `via` is that action and those around it.
    #[must_use]
    pub fn through(&self, via: &Rc<Via>) -> Self {
        let mut pieces = self.pieces().iter();
        if pieces.all(|piece| piece.mark.came_through(via)) {
            return self.clone();
        }
        let mut passage = Passage::new(via);
        self.map_marks(|mark| passage.of(mark))
    }

    /// The text, where those bytes that came from nowhere now have the mark.
    #[must_use]
    pub fn or_marked(&self, mark: &Mark) -> Self {
        match &self.pieces {
            Pieces::None => Self::marked(&self.bytes, mark.clone()),
            pieces if pieces.is_complete() || mark.is_empty() => self.clone(),
            _ => self.map_marks(|own| if own.is_empty() { mark } else { own }.clone()),
        }
    }

    /// The texts one after the other, with another text between them.
    #[must_use]
    pub fn join<'a>(texts: impl IntoIterator<Item = &'a Self>, between: &Self) -> Self {
        let mut builder = TextBuilder::default();
        for (index, text) in texts.into_iter().enumerate() {
            if index > 0 {
                builder.push(between);
            }
            builder.push(text);
        }
        builder.finish()
    }
}

/// Bytes as text, with U+FFFD in place of what is not UTF-8.
fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    // Nearly all text is UTF-8, which is soon found out.
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(bytes),
    }
}

impl Piece {
    /// Some of its bytes.
    fn part(&self, skipped: usize, length: usize) -> Self {
        let skipped = u32::try_from(skipped).unwrap_or(u32::MAX);
        Self {
            length,
            mark: self.mark.clone(),
            verbatim: self.verbatim.map(|offset| offset.saturating_add(skipped)),
        }
    }
}

impl Pieces {
    fn is_complete(&self) -> bool {
        match self {
            Self::None => false,
            Self::One(piece) => !piece.mark.is_empty(),
            Self::Many(many) => many.pieces.iter().all(|piece| !piece.mark.is_empty()),
        }
    }
}

impl From<&[u8]> for Text {
    fn from(bytes: &[u8]) -> Self {
        Self::marked(bytes, Mark::default())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::from(text.as_bytes())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::from(text.as_bytes())
    }
}

/// Texts are equal when their bytes are, wherever they came from.
impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for Text {}

impl std::fmt::Debug for Text {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{:?}", self.to_str())
    }
}
