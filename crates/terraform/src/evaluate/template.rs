//! Strings with interpolations and directives.

use smol_str::SmolStr;
use source::Span;
use std::sync::Arc;

use super::failure::Context;
use super::partial::caused_by;
use super::{Evaluated, EvaluationError, Evaluator};
use crate::syntax::{Expression, TemplatePart};
use crate::value::{
    Data, MOST_BYTES, Made, Marks, Origin, Shape, Text, TextPiece, Type, Unknown, Value, convert,
    normalized, safe_prefix,
};

/// As much as HCL keeps of the beginning of a text with unknown parts, in bytes.
///
/// Source: <https://github.com/hashicorp/hcl/blob/main/hclsyntax/expression_template.go>.
const MOST_PREFIX: usize = 128;

impl Evaluator<'_> {
    /// A template that is nothing but one interpolation is that value, whatever its type.
    pub(super) fn template(&self, parts: &[TemplatePart], span: Span) -> Evaluated {
        match parts {
            [TemplatePart::Interpolation(inner)] => self.value(inner),
            _ => self.text(parts, span),
        }
    }

    /// A template as a string.
    pub(super) fn text(&self, parts: &[TemplatePart], span: Span) -> Evaluated {
        let mut pieces = Pieces::default();
        let mut first = None;
        for part in parts {
            if let Err(error) = self.part(part, &mut pieces) {
                pieces.push(&error.stand_in());
                first.get_or_insert(error);
            }
            self.spend(pieces.cost(), span)?;
        }
        let whole = pieces.finish(span);
        match first {
            None => whole,
            Some(error) => Err(error.with(whole?)),
        }
    }

    fn part(&self, part: &TemplatePart, pieces: &mut Pieces) -> Result<(), EvaluationError> {
        match part {
            TemplatePart::Literal {
                text,
                span,
                verbatim,
            } => {
                pieces.begin_with(text);
                pieces.push_text(text.clone(), Origin::new(*span), *verbatim);
                Ok(())
            }
            TemplatePart::Interpolation(inner) => {
                pieces.push(&self.interpolated(inner)?);
                Ok(())
            }
            TemplatePart::If {
                condition,
                then,
                otherwise,
                span,
            } => {
                let alternatives = [then, otherwise].map(|parts| self.text(parts, *span));
                pieces.push(&self.choose(condition, alternatives, *span)?);
                Ok(())
            }
            TemplatePart::For {
                key,
                value,
                collection,
                body,
                span,
            } => {
                let names = (key.as_ref(), value);
                let before = pieces.beginning.len();
                let marks = self.for_each(collection, names, |round| {
                    match round {
                        super::repeat::Round::Known(inner) => {
                            pieces.push(&inner.text(body, *span)?);
                        }
                        super::repeat::Round::Unknown(unknown) => {
                            let unknown = caused_by(Type::String, Some(unknown));
                            let data = Data::Unknown(unknown.into());
                            pieces.push(&Value::new(data, Origin::new(*span)));
                        }
                    }
                    self.spend(pieces.cost(), *span)
                })?;
                pieces.marks = pieces.marks.union(marks);
                if pieces.unknown.is_some() {
                    pieces.beginning.truncate(before);
                }
                Ok(())
            }
        }
    }

    fn interpolated(&self, inner: &Expression) -> Evaluated {
        match self.value(inner) {
            Ok(value) => as_text(value, inner.span),
            // That it is no text comes before what fails in it.
            Err(error) => {
                let text = as_text(error.stand_in(), inner.span)?;
                Err(error.with(text))
            }
        }
    }
}

/// A value in a text. What can't be there leaves nothing in it.
fn as_text(value: Value, span: Span) -> Evaluated {
    const CODE: &str = "invalid-template-interpolation-value";
    let nothing = || Value::new(Data::string(""), Origin::new(span));
    if value.is_null() {
        let message = "this is null, which a string can't contain";
        return Err(EvaluationError::new(CODE, message, span).with(nothing()));
    }
    if value.unknown().is_some() {
        // Terraform looks at its type only when it is known.
        return Ok(value);
    }
    let marks = value.deep_marks();
    let text = convert(&value, &Type::String).context(CODE, "this is not text", span);
    let text = text.map_err(|error| error.with(nothing()))?;
    Ok(text.marked(marks))
}

