//! Calls of functions.

use smol_str::SmolStr;
use source::Span;

use super::cost;
use super::partial::caused_by;
use super::{Constants, Evaluated, EvaluationError, Evaluator};
use crate::functions::{self, Environment, Failure, Function, Template};
use crate::syntax::{self, Call, Expression, ExpressionKind, Places};
use crate::value::{Cause, Data, Origin, Shape, Type, Unknown, Value};

impl Evaluator<'_> {
    pub(super) fn call(&self, call: &Call, span: Span) -> Evaluated {
        if !self.scope.has_functions() {
            let message = "a value for a variable can't call functions";
            let code = "function-calls-not-allowed";
            return Err(EvaluationError::new(code, message, call.name.span));
        }
        match call
            .name
            .text
            .strip_prefix("core::")
            .unwrap_or(&call.name.text)
        {
            "try" => self.with_arguments(call, span, |given| self.first_success(given, span)),
            "can" => self.with_arguments(call, span, |given| self.can(given, span)),
            "templatefile" | "templatestring" if self.closed => {
                let message = "a template can't render another one, which might be itself";
                Err(EvaluationError::new(
                    "error-in-function-call",
                    message,
                    span,
                ))
            }
            name => match functions::find(name) {
                Some(function) => self.apply(function, call, span),
                None => match name.strip_prefix("provider::") {
                    Some(name) => self.provider_function(name, call, span),
                    None => Err(no_function(&call.name.text, call.name.span)),
                },
            },
        }
    }

    fn apply(&self, function: &Function, call: &Call, span: Span) -> Evaluated {
        let failed = |failure| told(&failure, function, call, span);
        self.with_arguments(call, span, |given| {
            functions::check_count(function, given.len()).map_err(failed)?;
            let mut values = Vec::with_capacity(given.len());
            for argument in given {
                let value = self.given(argument);
                values.push(
                    value
                        .as_ref()
                        .map_or_else(EvaluationError::stand_in, Value::clone),
                );
                if let Err(error) = value {
                    // An argument of a wrong type comes before what fails in it or behind it.
                    functions::convert_all(function, &mut values).map_err(failed)?;
                    return Err(error);
                }
            }
            self.apply_to(function, values, call, span)
        })
    }

    fn apply_to(
        &self,
        function: &Function,
        arguments: Vec<Value>,
        call: &Call,
        span: Span,
    ) -> Evaluated {
        if function.name == "templatestring" && arguments.len() == 2 && !is_reference_first(call) {
            let message = "must be a reference to a string from elsewhere; a template that stands here is a string itself";
            let failure = Failure::argument(0, message);
            return Err(told(&failure, function, call, span));
        }
        let budget = self.scope.budget();
        self.spend(cost::of_arguments(&arguments, budget.left()), span)?;
        let origin = super::computed(span, &arguments);
        let result = self
            .in_environment(&origin, |environment| {
                functions::call(function, environment, arguments)
            })
            .map_err(|failure| told(&failure, function, call, span))?;
        self.spend(cost::of_result(&result, budget.left()), span)?;
        Ok(result)
    }

    pub(super) fn in_environment<T>(
        &self,
        origin: &Origin,
        compute: impl FnOnce(&Environment<'_>) -> T,
    ) -> T {
        compute(&Environment {
            origin,
            files: self.scope.files(),
            render: &|template, variables| self.render(template, variables),
            constant: &|expression| self.constant(expression),
        })
    }

    /// Goes on with the arguments, unless it is unknown how many there are: then nothing is known.
    fn with_arguments<'c>(
        &self,
        call: &'c Call,
        span: Span,
        then: impl FnOnce(&[Argument<'c>]) -> Evaluated,
    ) -> Evaluated {
        let written = call.arguments.iter().map(Argument::Written);
        let mut arguments: Vec<Argument<'c>> = written.collect();
        let Some(Argument::Written(last)) = arguments.pop_if(|_| call.expand) else {
            return then(&arguments);
        };
        let whole = self.value(last)?;
        let Some(items) = expanded(&whole, last.span)? else {
            return Ok(because_of(&whole, span));
        };
        arguments.extend(items.into_iter().map(Argument::Computed));
        then(&arguments)
    }

    fn given(&self, argument: &Argument<'_>) -> Evaluated {
        match argument {
            Argument::Written(expression) => self.value(expression),
            Argument::Computed(value) => Ok(value.clone()),
        }
    }

    /// The first argument that can be computed. Where its value may still turn out wrong, Terraform waits, and forgets its
    /// marks; what it may be is known to checks, marks included.
    fn first_success(&self, arguments: &[Argument<'_>], span: Span) -> Evaluated {
        let mut last = None;
        for (index, argument) in arguments.iter().enumerate() {
            match self.given(argument) {
                Ok(value) if value.is_wholly_known() => return Ok(value),
                Ok(value) => return Ok(self.undecided(value, &arguments[index + 1..], span)),
                Err(error) => last = Some(error),
            }
        }
        Err(match last {
            None => EvaluationError::new(
                "error-in-function-call",
                "`try` needs at least one expression",
                span,
            ),
            Some(last) => EvaluationError::new(
                "error-in-function-call",
                format!(
                    "no expression of this `try` can be computed; the last: {}",
                    last.message
                ),
                span,
            ),
        })
    }

    fn undecided(&self, value: Value, later: &[Argument<'_>], span: Span) -> Value {
        let because = value.first_unknown().cloned();
        let mut unknown = caused_by(Type::Dynamic, because.as_ref());
        let next = later.iter().find_map(|argument| self.given(argument).ok());
        unknown.shape = Some(Shape::OneOf([value].into_iter().chain(next).collect()));
        Value::new(Data::Unknown(unknown.into()), Origin::new(span))
    }

    fn can(&self, arguments: &[Argument<'_>], span: Span) -> Evaluated {
        let [argument] = arguments else {
            let message = "`can` takes one expression";
            let code = if arguments.is_empty() {
                "not-enough-function-arguments"
            } else {
                "too-many-function-arguments"
            };
            return Err(EvaluationError::new(code, message, span));
        };
        let origin = Origin::new(span);
        let data = match self.given(argument) {
            Err(_) => Data::Bool(false),
            Ok(value) => match value.first_unknown() {
                None => Data::Bool(true),
                Some(because) => Data::Unknown(caused_by(Type::Bool, Some(because)).into()),
            },
        };
        Ok(Value::new(data, origin))
    }

    /// A function of a provider: one that depends on nothing but its arguments, or something that only the provider knows.
    fn provider_function(&self, name: &str, call: &Call, span: Span) -> Evaluated {
        let (local, name) = name.split_once("::").unwrap_or((name, ""));
        let provider = self.scope.provider(local).unwrap_or_default();
        if let Some(function) = functions::provider::find(&provider, name) {
            return self.apply(function, call, span);
        }
        if provider == functions::provider::BUILT_IN {
            return Err(no_function(&call.name.text, call.name.span));
        }
        self.with_arguments(call, span, |given| {
            for argument in given {
                self.given(argument)?;
            }
            let cause = Cause::ProviderFunction(call.name.text.clone());
            Ok(super::unknown(Type::Dynamic, cause, span))
        })
    }

    /// The value of an expression that is written out.
    fn constant(&self, expression: &Expression) -> Result<Value, Failure> {
        let scope = Constants {
            files: self.scope.files(),
            budget: self.scope.budget(),
        };
        let value = super::evaluate(expression, &scope);
        value.map_err(|error| Failure::Call(error.message))
    }

    /// Renders a template with nothing but its variables.
    fn render(&self, template: &Template<'_>, variables: &Value) -> Result<Value, Failure> {
        let place = template.origin.span;
        // A text as long as its place is the text that stands there.
        let places = match place.len() as usize == template.text.len() {
            true => Places::verbatim(place.file, place.start),
            false => Places::whole(place),
        };
        let (parts, problems) = syntax::read_template(template.text, &places);
        if let Some(problem) = problems.first() {
            return Err(Failure::Call(problem.message.clone()));
        }
        let names = variables
            .as_entries()
            .into_iter()
            .flat_map(|entries| entries.iter());
        let names: Vec<(SmolStr, Value)> = names
            .map(|(name, value)| (name.clone(), value.within(variables)))
            .collect();
        let is_there = |root: &SmolStr| names.iter().any(|(name, _)| name == root);
        let references = syntax::template_references(&parts);
        if let Some(missing) = references.iter().find(|found| !is_there(&found.root.text)) {
            let message = format!(
                "the template refers to `{}`, which is missing",
                missing.root.text
            );
            return Err(Failure::argument(1, message));
        }
        let inner = Evaluator {
            scope: self.scope,
            names,
            closed: true,
        };
        let rendered = inner.template(&parts, place);
        rendered.map_err(|error| Failure::Call(error.message))
    }
}

/// Whether the first argument is a name with steps after it.
fn is_reference_first(call: &Call) -> bool {
    let first = call
        .arguments
        .first()
        .filter(|_| !call.expand || call.arguments.len() > 1);
    first.is_some_and(is_reference)
}

fn is_reference(expression: &Expression) -> bool {
    match &expression.kind {
        ExpressionKind::Variable(_) => true,
        ExpressionKind::Attribute(inner, _) | ExpressionKind::Index(inner, _) => {
            is_reference(inner)
        }
        _ => false,
    }
}

/// An argument of a call.
enum Argument<'c> {
    /// One that stands in the call: `try` and `can` care for its failure.
    Written(&'c Expression),
    /// An element of the last one, whose elements are arguments.
    Computed(Value),
}

/// The elements of a sequence as arguments; none where they are unknown.
fn expanded(whole: &Value, span: Span) -> Result<Option<Vec<Value>>, EvaluationError> {
    if whole.is_null() {
        let message = "this is null, so it has no elements to pass";
        return Err(not_expandable(message, span));
    }
    match (whole.as_items(), whole.unknown()) {
        (Some(items), _) => {
            let items = items.iter();
            Ok(Some(
                items
                    .map(|item| item.within(whole).marked(whole.marks))
                    .collect(),
            ))
        }
        (None, Some(unknown)) if !unknown.ty.is_primitive() => Ok(None),
        _ => {
            let message = "only the elements of a list, set or tuple can be passed";
            Err(not_expandable(message, span))
        }
    }
}

fn because_of(value: &Value, span: Span) -> Value {
    let unknown: Unknown = caused_by(Type::Dynamic, value.unknown());
    Value::new(Data::Unknown(unknown.into()), Origin::new(span)).marked(value.marks)
}

fn no_function(name: &str, span: Span) -> EvaluationError {
    let near = source::nearest(name, functions::names());
    let help = near
        .map(|near| format!("; did you mean `{near}`?"))
        .unwrap_or_default();
    let message = format!("there is no function `{name}`{help}");
    let code = match name.contains("::") {
        true => "unknown-provider-function",
        false => "call-to-unknown-function",
    };
    EvaluationError::new(code, message, span)
}

fn not_expandable(message: &str, span: Span) -> EvaluationError {
    EvaluationError::new("invalid-expanding-argument-value", message, span)
}

/// A failure of a function, at the argument that is wrong.
fn told(failure: &Failure, function: &Function, call: &Call, span: Span) -> EvaluationError {
    let name = function.name;
    match failure {
        Failure::Argument { index, message } => {
            let parameter = function
                .parameters
                .get(*index)
                .or(function.variadic.as_ref());
            let parameter = parameter.map_or("", |parameter| parameter.name);
            let at = call.arguments.get(*index).or(call.arguments.last());
            EvaluationError {
                code: "invalid-function-argument",
                message: format!("`{parameter}` of `{name}`: {message}"),
                argument: Some(parameter.into()),
                span: at.map_or(span, |argument| argument.span),
                partial: None,
            }
        }
        Failure::TooFew { .. } => EvaluationError::new(
            "not-enough-function-arguments",
            format!("`{name}` {failure}"),
            span,
        ),
        Failure::TooMany { .. } => EvaluationError::new(
            "too-many-function-arguments",
            format!("`{name}` {failure}"),
            span,
        ),
        Failure::Call(message) => EvaluationError::new(
            "error-in-function-call",
            format!("`{name}`: {message}"),
            span,
        ),
        Failure::Unknown(_) => EvaluationError::new("error-in-function-call", name, span),
    }
}
