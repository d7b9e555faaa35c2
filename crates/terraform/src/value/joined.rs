//! Strings put together of pieces.

use std::sync::Arc;

use smol_str::SmolStr;

use super::{
    Data, Made, Marks, Origin, Shape, Text, TextPiece, Type, Unknown, Value, normalized,
    safe_prefix,
};

/// The most pieces that are kept of a string: one of more is no document that a person wrote.
const MOST_PIECES: usize = 10_000;

/// A string that is put together of pieces.
#[derive(Default)]
pub(crate) struct Joined {
    pieces: Vec<TextPiece>,
    /// The known text, where there were too many pieces to keep.
    plain: Option<String>,
    bytes: usize,
    marks: Marks,
    unknown: Option<Arc<Unknown>>,
}

impl Joined {
    /// How many bytes of text are known.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// The first unknown piece.
    pub(crate) fn unknown(&self) -> Option<&Arc<Unknown>> {
        self.unknown.as_ref()
    }

    /// The pieces, as far as they are kept.
    pub(crate) fn pieces(&self) -> &[TextPiece] {
        &self.pieces
    }

    /// Adds text.
    pub(crate) fn push_text(&mut self, text: SmolStr, origin: Origin, verbatim: bool) {
        if !text.is_empty() {
            self.push(TextPiece::Known {
                text,
                origin,
                verbatim,
            });
        }
    }

    /// Adds a string with the pieces that it was made of, or a value whose text can't be known.
    pub(crate) fn push_value(&mut self, value: &Value) {
        self.marks = self.marks.union(value.marks);
        let pieces = match &value.data {
            Data::String(text) => match text.made.as_deref() {
                Some(Made::Pieces(pieces)) if self.plain.is_none() => pieces.as_slice(),
                _ => return self.push_text(text.text.clone(), value.origin.clone(), false),
            },
            Data::Unknown(unknown) => match &unknown.shape {
                Some(Shape::Text(pieces)) => pieces,
                _ => return self.push(TextPiece::Unknown(value.clone())),
            },
            _ => return self.push(TextPiece::Unknown(value.clone())),
        };
        if let Some(unknown) = value.unknown() {
            self.unknown.get_or_insert_with(|| Arc::clone(unknown));
        }
        for piece in pieces {
            self.push(within(piece, &value.origin));
        }
    }

    /// Adds a piece.
    pub(crate) fn push(&mut self, piece: TextPiece) {
        match &piece {
            TextPiece::Known { text, .. } => {
                self.bytes += text.len();
                if let Some(plain) = &mut self.plain {
                    plain.push_str(text);
                }
            }
            TextPiece::Unknown(value) if self.unknown.is_none() => {
                self.unknown = value.first_unknown().cloned();
            }
            TextPiece::Unknown(_) => {}
        }
        if self.plain.is_some() {
            return;
        }
        self.pieces.push(piece);
        if self.pieces.len() > MOST_PIECES {
            self.plain = Some(known_text(&self.pieces));
            self.pieces = Vec::new();
        }
    }

    /// The known text, and the pieces that it was made of.
    pub(crate) fn finish(self) -> (String, Vec<TextPiece>) {
        let text = self.plain.unwrap_or_else(|| known_text(&self.pieces));
        (text, self.pieces)
    }

    /// The string. Where pieces of it are unknown, it is unknown, with what is known of it; marks of the pieces are its own.
    pub(crate) fn into_value(self, origin: Origin) -> Value {
        let marks = self.marks;
        let Some(because) = self.unknown.clone() else {
            let (whole, pieces) = self.finish();
            let text = normalized(&whole);
            // A place in the text is only a place in a piece where nothing was composed.
            let tells = !pieces.is_empty() && text == whole;
            let made = tells.then(|| Arc::new(Made::Pieces(pieces)));
            return Value::new(Data::String(Text { text, made }), origin).marked(marks);
        };
        let mut unknown = Unknown::new(Type::String, because.cause.clone(), because.place);
        unknown.known.not_null = true;
        unknown.known.prefix = safe_prefix(&self.beginning());
        unknown.shape = self.shape();
        Value::new(Data::Unknown(unknown.into()), origin).marked(marks)
    }

    /// The known text that the string begins with.
    fn beginning(&self) -> String {
        let known = self.pieces.iter().map_while(|piece| match piece {
            TextPiece::Known { text, .. } => Some(text.as_str()),
            TextPiece::Unknown(_) => None,
        });
        known.collect()
    }

    /// What is known of the string, where pieces of it are unknown.
    pub(crate) fn shape(self) -> Option<Shape> {
        let is_known = |piece: &TextPiece| matches!(piece, TextPiece::Known { .. });
        let tells = self.pieces.iter().any(is_known);
        tells.then(|| Shape::Text(self.pieces.into()))
    }
}

fn known_text(pieces: &[TextPiece]) -> String {
    let known = pieces.iter().filter_map(|piece| match piece {
        TextPiece::Known { text, .. } => Some(text.as_str()),
        TextPiece::Unknown(_) => None,
    });
    known.collect()
}

/// A piece as it is in a string that came through something.
fn within(piece: &TextPiece, whole: &Origin) -> TextPiece {
    match piece {
        TextPiece::Known {
            text,
            origin,
            verbatim,
        } => TextPiece::Known {
            text: text.clone(),
            origin: origin.within(whole),
            verbatim: *verbatim,
        },
        TextPiece::Unknown(value) => TextPiece::Unknown(value.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Joined, MOST_PIECES};
    use crate::value::Type;
    use crate::value::testing::{string, unknown};

    #[test]
    fn of_too_many_pieces_the_text_is_kept() {
        let mut joined = Joined::default();
        for _ in 0..=MOST_PIECES {
            joined.push_value(&string("ab"));
        }
        joined.push_value(&unknown(Type::String));
        joined.push_value(&string("c"));
        assert!(joined.unknown().is_some());
        assert_eq!(joined.bytes(), 2 * (MOST_PIECES + 1) + 1);
        let (text, pieces) = joined.finish();
        assert_eq!(text, "ab".repeat(MOST_PIECES + 1) + "c");
        assert!(pieces.is_empty());
    }
}
