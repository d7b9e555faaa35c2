//! Functions that make lists of lists.

use std::sync::Arc;

use foldhash::{HashSet, HashSetExt};

use crate::functions::arguments::{
    any_parameter, computed, number_parameter, parameter, returns_strings, strings_parameter,
};
use crate::functions::results::{list_of_any, refined, unknown_result, whole};
use crate::functions::shapes::{Sequence, one_of};
use crate::functions::{Environment, Failure, Function, json};
use crate::value::{Data, Marks, Safety, Shape, Type, Value, convert, equals, set_length, unify};

/// The functions of this file.
pub(in crate::functions) const FUNCTIONS: &[Function] = &[
    Function {
        name: "chunklist",
        parameters: &[
            parameter("list", list_of_any).or_marked(),
            number_parameter("size").or_marked(),
        ],
        variadic: None,
        returns: |arguments| Ok(Type::list(arguments[0].ty())),
        not_null: true,
        compute: chunk_list,
    },
    Function {
        name: "compact",
        parameters: &[strings_parameter("list").or_unknown()],
        variadic: None,
        returns: returns_strings,
        not_null: true,
        compute: compact,
    },
    Function {
        name: "concat",
        parameters: &[],
        variadic: Some(any_parameter("seqs").or_shaped().or_dynamic().or_marked()),
        returns: concat_type,
        not_null: true,
        compute: concat,
    },
    Function {
        name: "distinct",
        parameters: &[parameter("list", list_of_any).or_unknown()],
        variadic: None,
        returns: |arguments| Ok(arguments[0].ty()),
        not_null: true,
        compute: distinct,
    },
    Function {
        name: "flatten",
        parameters: &[any_parameter("list").or_shaped().or_dynamic().or_marked()],
        variadic: None,
        returns: flatten_type,
        not_null: true,
        compute: flatten,
    },
    Function {
        name: "matchkeys",
        parameters: &[
            parameter("values", list_of_any),
            parameter("keys", list_of_any),
            parameter("searchset", list_of_any),
        ],
        variadic: None,
        returns: match_keys_type,
        not_null: true,
        compute: match_keys,
    },
    Function {
        name: "reverse",
        parameters: &[any_parameter("list").or_marked()],
        variadic: None,
        returns: reverse_type,
        not_null: true,
        compute: reverse,
    },
    Function {
        name: "slice",
        parameters: &[
            any_parameter("list").or_marked(),
            number_parameter("start_index"),
            number_parameter("end_index"),
        ],
        variadic: None,
        returns: slice_type,
        not_null: true,
        compute: slice,
    },
    Function {
        name: "sort",
        parameters: &[strings_parameter("list").or_unknown()],
        variadic: None,
        returns: returns_strings,
        not_null: true,
        compute: sort,
    },
];

fn list_of_text() -> Type {
    Type::list(Type::String)
}

/// The elements of a sequence or set, each with what the whole came through.
fn parts(value: &Value) -> impl Iterator<Item = Value> + '_ {
    let items = value.as_items().map_or(&[][..], |items| items);
    items
        .iter()
        .map(|item| item.clone().at(item.origin.within(&value.origin)))
}

/// A list or tuple of the type.
fn sequence(environment: &Environment<'_>, ty: &Type, items: Vec<Value>) -> Value {
    let data = match ty {
        Type::List(element) => Data::List(Type::clone(element), items.into()),
        _ => Data::Tuple(items.into()),
    };
    computed(environment, data)
}

/// What is known of a list that is made of the elements of another, which has unknown elements or is unknown.
fn known_elements(list: &Value, items: impl Iterator<Item = Value>) -> Option<Shape> {
    let mut sequence = Sequence::default();
    for item in items {
        if item.is_wholly_known() {
            sequence.push(item);
        } else {
            sequence.open(Arc::new(item));
        }
    }
    if list.unknown().is_some() {
        sequence.extend(list);
    }
    sequence.shape()
}

