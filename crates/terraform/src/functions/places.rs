//! Where the parts of a string were written, so that what is decoded from it knows its place.

use std::ops::Range;
use std::sync::Arc;

use smol_str::SmolStr;
use source::Span;

use crate::value::{
    Data, Joined, Made, Origin, Shape, TextPiece, Type, Unknown, Value, normalized,
};

/// Stands in a text for a part that is unknown: a code point that no text holds.
pub(crate) const HOLE: char = '\u{fdd0}';

/// A text, the places that it was written at, and the values that its unknown parts have.
pub(crate) struct Written {
    /// The text; every unknown part is one [`HOLE`].
    pub(crate) text: String,
    /// The unknown parts, in order, and where each stands.
    holes: Vec<(usize, Value)>,
    pieces: Vec<Piece>,
    /// The origin of the whole.
    whole: Origin,
}

struct Piece {
    range: Range<usize>,
    origin: Origin,
    verbatim: bool,
}

impl Written {
    /// Of a string, known or made of pieces; none of any other value.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        let mut written = Self {
            text: String::new(),
            holes: Vec::new(),
            pieces: Vec::new(),
            whole: value.origin.clone(),
        };
        match &value.data {
            Data::String(text) => {
                if let Some(Made::Pieces(pieces)) = text.made.as_deref() {
                    written.take(pieces)?;
                }
                // Normalization may have changed what the pieces say.
                if written.text != text.text {
                    written.pieces.clear();
                    written.text = text.text.to_string();
                }
            }
            Data::Unknown(unknown) => match &unknown.shape {
                Some(Shape::Text(pieces)) => written.take(pieces)?,
                _ => return None,
            },
            _ => return None,
        }
        Some(written)
    }

    /// Takes the text of pieces; none where a text looks like a hole.
    fn take(&mut self, pieces: &[TextPiece]) -> Option<()> {
        for piece in pieces {
            match piece {
                TextPiece::Known {
                    text,
                    origin,
                    verbatim,
                } => {
                    if text.contains(HOLE) {
                        return None;
                    }
                    let start = self.text.len();
                    self.text.push_str(text);
                    self.pieces.push(Piece {
                        range: start..self.text.len(),
                        origin: origin.clone(),
                        verbatim: *verbatim,
                    });
                }
                TextPiece::Unknown(value) => {
                    self.holes.push((self.text.len(), value.clone()));
                    self.text.push(HOLE);
                }
            }
        }
        Some(())
    }

    /// A part of the text as a string by itself, whose pieces keep their places.
    pub(crate) fn slice(&self, range: &Range<usize>) -> Value {
        let mut holes = self
            .holes
            .iter()
            .filter(|(at, _)| range.contains(at))
            .peekable();
        let mut joined = Joined::default();
        if self.pieces.is_empty() && self.holes.is_empty() {
            let text = self.text.get(range.clone()).unwrap_or_default();
            joined.push_text(text.into(), self.whole.clone(), false);
        }
        for piece in &self.pieces {
            let start = piece.range.start.max(range.start);
            let end = piece.range.end.min(range.end);
            while let Some((_, hole)) = holes.next_if(|(at, _)| *at < piece.range.start) {
                joined.push_value(hole);
            }
            if let Some(text) = self.text.get(start..end).filter(|_| start < end) {
                joined.push_text(text.into(), piece.origin(&(start..end)), piece.verbatim);
            }
        }
        holes.for_each(|(_, hole)| joined.push_value(hole));
        joined.into_value(self.whole.clone())
    }

    /// The origin of a part of the text.
    pub(crate) fn origin(&self, range: &Range<usize>) -> Origin {
        let first = self
            .pieces
            .partition_point(|piece| piece.range.end <= range.start);
        let last = self
            .pieces
            .partition_point(|piece| piece.range.start < range.end.max(range.start + 1));
        let pieces = self.pieces.get(first..last).unwrap_or_default();
        let origins: Vec<Origin> = pieces.iter().map(|piece| piece.origin(range)).collect();
        let [first, rest @ ..] = origins.as_slice() else {
            let hole = self.hole(range.start).filter(|(at, _)| range.contains(at));
            return hole.map_or_else(|| self.whole.clone(), |(_, hole)| hole.origin.clone());
        };
        if rest.is_empty() {
            return first.within(&self.whole);
        }
        // Where it comes from several files, the one that holds the text tells most.
        let is_here = |origin: &&Origin| origin.span.file == self.whole.span.file;
        let spans = |origins: &[Origin]| -> Option<Span> {
            let spans = origins.iter().filter(is_here).map(|origin| origin.span);
            spans.reduce(Span::cover)
        };
        let is_one_file = rest
            .iter()
            .all(|origin| origin.span.file == first.span.file);
        let covered = match is_one_file {
            true => rest.last().map(|last| first.span.cover(last.span)),
            false => spans(&origins),
        };
        match covered {
            Some(span) => Origin::new(span).within(&self.whole),
            None => self.whole.clone(),
        }
    }

    /// The unknown part that stands at an offset of the text, or the first behind it.
    fn hole(&self, at: usize) -> Option<&(usize, Value)> {
        let index = self.holes.partition_point(|(place, _)| *place < at);
        self.holes.get(index)
    }

    /// The first unknown part of a text that was decoded from behind a place.
    pub(super) fn hole_in(&self, text: &str, at: usize) -> Option<&Value> {
        let hole = self.hole(at).filter(|_| text.contains(HOLE));
        hole.map(|(_, value)| value)
    }

    /// Whether a part of the text is nothing but an unknown part.
    pub(crate) fn is_hole(&self, text: &str) -> bool {
        !self.holes.is_empty() && text.chars().eq([HOLE])
    }

    /// A string that was decoded from a range of the text: unknown where it holds an unknown part.
    pub(crate) fn string(&self, text: &str, range: &Range<usize>) -> Value {
        let hole = self.hole_in(text, range.start);
        let Some(unknown) = hole.and_then(Value::unknown) else {
            return Value::new(Data::string(text), self.origin(range));
        };
        let mut result = Unknown::new(Type::String, unknown.cause.clone(), unknown.place);
        result.known.not_null = true;
        result.shape = Some(Shape::Text(self.pieces_of(text, range).into()));
        Value::new(Data::Unknown(Arc::new(result)), self.origin(range))
    }

    /// A part of the text that is nothing but an unknown part, whose type nothing tells.
    pub(crate) fn unknown(&self, range: &Range<usize>) -> Value {
        let hole = self.hole(range.start).map(|(_, value)| value);
        let origin = hole.map_or_else(|| self.origin(range), |hole| hole.origin.clone());
        let Some(unknown) = hole.and_then(Value::unknown) else {
            return Value::new(Data::string(""), origin);
        };
        if let Some(Shape::Json(inner) | Shape::Yaml(inner)) = &unknown.shape {
            return Value::clone(inner);
        }
        let result = Unknown::new(Type::Dynamic, unknown.cause.clone(), unknown.place);
        Value::new(Data::Unknown(Arc::new(result)), origin)
    }

    fn pieces_of(&self, text: &str, range: &Range<usize>) -> Vec<TextPiece> {
        let first = self
            .holes
            .partition_point(|(place, _)| *place < range.start);
        let mut holes = self.holes[first..].iter().map(|(_, value)| value);
        let mut pieces = Vec::new();
        for (index, known) in text.split(HOLE).enumerate() {
            if index > 0 {
                pieces.extend(holes.next().cloned().map(TextPiece::Unknown));
            }
            if !known.is_empty() {
                pieces.push(TextPiece::Known {
                    text: normalized(known),
                    origin: self.origin(range),
                    verbatim: false,
                });
            }
        }
        pieces
    }
}

impl Piece {
    /// The origin of what the range takes of it.
    fn origin(&self, range: &Range<usize>) -> Origin {
        if !self.verbatim {
            return self.origin.clone();
        }
        let start = range.start.max(self.range.start) - self.range.start;
        let end = range.end.min(self.range.end).max(self.range.start) - self.range.start;
        let span = self.origin.span;
        let at = |offset: usize| {
            let offset = u32::try_from(offset).unwrap_or(u32::MAX);
            span.start.saturating_add(offset).min(span.end)
        };
        Origin {
            span: Span::new(span.file, at(start), at(end.max(start))),
            chain: self.origin.chain.clone(),
        }
    }
}

/// The text of a whole file as the pieces of a string, so that places in the string are places in the file.
pub(super) fn file_pieces(text: &str, span: Span) -> Made {
    Made::Pieces(vec![TextPiece::Known {
        text: SmolStr::new(text),
        origin: Origin::new(span),
        verbatim: true,
    }])
}
