//! Strings made of pieces: text that is known, and the text of values that are not.

use std::sync::Arc;

use super::arguments::through_operand;
use super::{Environment, Failure};
use crate::value::{
    Data, Joined, MOST_BYTES, Made, Origin, Shape, Text, TextPiece, Type, Unknown, Value,
    normalized,
};

/// A string under construction.
#[derive(Default)]
pub(super) struct Pieces(Joined);

impl Pieces {
    /// Adds text.
    pub(super) fn push_text(&mut self, text: &str, origin: &Origin) -> Result<(), Failure> {
        self.0.push_text(text.into(), origin.clone(), false);
        check_length(self.0.bytes())
    }

    /// Adds a string with the pieces that it was made of, or a value whose text can't be known.
    pub(super) fn push_value(&mut self, value: &Value) -> Result<(), Failure> {
        self.0.push_value(value);
        check_length(self.0.bytes())
    }

    /// Adds a piece.
    pub(super) fn push(&mut self, piece: TextPiece) -> Result<(), Failure> {
        self.0.push(piece);
        check_length(self.0.bytes())
    }

    /// The string that consists of the pieces, all of which are known.
    pub(super) fn known(self, environment: &Environment<'_>) -> Value {
        let (whole, pieces) = self.0.finish();
        let text = normalized(&whole);
        // A place in the text is only a place in a piece where nothing was composed.
        let tells = pieces.len() > 1 && text == whole;
        let made = tells.then(|| Arc::new(Made::Pieces(pieces)));
        Value::new(
            Data::String(Text { text, made }),
            environment.origin.clone(),
        )
    }

    /// What may be known of a string that consists of the pieces, some of which can't be known.
    pub(super) fn shape(self) -> Option<Shape> {
        self.0.shape()
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
