//! Why there is no conversion between two types, told of the innermost part that is to blame.

use smol_str::SmolStr;
use thiserror::Error;

use super::plan::{Conversion, Safety};
use super::{ConversionFailure, PathStep};
use crate::value::{ObjectType, Type};

/// What is wrong with a value or a part of it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Mismatch {
    /// Another type is needed.
    #[error("{} required, but this is {}", .expected.name(), article(.found))]
    Type {
        /// The type asked for.
        expected: Type,
        /// The type that the part has.
        found: Type,
    },
    /// A string is not a number.
    #[error("a number is required, and the string is none")]
    Number,
    /// A string is not a truth value.
    #[error("a bool is required, and the string is neither \"true\" nor \"false\"")]
    Bool,
    /// An object or map lacks attributes that are required.
    #[error("{} required", list(.0))]
    Missing(Vec<SmolStr>),
    /// A tuple has another number of elements.
    #[error("a tuple of {expected} elements is required, and this one has {found}")]
    Length {
        /// How many the type has.
        expected: usize,
        /// How many the value has.
        found: usize,
    },
    /// The parts of a tuple or object have no common type.
    #[error("all elements must have the same type")]
    NoCommonType,
}

fn article(ty: &Type) -> String {
    let name = ty.name();
    let vowel = name.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {name}", if vowel { "an" } else { "a" })
}

fn list(names: &[SmolStr]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    match &quoted[..] {
        [name] => format!("attribute {name} is"),
        names => format!("attributes {} are", names.join(", ")),
    }
}

/// Why there is no conversion between the types; there must be none.
pub(super) fn mismatch(from: &Type, to: &Type) -> ConversionFailure {
    let part = |step, from: &Type, to: &Type| {
        no_conversion(from, to).then(|| mismatch(from, to).within(step))
    };
    let inner = match (from, to) {
        (Type::Object(from), Type::Object(to)) => mismatch_of_objects(from, to),
        (Type::Tuple(_), Type::List(element) | Type::Set(element))
        | (Type::Object(_), Type::Map(element))
            if **element == Type::Dynamic =>
        {
            Some(ConversionFailure::new(Mismatch::NoCommonType))
        }
        (Type::Tuple(from), Type::List(to) | Type::Set(to)) => (from.iter().enumerate())
            .find_map(|(index, from)| part(PathStep::Index(index), from, to)),
        (Type::Object(from), Type::Map(to)) => (from.attributes.iter())
            .find_map(|(name, from)| part(PathStep::Attribute(name.clone()), &from.ty, to)),
        (Type::Tuple(from), Type::Tuple(to)) if from.len() == to.len() => {
            (from.iter().zip(to.iter()))
                .enumerate()
                .find_map(|(index, (from, to))| part(PathStep::Index(index), from, to))
        }
        (Type::Tuple(from), Type::Tuple(to)) => Some(ConversionFailure::new(Mismatch::Length {
            expected: to.len(),
            found: from.len(),
        })),
        _ => None,
    };
    inner.unwrap_or_else(|| {
        ConversionFailure::new(Mismatch::Type {
            expected: to.clone(),
            found: from.clone(),
        })
    })
}

fn mismatch_of_objects(from: &ObjectType, to: &ObjectType) -> Option<ConversionFailure> {
    let missing: Vec<SmolStr> = (to.attributes.iter())
        .filter(|(name, attribute)| !attribute.optional && !from.attributes.contains_key(*name))
        .map(|(name, _)| name.clone())
        .collect();
    if !missing.is_empty() {
        return Some(ConversionFailure::new(Mismatch::Missing(missing)));
    }
    to.attributes.iter().find_map(|(name, to)| {
        let from = &from.attributes.get(name)?.ty;
        let step = PathStep::Attribute(name.clone());
        no_conversion(from, &to.ty).then(|| mismatch(from, &to.ty).within(step))
    })
}

fn no_conversion(from: &Type, to: &Type) -> bool {
    !Conversion::exists(from, to, Safety::MayFail)
}
