//! Expressions to values.
//!
//! The semantics are those of HCL and of Terraform 1.11; what Terraform calls unknown is unknown here. Beyond that, an
//! unknown carries on what checks may know of it (`value::Shape`), which `partial` computes.

mod call;
mod conditional;
mod construct;
pub(crate) mod cost;
mod elements;
mod failure;
mod operators;
mod partial;
mod repeat;
mod scope;
mod splat;
mod template;
mod traverse;

use smol_str::SmolStr;
use source::Span;

pub(crate) use elements::{Element, elements, sure_elements};
pub(crate) use scope::is_number;
pub use scope::{Budget, Constants, EvaluationError, Hop, Reference, Scope};
pub(crate) use traverse::whole;

use crate::functions::Environment;
use crate::syntax::{Expression, ExpressionKind};
use crate::value::{Cause, Data, Origin, Shape, Step, StepRole, Type, Unknown, Value};

/// What an evaluation gives.
pub type Evaluated = Result<Value, EvaluationError>;

/// Computes an expression.
///
/// # Errors
/// Where Terraform would fail, and where the budget of the scope is spent.
pub fn evaluate(expression: &Expression, scope: &dyn Scope) -> Evaluated {
    Evaluator::new(scope).value(expression)
}

/// The same, where names beside those of the scope mean something: the iterators of dynamic blocks.
///
/// # Errors
/// As for [`evaluate`].
pub fn evaluate_with(
    expression: &Expression,
    scope: &dyn Scope,
    names: &[(SmolStr, Value)],
) -> Evaluated {
    let evaluator = Evaluator::new(scope);
    evaluator.with(names.iter().cloned()).value(expression)
}

/// Computes something with what functions may look at, outside of any expression.
pub(crate) fn in_environment<T>(
    scope: &dyn Scope,
    origin: &Origin,
    compute: impl FnOnce(&Environment<'_>) -> T,
) -> T {
    Evaluator::new(scope).in_environment(origin, compute)
}

/// What is known of any element of an unknown collection.
#[must_use]
pub fn any_element(unknown: &Unknown) -> Option<Shape> {
    partial::element(unknown, None)
}

/// An evaluation under way: what names mean here.
#[derive(Clone)]
struct Evaluator<'a> {
    scope: &'a dyn Scope,
    /// The names that loops and templates around the expression have set, the innermost last.
    names: Vec<(SmolStr, Value)>,
    /// Whether only these names may be referred to, as in a template file.
    closed: bool,
}

/// Left of the stack when it is time to go on on another: the deepest frame between two expressions needs less.
const RED_ZONE: usize = 64 * 1024;
/// The size of the next stack.
const STACK: usize = 1024 * 1024;

impl<'a> Evaluator<'a> {
    fn new(scope: &'a dyn Scope) -> Self {
        Self {
            scope,
            names: Vec::new(),
            closed: false,
        }
    }

    fn value(&self, expression: &Expression) -> Evaluated {
        self.spend(1, expression.span)?;
        stacker::maybe_grow(RED_ZONE, STACK, || self.dispatch(expression))
    }

    fn dispatch(&self, expression: &Expression) -> Evaluated {
        let span = expression.span;
        let literal = |data| Ok(Value::new(data, Origin::new(span)));
        match &expression.kind {
            ExpressionKind::Null => literal(Data::Null(Type::Dynamic)),
            ExpressionKind::Bool(truth) => literal(Data::Bool(*truth)),
            ExpressionKind::Number(number) => literal(Data::Number(number.clone())),
            ExpressionKind::Template(parts) => self.template(parts, span),
            ExpressionKind::Tuple(items) => self.tuple(items, span),
            ExpressionKind::Object(items) => self.object(items, span),
            ExpressionKind::Variable(_)
            | ExpressionKind::Attribute(..)
            | ExpressionKind::Index(..) => {
                let value = self.traversal(expression);
                value.map_err(EvaluationError::opaque)
            }
            ExpressionKind::Splat(splat) => self.splat(splat, span),
            ExpressionKind::Call(call) => self.call(call, span).map_err(EvaluationError::opaque),
            ExpressionKind::Conditional(parts) => self.conditional(parts, span),
            ExpressionKind::Unary(operator, operand) => self.unary(*operator, operand, span),
            ExpressionKind::Binary(operator, operands) => self.binary(*operator, operands, span),
            ExpressionKind::For(repeat) => self.repeat(repeat, span),
            ExpressionKind::Parenthesis(inner) => self.value(inner),
            // The reader has reported it already.
            ExpressionKind::Broken => Ok(unknown(Type::Dynamic, Cause::Invalid, span)),
        }
    }

    /// The same evaluation with more names.
    fn with(&self, names: impl IntoIterator<Item = (SmolStr, Value)>) -> Self {
        let mut inner = self.clone();
        inner.names.extend(names);
        inner
    }

    fn spend(&self, steps: u64, span: Span) -> Result<(), EvaluationError> {
        let enough = self.scope.budget().spend(steps);
        enough
            .then_some(())
            .ok_or_else(|| EvaluationError::too_expensive(span))
    }
}

/// An unknown value that has its cause at the place where it stands.
fn unknown(ty: Type, cause: Cause, span: Span) -> Value {
    let unknown = Unknown::new(ty, cause, Some(span));
    Value::new(Data::Unknown(unknown.into()), Origin::new(span))
}

/// The origin of a value that an expression computed: the expression, by way of the places outside it that its operands
/// come from.
fn computed<'v>(span: Span, operands: impl IntoIterator<Item = &'v Value>) -> Origin {
    computed_from(
        span,
        operands.into_iter().map(|operand| operand.origin.span),
    )
}

fn computed_from(span: Span, places: impl IntoIterator<Item = Span>) -> Origin {
    /// More places than these tell a reader nothing.
    const MOST: usize = 4;
    let outside = places.into_iter().filter(|place| !span.contains(*place));
    outside.take(MOST).fold(Origin::new(span), |origin, span| {
        let role = StepRole::Operand;
        origin.through(Step { span, role })
    })
}