fn chunk_list(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let (list, size) = (&arguments[0], &arguments[1]);
    let marks = list.marks.union(size.marks);
    let size = whole(size).ok_or_else(|| Failure::call("the size must be a whole number"))?;
    let size = usize::try_from(size).map_err(|_| Failure::call("the size can't be negative"))?;
    let items: Vec<Value> = parts(list).collect();
    let ty = list.ty();
    let size = if size == 0 { items.len().max(1) } else { size };
    let chunks = items
        .chunks(size)
        .map(|chunk| sequence(environment, &ty, chunk.to_vec()));
    let chunks = chunks.collect();
    Ok(sequence(environment, &Type::list(ty), chunks).marked(marks))
}

fn compact(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let list = &arguments[0];
    let is_kept = |item: &Value| item.as_str() != Some("") && !item.is_null();
    if !list.is_wholly_known() {
        let shape = known_elements(list, parts(list).filter(is_kept));
        return Ok(unknown_result(
            environment,
            list_of_text(),
            arguments,
            shape,
        ));
    }
    let kept = parts(list).filter(is_kept).collect();
    Ok(sequence(environment, &list_of_text(), kept))
}

/// A list where all arguments are lists with a common type, else a tuple.
fn concat_type(arguments: &[Value]) -> Result<Type, Failure> {
    let types: Vec<Type> = arguments.iter().map(Value::ty).collect();
    if types.is_empty() {
        return Err(Failure::call("an argument is needed"));
    }
    if types.contains(&Type::Dynamic) {
        return Ok(Type::Dynamic);
    }
    let are_lists = types.iter().all(|ty| matches!(ty, Type::List(_)));
    if let Some(unified) = are_lists.then(|| unify(&types, Safety::MayFail)).flatten() {
        return Ok(unified.ty);
    }
    let mut items = Vec::new();
    for (index, (argument, ty)) in arguments.iter().zip(&types).enumerate() {
        match (ty, argument.as_items()) {
            (Type::Tuple(types), _) => items.extend(types.iter().cloned()),
            (Type::List(_), None) => return Ok(Type::Dynamic),
            (Type::List(element), Some(list)) => {
                items.extend(list.iter().map(|_| Type::clone(element)));
            }
            _ => {
                return Err(Failure::argument(
                    index,
                    "only lists and tuples can be joined",
                ));
            }
        }
    }
    Ok(Type::Tuple(items.into()))
}

fn concat(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let ty = concat_type(arguments)?;
    let marks = arguments.iter().fold(Marks::default(), |marks, argument| {
        marks.union(argument.marks)
    });
    if arguments
        .iter()
        .any(|argument| argument.unknown().is_some())
    {
        let mut sequence = Sequence::default();
        arguments
            .iter()
            .for_each(|argument| sequence.extend(argument));
        return Ok(unknown_result(environment, ty, arguments, sequence.shape()).marked(marks));
    }
    let mut items = Vec::new();
    for (index, argument) in arguments.iter().enumerate() {
        match &ty {
            Type::List(_) => {
                let list = convert(argument, &ty)
                    .map_err(|failure| Failure::argument(index, failure.to_string()))?;
                items.extend(parts(&list));
            }
            _ => items.extend(parts(argument)),
        }
    }
    Ok(sequence(environment, &ty, items).marked(marks))
}

fn distinct(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let list = &arguments[0];
    let mut seen = HashSet::new();
    let mut is_new = |item: &Value| seen.insert(json::canonical(item));
    if !list.is_wholly_known() {
        let items = parts(list).filter(|item| !item.is_wholly_known() || is_new(item));
        let shape = known_elements(list, items);
        return Ok(unknown_result(environment, list.ty(), arguments, shape));
    }
    // All elements have one type, so equal JSON means equal values.
    let items = parts(list).filter(|item| is_new(item)).collect();
    Ok(sequence(environment, &list.ty(), items))
}

fn flatten_type(arguments: &[Value]) -> Result<Type, Failure> {
    let list = &arguments[0];
    if !list.is_wholly_known() {
        return Ok(Type::Dynamic);
    }
    if list.as_items().is_none() {
        let message = "only lists, sets and tuples can be flattened";
        return Err(Failure::call(message));
    }
    let mut flat = Flat::default();
    flat.take(list);
    Ok(Type::Tuple(flat.items.iter().map(Value::ty).collect()))
}

