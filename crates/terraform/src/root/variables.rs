//! The values of variables: given to the root, or passed by the caller; then converted, defaulted and validated.

use std::sync::Arc;

use smol_str::SmolStr;
use source::{Level, Problem, Span};

use super::conditions::CONDITION_FAILED;
use super::evaluation::{Evaluation, is_true};
use super::inputs::Constants;
use super::repetition::Each;
use crate::evaluate::EvaluationError;
use crate::module::Variable;
use crate::syntax::{Expression, ExpressionKind};
use crate::value::{
    Cause, Constraint, Data, Marks, Notation, Origin, Step, StepRole, Type, Unknown, Value,
    convert, read_constraint,
};

impl Evaluation<'_> {
    /// The values that are given to the root; the last one of a name counts.
    pub(super) fn set_root_variables(&mut self) {
        let module = Arc::clone(self.module(0));
        let inputs = super::inputs::values(self.options.inputs, &module, &self.files, &self.budget);
        for problem in inputs.problems {
            self.report(problem);
        }
        for (name, given) in inputs.values {
            match module.variables.contains_key(&name) {
                true => {
                    self.modules[0].variables.insert(name, given.value);
                }
                false if given.required => self.report(undeclared(&name, given.value.origin.span)),
                // A file may serve several roots.
                false => {}
            }
        }
    }

    /// The value of a variable in an instance of its module.
    pub(super) fn variable(&mut self, instance: usize, variable: &Variable) -> Option<Value> {
        let constraint = self.constraint(variable);
        let given = self.given(instance, variable);
        let is_null = given.as_ref().is_some_and(Value::is_null);
        let replaces_null = variable.nullable.as_ref().is_some_and(is_false);
        let value = match given {
            Some(value) if !(is_null && replaces_null && variable.default.is_some()) => value,
            _ => self.default(instance, variable),
        };
        let value = self.converted(&value, &constraint, variable);
        let marks = Marks {
            sensitive: is_true(variable.sensitive.as_ref()),
            ephemeral: is_true(variable.ephemeral.as_ref()),
        };
        let value = value.marked(marks);
        self.modules[instance]
            .variables
            .insert(variable.name.text.clone(), value.clone());
        self.validate(instance, variable);
        Some(value)
    }

    /// What the caller passes; for the root, what was given.
    fn given(&mut self, instance: usize, variable: &Variable) -> Option<Value> {
        let name = &variable.name.text;
        let Some((caller, each)) = self.modules[instance].caller.clone() else {
            return self.modules[instance].variables.get(name).cloned();
        };
        let (call, _) = self.modules[instance].path.0.last()?.clone();
        let module = Arc::clone(self.module(caller));
        let argument = module.calls.get(&call)?.arguments.get(name)?;
        let value = self.value(caller, &each, &argument.value);
        let role = StepRole::Argument(name.clone());
        let origin = value.origin.through(Step {
            span: argument.value.span,
            role,
        });
        Some(value.at(origin))
    }

    fn default(&mut self, instance: usize, variable: &Variable) -> Value {
        if let Some(default) = &variable.default {
            let value = self.constants().evaluate(default);
            return value.unwrap_or_else(|error| self.failed(&error, default.span));
        }
        let span = variable.name.span;
        if self.modules[instance].caller.is_some() {
            let call = &self.modules[instance].path.0;
            let call = call.last().map_or("", |(call, _)| call.as_str());
            let message = format!(
                "the call of module `{call}` passes no value for `{}`",
                variable.name.text
            );
            let error = EvaluationError::new(
                "missing-required-argument",
                message,
                self.call_span(instance).unwrap_or(span),
            );
            return self.failed(&error, span);
        }
        let cause = Cause::Variable(variable.name.text.clone());
        let mut unknown = Unknown::new(Type::Dynamic, cause, Some(span));
        unknown.known.not_null = variable.nullable.as_ref().is_some_and(is_false);
        Value::new(Data::Unknown(unknown.into()), Origin::new(span))
    }

    pub(super) fn constants(&self) -> Constants<'_> {
        Constants {
            files: &self.files,
            budget: &self.budget,
        }
    }

    fn call_span(&self, instance: usize) -> Option<Span> {
        let (caller, _) = self.modules[instance].caller.as_ref()?;
        let (call, _) = self.modules[instance].path.0.last()?;
        Some(self.module(*caller).calls.get(call)?.name.span)
    }

    pub(super) fn constraint(&mut self, variable: &Variable) -> Constraint {
        let Some(ty) = &variable.ty else {
            return Constraint::any();
        };
        let notation = match variable.block.body.json {
            true => Notation::Json,
            false => Notation::Native,
        };
        let scope = self.constants();
        let (constraint, problems) =
            read_constraint(ty, notation, &|expression| scope.evaluate(expression));
        for problem in problems {
            self.report(problem);
        }
        constraint
    }

    fn converted(&mut self, value: &Value, constraint: &Constraint, variable: &Variable) -> Value {
        let filled = constraint.defaults.apply(value);
        match convert(&filled, &constraint.ty) {
            Ok(value) => value,
            Err(error) => {
                let message = format!(
                    "the value does not suit variable `{}`: {error}",
                    variable.name.text
                );
                let span = value.origin.span;
                let error = EvaluationError::new("invalid-value-for-variable", message, span);
                let mut failed = self.failed(&error, span);
                if let Data::Unknown(unknown) = &mut failed.data {
                    Arc::make_mut(unknown).ty = constraint.ty.clone();
                }
                failed
            }
        }
    }

    fn validate(&mut self, instance: usize, variable: &Variable) {
        let place = self.modules[instance]
            .variables
            .get(&variable.name.text)
            .map(|value| value.origin.span);
        for validation in &variable.validations {
            let what = format!("the value of variable `{}`", variable.name.text);
            let place = place.unwrap_or(validation.span);
            let scope = self.scope(instance, &Each::None);
            let refused = scope.refused(validation, &what);
            let problem = |message| Problem::at(Level::Error, CONDITION_FAILED, message, place);
            if let Some(problem) = refused.map(problem) {
                self.report(problem);
            }
        }
    }
}

fn is_false(expression: &Expression) -> bool {
    matches!(expression.kind, ExpressionKind::Bool(false))
}

fn undeclared(name: &SmolStr, span: Span) -> Problem {
    let message = format!("the root module declares no variable `{name}`");
    Problem::at(Level::Warning, "undeclared-variable", message, span)
}
