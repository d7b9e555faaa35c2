//! `[a, b]` and `{ a = b }`.

use graph::UNKNOWN_PART;
use smol_str::SmolStr;
use source::Span;

use super::failure::Context;
use super::partial::caused_by;
use super::{Evaluated, EvaluationError, Evaluator};
use crate::syntax::{Expression, ExpressionKind, ObjectItem};
use crate::value::keyed::{insert, partly_known};
use crate::value::{Data, Entries, Marks, Origin, Shape, Type, Value, convert};

/// The key of an entry.
pub(super) enum Key {
    Known(SmolStr),
    /// Which entry it is can't be known.
    Unknown(Value),
}

impl Evaluator<'_> {
    pub(super) fn tuple(&self, items: &[Expression], span: Span) -> Evaluated {
        let mut first = None;
        let items: Vec<Value> = items
            .iter()
            .map(|item| kept(self.value(item), &mut first))
            .collect();
        finished(
            Value::new(Data::Tuple(items.into()), Origin::new(span)),
            first,
        )
    }

    pub(super) fn object(&self, items: &[ObjectItem], span: Span) -> Evaluated {
        let mut entries = Entries::new();
        let mut marks = Marks::default();
        let mut unknown = Vec::new();
        let mut first = None;
        for item in items {
            let key = match self.key(&item.key) {
                Ok((key, of_key)) => {
                    marks = marks.union(of_key);
                    key
                }
                Err(error) => return Err(first.unwrap_or(error).opaque()),
            };
            let value = kept(self.value(&item.value), &mut first);
            match key {
                Key::Known(key) => {
                    entries.insert(key, value);
                }
                Key::Unknown(key) => unknown.push((key, value)),
            }
        }
        // HCL loses the marks of the keys where one of them is unknown.
        let marks = if unknown.is_empty() {
            marks
        } else {
            Marks::default()
        };
        finished(finish(entries, unknown, span).marked(marks), first)
    }

    /// The key of an entry, and its marks.
    fn key(&self, key: &Expression) -> Result<(Key, Marks), EvaluationError> {
        check_name(key)?;
        let value = self.value(key)?;
        Ok((entry_key(&value, key.span, &KEY)?, value.deep_marks()))
    }
}

/// The value, or what stands for one that failed, of which the first failure is kept.
pub(super) fn kept(part: Evaluated, first: &mut Option<EvaluationError>) -> Value {
    part.unwrap_or_else(|error| {
        let stand_in = error.stand_in();
        first.get_or_insert(error);
        stand_in
    })
}

/// The whole, unless a part of it failed.
pub(super) fn finished(whole: Value, first: Option<EvaluationError>) -> Evaluated {
    match first {
        None => Ok(whole),
        Some(error) => Err(error.with(whole)),
    }
}

/// A name without parentheses is a key itself, so that one with steps after it could mean two things.
fn check_name(key: &Expression) -> Result<(), EvaluationError> {
    if !matches!(key.kind, ExpressionKind::Attribute(..)) || !is_traversal(key) {
        return Ok(());
    }
    let message = "a reference as a key needs parentheses around it, a name with dots needs quotes";
    Err(EvaluationError::new(
        "ambiguous-attribute-key",
        message,
        key.span,
    ))
}

fn is_traversal(expression: &Expression) -> bool {
    match &expression.kind {
        ExpressionKind::Variable(_) => true,
        ExpressionKind::Attribute(inner, _) => is_traversal(inner),
        _ => false,
    }
}

/// How a wrong key is told.
pub(super) struct KeyFailures {
    pub(super) null: &'static str,
    pub(super) wrong: &'static str,
    /// Whether an unknown key is not looked at before it is known.
    pub(super) waits: bool,
}

const KEY: KeyFailures = KeyFailures {
    null: "null-value-as-key",
    wrong: "incorrect-key-type",
    waits: false,
};

/// A value as the key of an entry.
pub(super) fn entry_key(
    value: &Value,
    span: Span,
    failures: &KeyFailures,
) -> Result<Key, EvaluationError> {
    if value.is_null() {
        let message = "a key of an object must not be null";
        return Err(EvaluationError::new(failures.null, message, span));
    }
    if failures.waits && value.unknown().is_some() {
        return Ok(Key::Unknown(value.clone()));
    }
    let text = convert(value, &Type::String).context(
        failures.wrong,
        "a key of an object must be a string",
        span,
    )?;
    Ok(match text.as_str() {
        Some(key) => Key::Known(key.into()),
        None => Key::Unknown(text),
    })
}

/// The object, or an unknown where the key of an entry is unknown: the other entries and, as what any further entry is
/// like, that entry's value stay known to checks. Where something is known of such a key, all entries do.
fn finish(entries: Entries, mut unknown: Vec<(Value, Value)>, span: Span) -> Value {
    let is_partial = unknown.iter().any(|(key, _)| partly_known(key).is_some());
    let Some((key, value)) = unknown.pop() else {
        return Value::new(Data::Object(entries.into()), Origin::new(span));
    };
    let mut result = caused_by(Type::Dynamic, key.unknown());
    result.shape = Some(match is_partial {
        true => keyed(entries, unknown.into_iter().chain([(key, value)])),
        false => Shape::Entries {
            entries: entries.into(),
            rest: value.into(),
        },
    });
    Value::new(Data::Unknown(result.into()), Origin::new(span))
}

fn keyed(mut entries: Entries, unknown: impl Iterator<Item = (Value, Value)>) -> Shape {
    for (key, value) in unknown {
        let known = partly_known(&key);
        insert(
            &mut entries,
            known.as_deref().unwrap_or(UNKNOWN_PART),
            value,
        );
    }
    Shape::Keyed(entries.into())
}
