//! Resources of an instance of a module: their instances, and what references to them see.

use std::sync::Arc;

use smol_str::SmolStr;
use source::{Place, Problem};

use super::evaluation::Evaluation;
use super::{Instance, InstanceKey};
use crate::data;
use crate::module::{Mode, Module, ResourceBlock};
use crate::schema::{self, Body};
use crate::value::{Cause, Data, Origin, Shape, Type, Unknown, Value};

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
            if conditional.is_some() {
                self.forgive(before);
            }
            let value = match schema {
                Some(schema) => schema::conform(value, schema),
                None => value,
            };
            values.push((
                key.clone(),
                self.seen((instance, resource, schema), &key, &value),
            ));
            self.resources.push(Instance {
                module: self.modules[instance].path.clone(),
                address: resource.address.clone(),
                key,
                value,
                conditional: conditional.clone(),
                folder: module.folder.clone(),
            });
        }
        let whole = expansion.whole(values, resource.header);
        self.modules[instance]
            .resources
            .insert(resource.address.clone(), whole);
    }

    /// What a reference to an instance of a resource sees.
    fn seen(
        &self,
        (instance, resource, schema): (usize, &ResourceBlock, Option<&'static Body>),
        key: &InstanceKey,
        value: &Value,
    ) -> Value {
        let inner = format!("{}{key}", resource.address);
        let address: SmolStr = self.modules[instance].path.address(&inner).into();
        let cause = match resource.address.mode {
            Mode::Data => Cause::DataSource(address.clone()),
            _ => Cause::Computed(address.clone()),
        };
        let mut entries = value.as_entries().cloned().unwrap_or_default();
        if resource.address.mode == Mode::Data {
            let computed = data::computed(&resource.address.ty, &entries, &value.origin);
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
        const OF_VALUES: [&str; 14] = [
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
