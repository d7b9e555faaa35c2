//! Operators of one and two operands.

use source::Span;

use super::failure::Context;
use super::{Evaluated, EvaluationError, Evaluator, computed};
use crate::syntax::{BinaryOperator, Expression, UnaryOperator};
use crate::value::{Bound, Data, Number, Refinements, Type, Unknown, Value, convert, equals};

impl Evaluator<'_> {
    pub(super) fn unary(
        &self,
        operator: UnaryOperator,
        operand: &Expression,
        span: Span,
    ) -> Evaluated {
        let (ty, apply): (_, fn(&Value) -> Option<Data>) = match operator {
            UnaryOperator::Not => (Type::Bool, |value| Some(Data::Bool(!value.as_bool()?))),
            UnaryOperator::Negate => (Type::Number, |value| {
                Some(Data::Number(value.as_number()?.negate()))
            }),
        };
        let failed = |error: EvaluationError| error.of_type(ty.clone());
        let value = self.operand(operand, &ty, "the operand").map_err(failed)?;
        not_null(&value, operand.span).map_err(failed)?;
        let origin = computed(span, [&value]);
        Ok(match apply(&value) {
            Some(data) => Value::new(data, origin).marked(value.marks),
            // go-cty loses the marks of what is unknown here.
            None => Value::new(unknown_result(ty, [&value]), origin),
        })
    }

    pub(super) fn binary(
        &self,
        operator: BinaryOperator,
        operands: &[Expression; 2],
        span: Span,
    ) -> Evaluated {
        let result = match operator {
            BinaryOperator::Equal | BinaryOperator::NotEqual => {
                self.equality(operator == BinaryOperator::Equal, operands, span)
            }
            BinaryOperator::Or | BinaryOperator::And => self.logic(operator, operands, span),
            _ => self.numeric(operator, operands, span),
        };
        result.map_err(|error| error.of_type(result_type(operator)))
    }

    fn equality(&self, wanted: bool, operands: &[Expression; 2], span: Span) -> Evaluated {
        let (left, right) = (self.value(&operands[0])?, self.value(&operands[1])?);
        let data = match equals(&left, &right) {
            Some(equal) => Data::Bool(equal == wanted),
            None => unknown_result(Type::Bool, [&left, &right]),
        };
        let marks = left.deep_marks().union(right.deep_marks());
        Ok(Value::new(data, computed(span, [&left, &right])).marked(marks))
    }

    /// Terraform 1.11 computes both operands, and the result is unknown where one of them is; then go-cty loses the marks.
    fn logic(&self, operator: BinaryOperator, operands: &[Expression; 2], span: Span) -> Evaluated {
        let (left, right) = self.operands(operands, &Type::Bool)?;
        let data = match (left.as_bool(), right.as_bool()) {
            (Some(one), Some(other)) if operator == BinaryOperator::Or => Data::Bool(one || other),
            (Some(one), Some(other)) => Data::Bool(one && other),
            _ => {
                let unknown = unknown_result(Type::Bool, [&left, &right]);
                return Ok(Value::new(unknown, computed(span, [&left, &right])));
            }
        };
        Ok(result(data, span, &left, &right))
    }

    fn numeric(
        &self,
        operator: BinaryOperator,
        operands: &[Expression; 2],
        span: Span,
    ) -> Evaluated {
        let (left, right) = self.operands(operands, &Type::Number)?;
        let data = match (left.as_number(), right.as_number()) {
            (Some(one), Some(other)) => compute(operator, one, other, span)?,
            _ => match compare_bounds(operator, &left, &right) {
                Some(answer) => Data::Bool(answer),
                None => unknown_result(result_type(operator), [&left, &right]),
            },
        };
        Ok(result(data, span, &left, &right))
    }

    fn operands(
        &self,
        operands: &[Expression; 2],
        ty: &Type,
    ) -> Result<(Value, Value), EvaluationError> {
        let left = self.operand(&operands[0], ty, "the left operand")?;
        let right = self.operand(&operands[1], ty, "the right operand")?;
        not_null(&left, operands[0].span)?;
        not_null(&right, operands[1].span)?;
        Ok((left, right))
    }

    /// An operand as a value of a type. That its type is wrong comes before what fails in it.
    fn operand(&self, operand: &Expression, ty: &Type, which: &str) -> Evaluated {
        let value = self.value(operand);
        match &value {
            Ok(value) => as_operand(value, ty, which, operand.span),
            Err(error) => as_operand(&error.stand_in(), ty, which, operand.span).and(value),
        }
    }
}