/// Terraform looks at the type of what is flattened only where all of it is known, so that the elements of a map with an
/// unknown element are flattened too.
fn flatten(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let list = &arguments[0];
    let mut flat = Flat::default();
    if list.unknown().is_none() {
        flat.take(list);
    } else {
        flat.rest.extend(list);
    }
    match flat.rest.shape() {
        None => Ok(sequence(environment, &Type::Dynamic, flat.items).marked(flat.marks)),
        Some(rest) => {
            let mut sequence = Sequence::default();
            flat.items.into_iter().for_each(|item| sequence.push(item));
            sequence.extend_shape(rest);
            let result = unknown_result(environment, Type::Dynamic, arguments, sequence.shape());
            Ok(result.marked(flat.marks))
        }
    }
}

/// The elements of nested sequences.
#[derive(Default)]
struct Flat {
    items: Vec<Value>,
    /// What there is beside them that is not known.
    rest: Sequence,
    marks: Marks,
}

impl Flat {
    fn take(&mut self, list: &Value) {
        self.marks = self.marks.union(list.marks);
        let is_open =
            matches!(&list.data, Data::Set(_, items) if set_length(items).exact().is_none());
        for item in list.parts().map(|item| item.within(list)) {
            match item.ty() {
                Type::Dynamic if item.unknown().is_some() => self.rest.extend_any(&item),
                Type::List(_) | Type::Set(_) | Type::Tuple(_) if item.unknown().is_some() => {
                    self.marks = self.marks.union(item.marks);
                    self.rest.extend(&item);
                }
                Type::List(_) | Type::Set(_) | Type::Tuple(_) if !item.is_null() => {
                    self.take(&item);
                }
                _ if is_open => self.rest.extend_any(&item),
                _ => self.items.push(item),
            }
        }
    }
}

fn match_keys_type(arguments: &[Value]) -> Result<Type, Failure> {
    searched(&arguments[1], &arguments[2])?;
    Ok(arguments[0].ty())
}

/// The type that keys and what is searched for are compared in.
fn searched(keys: &Value, search: &Value) -> Result<Type, Failure> {
    let unified = unify(&[keys.ty(), search.ty()], Safety::MayFail);
    let unified = unified
        .ok_or_else(|| Failure::call("the keys and what is searched for must have one type"))?;
    Ok(unified.ty)
}

/// The most comparisons of one call.
const MOST_COMPARISONS: usize = 1_000_000;

fn match_keys(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let (values, keys, search) = (&arguments[0], &arguments[1], &arguments[2]);
    let ty = values.ty();
    let converted = |value: &Value| {
        let value = convert(value, &searched(keys, search)?);
        value.map_err(|failure| Failure::call(failure.to_string()))
    };
    let (keys, search) = (converted(keys)?, converted(search)?);
    let (values_items, keys_items): (Vec<Value>, Vec<Value>) =
        (parts(values).collect(), parts(&keys).collect());
    let search_items: Vec<Value> = parts(&search).collect();
    if values_items.len() != keys_items.len() {
        return Err(Failure::call("there must be as many keys as values"));
    }
    if search_items.is_empty() {
        return Ok(sequence(environment, &ty, Vec::new()));
    }
    if !(values.is_wholly_known() && keys.is_wholly_known()) {
        return Ok(unknown_result(environment, ty, arguments, None));
    }
    if keys_items.len().saturating_mul(search_items.len()) > MOST_COMPARISONS {
        return Err(Failure::call("there are too many keys to compare"));
    }
    let mut found = Vec::new();
    for (value, key) in values_items.into_iter().zip(&keys_items) {
        for item in &search_items {
            match equals(key, item) {
                Some(true) => {
                    found.push(value);
                    break;
                }
                Some(false) => {}
                // Terraform gives nothing at all where it meets an unknown.
                None => return Ok(sequence(environment, &ty, Vec::new())),
            }
        }
    }
    Ok(sequence(environment, &ty, found))
}

