//! The type of a null or unknown value after a conversion to a type that leaves parts open.

use crate::value::{ObjectType, Safety, Type, unify};

/// The type asked for, in which `any` is replaced by what the value has there.
pub(super) fn fill_dynamic(from: &Type, to: &Type) -> Type {
    match (from, to) {
        (Type::Dynamic, to) => to.clone(),
        (from, Type::Dynamic) => from.clone(),
        (_, Type::List(element)) => Type::list(fill_element(from, element)),
        (_, Type::Set(element)) => Type::set(fill_element(from, element)),
        (_, Type::Map(element)) => Type::map(fill_element(from, element)),
        (Type::Tuple(from), Type::Tuple(to)) if from.len() == to.len() => {
            let items = from.iter().zip(to.iter());
            Type::Tuple(items.map(|(from, to)| fill_dynamic(from, to)).collect())
        }
        (_, Type::Object(to)) => fill_object(from, to),
        _ => to.clone(),
    }
}

fn fill_element(from: &Type, element: &Type) -> Type {
    let parts: Vec<Type> = match from {
        Type::Tuple(items) => items.to_vec(),
        Type::Object(object) => (object.attributes.values())
            .map(|attribute| attribute.ty.clone())
            .collect(),
        other => other.element().cloned().into_iter().collect(),
    };
    unify(&parts, Safety::MayFail).map_or_else(
        || element.clone(),
        |common| fill_dynamic(&common.ty, element),
    )
}

fn fill_object(from: &Type, to: &ObjectType) -> Type {
    let attributes = to.attributes.iter().map(|(name, attribute)| {
        let from = match from {
            Type::Object(object) => object.attributes.get(name).map(|attribute| &attribute.ty),
            other => other.element(),
        };
        let ty = from.map_or_else(
            || attribute.ty.clone(),
            |from| fill_dynamic(from, &attribute.ty),
        );
        (name.clone(), ty)
    });
    Type::object(attributes)
}
