//! The type that values of several types have in common.

use std::collections::VecDeque;
use std::sync::Arc;

use foldhash::{HashSet, HashSetExt};
use smol_str::SmolStr;

use super::{Conversion, ConversionFailure, Data, Mismatch, Safety, Shape, Type, Unknown, Value};

/// What several types have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unified {
    /// The common type.
    pub ty: Type,
    /// Whether the types decide it only when all of them are known, so that until then every value is unknown.
    pub undecided: bool,
    /// Whether the parts of a tuple or object are not converted to what they have in common: Terraform leaves that out
    /// beside an empty list or map, whose type is not decided.
    keeps_parts: bool,
}

impl Unified {
    fn decided(ty: Type) -> Self {
        Self {
            ty,
            undecided: false,
            keeps_parts: false,
        }
    }

    fn undecided() -> Self {
        Self {
            ty: Type::Dynamic,
            undecided: true,
            keeps_parts: false,
        }
    }

    /// Converts values of these types, in any order.
    ///
    /// # Errors
    /// A value can't be converted although its type can.
    pub fn apply(&self, values: &[Value], safety: Safety) -> Result<Vec<Value>, ConversionFailure> {
        let convert = |value: &Value| {
            self.check_parts(value)?;
            Conversion::find(&value.ty(), &self.ty, safety)?.apply(value)
        };
        match values.iter().find_map(Value::unknown) {
            Some(cause) if self.undecided => {
                Ok(values.iter().map(|value| undecided(value, cause)).collect())
            }
            _ => values.iter().map(convert).collect(),
        }
    }
}

impl Unified {
    fn check_parts(&self, value: &Value) -> Result<(), ConversionFailure> {
        if !self.keeps_parts || !matches!(value.data, Data::Tuple(_) | Data::Object(_)) {
            return Ok(());
        }
        let types = value.parts().map(Value::ty);
        let mut decided = types.filter(|ty| *ty != Type::Dynamic);
        let first = decided.next();
        if decided.any(|ty| Some(ty) != first) {
            return Err(ConversionFailure::new(Mismatch::NoCommonType));
        }
        Ok(())
    }
}

/// The value as one whose type is not decided because of another.
fn undecided(value: &Value, cause: &Unknown) -> Value {
    let of = value.unknown().map_or(cause, |unknown| unknown);
    let mut unknown = Unknown::new(Type::Dynamic, of.cause.clone(), of.place);
    unknown.shape = match &value.data {
        Data::Unknown(unknown) => unknown.shape.clone(),
        _ => Some(Shape::OneOf([value.clone()].into())),
    };
    value.with_data(Data::Unknown(Arc::new(unknown)))
}

/// The type that values of all these types can be converted to: the most general of them, or one that is made from their
/// parts. None where there is no such type, or where there are no types.
///
/// Source: <https://pkg.go.dev/github.com/zclconf/go-cty/cty/convert#Unify>.
#[must_use]
pub fn unify(types: &[Type], safety: Safety) -> Option<Unified> {
    let mut seen = HashSet::new();
    let distinct: Vec<Type> = types
        .iter()
        .filter(|ty| seen.insert(*ty))
        .cloned()
        .collect();
    match &distinct[..] {
        [] => None,
        [ty] => Some(Unified::decided(ty.clone())),
        types => unify_distinct(types, safety),
    }
}

/// How many types of each kind there are.
#[derive(Default)]
struct Kinds {
    maps: usize,
    lists: usize,
    sets: usize,
    objects: usize,
    tuples: usize,
    dynamic: usize,
}

impl Kinds {
    fn of(types: &[Type]) -> Self {
        let mut kinds = Self::default();
        for ty in types {
            match ty {
                Type::Map(_) => kinds.maps += 1,
                Type::List(_) => kinds.lists += 1,
                Type::Set(_) => kinds.sets += 1,
                Type::Object(_) => kinds.objects += 1,
                Type::Tuple(_) => kinds.tuples += 1,
                Type::Dynamic => kinds.dynamic += 1,
                Type::Bool | Type::Number | Type::String => {}
            }
        }
        kinds
    }
}

