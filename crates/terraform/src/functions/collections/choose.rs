//! Functions that give one of their arguments or of its elements.

use crate::functions::arguments::{any_parameter, computed, number_parameter, string_parameter};
use crate::functions::results::{unknown_result, whole};
use crate::functions::shapes::{self, one_of};
use crate::functions::{Environment, Failure, Function};
use crate::value::{Data, Safety, Type, Value, convert, set_length, unify};

/// The functions of this file.
pub(in crate::functions) const FUNCTIONS: &[Function] = &[
    Function {
        name: "coalesce",
        parameters: &[],
        variadic: Some(any_parameter("vals").or_null().or_unknown().or_dynamic()),
        returns: common_type,
        not_null: true,
        compute: coalesce,
    },
    Function {
        name: "coalescelist",
        parameters: &[],
        variadic: Some(any_parameter("vals").or_null().or_unknown().or_dynamic()),
        returns: first_list_type,
        not_null: true,
        compute: coalesce_list,
    },
    Function {
        name: "element",
        parameters: &[
            any_parameter("list").or_shaped().or_marked(),
            number_parameter("index").or_shaped(),
        ],
        variadic: None,
        returns: element_type,
        not_null: false,
        compute: element,
    },
    Function {
        name: "lookup",
        parameters: &[
            any_parameter("inputMap").or_unknown().or_marked(),
            string_parameter("key").or_unknown().or_marked(),
        ],
        variadic: Some(
            any_parameter("default")
                .or_null()
                .or_unknown()
                .or_dynamic()
                .or_marked(),
        ),
        returns: lookup_type,
        not_null: false,
        compute: lookup,
    },
    Function {
        name: "one",
        parameters: &[any_parameter("list").or_unknown()],
        variadic: None,
        returns: one_type,
        not_null: false,
        compute: one,
    },
];

fn common_type(arguments: &[Value]) -> Result<Type, Failure> {
    let types: Vec<Type> = arguments.iter().map(Value::ty).collect();
    let unified = unify(&types, Safety::MayFail).filter(|_| !types.is_empty());
    let unified = unified.ok_or_else(|| Failure::call("all arguments must have one type"))?;
    Ok(unified.ty)
}

/// The first argument that is neither null nor an empty string.
fn coalesce(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let ty = common_type(arguments)?;
    for (index, argument) in arguments.iter().enumerate() {
        let value = convert(argument, &ty).map_err(|failure| Failure::call(failure.to_string()))?;
        if value.unknown().is_some() {
            let candidates = candidates(&arguments[index..]);
            let only = match &candidates[..] {
                [only] => Some(only.origin.clone()),
                _ => None,
            };
            let mut result = unknown_result(environment, ty, [argument], one_of(candidates));
            // What can only be one argument is a reference where that is one.
            result.origin = only.unwrap_or(result.origin);
            return Ok(result);
        }
        if !(value.is_null() || value.as_str() == Some("")) {
            return Ok(value);
        }
    }
    Err(Failure::call(
        "no argument is neither null nor an empty string",
    ))
}

/// What may be chosen: unknown values, and the first that is known and counts.
fn candidates(arguments: &[Value]) -> Vec<Value> {
    let counts = |value: &Value| !(value.is_null() || value.as_str() == Some(""));
    let mut candidates = Vec::new();
    for argument in arguments {
        if argument.unknown().is_some() {
            candidates.push(argument.clone());
        } else if counts(argument) {
            candidates.push(argument.clone());
            break;
        }
    }
    candidates
}

fn first_list_type(arguments: &[Value]) -> Result<Type, Failure> {
    let Some(first) = arguments.first() else {
        return Err(Failure::call("an argument is needed"));
    };
    for argument in arguments {
        match argument.ty() {
            _ if argument.unknown().is_some() => return Ok(Type::Dynamic),
            Type::List(_) | Type::Tuple(_) => {}
            _ => return Err(Failure::call("all arguments must be lists or tuples")),
        }
    }
    let ty = first.ty();
    let same = arguments.iter().all(|argument| argument.ty() == ty);
    Ok(if same { ty } else { Type::Dynamic })
}

/// The first list that is not empty.
fn coalesce_list(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let ty = first_list_type(arguments)?;
    let is_empty =
        |value: &Value| value.is_null() || value.as_items().is_some_and(|items| items.is_empty());
    let Some(at) = arguments.iter().position(|argument| !is_empty(argument)) else {
        return Err(Failure::call("all lists are empty"));
    };
    if arguments[at].unknown().is_none() {
        return Ok(arguments[at].clone());
    }
    let candidates = arguments[at..]
        .iter()
        .filter(|argument| !is_empty(argument))
        .cloned();
    Ok(unknown_result(
        environment,
        ty,
        &arguments[at..=at],
        one_of(candidates),
    ))
}

