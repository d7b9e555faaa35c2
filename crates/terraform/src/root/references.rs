//! What Terraform refuses of the references in an expression before it evaluates it, whether or not a value depends on it.

use smol_str::SmolStr;

use super::bounds::STEPS_OF_ONE;
use super::bounds::bounded;
use super::scope::{ModuleScope, unknown};
use crate::evaluate::{
    Budget, Evaluated, EvaluationError, Hop, Reference as Resolving, Scope, evaluate_with,
    is_number,
};
use crate::functions::Files;
use crate::syntax::{Expression, ExpressionKind, Reference, TemplatePart, Traversal, references};
use crate::value::{Cause, Type, Value};

/// The failures of references that Terraform tells only where it tells no other.
const LATE: &[&str] = &[
    "invalid-count-attribute",
    "invalid-each-attribute",
    "invalid-path-attribute",
    "invalid-terraform-attribute",
    "reference-to-undeclared-input-variable",
    "reference-to-undeclared-local-value",
];

/// The failures of references to blocks that stand elsewhere, or nowhere yet.
const UNDECLARED: &[&str] = &[
    "reference-to-undeclared-resource",
    "reference-to-undeclared-module",
];

/// A scope in which names that nothing declares are unknown, and not null: who refers to something means something.
struct Lenient<'a>(&'a ModuleScope<'a>);

impl Scope for Lenient<'_> {
    fn resolve(&self, reference: &Resolving<'_>) -> Result<(Value, usize), EvaluationError> {
        match self.0.resolve(reference) {
            Err(error) if UNDECLARED.contains(&error.code) => {
                let value = unknown(Type::Dynamic, Cause::Invalid, reference.span);
                Ok((value, reference.steps.len()))
            }
            resolved => resolved,
        }
    }

    fn provider(&self, local: &str) -> Option<SmolStr> {
        self.0.provider(local)
    }

    fn files(&self) -> &dyn Files {
        self.0.files()
    }

    fn budget(&self) -> &Budget {
        self.0.budget()
    }
}

impl ModuleScope<'_> {
    /// The value of an expression of the configuration, where names beside those of the scope mean something.
    pub(super) fn evaluate(
        &self,
        expression: &Expression,
        names: &[(SmolStr, Value)],
    ) -> Evaluated {
        self.evaluation.budget.begin(STEPS_OF_ONE);
        if let Some(wrong) = self.known_wrong(expression, names) {
            return Err(wrong);
        }
        let value = evaluate_with(expression, self, names)?;
        bounded(value, expression.span, &self.evaluation.budget)
    }

    /// What is known of an expression that has no value because it refers to something that is not declared: that is unknown,
    /// and the rest is as it is written.
    pub(super) fn evaluate_rest(
        &self,
        expression: &Expression,
        names: &[(SmolStr, Value)],
        error: &EvaluationError,
    ) -> Option<Value> {
        if !UNDECLARED.contains(&error.code) {
            return None;
        }
        self.evaluation.budget.begin(STEPS_OF_ONE);
        let value = evaluate_with(expression, &Lenient(self), names).ok()?;
        bounded(value, expression.span, &self.evaluation.budget).ok()
    }

    /// The value of an expression that stands in no file of the configuration.
    pub(super) fn evaluate_given(&self, expression: &Expression) -> Evaluated {
        self.evaluation.budget.begin(STEPS_OF_ONE);
        let wrong = self.first_wrong(expression, &[]);
        wrong.map_or_else(|| evaluate_with(expression, self, &[]), Err)
    }

    /// The same as [`Self::first_wrong`], which is computed once for all instances: declarations decide it.
    fn known_wrong(
        &self,
        expression: &Expression,
        names: &[(SmolStr, Value)],
    ) -> Option<EvaluationError> {
        let checked = &self.evaluation.checked;
        if let Some(known) = checked.borrow().get(&expression.span) {
            return known.clone();
        }
        let wrong = self.first_wrong(expression, names);
        checked.borrow_mut().insert(expression.span, wrong.clone());
        wrong
    }

    fn first_wrong(
        &self,
        expression: &Expression,
        names: &[(SmolStr, Value)],
    ) -> Option<EvaluationError> {
        let is_name = |root: &SmolStr| names.iter().any(|(name, _)| name == root);
        let references = references(expression);
        let outer = references
            .iter()
            .filter(|reference| !is_name(&reference.root.text));
        let wrong = outer.filter_map(|reference| self.wrong(reference));
        wrong.min_by_key(|error| LATE.contains(&error.code))
    }

    fn wrong(&self, reference: &Reference) -> Option<EvaluationError> {
        let steps: Vec<Hop<'_>> = reference.steps.iter().map_while(hop).collect();
        let resolved = self.resolve(&Resolving {
            root: &reference.root.text,
            steps: &steps,
            span: reference.span,
        });
        resolved.err()
    }
}

fn hop(step: &Traversal) -> Option<Hop<'_>> {
    match step {
        Traversal::Attribute(name) => Some(Hop::Attribute(name)),
        Traversal::Index(index) => Some(Hop::Index(index)),
        Traversal::Splat { .. } => None,
    }
}

/// Whether a step names an instance for certain: an index that is written out.
pub(super) fn is_instance_key(step: &Hop<'_>) -> bool {
    match step {
        Hop::Attribute(name) => is_number(&name.text),
        Hop::Index(index) => match &index.kind {
            ExpressionKind::Number(_) => true,
            ExpressionKind::Template(parts) => parts
                .iter()
                .all(|part| matches!(part, TemplatePart::Literal { .. })),
            _ => false,
        },
    }
}