fn unify_distinct(types: &[Type], safety: Safety) -> Option<Unified> {
    let kinds = Kinds::of(types);
    let others = types.len() - kinds.dynamic;
    let uniform = [
        kinds.maps,
        kinds.lists,
        kinds.sets,
        kinds.objects,
        kinds.tuples,
    ]
    .contains(&others);
    if others > 0 && uniform {
        // What the undecided type will turn out to be decides which way is taken.
        return match kinds.dynamic {
            0 => unify_uniform(types, safety),
            _ => Some(Unified::undecided()),
        };
    }
    let as_collection = if kinds.maps > 0 && kinds.maps + kinds.objects == others {
        unify_objects_as_maps(types, safety)
    } else if kinds.lists > 0 && kinds.lists + kinds.tuples == others {
        unify_tuples_as_lists(types, safety)
    } else if kinds.objects > 0 && kinds.tuples > 0 {
        return None;
    } else {
        None
    };
    as_collection.or_else(|| most_general(types, safety))
}

/// Types of one kind.
fn unify_uniform(types: &[Type], safety: Safety) -> Option<Unified> {
    let ty = match &types[0] {
        Type::Map(_) => Type::map(unify_elements(types, safety)?),
        Type::List(_) => Type::list(unify_elements(types, safety)?),
        Type::Set(_) => Type::set(unify_elements(types, safety)?),
        Type::Object(_) => return unify_objects(types, safety),
        Type::Tuple(_) => return unify_tuples(types, safety),
        Type::Dynamic | Type::Bool | Type::Number | Type::String => {
            return most_general(types, safety);
        }
    };
    convertible(types, ty, safety)
}

fn unify_elements(types: &[Type], safety: Safety) -> Option<Type> {
    let elements: Vec<Type> = types.iter().filter_map(Type::element).cloned().collect();
    Some(unify(&elements, safety)?.ty)
}

/// Objects of the same names give an object, others a map.
fn unify_objects(types: &[Type], safety: Safety) -> Option<Unified> {
    let Type::Object(first) = &types[0] else {
        return None;
    };
    let names: Vec<&SmolStr> = first.attributes.keys().collect();
    let same_names = types.iter().all(|ty| match ty {
        Type::Object(object) => object.attributes.keys().eq(names.iter().copied()),
        _ => false,
    });
    if !same_names {
        return unify_objects_to_map(types, safety);
    }
    let mut attributes = Vec::with_capacity(names.len());
    for name in names {
        let across: Vec<Type> = (types.iter())
            .filter_map(|ty| match ty {
                Type::Object(object) => Some(object.attributes[name].ty.clone()),
                _ => None,
            })
            .collect();
        attributes.push((name.clone(), unify(&across, safety)?.ty));
    }
    convertible(types, Type::object(attributes), safety)
        .or_else(|| unify_objects_to_map(types, safety))
}

fn unify_objects_to_map(types: &[Type], safety: Safety) -> Option<Unified> {
    let mut attributes = Vec::new();
    for ty in types {
        if let Type::Object(object) = ty {
            attributes.extend(
                object
                    .attributes
                    .values()
                    .map(|attribute| attribute.ty.clone()),
            );
        }
    }
    let element = unify(&attributes, safety)?.ty;
    convertible(types, Type::map(element), safety)
}

/// Tuples of the same length give a tuple, others a list.
fn unify_tuples(types: &[Type], safety: Safety) -> Option<Unified> {
    let tuples: Vec<&Arc<[Type]>> = (types.iter())
        .filter_map(|ty| match ty {
            Type::Tuple(items) => Some(items),
            _ => None,
        })
        .collect();
    let length = tuples.first()?.len();
    if tuples.iter().any(|items| items.len() != length) {
        return unify_tuples_to_list(types, safety);
    }
    let items = (0..length)
        .map(|index| {
            let across: Vec<Type> = tuples.iter().map(|items| items[index].clone()).collect();
            Some(unify(&across, safety)?.ty)
        })
        .collect::<Option<Arc<[Type]>>>()?;
    convertible(types, Type::Tuple(items), safety).or_else(|| unify_tuples_to_list(types, safety))
}