fn reverse_type(arguments: &[Value]) -> Result<Type, Failure> {
    match arguments[0].ty() {
        Type::Tuple(types) => Ok(Type::Tuple(types.iter().rev().cloned().collect())),
        Type::List(element) | Type::Set(element) => Ok(Type::List(element)),
        _ => Err(Failure::argument(
            0,
            "only lists and tuples can be reversed",
        )),
    }
}

fn reverse(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let list = &arguments[0];
    let mut items: Vec<Value> = parts(list).collect();
    items.reverse();
    Ok(sequence(environment, &reverse_type(arguments)?, items).marked(list.marks))
}

fn slice_type(arguments: &[Value]) -> Result<Type, Failure> {
    let ty = arguments[0].ty();
    match &ty {
        Type::Set(_) => {
            return Err(Failure::argument(
                0,
                "the elements of a set have no order to slice by",
            ));
        }
        Type::List(_) | Type::Tuple(_) => {}
        _ => return Err(Failure::argument(0, "only lists and tuples can be sliced")),
    }
    let bounds = slice_bounds(arguments)?;
    Ok(match (&ty, bounds) {
        (Type::Tuple(types), Some((start, end))) => Type::Tuple(types[start..end].into()),
        (Type::Tuple(_), None) => Type::Dynamic,
        _ => ty,
    })
}

/// Where a slice begins and ends, if that is known.
fn slice_bounds(arguments: &[Value]) -> Result<Option<(usize, usize)>, Failure> {
    let length = match (arguments[0].ty(), arguments[0].as_items()) {
        (Type::Tuple(types), _) => Some(types.len()),
        (_, items) => items.map(|items| items.len()),
    };
    let bound = |index: usize| -> Result<Option<usize>, Failure> {
        let argument = &arguments[index];
        if argument.unknown().is_some() {
            return Ok(None);
        }
        let bound = whole(argument)
            .ok_or_else(|| Failure::argument(index, "the index must be a whole number"))?;
        let bound = usize::try_from(bound)
            .map_err(|_| Failure::argument(index, "the index can't be negative"))?;
        if length.is_some_and(|length| bound > length) {
            return Err(Failure::argument(
                index,
                "the index is past the end of the list",
            ));
        }
        Ok(Some(bound))
    };
    let (start, end) = (bound(1)?, bound(2)?);
    match start.zip(end) {
        Some((start, end)) if start > end => {
            Err(Failure::argument(1, "the slice begins behind its end"))
        }
        bounds => Ok(bounds),
    }
}

fn slice(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let list = &arguments[0];
    let ty = slice_type(arguments)?;
    let Some((start, end)) = slice_bounds(arguments)? else {
        return Ok(unknown_result(environment, ty, arguments, None).marked(list.marks));
    };
    let items = parts(list).skip(start).take(end - start).collect();
    Ok(sequence(environment, &ty, items).marked(list.marks))
}

fn sort(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let list = &arguments[0];
    if !list.is_wholly_known() {
        let Some(items) = list.as_items() else {
            let shape = known_elements(list, parts(list));
            let sorted = unknown_result(environment, list_of_text(), arguments, shape);
            let sorted = refined(sorted, |known| {
                known.not_null = true;
                if let Some(unknown) = list.unknown() {
                    known.min_length = unknown.known.min_length;
                    known.max_length = unknown.known.max_length;
                }
            });
            return Ok(sorted.settled());
        };
        // Only the order is unknown: any of the elements may stand at any place.
        let any = unknown_result(environment, Type::String, arguments, one_of(parts(list)));
        let elements = vec![any; items.len()];
        return Ok(sequence(environment, &list_of_text(), elements));
    }
    let mut items: Vec<Value> = parts(list).collect();
    if items.iter().any(Value::is_null) {
        return Err(Failure::call("a null string can't be sorted"));
    }
    items.sort_by(|one, two| one.as_str().cmp(&two.as_str()));
    Ok(sequence(environment, &list_of_text(), items))
}
