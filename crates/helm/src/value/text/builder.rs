//! Making texts from parts of others.

use std::ops::Range;
use std::rc::Rc;

use super::{Many, Mark, Piece, Pieces, Text, lossy};

/// For how many bytes there is room at least, once there is one.
const LEAST: usize = 64;

/// Makes a text from parts, each of which keeps where it came from.
#[derive(Debug, Default)]
pub struct TextBuilder {
    bytes: Vec<u8>,
    pieces: Vec<Piece>,
    /// For how many bytes room is made once there is one.
    room: usize,
}

impl TextBuilder {
    /// A builder of a text that probably has so many bytes, if it has any.
    #[must_use]
    pub fn with_room(bytes: usize) -> Self {
        Self {
            room: bytes,
            ..Self::default()
        }
    }

    /// The bytes so far.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The number of bytes so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether there is no byte yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Appends a text.
    pub fn push(&mut self, text: &Text) {
        self.push_range(text, 0..text.len());
    }

    /// Appends those bytes of a text; what of the range leaves the text is left out.
    pub fn push_range(&mut self, text: &Text, range: Range<usize>) {
        let end = range.end.min(text.len());
        let start = range.start.min(end);
        if text.pieces().is_empty() {
            return self.push_bytes(&text.as_bytes()[start..end], &Mark::default());
        }
        self.append(&text.as_bytes()[start..end]);
        self.push_pieces(text, start, end);
    }

    /// Appends the pieces of those bytes, which lie in the text.
    fn push_pieces(&mut self, text: &Text, start: usize, end: usize) {
        let (pieces, position) = text.pieces_between(start, end);
        let part = |piece: &Piece, position: usize| {
            let (from, to) = (start.max(position), end.min(position + piece.length));
            piece.part(from - position, to.saturating_sub(from))
        };
        let Some((first, rest)) = pieces.split_first() else {
            return;
        };
        self.add(part(first, position));
        let Some((last, between)) = rest.split_last() else {
            return;
        };
        self.pieces.extend_from_slice(between);
        let behind: usize = between.iter().map(|piece| piece.length).sum();
        self.add(part(last, position + first.length + behind));
    }

    /// Appends bytes that were computed from what has the mark, or from nothing.
    pub fn push_bytes(&mut self, bytes: impl AsRef<[u8]>, mark: &Mark) {
        let bytes = bytes.as_ref();
        self.append(bytes);
        self.add(Piece {
            length: bytes.len(),
            mark: mark.clone(),
            verbatim: None,
        });
    }

    /// Appends all that stands at the first place of a mark, as it is.
    pub fn push_verbatim(&mut self, bytes: impl AsRef<[u8]>, mark: Mark) {
        let bytes = bytes.as_ref();
        self.append(bytes);
        self.add(Piece {
            length: bytes.len(),
            verbatim: (!mark.is_empty()).then_some(0),
            mark,
        });
    }

    /// Appends other bytes in the place of those of the range: a change of letters, an escape. They came from where the
    /// range came from.
    pub fn push_instead(&mut self, bytes: impl AsRef<[u8]>, text: &Text, range: Range<usize>) {
        let bytes = bytes.as_ref();
        if text.as_bytes().get(range.clone()) == Some(bytes) {
            return self.push_range(text, range);
        }
        let mark = match text.pieces() {
            [piece] => piece.mark.clone(),
            _ => text.mark_of(range),
        };
        self.push_bytes(bytes, &mark);
    }

    /// Takes off space at the end.
    pub fn trim_end(&mut self) {
        let text = lossy(&self.bytes);
        let mut surplus = text.len() - text.trim_end().len();
        self.bytes.truncate(self.bytes.len() - surplus);
        while let Some(piece) = self.pieces.last_mut() {
            if piece.length > surplus {
                piece.length -= surplus;
                break;
            }
            surplus -= piece.length;
            self.pieces.pop();
        }
    }

    /// The text.
    #[must_use]
    pub fn finish(self) -> Text {
        Text {
            bytes: self.bytes.into(),
            pieces: Pieces::of(self.pieces),
        }
    }

    fn append(&mut self, bytes: &[u8]) {
        if self.bytes.capacity() == 0 {
            let least = self.room.max(LEAST);
            self.bytes.reserve(bytes.len().max(least));
        }
        self.bytes.extend_from_slice(bytes);
    }

    fn add(&mut self, piece: Piece) {
        if piece.length == 0 {
            return;
        }
        match self.pieces.last_mut() {
            Some(last) if continues(last, &piece) => last.length += piece.length,
            _ => self.pieces.push(piece),
        }
    }
}

impl Text {
    /// The bytes from `start` to `end`, which lie in the text, with their pieces.
    pub(super) fn copied(&self, start: usize, end: usize) -> Self {
        let mut builder = TextBuilder::default();
        builder.push_pieces(self, start, end);
        Self {
            bytes: self.as_bytes()[start..end].into(),
            pieces: Pieces::of(builder.pieces),
        }
    }
}

impl Pieces {
    fn of(mut pieces: Vec<Piece>) -> Self {
        let is_marked = pieces.iter().any(|piece| !piece.mark.is_empty());
        match pieces.len() {
            _ if !is_marked => Self::None,
            1 => pieces.pop().map_or(Self::None, Self::One),
            _ => Self::Many(Rc::new(Many::new(pieces))),
        }
    }
}

impl Many {
    fn new(pieces: Vec<Piece>) -> Self {
        let mut end = 0;
        let ends = pieces.iter().map(|piece| {
            end += piece.length;
            end
        });
        let ends = ends.collect();
        Self { pieces, ends }
    }
}

/// Whether the second piece is the rest of the first.
fn continues(last: &Piece, piece: &Piece) -> bool {
    let expected = last.verbatim.map(|start| start as usize + last.length);
    last.mark.is_same(&piece.mark) && expected == piece.verbatim.map(|start| start as usize)
}
