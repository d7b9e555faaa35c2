//! Values of plans and states as a configuration has them: without what it does not set, and with what it refers to.

use std::sync::Arc;

use graph::NodeId;
use smol_str::SmolStr;

use super::references::{Place, References};
use crate::schema::{self, Block, Body, Setting};
use crate::value::{Cause, Data, Entries, Step, StepRole, Type, Value};

/// Values of one instance.
pub(super) struct Reader<'a> {
    pub(super) references: &'a References<'a>,
    pub(super) place: Place<'a>,
}

impl Reader<'_> {
    /// A resource, or a block in one, as a configuration would give it. Plans have nulls for what is not set, and what is
    /// computed.
    pub(super) fn body(
        &self,
        value: Value,
        schema: Option<&Body>,
        expressions: Option<NodeId>,
    ) -> Value {
        let Data::Object(entries) = &value.data else {
            return value;
        };
        let written = expressions.map(|node| self.references.json.members(Some(node)));
        let part = |(name, part): (&SmolStr, &Value)| {
            let expression = written.as_ref().map(|written| written.get(name.as_str()));
            is_set(name, part, schema, expression != Some(None)).then(|| {
                let expression = expression.flatten().copied();
                (name.clone(), self.part(name, part, schema, expression))
            })
        };
        let entries: Entries = entries.iter().filter_map(part).collect();
        Value {
            data: Data::Object(entries.into()),
            ..value
        }
    }

    fn part(
        &self,
        name: &str,
        value: &Value,
        schema: Option<&Body>,
        expression: Option<NodeId>,
    ) -> Value {
        if let Some(block) = schema.and_then(|schema| schema.block(name)) {
            return self.blocks(value, block, expression);
        }
        let attribute = schema.and_then(|schema| schema.attribute(name));
        let value = match attribute {
            Some(attribute) if has_objects(&attribute.ty) => without_nulls(value),
            _ => value.clone(),
        };
        match expression {
            Some(expression) => self.linked(value, expression),
            None => value,
        }
    }

    fn blocks(&self, value: &Value, block: &Block, expression: Option<NodeId>) -> Value {
        let Some(items) = value.as_items() else {
            return value.clone();
        };
        let written = self.references.written(block, items, expression);
        let items: Arc<[Value]> = (items.iter().zip(written))
            .map(|(item, written)| self.body(item.clone(), Some(block.body()), written))
            .collect();
        Value {
            data: Data::Tuple(items),
            ..value.clone()
        }
    }

    /// The value of an expression, which came through what that refers to.
    fn linked(&self, mut value: Value, expression: NodeId) -> Value {
        let referred = self.references.of(expression, self.place);
        if let Some(cause) = self.references.cause(expression, &referred, self.place) {
            blame(&mut value, &cause);
        }
        let origin = referred
            .into_iter()
            .fold(value.origin.clone(), |origin, referred| {
                let role = StepRole::Resource(referred.instance);
                let span = origin.span;
                origin.through(Step { span, role })
            });
        value.at(origin)
    }
}

/// Says why what is unknown of a value is so.
fn blame(value: &mut Value, cause: &Cause) {
    match &mut value.data {
        Data::Unknown(unknown) => Arc::make_mut(unknown).cause = cause.clone(),
        Data::List(_, items) | Data::Set(_, items) | Data::Tuple(items) => {
            let items = Arc::make_mut(items).iter_mut();
            items.for_each(|item| blame(item, cause));
        }
        Data::Map(_, entries) | Data::Object(entries) => {
            let parts = Arc::make_mut(entries).values_mut();
            parts.for_each(|part| blame(part, cause));
        }
        _ => {}
    }
}

/// Whether a configuration sets a part, as far as it is known to be written there. Dynamic blocks are in no plan's
/// configuration, so what an unknown number of them makes can't be told from what the provider computes where there are none;
/// the latter is by far the usual.
fn is_set(name: &str, value: &Value, schema: Option<&Body>, may_be_written: bool) -> bool {
    let attribute = schema.and_then(|schema| schema.attribute(name));
    let is_computed = attribute.is_some_and(|attribute| attribute.setting == Setting::Computed);
    !value.is_null() && (value.unknown().is_none() || may_be_written && !is_computed)
}

/// The instance's value as its provider's types have it.
pub(super) fn typed(value: Value, schema: Option<&Body>) -> Value {
    match schema {
        Some(schema) => schema::conform(value, schema),
        None => value,
    }
}

fn has_objects(ty: &Type) -> bool {
    match ty {
        Type::Object(_) => true,
        Type::List(element) | Type::Set(element) | Type::Map(element) => has_objects(element),
        _ => false,
    }
}

/// The value without members that are null, as in blocks that do not set them.
fn without_nulls(value: &Value) -> Value {
    let data = match &value.data {
        Data::Object(entries) => {
            let part = |(name, part): (&SmolStr, &Value)| {
                (!part.is_null()).then(|| (name.clone(), without_nulls(part)))
            };
            let entries: Entries = entries.iter().filter_map(part).collect();
            Data::Object(entries.into())
        }
        Data::Tuple(items) => Data::Tuple(items.iter().map(without_nulls).collect()),
        data => data.clone(),
    };
    Value {
        data,
        ..value.clone()
    }
}