fn element_type(arguments: &[Value]) -> Result<Type, Failure> {
    match arguments[0].ty() {
        Type::List(element) => Ok(Type::clone(&element)),
        Type::Tuple(_) if arguments[1].unknown().is_some() => Ok(Type::Dynamic),
        Type::Tuple(types) => {
            let position = position(&arguments[1], types.len())?;
            let position = usize::try_from(position);
            // Terraform counts from the end of a list, but not from that of a tuple.
            let position =
                position.map_err(|_| Failure::call("the index of a tuple can't be negative"))?;
            Ok(types[position].clone())
        }
        _ => Err(Failure::call(
            "only lists and tuples have elements with an index",
        )),
    }
}

/// The index, counted again from the start where it is past the end; negative where it counts from the end.
fn position(index: &Value, length: usize) -> Result<i64, Failure> {
    let index = whole(index).ok_or_else(|| Failure::call("the index must be a whole number"))?;
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    index
        .checked_rem(length)
        .ok_or_else(|| Failure::call("an empty list has no elements"))
}

fn element(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let (list, index) = (&arguments[0], &arguments[1]);
    let ty = element_type(arguments)?;
    let result = match list.as_items() {
        None => {
            let mut sequence = shapes::Sequence::default();
            sequence.extend(list);
            unknown_result(environment, ty, arguments, sequence.any())
        }
        Some(items) if index.unknown().is_some() => {
            unknown_result(environment, ty, [index], one_of(items.iter().cloned()))
        }
        Some(items) => {
            let position = position(index, items.len())?;
            let from_end = usize::try_from(position.unsigned_abs()).unwrap_or_default();
            let position = if position < 0 {
                items.len() - from_end
            } else {
                from_end
            };
            part(&items[position], list)
        }
    };
    Ok(result.marked(list.marks))
}

/// A part of a value, which came through what the value came through.
fn part(value: &Value, whole: &Value) -> Value {
    let origin = value.origin.within(&whole.origin);
    value.clone().at(origin)
}

fn lookup_type(arguments: &[Value]) -> Result<Type, Failure> {
    if arguments.len() > 3 {
        return Err(Failure::call("lookup takes two or three arguments"));
    }
    let default = arguments.get(2);
    match arguments[0].ty() {
        Type::Object(object) => {
            let Some(key) = arguments[1].as_str() else {
                return Ok(Type::Dynamic);
            };
            match (object.attributes.get(key), default) {
                (Some(attribute), _) => Ok(attribute.ty.clone()),
                (None, Some(default)) => Ok(default.ty()),
                (None, None) => Err(Failure::argument(0, "the object has no such attribute")),
            }
        }
        Type::Map(element) => match default.map(|default| convert(default, &element)) {
            Some(Err(_)) => Err(Failure::argument(
                2,
                "the default must have the type of the map's elements",
            )),
            _ => Ok(Type::clone(&element)),
        },
        _ => Err(Failure::argument(0, "this is no map")),
    }
}

fn lookup(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let (map, key, default) = (&arguments[0], &arguments[1], arguments.get(2));
    let ty = lookup_type(arguments)?;
    let marks = map.marks.union(key.marks);
    let (entries, rest) = shapes::entries(map);
    if let (Some(_), Some(key)) = (map.as_entries(), key.as_str()) {
        if let Some(value) = entries.get(key) {
            return Ok(part(value, map).marked(marks));
        }
        let default = default
            .ok_or_else(|| Failure::call("the map has no such key, and there is no default"))?;
        let default =
            convert(default, &ty).map_err(|failure| Failure::call(failure.to_string()))?;
        return Ok(default.marked(marks));
    }
    let found = key.as_str().and_then(|key| entries.get(key)).cloned();
    let candidates: Vec<Value> = match found {
        Some(value) => vec![value],
        None => {
            let any = key
                .unknown()
                .map(|_| entries.values().cloned())
                .into_iter()
                .flatten();
            let rest = rest.map(|rest| Value::clone(&rest));
            any.chain(rest).chain(default.cloned()).collect()
        }
    };
    Ok(unknown_result(environment, ty, [map, key], one_of(candidates)).marked(marks))
}

fn one_type(arguments: &[Value]) -> Result<Type, Failure> {
    match arguments[0].ty() {
        Type::List(element) | Type::Set(element) => Ok(Type::clone(&element)),
        Type::Tuple(types) => match &*types {
            [] => Ok(Type::Dynamic),
            [ty] => Ok(ty.clone()),
            _ => Err(Failure::argument(0, MANY)),
        },
        _ => Err(Failure::argument(0, MANY)),
    }
}

const MANY: &str = "a list, set or tuple of at most one element is required";

fn one(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let list = &arguments[0];
    let ty = one_type(arguments)?;
    let Some(items) = list.as_items() else {
        let mut sequence = shapes::Sequence::default();
        sequence.extend(list);
        return Ok(unknown_result(environment, ty, arguments, sequence.any()));
    };
    match &items[..] {
        [] => Ok(computed(environment, Data::Null(ty))),
        [item] => Ok(part(item, list)),
        items if matches!(list.data, Data::Set(..)) && set_length(items).exact().is_none() => Ok(
            unknown_result(environment, ty, arguments, one_of(items.iter().cloned())),
        ),
        _ => Err(Failure::argument(0, MANY)),
    }
}
