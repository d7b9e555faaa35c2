//! Values as the provider's types have them: `"22"` is a number where the attribute is one, and a block written as one object
//! is a list of one.

use std::sync::Arc;

use super::{Attribute, Block, Body, Setting};
use crate::value::{Data, Entries, Type, Value, convert};

/// The value of a resource, or of a block, as its provider's types have it. What is null or empty where a block could be is
/// left out, and what does not fit its type stays as it is.
#[must_use]
pub fn conform(value: Value, body: &Body) -> Value {
    let (Data::Object(entries) | Data::Map(_, entries)) = &value.data else {
        return value;
    };
    let conformed: Entries = entries
        .iter()
        .filter_map(|(name, part)| Some((name.clone(), entry(name, part, body)?)))
        .collect();
    Value {
        data: Data::Object(conformed.into()),
        ..value
    }
}

fn entry(name: &str, value: &Value, body: &Body) -> Option<Value> {
    match (body.attribute(name), body.block(name)) {
        (Some(Attribute { ty, setting }), _) => {
            let value = attribute(value, ty);
            Some(match setting {
                Setting::Required => not_null(value),
                _ => value,
            })
        }
        (None, Some(block)) => blocks(value, block),
        (None, None) => Some(value.clone()),
    }
}

/// A value that a provider does not take null for.
fn not_null(mut value: Value) -> Value {
    if let Data::Unknown(unknown) = &mut value.data
        && !unknown.known.not_null
    {
        Arc::make_mut(unknown).known.not_null = true;
    }
    value
}

/// An attribute. One whose elements are objects may be written as blocks, which leave out what they do not set.
fn attribute(value: &Value, ty: &Type) -> Value {
    match (ty, &value.data) {
        (Type::List(element) | Type::Set(element), Data::Object(_))
            if matches!(**element, Type::Object(_)) =>
        {
            let only = attribute(value, element);
            Value {
                data: Data::Tuple([only].into()),
                ..value.clone()
            }
        }
        (Type::List(element) | Type::Set(element), _) if matches!(**element, Type::Object(_)) => {
            value.map_items(|item| attribute(item, element))
        }
        (Type::Object(object), Data::Object(entries) | Data::Map(_, entries)) => {
            let part = |(name, part): (&smol_str::SmolStr, &Value)| {
                let known = object.attributes.get(name);
                let part = known.map_or_else(|| part.clone(), |known| attribute(part, &known.ty));
                (name.clone(), part)
            };
            let entries: Entries = entries.iter().map(part).collect();
            Value {
                data: Data::Object(entries.into()),
                ..value.clone()
            }
        }
        // Before Terraform 0.12, maps could be written as blocks.
        (Type::Map(_), Data::Tuple(items)) if items.len() == 1 => attribute(&items[0], ty),
        _ => convert(value, ty).unwrap_or_else(|_| value.clone()),
    }
}

/// The blocks of a kind, as a list; none where there is none.
fn blocks(value: &Value, block: &Block) -> Option<Value> {
    let body = block.body();
    match &value.data {
        Data::Null(_) => None,
        Data::Object(_) if block.nesting != super::Nesting::Map => Some(Value {
            data: Data::Tuple([conform(value.clone(), body)].into()),
            ..value.clone()
        }),
        _ if value.as_items().is_some_and(|items| items.is_empty()) => None,
        _ => Some(value.map_items(|item| conform(item.clone(), body))),
    }
}