/// The pieces of a string under construction.
#[derive(Default)]
struct Pieces {
    pieces: Vec<TextPiece>,
    /// The text of the parts before the first unknown one.
    beginning: String,
    marks: Marks,
    bytes: usize,
    unpaid: usize,
    unknown: Option<Arc<Unknown>>,
}

impl Pieces {
    fn push_text(&mut self, text: SmolStr, origin: Origin, verbatim: bool) {
        self.bytes += text.len();
        self.unpaid += text.len();
        if !text.is_empty() {
            self.pieces.push(TextPiece::Known {
                text,
                origin,
                verbatim,
            });
        }
    }

    fn begin_with(&mut self, text: &str) {
        if self.unknown.is_none() && self.beginning.len() < MOST_PREFIX {
            self.beginning.push_str(text);
        }
    }

    fn push(&mut self, value: &Value) {
        self.marks = self.marks.union(value.marks);
        self.begin_with(value.as_str().unwrap_or_default());
        match &value.data {
            Data::String(text) => match text.made.as_deref() {
                Some(Made::Pieces(pieces)) => {
                    for piece in pieces {
                        self.push_piece(piece, value);
                    }
                }
                _ => self.push_text(text.text.clone(), value.origin.clone(), false),
            },
            Data::Unknown(unknown) => {
                self.unknown.get_or_insert_with(|| Arc::clone(unknown));
                match &unknown.shape {
                    Some(Shape::Text(pieces)) => {
                        for piece in pieces.iter() {
                            self.push_piece(piece, value);
                        }
                    }
                    _ => self.pieces.push(TextPiece::Unknown(value.clone())),
                }
            }
            _ => {}
        }
    }

    fn push_piece(&mut self, piece: &TextPiece, whole: &Value) {
        match piece {
            TextPiece::Known {
                text,
                origin,
                verbatim,
            } => self.push_text(text.clone(), origin.within(&whole.origin), *verbatim),
            TextPiece::Unknown(value) => self.pieces.push(TextPiece::Unknown(value.clone())),
        }
    }

    /// What the text that was added since the last call costs, in steps of evaluation.
    fn cost(&mut self) -> u64 {
        std::mem::take(&mut self.unpaid) as u64 / 16
    }

    fn finish(self, span: Span) -> Evaluated {
        if self.bytes > MOST_BYTES {
            let message = "this text is longer than 16 MB";
            return Err(EvaluationError::new("text-too-long", message, span));
        }
        let origin = self.origin(span);
        let marks = self.marks;
        let data = match &self.unknown {
            Some(cause) => self.unknown_text(cause),
            None => Data::String(self.known_text()),
        };
        Ok(Value::new(data, origin).marked(marks))
    }

    fn origin(&self, span: Span) -> Origin {
        let values = self.pieces.iter().filter_map(|piece| match piece {
            TextPiece::Known {
                origin,
                verbatim: false,
                ..
            } => Some(origin.span),
            TextPiece::Unknown(value) => Some(value.origin.span),
            TextPiece::Known { .. } => None,
        });
        super::computed_from(span, values)
    }

    fn unknown_text(&self, cause: &Arc<Unknown>) -> Data {
        let mut unknown = caused_by(Type::String, Some(cause));
        unknown.known.not_null = true;
        let end = self.beginning.floor_char_boundary(MOST_PREFIX);
        unknown.known.prefix = safe_prefix(&self.beginning[..end]);
        unknown.shape = Some(Shape::Text(self.pieces.clone().into()));
        Data::Unknown(unknown.into())
    }

    fn known_text(self) -> Text {
        let known = self.pieces.iter().filter_map(|piece| match piece {
            TextPiece::Known { text, .. } => Some(text.as_str()),
            TextPiece::Unknown(_) => None,
        });
        let text = normalized(&known.collect::<String>());
        // Only a text that may be a document is worth the memory.
        let worth = self.pieces.len() > 1 || text.contains(['{', '\n']);
        Text {
            text,
            made: worth.then(|| Arc::new(Made::Pieces(self.pieces))),
        }
    }
}