fn as_operand(value: &Value, ty: &Type, which: &str, span: Span) -> Evaluated {
    convert(value, ty).context(
        "invalid-operand",
        &format!("unsuitable value for {which}"),
        span,
    )
}

fn not_null(value: &Value, span: Span) -> Result<(), EvaluationError> {
    if value.is_null() {
        let message = "an operand must not be null";
        return Err(EvaluationError::new("operation-failed", message, span));
    }
    Ok(())
}

fn result(data: Data, span: Span, left: &Value, right: &Value) -> Value {
    Value::new(data, computed(span, [left, right])).marked(left.marks.union(right.marks))
}

/// What is unknown because an operand is; it is not null.
fn unknown_result<'v>(ty: Type, operands: impl IntoIterator<Item = &'v Value>) -> Data {
    let cause = operands.into_iter().find_map(Value::first_unknown);
    let mut unknown = super::partial::caused_by(ty, cause);
    unknown.known.not_null = true;
    Data::Unknown(unknown.into())
}

fn result_type(operator: BinaryOperator) -> Type {
    match operator {
        BinaryOperator::Add
        | BinaryOperator::Subtract
        | BinaryOperator::Multiply
        | BinaryOperator::Divide
        | BinaryOperator::Modulo => Type::Number,
        _ => Type::Bool,
    }
}

fn compute(
    operator: BinaryOperator,
    left: &Number,
    right: &Number,
    span: Span,
) -> Result<Data, EvaluationError> {
    let failed = |message: &str| EvaluationError::new("operation-failed", message, span);
    let number = |result: Option<Number>, why| result.map(Data::Number).ok_or_else(|| failed(why));
    const TOO_LARGE: &str = "the result is larger than a number can be";
    Ok(match operator {
        BinaryOperator::Add => number(left.add(right), TOO_LARGE)?,
        BinaryOperator::Subtract => number(left.subtract(right), TOO_LARGE)?,
        BinaryOperator::Multiply => number(left.multiply(right), TOO_LARGE)?,
        BinaryOperator::Divide => number(left.divide(right), "division by zero")?,
        BinaryOperator::Modulo => {
            number(left.modulo(right), "the remainder of a division by zero")?
        }
        BinaryOperator::Less => Data::Bool(left < right),
        BinaryOperator::LessOrEqual => Data::Bool(left <= right),
        BinaryOperator::Greater => Data::Bool(left > right),
        _ => Data::Bool(left >= right),
    })
}

/// The answer of a comparison that the bounds of unknown numbers decide.
fn compare_bounds(operator: BinaryOperator, left: &Value, right: &Value) -> Option<bool> {
    let (left, right) = (Interval::of(left)?, Interval::of(right)?);
    let is_less = match (left.is_below(&right), right.is_below(&left)) {
        (true, _) => true,
        (_, true) => false,
        _ => return None,
    };
    match operator {
        BinaryOperator::Less | BinaryOperator::LessOrEqual => Some(is_less),
        BinaryOperator::Greater | BinaryOperator::GreaterOrEqual => Some(!is_less),
        _ => None,
    }
}

/// The numbers that a value may be.
struct Interval {
    lower: Option<Bound>,
    upper: Option<Bound>,
}

impl Interval {
    fn of(value: &Value) -> Option<Self> {
        match &value.data {
            Data::Number(number) => {
                let bound = Bound {
                    number: number.clone(),
                    inclusive: true,
                };
                Some(Self {
                    lower: Some(bound.clone()),
                    upper: Some(bound),
                })
            }
            Data::Unknown(unknown) => {
                let Unknown { known, .. } = unknown.as_ref();
                let Refinements { lower, upper, .. } = known.clone();
                Some(Self { lower, upper })
            }
            _ => None,
        }
    }

    /// Whether all numbers here are below all numbers there. Terraform takes every bound for one that is excluded by the
    /// other side, so that bounds that touch decide nothing.
    fn is_below(&self, other: &Self) -> bool {
        let bounds = self.upper.as_ref().zip(other.lower.as_ref());
        bounds.is_some_and(|(upper, lower)| upper.number < lower.number)
    }
}
