//! Conditions that a configuration states: of resources before and after they are there, of outputs, and in `check` blocks.
//!
//! Those that do not hold are warnings: what stands in the files was understood, and a module that is judged by itself has not
//! the values that its callers pass.
//!
//! Source: <https://developer.hashicorp.com/terraform/language/expressions/custom-conditions>.

use std::sync::Arc;

use source::{Level, Problem};

use super::InstanceKey;
use super::evaluation::Evaluation;
use super::repetition::Each;
use super::scope::ModuleScope;
use crate::module::{Condition, Module, ResourceAddress, conditions};
use crate::syntax::references;
use crate::value::Value;

/// The code of problems that say what `terraform plan` would refuse.
pub(super) const CONDITION_FAILED: &str = "condition-failed";

/// An instance of a resource that states conditions.
pub(super) struct Guarded {
    pub(super) instance: usize,
    pub(super) address: ResourceAddress,
    pub(super) key: InstanceKey,
    pub(super) each: Each,
    /// What `self` is in its postconditions.
    pub(super) seen: Value,
}

impl Evaluation<'_> {
    /// Reports all conditions that are known not to hold, once everything is evaluated. What can't be known says nothing.
    pub(super) fn check_conditions(&mut self) {
        for guarded in std::mem::take(&mut self.guarded) {
            self.check_resource(guarded);
        }
        for instance in 0..self.modules.len() {
            if self.modules[instance].conditional.is_none() {
                let module = Arc::clone(self.module(instance));
                self.check_module(instance, &module);
            }
        }
    }

    fn check_resource(&mut self, guarded: Guarded) {
        let module = Arc::clone(self.module(guarded.instance));
        let Some(resource) = module.resources.get(&guarded.address) else {
            return;
        };
        let inner = format!("{}{}", guarded.address, guarded.key);
        let what = self.modules[guarded.instance].path.address(&inner);
        let scope = ModuleScope {
            this: Some(guarded.seen),
            ..self.scope(guarded.instance, &guarded.each)
        };
        let refused: Vec<Problem> = resource
            .conditions
            .iter()
            .filter_map(|condition| {
                let message = scope.refused(condition, &what)?;
                let span = condition.condition.span;
                Some(Problem::at(Level::Warning, CONDITION_FAILED, message, span))
            })
            .collect();
        refused.into_iter().for_each(|problem| self.report(problem));
    }

    fn check_module(&mut self, instance: usize, module: &Module) {
        let outputs = module.outputs.values().map(|output| {
            let what = format!("output.{}", output.name.text);
            (&output.block, "precondition", what, CONDITION_FAILED)
        });
        let checks = module.checks.iter().map(|check| {
            let name = check.labels.first().map_or("", |label| label.text.as_str());
            (check, "assert", format!("check.{name}"), "check-failed")
        });
        let mut refused = Vec::new();
        let scope = self.scope(instance, &Each::None);
        for (block, kind, what, code) in outputs.chain(checks) {
            let what = self.modules[instance].path.address(&what);
            for condition in conditions(&block.body, &[kind]) {
                if let Some(message) = scope.refused(&condition, &what) {
                    let span = condition.condition.span;
                    refused.push(Problem::at(Level::Warning, code, message, span));
                }
            }
        }
        refused.into_iter().for_each(|problem| self.report(problem));
    }
}

impl ModuleScope<'_> {
    /// What is said of something whose condition is known not to hold. One that can't be computed says nothing, and neither does
    /// one that refers to nothing, of which a problem tells already.
    pub(super) fn refused(&self, condition: &Condition, what: &str) -> Option<String> {
        if references(&condition.condition).is_empty() {
            return None;
        }
        let holds = self.evaluate(&condition.condition, &[]).ok()?;
        if holds.as_bool() != Some(false) {
            return None;
        }
        let said = condition.message.as_ref();
        let said = said.and_then(|message| self.evaluate(message, &[]).ok());
        let said = said.filter(|said| !said.deep_marks().sensitive);
        let text = said.as_ref().and_then(Value::as_str);
        let text = text.unwrap_or("a condition does not hold").trim();
        Some(format!("{what} is refused: {text}"))
    }
}
