//! `condition ? one : other`.

use std::sync::Arc;

use source::Span;

use super::failure::Context;
use super::partial::caused_by;
use super::{Evaluated, EvaluationError, Evaluator};
use crate::syntax::Expression;
use crate::value::{Bound, Data, Refinements, Safety, Shape, Type, Unknown, Value, convert, unify};

impl Evaluator<'_> {
    pub(super) fn conditional(&self, parts: &[Expression; 3], span: Span) -> Evaluated {
        let [condition, then, otherwise] = parts;
        let (then, otherwise) = (self.value(then), self.value(otherwise));
        self.choose(condition, [then, otherwise], span)
    }

    /// One of two alternatives that are both computed already. That the one fails which is not taken is no failure.
    pub(super) fn choose(
        &self,
        condition: &Expression,
        alternatives: [Evaluated; 2],
        span: Span,
    ) -> Evaluated {
        let truth = truth(&self.value(condition)?, condition.span)?;
        let mut marks = truth.marks;
        for value in alternatives.iter().flatten() {
            marks = marks.union(value.marks);
        }
        let chosen = match (truth.as_bool(), alternatives) {
            (Some(true), [then, otherwise]) => taken(then, otherwise, span)?,
            (Some(false), [then, otherwise]) => taken(otherwise, then, span)?,
            (None, [Ok(then), Ok(otherwise)])
                if is_undecided(&then) || is_undecided(&otherwise) =>
            {
                either(
                    &truth,
                    caused_by(Type::Dynamic, truth.unknown()),
                    [then, otherwise],
                    span,
                )
            }
            (None, [Ok(then), Ok(otherwise)]) => {
                let (ty, alternatives) =
                    alike(&then, &otherwise).ok_or_else(|| inconsistent(span))?;
                let mut unknown = caused_by(ty, truth.unknown());
                unknown.known = common(&then, &otherwise);
                either(&truth, unknown, alternatives, span)
            }
            // The one that can be computed is what it may be.
            (None, [Ok(value), Err(_)] | [Err(_), Ok(value)]) => perhaps(&truth, value, span),
            (None, [Err(error), Err(_)]) => return Err(error),
        };
        Ok(chosen.marked(marks))
    }
}

/// The alternative that is taken, as a value of the type that it has in common with the other. Where the other's type is
/// not decided, it stays as it is. Of an alternative that fails, the type still counts.
fn taken(taken: Evaluated, other: Evaluated, span: Span) -> Evaluated {
    let other = other.unwrap_or_else(|error| error.stand_in());
    let of = |value: Value| match is_undecided(&other) || is_undecided(&value) {
        true => Ok(value),
        false => {
            let (_, [value, _]) = alike(&value, &other).ok_or_else(|| inconsistent(span))?;
            Ok(value)
        }
    };
    taken
        .or_else(|error| of(error.stand_in()).and(Err(error)))
        .and_then(of)
}

/// Whether not even the type is known.
fn is_undecided(value: &Value) -> bool {
    value.ty() == Type::Dynamic && !value.is_null()
}

/// What is left where the condition is unknown and one of the alternatives fails.
fn perhaps(condition: &Value, value: Value, span: Span) -> Value {
    let mut unknown = caused_by(Type::Dynamic, condition.unknown());
    let marks = value.marks;
    unknown.shape = Some(Shape::OneOf([value].into()));
    let origin = super::computed(span, [condition]);
    Value::new(Data::Unknown(unknown.into()), origin).marked(marks)
}

/// The type that both alternatives have in common, and both as values of it. A null that nothing gives a type takes that of the
/// other.
fn alike(then: &Value, otherwise: &Value) -> Option<(Type, [Value; 2])> {
    let untyped = |value: &Value| matches!(value.data, Data::Null(Type::Dynamic));
    let null = |ty, value: &Value| value.clone().with_data(Data::Null(ty));
    if untyped(then) {
        let ty = otherwise.ty();
        return Some((ty.clone(), [null(ty, then), otherwise.clone()]));
    }
    if untyped(otherwise) {
        let ty = then.ty();
        return Some((ty.clone(), [then.clone(), null(ty, otherwise)]));
    }
    let unified = unify(&[then.ty(), otherwise.ty()], Safety::MayFail)?;
    let values = [then.clone(), otherwise.clone()];
    let converted = unified.apply(&values, Safety::MayFail).ok()?;
    Some((unified.ty, converted.try_into().ok()?))
}

fn inconsistent(span: Span) -> EvaluationError {
    EvaluationError::new(
        "inconsistent-conditional-result-types",
        "the alternatives of the conditional have types that nothing has in common",
        span,
    )
}

fn truth(condition: &Value, span: Span) -> Evaluated {
    if condition.is_null() {
        let message = "the condition is null; it must be true or false";
        return Err(EvaluationError::new("null-condition", message, span));
    }
    if condition.unknown().is_some() {
        // Terraform looks at its type only when it is known.
        return Ok(condition.clone());
    }
    convert(condition, &Type::Bool).context(
        "incorrect-condition-type",
        "the condition must be true or false",
        span,
    )
}

/// What an unknown condition leaves: a value of which both alternatives are known.
fn either(condition: &Value, mut unknown: Unknown, alternatives: [Value; 2], span: Span) -> Value {
    let origin = super::computed(span, [condition]);
    let marks = alternatives[0].marks.union(alternatives[1].marks);
    if alternatives.iter().all(Value::is_null) {
        return Value::new(Data::Null(unknown.ty), origin).marked(marks);
    }
    unknown.shape = Some(Shape::OneOf(Arc::new(alternatives)));
    let value = Value::new(Data::Unknown(unknown.into()), origin);
    value.settled().marked(marks)
}

/// What holds of both alternatives, as far as HCL keeps it: it looks at them before it gives them the same type.
fn common(then: &Value, otherwise: &Value) -> Refinements {
    let (one, other) = (refinements(then), refinements(otherwise));
    let not_null = one.not_null && other.not_null;
    let ty = then.ty();
    if ty != otherwise.ty() {
        return Refinements {
            not_null,
            ..Refinements::default()
        };
    }
    Refinements {
        not_null,
        lower: least(one.lower, other.lower),
        upper: greatest(one.upper, other.upper),
        min_length: one.min_length.min(other.min_length),
        max_length: one.max_length.zip(other.max_length).map(|(a, b)| a.max(b)),
        ..Refinements::default()
    }
}

fn refinements(value: &Value) -> Refinements {
    let mut known = Refinements {
        not_null: !value.is_null(),
        ..Refinements::default()
    };
    match &value.data {
        Data::Unknown(unknown) => {
            let Unknown { known, .. } = unknown.as_ref();
            return known.clone();
        }
        Data::Number(number) => {
            let bound = Bound {
                number: number.clone(),
                inclusive: true,
            };
            known.lower = Some(bound.clone());
            known.upper = Some(bound);
        }
        Data::List(..) | Data::Set(..) | Data::Map(..) => {
            known.min_length = value.parts().count() as u64;
            known.max_length = Some(known.min_length);
        }
        _ => {}
    }
    known
}

fn least(one: Option<Bound>, other: Option<Bound>) -> Option<Bound> {
    one.zip(other)
        .map(|(a, b)| if b.number < a.number { b } else { a })
}

fn greatest(one: Option<Bound>, other: Option<Bound>) -> Option<Bound> {
    one.zip(other)
        .map(|(a, b)| if b.number > a.number { b } else { a })
}