fn unify_tuples_to_list(types: &[Type], safety: Safety) -> Option<Unified> {
    let mut items = Vec::new();
    for ty in types {
        if let Type::Tuple(tuple) = ty {
            items.extend(tuple.iter().cloned());
        }
    }
    let element = unify(&items, safety)?.ty;
    convertible(types, Type::list(element), safety)
}

/// Objects beside maps are maps as a rule, written with an object's syntax.
fn unify_objects_as_maps(types: &[Type], safety: Safety) -> Option<Unified> {
    let (objects, mut mapped): (Vec<Type>, Vec<Type>) = types
        .iter()
        .cloned()
        .partition(|ty| matches!(ty, Type::Object(_)));
    mapped.push(unify_objects_to_map(&objects, safety)?.ty);
    unify_as(&mapped, safety).filter(|unified| matches!(unified.ty, Type::Map(_)))
}

/// Tuples beside lists are lists as a rule, written with a tuple's syntax.
fn unify_tuples_as_lists(types: &[Type], safety: Safety) -> Option<Unified> {
    let (tuples, mut listed): (Vec<Type>, Vec<Type>) = types
        .iter()
        .cloned()
        .partition(|ty| matches!(ty, Type::Tuple(_)));
    listed.push(unify_tuples_to_list(&tuples, safety)?.ty);
    unify_as(&listed, safety).filter(|unified| matches!(unified.ty, Type::List(_)))
}

fn unify_as(collections: &[Type], safety: Safety) -> Option<Unified> {
    let unified = unify(collections, safety)?;
    let keeps_parts = unified.ty.element() == Some(&Type::Dynamic);
    Some(Unified {
        keeps_parts,
        ..unified
    })
}

/// The type, if all the types can be converted to it.
fn convertible(types: &[Type], ty: Type, safety: Safety) -> Option<Unified> {
    types
        .iter()
        .all(|from| Conversion::find(from, &ty, safety).is_ok())
        .then(|| Unified::decided(ty))
}

/// The most general of the types that all can be converted to.
fn most_general(types: &[Type], safety: Safety) -> Option<Unified> {
    preference(types)
        .into_iter()
        .find_map(|index| convertible(types, types[index].clone(), safety))
}

/// The indices of the types, the more general ones before the less general.
fn preference(types: &[Type]) -> Vec<usize> {
    let mut less_general = vec![Vec::new(); types.len()];
    let mut more_general = vec![0; types.len()];
    for one in 0..types.len() {
        for two in one + 1..types.len() {
            match generality(&types[one], &types[two]) {
                Generality::More => {
                    less_general[one].push(two);
                    more_general[two] += 1;
                }
                Generality::Less => {
                    less_general[two].push(one);
                    more_general[one] += 1;
                }
                Generality::Neither => {}
            }
        }
    }
    let mut queue: VecDeque<usize> = (0..types.len())
        .filter(|index| more_general[*index] == 0)
        .collect();
    let mut order = Vec::with_capacity(types.len());
    while let Some(index) = queue.pop_front() {
        order.push(index);
        for less in &less_general[index] {
            more_general[*less] -= 1;
            if more_general[*less] == 0 {
                queue.push_back(*less);
            }
        }
    }
    order
}

/// Whether a type is more general than another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Generality {
    More,
    Less,
    Neither,
}

fn generality(one: &Type, two: &Type) -> Generality {
    match (one, two) {
        (Type::Dynamic, Type::Dynamic) | (Type::String, Type::String) => Generality::Neither,
        // Anything is expected to turn out like its neighbors.
        (Type::Dynamic, _) => Generality::Less,
        (_, Type::Dynamic) => Generality::More,
        (Type::String, Type::Bool | Type::Number) => Generality::More,
        (Type::Bool | Type::Number, Type::String) => Generality::Less,
        (Type::List(one), Type::List(two))
        | (Type::Set(one), Type::Set(two))
        | (Type::Map(one), Type::Map(two)) => generality(one, two),
        (Type::List(_), Type::Tuple(_) | Type::Set(_))
        | (Type::Tuple(_), Type::Set(_))
        | (Type::Map(_), Type::Object(_)) => Generality::More,
        (Type::Tuple(_) | Type::Set(_), Type::List(_))
        | (Type::Set(_), Type::Tuple(_))
        | (Type::Object(_), Type::Map(_)) => Generality::Less,
        (Type::Object(one), Type::Object(two))
            if one.attributes.keys().eq(two.attributes.keys()) =>
        {
            let pairs = one.attributes.values().zip(two.attributes.values());
            together(pairs.map(|(one, two)| generality(&one.ty, &two.ty)))
        }
        (Type::Tuple(one), Type::Tuple(two)) if one.len() == two.len() => together(
            one.iter()
                .zip(two.iter())
                .map(|(one, two)| generality(one, two)),
        ),
        _ => Generality::Neither,
    }
}

