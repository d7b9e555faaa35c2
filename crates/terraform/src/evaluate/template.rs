//! Strings with interpolations and directives.

use smol_str::SmolStr;
use source::Span;
use std::sync::Arc;

use super::cost;
use super::failure::Context;
use super::partial::caused_by;
use super::repeat::Round;
use super::{Evaluated, EvaluationError, Evaluator};
use crate::syntax::{Expression, TemplateFor, TemplatePart};
use crate::value::{
    Data, Joined, MOST_BYTES, Made, Marks, Origin, Shape, Text, TextPiece, Type, Unknown, Value,
    convert, normalized, safe_prefix,
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
    fn text(&self, parts: &[TemplatePart], span: Span) -> Evaluated {
        self.joined(parts, span, Keep::Documents)
    }

    /// The part of a template between directives.
    fn inner_text(&self, parts: &[TemplatePart], span: Span) -> Evaluated {
        self.joined(parts, span, Keep::All)
    }

    fn joined(&self, parts: &[TemplatePart], span: Span, keep: Keep) -> Evaluated {
        let mut pieces = Pieces::default();
        let mut first = None;
        for part in parts {
            if let Err(error) = self.part(part, &mut pieces) {
                pieces.push(&error.stand_in());
                first.get_or_insert(error);
            }
            self.spend(pieces.cost(), span)?;
        }
        let whole = pieces.finish(span, keep);
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
                pieces.push_text(text.clone(), Origin::new(*span), *verbatim);
                Ok(())
            }
            TemplatePart::Interpolation(inner) => {
                pieces.push(&self.interpolated(inner)?);
                Ok(())
            }
            TemplatePart::If(parts) => {
                let alternatives =
                    [&parts.then, &parts.otherwise].map(|inner| self.inner_text(inner, parts.span));
                pieces.push(&self.choose(&parts.condition, alternatives, parts.span)?);
                Ok(())
            }
            TemplatePart::For(parts) => self.repeated(parts, pieces),
        }
    }

    fn repeated(&self, parts: &TemplateFor, pieces: &mut Pieces) -> Result<(), EvaluationError> {
        let names = (parts.key.as_ref(), &parts.value);
        let mut inner = Pieces::default();
        let mut is_open = false;
        let marks = self.for_each(&parts.collection, names, |round| {
            match round {
                Round::Known(round) => inner.push(&round.inner_text(&parts.body, parts.span)?),
                Round::Unknown(unknown) => {
                    is_open = true;
                    inner.push(&unknown_text(unknown, parts.span));
                }
            }
            self.spend(inner.cost(), parts.span)
        })?;
        let marks = if is_open { Marks::default() } else { marks };
        let text = inner.repeated(marks, parts.span)?;
        pieces.push(&text);
        Ok(())
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

/// A text of which nothing is known.
fn unknown_text(because: &Arc<Unknown>, span: Span) -> Value {
    let unknown = caused_by(Type::String, Some(because));
    Value::new(Data::Unknown(unknown.into()), Origin::new(span))
}

/// Which texts keep the pieces that they are made of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    /// What becomes a part of another text, which may be a document.
    All,
    /// Only a text that may be a document is worth the memory.
    Documents,
}

/// A string under construction.
#[derive(Default)]
struct Pieces {
    joined: Joined,
    /// The text of the parts before the first unknown one.
    beginning: String,
    marks: Marks,
    /// The bytes and pieces that are paid.
    paid: (usize, usize),
}

impl Pieces {
    fn push_text(&mut self, text: SmolStr, origin: Origin, verbatim: bool) {
        self.begin_with(&text);
        self.joined.push_text(text, origin, verbatim);
    }

    fn push(&mut self, value: &Value) {
        self.marks = self.marks.union(value.marks);
        self.begin_with(value.as_str().unwrap_or_default());
        self.joined.push_value(value);
    }

    fn begin_with(&mut self, text: &str) {
        if self.joined.unknown().is_none() && self.beginning.len() < MOST_PREFIX {
            self.beginning.push_str(text);
        }
    }

    /// What was added since the last call costs, in steps of evaluation.
    fn cost(&mut self) -> u64 {
        let now = (self.joined.bytes(), self.joined.pieces().len());
        let (bytes, pieces) = std::mem::replace(&mut self.paid, now);
        let pieces = now.1.saturating_sub(pieces) as u64;
        (now.0 - bytes) as u64 / cost::BYTES + pieces
    }

    /// The text of all rounds of a loop over something with these marks. HCL loses the marks of the rounds where one of
    /// them is unknown; then what is secret in them must not be told.
    fn repeated(self, of_collection: Marks, span: Span) -> Evaluated {
        let of_rounds = self.marks;
        let unknown = self.joined.unknown().cloned();
        let mut text = self.finish(span, Keep::All)?;
        match unknown {
            None => return Ok(text.marked(of_collection)),
            Some(unknown) if of_rounds != Marks::default() => text = unknown_text(&unknown, span),
            Some(_) => {}
        }
        text.marks = of_collection;
        Ok(text)
    }

    fn finish(self, span: Span, keep: Keep) -> Evaluated {
        if self.joined.bytes() > MOST_BYTES {
            let message = "this text is longer than 16 MB";
            return Err(EvaluationError::new("text-too-long", message, span));
        }
        let origin = self.origin(span);
        let marks = self.marks;
        let data = match self.joined.unknown().cloned() {
            Some(cause) => self.unknown_text(&cause),
            None => Data::String(self.known_text(keep)),
        };
        Ok(Value::new(data, origin).marked(marks))
    }

    fn origin(&self, span: Span) -> Origin {
        let values = self.joined.pieces().iter().filter_map(|piece| match piece {
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

    fn unknown_text(self, cause: &Arc<Unknown>) -> Data {
        let mut unknown = caused_by(Type::String, Some(cause));
        unknown.known.not_null = true;
        let end = self.beginning.floor_char_boundary(MOST_PREFIX);
        unknown.known.prefix = safe_prefix(&self.beginning[..end]);
        let (_, pieces) = self.joined.finish();
        unknown.shape = (!pieces.is_empty()).then(|| Shape::Text(pieces.into()));
        Data::Unknown(unknown.into())
    }

    fn known_text(self, keep: Keep) -> Text {
        let (text, pieces) = self.joined.finish();
        let text = normalized(&text);
        let is_document = pieces.len() > 1 || text.contains(['{', '\n']);
        let worth = keep == Keep::All || is_document;
        let made = worth.then(|| Arc::new(Made::Pieces(pieces)));
        Text { text, made }
    }
}
