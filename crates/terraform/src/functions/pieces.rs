//! Strings made of pieces: text that is known, and the text of values that are not.

use std::sync::Arc;

use super::arguments::through_operand;
use super::{Environment, Failure};
use crate::value::{
    Data, MOST_BYTES, Made, Origin, Shape, Text, TextPiece, Type, Unknown, Value, normalized,
};

/// A string under construction.
#[derive(Default)]
pub(super) struct Pieces {
    pieces: Vec<TextPiece>,
    bytes: usize,
    unknown: Option<Arc<Unknown>>,
}

impl Pieces {
    /// Adds text.
    pub(super) fn push_text(&mut self, text: &str, origin: &Origin) -> Result<(), Failure> {
        if text.is_empty() {
            return Ok(());
        }
        self.push(TextPiece::Known {
            text: text.into(),
            origin: origin.clone(),
            verbatim: false,
        })
    }

    /// Adds a string with the pieces that it was made of, or a value whose text can't be known.
    pub(super) fn push_value(&mut self, value: &Value) -> Result<(), Failure> {
        let pieces = match &value.data {
            Data::String(text) => match text.made.as_deref() {
                Some(Made::Pieces(pieces)) => pieces,
                _ => return self.push_text(&text.text, &value.origin),
            },
            Data::Unknown(unknown) => match &unknown.shape {
                Some(Shape::Text(pieces)) => &**pieces,
                _ => return self.push(TextPiece::Unknown(value.clone())),
            },
            _ => return self.push(TextPiece::Unknown(value.clone())),
        };
        for piece in pieces {
            self.push(within(piece, &value.origin))?;
        }
        Ok(())
    }

    /// Adds a piece.
    pub(super) fn push(&mut self, piece: TextPiece) -> Result<(), Failure> {
        match &piece {
            TextPiece::Known { text, .. } => self.bytes += text.len(),
            TextPiece::Unknown(value) => {
                if self.unknown.is_none() {
                    self.unknown = value.first_unknown().cloned();
                }
            }
        }
        check_length(self.bytes)?;
        self.pieces.push(piece);
        Ok(())
    }

    /// The string that consists of the pieces, all of which are known.
    pub(super) fn known(self, environment: &Environment<'_>) -> Value {
        let mut whole = String::with_capacity(self.bytes);
        for piece in &self.pieces {
            if let TextPiece::Known { text, .. } = piece {
                whole.push_str(text);
            }
        }
        let text = normalized(&whole);
        // A place in the text is only a place in a piece where nothing was composed.
        let tells = self.pieces.len() > 1 && text == whole;
        let made = tells.then(|| Arc::new(Made::Pieces(self.pieces)));
        Value::new(
            Data::String(Text { text, made }),
            environment.origin.clone(),
        )
    }

    /// What may be known of a string that consists of the pieces, some of which can't be known.
    pub(super) fn shape(self) -> Option<Shape> {
        let is_known = |piece: &TextPiece| matches!(piece, TextPiece::Known { .. });
        let tells = self.pieces.iter().any(is_known);
        tells.then(|| Shape::Text(self.pieces.into()))
    }
}

/// An unknown value of a type for the same reason as another.
pub(super) fn because(unknown: &Unknown, ty: Type) -> Unknown {
    Unknown::new(ty, unknown.cause.clone(), unknown.place)
}

/// Refuses texts that are too long.
pub(super) fn check_length(bytes: usize) -> Result<(), Failure> {
    if bytes > MOST_BYTES {
        return Err(Failure::Call("the text would be longer than 16 MB".into()));
    }
    Ok(())
}

/// A string of which no more is known than its shape.
pub(super) fn unknown_text(
    environment: &Environment<'_>,
    operand: &Value,
    unknown: &Unknown,
    shape: Option<Shape>,
) -> Value {
    let mut result = because(unknown, Type::String);
    result.known.not_null = true;
    result.shape = shape;
    Value::new(
        Data::Unknown(result.into()),
        through_operand(environment.origin, operand),
    )
}

/// The string that a change of each character by itself makes of a string.
pub(super) fn map(
    environment: &Environment<'_>,
    operand: &Value,
    change: impl Fn(&str) -> String,
) -> Value {
    let Some(unknown) = operand.unknown() else {
        let text = operand.as_str().unwrap_or_default();
        let data = Data::string(change(text));
        return Value::new(data, through_operand(environment.origin, operand));
    };
    let shape = pieces_of(unknown).map(|pieces| {
        let changed = pieces.iter().map(|piece| match piece {
            TextPiece::Known { text, origin, .. } => known_piece(change(text), origin),
            TextPiece::Unknown(value) => changed_piece(value),
        });
        Shape::Text(changed.collect())
    });
    unknown_text(environment, operand, unknown, shape)
}

/// The pieces that an unknown string is made of.
pub(super) fn pieces_of(unknown: &Unknown) -> Option<&[TextPiece]> {
    match &unknown.shape {
        Some(Shape::Text(pieces)) => Some(pieces),
        _ => None,
    }
}

/// The known text that a string begins with.
pub(super) fn beginning(pieces: &[TextPiece]) -> String {
    let known = pieces.iter().map_while(|piece| match piece {
        TextPiece::Known { text, .. } => Some(text.as_str()),
        TextPiece::Unknown(_) => None,
    });
    known.collect()
}

/// A piece of known text that is not as written.
pub(super) fn known_piece(text: impl AsRef<str>, origin: &Origin) -> TextPiece {
    TextPiece::Known {
        text: normalized(text.as_ref()),
        origin: origin.clone(),
        verbatim: false,
    }
}

/// What an unknown piece is after a change: unknown for the same reason.
pub(super) fn changed_piece(value: &Value) -> TextPiece {
    let changed = value.first_unknown().map(|unknown| {
        let data = Data::Unknown(because(unknown, Type::String).into());
        Value::new(data, value.origin.clone()).marked(value.marks)
    });
    TextPiece::Unknown(changed.unwrap_or_else(|| value.clone()))
}

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
