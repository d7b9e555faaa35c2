//! `condition ? one : other`.

use source::Span;

use super::construct::finished;
use super::failure::Context;
use super::partial::caused_by;
use super::{Evaluated, EvaluationError, Evaluator};
use crate::syntax::Expression;
use crate::value::{
    Bound, Data, Marks, Refinements, Safety, Shape, Type, Unknown, Value, convert, unify,
};

impl Evaluator<'_> {
    pub(super) fn conditional(&self, parts: &[Expression; 3], span: Span) -> Evaluated {
        let [condition, then, otherwise] = parts;
        let (then, otherwise) = (self.value(then), self.value(otherwise));
        self.choose(condition, [then, otherwise], span)
    }

    /// One of two alternatives that are both computed already. That the one fails which is not taken is no failure, but what
    /// it would have been still counts in the type.
    pub(super) fn choose(
        &self,
        condition: &Expression,
        alternatives: [Evaluated; 2],
        span: Span,
    ) -> Evaluated {
        let of = |alternative: &Evaluated| match alternative {
            Ok(value) => value.clone(),
            Err(error) => error.stand_in(),
        };
        let [then, otherwise] = alternatives.each_ref().map(of);
        let is_open = is_undecided(&then) || is_undecided(&otherwise);
        let (ty, known, values) = match is_open {
            true => (Type::Dynamic, Refinements::default(), [then, otherwise]),
            false => {
                let known = common(&then, &otherwise);
                let (ty, values) = alike(&then, &otherwise).ok_or_else(|| inconsistent(span))?;
                (ty, known, values)
            }
        };
        let truth = truth(self.value(condition), condition.span)?;
        let mut marks = truth.marks;
        for value in alternatives.iter().flatten() {
            marks = marks.union(value.marks);
        }
        let [then, otherwise] = values;
        let failures = alternatives.map(Evaluated::err);
        let chosen = match (truth.as_bool(), failures) {
            (Some(true), [failure, _]) => finished(then, failure)?,
            (Some(false), [_, failure]) => finished(otherwise, failure)?,
            (None, failures) => {
                let mut unknown = caused_by(ty, truth.unknown());
                unknown.known = known;
                let values = [then, otherwise].into_iter().zip(failures);
                // The one that can be computed is what it may be.
                let values = values.filter(|(_, failure)| failure.is_none());
                either(
                    &truth,
                    unknown,
                    values.map(|(value, _)| value).collect(),
                    span,
                )
            }
        };
        Ok(chosen.marked(marks))
    }
}

/// Whether not even the type is known.
fn is_undecided(value: &Value) -> bool {
    value.ty() == Type::Dynamic && !value.is_null()
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

fn truth(condition: Evaluated, span: Span) -> Evaluated {
    match condition {
        Ok(condition) => truth_of(&condition, span),
        // That its type is wrong comes before what fails in it.
        Err(error) => truth_of(&error.stand_in(), span).and(Err(error.opaque())),
    }
}

fn truth_of(condition: &Value, span: Span) -> Evaluated {
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

/// What an unknown condition leaves: a value of which it is known which ones it may be.
fn either(condition: &Value, mut unknown: Unknown, values: Vec<Value>, span: Span) -> Value {
    let origin = super::computed(span, [condition]);
    let marks = values
        .iter()
        .fold(Marks::default(), |marks, value| marks.union(value.marks));
    if values.len() == 2 && values.iter().all(Value::is_null) {
        return Value::new(Data::Null(unknown.ty), origin).marked(marks);
    }
    unknown.shape = (!values.is_empty()).then(|| Shape::OneOf(values.into()));
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
