//! What stays known of values that Terraform calls unknown.

use std::sync::Arc;

use graph::UNKNOWN_PART;

use crate::schema::unset;
use crate::value::{Cause, Data, Origin, Shape, Step, StepRole, Type, Unknown, Value};

/// An unknown that is unknown because another is.
pub(super) fn caused_by(ty: Type, cause: Option<&Arc<Unknown>>) -> Unknown {
    match cause {
        Some(cause) => Unknown::new(ty, cause.cause.clone(), cause.place),
        None => Unknown::new(ty, Cause::Invalid, None),
    }
}

/// The alternatives of an unknown, or what any of its elements is like.
pub(super) fn each_alternative(
    unknown: &Unknown,
    mut f: impl FnMut(&Value) -> Option<Value>,
) -> Option<Shape> {
    let Some(Shape::OneOf(alternatives)) = &unknown.shape else {
        return None;
    };
    let values: Option<Vec<Value>> = alternatives.iter().map(&mut f).collect();
    Some(Shape::OneOf(values?.into()))
}

/// What a reference to an attribute of a resource sees: what the configuration sets, else something computed.
pub(super) fn of_resource(origin: &Origin, unknown: &Unknown, name: &str) -> Option<Value> {
    let Some(Shape::Resource {
        entries,
        address,
        schema,
    }) = &unknown.shape
    else {
        return None;
    };
    let origin = origin.through(Step {
        span: origin.span,
        role: StepRole::Resource(address.clone()),
    });
    let entry = entries.get(name);
    let unset = || unset((*schema)?, name, address, unknown, &origin);
    if let Some(decided) = entry.is_none_or(Value::is_null).then(unset).flatten() {
        return Some(decided);
    }
    if let Some(entry) = entry {
        let origin = entry.origin.within(&origin);
        return Some(entry.clone().at(origin));
    }
    let cause = unknown.cause.of_part(&format!("{address}.{name}"));
    let computed = Unknown::new(Type::Dynamic, cause, unknown.place);
    Some(Value::new(Data::Unknown(computed.into()), origin))
}

/// What is known of an entry of an unknown map or object.
pub(super) fn entry(unknown: &Unknown, key: &str) -> Option<Shape> {
    match unknown.shape.as_ref()? {
        Shape::Entries { entries, rest } => {
            let sure = entries.get(key).cloned();
            let maybe = || rest.as_ref().clone();
            Some(one(sure.unwrap_or_else(maybe)))
        }
        Shape::Keyed(entries) if entries.contains_key(key) => entries.get(key).cloned().map(one),
        Shape::Keyed(entries) => {
            let may_be = entries.iter().filter(|(own, _)| own.contains(UNKNOWN_PART));
            Some(Shape::OneOf(
                may_be.map(|(_, value)| value.clone()).collect(),
            ))
        }
        _ => each_alternative(unknown, |value| match &value.data {
            Data::Unknown(inner) => of_resource(&value.origin, inner, key)
                .or_else(|| shaped(Type::Dynamic, inner, entry(inner, key)?)),
            _ => value
                .as_entries()?
                .get(key)
                .map(|entry| entry.within(value)),
        }),
    }
}

/// What is known of an element of an unknown sequence; of any element, where the index is unknown.
pub(super) fn element(unknown: &Unknown, index: Option<usize>) -> Option<Shape> {
    match unknown.shape.as_ref()? {
        Shape::Items { items, rest } => {
            let at = index.and_then(|index| items.get(index));
            Some(match (at, index) {
                (Some(item), _) => one(item.clone()),
                (None, Some(_)) => one(rest.as_ref().clone()),
                (None, None) => {
                    let all = items.iter().chain([rest.as_ref()]);
                    Shape::OneOf(all.cloned().collect())
                }
            })
        }
        Shape::Entries { entries, rest } if index.is_none() => {
            let all = entries.values().chain([rest.as_ref()]);
            Some(Shape::OneOf(all.cloned().collect()))
        }
        _ => each_alternative(unknown, |value| match &value.data {
            Data::Unknown(inner) => shaped(Type::Dynamic, inner, element(inner, index)?),
            _ => {
                let item = value.as_items()?.get(index?)?;
                Some(item.within(value))
            }
        }),
    }
}

fn one(value: Value) -> Shape {
    Shape::OneOf(Arc::new([value]))
}

/// An unknown for the same reason, with what is known of it.
fn shaped(ty: Type, because: &Arc<Unknown>, shape: Shape) -> Option<Value> {
    let mut unknown = caused_by(ty, Some(because));
    unknown.shape = Some(shape);
    let place = because.place?;
    Some(Value::new(
        Data::Unknown(unknown.into()),
        Origin::new(place),
    ))
}
