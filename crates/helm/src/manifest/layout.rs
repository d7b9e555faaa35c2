//! Which bytes of a rendered text came from where.

use std::ops::Range;

use source::Span;

use crate::value::{Piece, Place, Text};

/// A text whose pieces can be found by their bytes.
pub(super) struct Layout<'a> {
    bytes: &'a [u8],
    pieces: &'a [Piece],
    /// Where each piece begins, and where the last one ends.
    starts: Vec<usize>,
    /// How many of the pieces before each hold more than blanks and did not come from a file of values.
    others: Vec<usize>,
}

/// Bytes that came from one place: a piece, or what of it lies in a range.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) piece: &'a Piece,
    /// How many bytes of the piece stand before these.
    skipped: usize,
}

impl<'a> Layout<'a> {
    pub(super) fn of(text: &'a Text) -> Self {
        let (bytes, pieces) = (text.as_bytes(), text.pieces());
        let (mut starts, mut others) = (vec![0], vec![0]);
        let (mut end, mut other) = (0, 0);
        for piece in pieces {
            let start = end;
            end += piece.length;
            let part = Part {
                bytes: bytes.get(start..end).unwrap_or_default(),
                piece,
                skipped: 0,
            };
            other += usize::from(!part.is_blank() && !part.is_set());
            starts.push(end);
            others.push(other);
        }
        Self {
            bytes,
            pieces,
            starts,
            others,
        }
    }

    /// The parts in a range, in order.
    pub(super) fn pieces(
        &self,
        range: Range<usize>,
    ) -> impl DoubleEndedIterator<Item = Part<'a>> + '_ {
        let (first, last) = self.indices(&range);
        (first..last).filter_map(move |index| {
            let start = self.starts[index];
            let own = start.max(range.start)..self.starts[index + 1].min(range.end);
            let piece = &self.pieces[index];
            let skipped = own.start - start;
            let bytes = self.bytes.get(own).filter(|bytes| !bytes.is_empty())?;
            Some(Part {
                bytes,
                piece,
                skipped,
            })
        })
    }

    /// Whether everything in a range but blanks came from files of values.
    pub(super) fn is_all_set(&self, range: &Range<usize>) -> bool {
        let (first, last) = self.indices(range);
        self.others[first] == self.others[last] && first < last
    }

    /// The place of a range whose bytes stand there as they are, next to each other.
    pub(super) fn verbatim(&self, range: Range<usize>) -> Option<Span> {
        let mut spans = self.pieces(range).map(|part| part.exact());
        let first = spans.next()??;
        spans.try_fold(first, |whole, span| {
            let span = span.filter(|span| span.file == whole.file && span.start == whole.end)?;
            Some(whole.cover(span))
        })
    }

    /// The first piece that reaches into a range, and the first behind it.
    fn indices(&self, range: &Range<usize>) -> (usize, usize) {
        let ends = &self.starts[1..];
        let first = ends.partition_point(|end| *end <= range.start);
        let last = self.starts.partition_point(|start| *start < range.end);
        (first, last.min(self.pieces.len()).max(first))
    }
}

impl Part<'_> {
    /// Whether it came from a file of values, or an argument that stands for one.
    pub(super) fn is_set(&self) -> bool {
        matches!(self.place(), Some(Place::Values(..) | Place::Argument(..)))
    }

    /// Whether it came from a file of the chart such as `Chart.yaml`.
    pub(super) fn is_of_chart(&self) -> bool {
        matches!(self.place(), Some(Place::Chart(_)))
    }

    /// The place that counts: the first, or, in the stead of what is not for this template alone, the last of the keys that
    /// would take its place if something were written there.
    fn place(&self) -> Option<&Place> {
        let places = self.piece.mark.places();
        let first = places.first()?;
        let is_shared = matches!(first, Place::Chart(_) | Place::Given(_));
        let mut keys = places.iter().rev();
        let key = keys.find(|place| matches!(place, Place::Values(..)));
        key.filter(|_| is_shared).or(Some(first))
    }

    /// Whether it came from a constant in an action, and not from the text around actions. Signs alone are between what
    /// somebody chose, or escape the marks of actions.
    pub(super) fn is_constant(&self) -> bool {
        if !self.bytes.iter().any(u8::is_ascii_alphanumeric) {
            return false;
        }
        let mark = &self.piece.mark;
        match (mark.places().first(), mark.via().next()) {
            (Some(Place::Template(span)), Some(action)) => action.contains(*span),
            _ => false,
        }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.bytes.iter().all(u8::is_ascii_whitespace)
    }

    /// Whether it holds nothing but what quotes and ends text in YAML.
    pub(super) fn is_mark(&self) -> bool {
        self.bytes.iter().all(|byte| b" \t\r\n\"'".contains(byte))
    }

    /// Whether it holds nothing but what stands between keys and values in YAML.
    pub(super) fn is_punctuation(&self) -> bool {
        self.bytes
            .iter()
            .all(|byte| b" \t\r\n\"'-?:,[]{}|>".contains(byte))
    }

    pub(super) fn is_unknown(&self) -> bool {
        self.piece.mark.is_unknown()
    }

    /// The place that set it: exactly its bytes where they stand there, else the whole that they were computed from. What
    /// stands in no file has the place of the action that prints it.
    pub(super) fn span(&self) -> Option<Span> {
        let whole = self.place().and_then(Place::span);
        match whole {
            Some(_) if !self.is_set() => self.exact().or(whole),
            Some(whole) => Some(whole),
            None => self.piece.mark.via().next(),
        }
    }

    /// Where its bytes stand as they are.
    fn exact(&self) -> Option<Span> {
        let whole = self.piece.mark.places().first()?.span()?;
        let offset = self.piece.verbatim? as usize + self.skipped;
        let start = whole.start.checked_add(u32::try_from(offset).ok()?)?;
        let end = start.checked_add(u32::try_from(self.bytes.len()).ok()?)?;
        let exact = Span::new(whole.file, start, end);
        whole.contains(exact).then_some(exact)
    }
}
