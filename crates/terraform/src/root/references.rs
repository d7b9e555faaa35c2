//! What Terraform refuses of the references in an expression before it evaluates it, whether or not a value depends on it.

use smol_str::SmolStr;

use super::bounds::bounded;
use super::evaluation::STEPS_OF_ONE;
use super::scope::ModuleScope;
use crate::evaluate::{
    Evaluated, EvaluationError, Hop, Reference as Resolving, Scope as _, evaluate_with, is_number,
};
use crate::syntax::{Expression, ExpressionKind, Reference, TemplatePart, Traversal, references};
use crate::value::Value;

/// The failures of references that Terraform tells only where it tells no other.
const LATE: &[&str] = &[
    "invalid-count-attribute",
    "invalid-each-attribute",
    "invalid-path-attribute",
    "invalid-terraform-attribute",
    "reference-to-undeclared-input-variable",
    "reference-to-undeclared-local-value",
];

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