fn together(parts: impl Iterator<Item = Generality>) -> Generality {
    parts
        .filter(|part| *part != Generality::Neither)
        .reduce(|one, two| if one == two { one } else { Generality::Neither })
        .unwrap_or(Generality::Neither)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::testing::{list, string, text_list, tuple as tuple_of};

    fn of<const N: usize>(attributes: [(&str, Type); N]) -> Type {
        Type::object(attributes.into_iter().map(|(name, ty)| (name.into(), ty)))
    }

    fn tuple<const N: usize>(items: [Type; N]) -> Type {
        Type::Tuple(items.into())
    }

    #[track_caller]
    fn check<const N: usize>(types: &[Type; N], expected: &str) {
        let found = unify(types, Safety::MayFail).map_or_else(
            || "none".to_owned(),
            |unified| match unified.undecided {
                true => "undecided".to_owned(),
                false => unified.ty.to_string(),
            },
        );
        assert_eq!(found, expected);
    }

    #[test]
    fn primitive_types_become_strings() {
        check(&[Type::Number, Type::Number], "number");
        check(&[Type::Number, Type::String], "string");
        check(&[Type::Bool, Type::String, Type::Number], "string");
        check(&[Type::Bool, Type::Number], "none");
        check(&[], "none");
    }

    #[test]
    fn parts_are_unified_one_by_one_or_all_together() {
        let (one, two) = (of([("a", Type::Number)]), of([("a", Type::String)]));
        check(&[one.clone(), two], "object({a = string})");
        check(&[one, of([("b", Type::String)])], "map(string)");
        check(
            &[tuple([Type::Number]), tuple([Type::String])],
            "tuple([string])",
        );
        check(&[tuple([Type::Number]), tuple([])], "list(number)");
        check(
            &[tuple([]), tuple([Type::list(Type::Bool)]), of([])],
            "none",
        );
    }

    #[test]
    fn collections_are_preferred_to_what_is_written_like_them() {
        check(
            &[Type::list(Type::Number), tuple([Type::String])],
            "list(string)",
        );
        check(
            &[Type::map(Type::Number), of([("a", Type::String)])],
            "map(string)",
        );
        check(
            &[Type::set(Type::Number), Type::list(Type::Number)],
            "list(number)",
        );
        check(
            &[Type::set(Type::Number), tuple([Type::String])],
            "set(number)",
        );
        check(
            &[Type::set(Type::Number), Type::set(Type::String)],
            "set(string)",
        );
        check(&[Type::list(Type::Number), Type::map(Type::Number)], "none");
    }

    #[test]
    fn parts_must_be_of_one_type_beside_an_empty_list() {
        let values = |one, two| [tuple_of([one, two]), list(Type::Dynamic, [])];
        let apply = |values: [Value; 2]| {
            let types = values.each_ref().map(Value::ty);
            let unified = unify(&types, Safety::MayFail).unwrap();
            unified.apply(&values, Safety::MayFail).is_ok()
        };
        assert!(apply(values(text_list(&["a"]), text_list(&[]))));
        assert!(!apply(values(text_list(&["a"]), tuple_of([string("a")]))));
    }

    #[test]
    fn undecided_types_follow_their_neighbors_except_beside_collections() {
        check(&[Type::Dynamic, Type::Number], "number");
        check(&[Type::Dynamic, Type::list(Type::Number)], "undecided");
        check(&[Type::Dynamic, of([])], "undecided");
        check(
            &[Type::list(Type::Dynamic), Type::list(Type::Number)],
            "list(number)",
        );
    }
}
