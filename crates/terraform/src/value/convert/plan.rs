//! Which conversion there is between two types, found before any value is looked at.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::ConversionFailure;
use super::mismatch::mismatch;
use crate::value::{ObjectType, Type, unify};

/// Which conversions count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// Those that succeed for every value of the type.
    Safe,
    /// Those, too, that depend on the value: a string to a number, a map to an object.
    MayFail,
}

/// A way to convert any value of one type to another.
#[derive(Clone, Debug)]
pub struct Conversion {
    /// The type asked for.
    pub(super) to: Type,
    pub(super) kind: Kind,
    pub(super) safety: Safety,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// Nothing is to be done.
    Keep,
    /// The value has a type only once it is known.
    Late,
    ToString,
    ToNumber,
    ToBool,
    /// List, set or map to one of these.
    Elements(Box<Conversion>),
    /// Tuple to tuple, list or set.
    Items(Vec<Conversion>),
    /// Object to object or map.
    Attributes(BTreeMap<SmolStr, Conversion>),
    /// Map to object. An optional attribute has none where the elements have no conversion to it: the map must not
    /// have it then.
    Lookup(BTreeMap<SmolStr, Option<Conversion>>),
}

impl Conversion {
    /// Finds the conversion from a type to another.
    ///
    /// # Errors
    /// There is none.
    pub fn find(from: &Type, to: &Type, safety: Safety) -> Result<Self, ConversionFailure> {
        let kind = find_kind(from, to, safety).ok_or_else(|| mismatch(from, to))?;
        let to = to.clone();
        Ok(Self { to, kind, safety })
    }

    /// Whether there is a conversion from a type to another.
    #[must_use]
    pub fn exists(from: &Type, to: &Type, safety: Safety) -> bool {
        find_kind(from, to, safety).is_some()
    }

    fn get(from: &Type, to: &Type, safety: Safety) -> Option<Self> {
        let kind = find_kind(from, to, safety)?;
        let to = to.clone();
        Some(Self { to, kind, safety })
    }
}

fn find_kind(from: &Type, to: &Type, safety: Safety) -> Option<Kind> {
    let may_fail = safety == Safety::MayFail;
    match (from, to) {
        (from, to) if from == to => Some(Kind::Keep),
        (_, Type::Dynamic) => Some(Kind::Keep),
        (Type::Dynamic, _) => may_fail.then_some(Kind::Late),
        (Type::Bool | Type::Number, Type::String) => Some(Kind::ToString),
        (Type::String, Type::Number) => may_fail.then_some(Kind::ToNumber),
        (Type::String, Type::Bool) => may_fail.then_some(Kind::ToBool),
        (Type::List(_), Type::Set(_)) if !may_fail => None,
        (Type::List(from) | Type::Set(from), Type::List(to) | Type::Set(to))
        | (Type::Map(from), Type::Map(to)) => {
            Some(Kind::Elements(Box::new(Conversion::get(from, to, safety)?)))
        }
        (Type::Tuple(from), Type::List(element) | Type::Set(element)) => {
            let element = common_item(from, element, safety)?;
            find_items(from.iter().map(|from| (from, &element)), safety)
        }
        (Type::Tuple(from), Type::Tuple(to)) if from.len() == to.len() => {
            find_items(from.iter().zip(to.iter()), safety)
        }
        (Type::Object(from), Type::Map(element)) => find_map(from, element, safety),
        (Type::Object(from), Type::Object(to)) => find_object(from, to, safety),
        (Type::Map(from), Type::Object(to)) if may_fail => find_lookup(from, to),
        _ => None,
    }
}

/// The type that each part of a collection is converted to: the one asked for, or where that is any, the one that the parts
/// have in common.
fn common_element(parts: &[Type], element: &Type, safety: Safety) -> Option<Type> {
    match element {
        Type::Dynamic if !parts.is_empty() => Some(unify(parts, safety)?.ty),
        element => Some(element.clone()),
    }
}

/// The same for lists and sets, which are undecided only where all of their parts are.
fn common_item(parts: &[Type], element: &Type, safety: Safety) -> Option<Type> {
    let common = common_element(parts, element, safety)?;
    let decided = common != Type::Dynamic || parts.iter().all(|part| *part == Type::Dynamic);
    decided.then_some(common)
}

fn find_items<'a>(
    pairs: impl Iterator<Item = (&'a Type, &'a Type)>,
    safety: Safety,
) -> Option<Kind> {
    let items = pairs.map(|(from, to)| Conversion::get(from, to, safety));
    Some(Kind::Items(items.collect::<Option<_>>()?))
}

fn find_map(from: &ObjectType, element: &Type, safety: Safety) -> Option<Kind> {
    let parts: Vec<Type> = (from.attributes.values())
        .map(|attribute| attribute.ty.clone())
        .collect();
    let element = common_element(&parts, element, safety)?;
    let attributes = from.attributes.iter().map(|(name, attribute)| {
        let conversion = Conversion::get(&attribute.ty, &element, safety)?;
        Some((name.clone(), conversion))
    });
    Some(Kind::Attributes(attributes.collect::<Option<_>>()?))
}

fn find_object(from: &ObjectType, to: &ObjectType, safety: Safety) -> Option<Kind> {
    let mut attributes = BTreeMap::new();
    for (name, attribute) in &to.attributes {
        match from.attributes.get(name) {
            Some(from) => {
                let conversion = Conversion::get(&from.ty, &attribute.ty, safety)?;
                attributes.insert(name.clone(), conversion);
            }
            None if attribute.optional => {}
            None => return None,
        }
    }
    Some(Kind::Attributes(attributes))
}

fn find_lookup(from: &Type, to: &ObjectType) -> Option<Kind> {
    let mut attributes = BTreeMap::new();
    for (name, attribute) in &to.attributes {
        let conversion = Conversion::get(from, &attribute.ty, Safety::MayFail);
        if conversion.is_none() && !attribute.optional {
            return None;
        }
        attributes.insert(name.clone(), conversion);
    }
    Some(Kind::Lookup(attributes))
}
