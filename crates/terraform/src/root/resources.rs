//! Resources of an instance of a module: their instances, and what references to them see.

use std::sync::Arc;

use smol_str::SmolStr;
use source::{Level, Place, Problem};

use super::bounds::STEPS_OF_ONE;
use super::conditions::Guarded;
use super::evaluation::Evaluation;
use super::repetition::Each;
use super::scope::ModuleScope;
use super::{Instance, InstanceKey};
use crate::data;
use crate::evaluate::{cost, in_environment};
use crate::module::{Mode, Module, ResourceBlock};
use crate::schema::{self, Body};
use crate::value::{Cause, Data, Entries, Origin, Shape, Type, Unknown, Value};

/// The code of problems of data sources whose arguments are wrong.
const WRONG_DATA: &str = "invalid-data-source";

/// Data sources read files, which takes time, so they are left out where hostile expressions have spent nearly all steps.
const LEAST_STEPS: u64 = 20_000;

impl Evaluation<'_> {
    pub(super) fn resource(&mut self, instance: usize, resource: &ResourceBlock, module: &Module) {
        let expansion = self.expansion(instance, &resource.repetition);
        let conditional = expansion
            .unknown()
            .cloned()
            .or_else(|| self.modules[instance].conditional.clone());
        let schema = schema::of(resource.address.mode, &resource.address.ty);
        let mut values = Vec::new();
        for (key, each) in expansion.instances() {
            if !self.admit(resource.header) {
                break;
            }
            let before = self.problems.len();
            let value = self.body(instance, &each, &resource.body, resource.span);
            let value = match schema {
                Some(schema) => schema::conform(value, schema),
                None => value,
            };
            let computed = self.computed(instance, &each, resource, &value);
            if conditional.is_some() {
                self.forgive(before);
            }
            let seen = self.seen((instance, resource, schema), &key, &value, computed);
            if conditional.is_none() && !resource.conditions.is_empty() {
                self.guarded.push(Guarded {
                    instance,
                    address: resource.address.clone(),
                    key: key.clone(),
                    each,
                    seen: seen.clone(),
                });
            }
            values.push((key.clone(), seen));
            self.resources.push(Arc::new(Instance {
                module: self.modules[instance].path.clone(),
                address: resource.address.clone(),
                key,
                value,
                conditional: conditional.clone(),
                ignored: resource.ignore_changes.clone(),
                folder: module.folder.clone(),
            }));
        }
        let whole = expansion.whole(values, resource.header);
        self.modules[instance]
            .resources
            .insert(resource.address.clone(), whole);
    }

    /// The attributes of a data source that follow from its arguments.
    fn computed(
        &mut self,
        instance: usize,
        each: &Each,
        resource: &ResourceBlock,
        value: &Value,
    ) -> Entries {
        let (Mode::Data, Some(arguments)) = (resource.address.mode, value.as_entries()) else {
            return Entries::new();
        };
        let scope = self.scope(instance, each);
        let computed = scope.data_source(&resource.address.ty, arguments, &value.origin);
        computed.unwrap_or_else(|wrong| {
            let argument = arguments.get(wrong.argument);
            let span = argument.map_or(resource.header, |argument| argument.origin.span);
            let message = format!("`{}` can't be read: {}", resource.address, wrong.message);
            self.report(Problem::at(Level::Error, WRONG_DATA, message, span));
            Entries::new()
        })
    }

    /// What a reference to an instance of a resource sees.
    fn seen(
        &self,
        (instance, resource, schema): (usize, &ResourceBlock, Option<&'static Body>),
        key: &InstanceKey,
        value: &Value,
        computed: Entries,
    ) -> Value {
        let inner = format!("{}{key}", resource.address);
        let address: SmolStr = self.modules[instance].path.address(&inner).into();
        let cause = match resource.address.mode {
            Mode::Data => Cause::DataSource(address.clone()),
            _ => Cause::Computed(address.clone()),
        };
        let mut entries = value.as_entries().cloned().unwrap_or_default();
        if !computed.is_empty() {
            Arc::make_mut(&mut entries).extend(computed);
        }
        if let Some(value) =
            super::builtin::seen(&resource.address, &address, &entries, resource.header)
        {
            return value;
        }
        let mut unknown = Unknown::new(Type::Dynamic, cause.clone(), Some(resource.header));
        unknown.known.not_null = true;
        match schema {
            Some(schema) => entries = schema::complete(entries, schema, &address, &unknown),
            None => {
                super::blocks::open(&mut entries, resource.body.blocks.iter(), &address, &cause);
            }
        }
        unknown.shape = Some(Shape::Resource {
            entries,
            address,
            schema,
        });
        Value::new(Data::Unknown(unknown.into()), Origin::new(resource.header))
    }

    /// Takes back problems that follow from values: what may not exist is not evaluated where it does not, as a condition
    /// says that the values are given.
    fn forgive(&mut self, since: usize) {
        const OF_VALUES: [&str; 15] = [
            "attempt-to-get-attribute-from-null-value",
            "attempt-to-index-null-value",
            "error-in-function-call",
            "invalid-dynamic-for-each-value",
            "invalid-function-argument",
            "invalid-index",
            "invalid-operand",
            "invalid-template-interpolation-value",
            "iteration-over-null-value",
            "null-condition",
            "null-value-as-key",
            "splat-of-null-value",
            "missing-map-element",
            "unsupported-attribute",
            WRONG_DATA,
        ];
        let (kept, forgiven): (Vec<Problem>, Vec<Problem>) = self
            .problems
            .split_off(since)
            .into_iter()
            .partition(|problem| !OF_VALUES.contains(&problem.code));
        self.problems.extend(kept);
        for problem in forgiven {
            if let Place::Span(span) = problem.place {
                self.told.remove(&(problem.code, span));
            }
        }
    }
}

impl ModuleScope<'_> {
    /// The attributes of a data source that follow from its arguments.
    fn data_source(
        &self,
        ty: &str,
        arguments: &Entries,
        origin: &Origin,
    ) -> Result<Entries, data::Wrong> {
        let budget = &self.evaluation.budget;
        budget.begin(STEPS_OF_ONE);
        if budget.left() < LEAST_STEPS {
            return Err(data::Wrong::too_expensive());
        }
        let computed = in_environment(self, origin, |environment| {
            data::computed(ty, arguments, environment)
        })?;
        for value in computed.values() {
            budget.spend(cost::of_result(value, budget.left()));
        }
        Ok(computed)
    }
}
