//! Functions that take maps or give them.

use std::collections::BTreeMap;
use std::sync::Arc;

use smol_str::SmolStr;

use crate::functions::arguments::{any_parameter, computed, parameter, strings_parameter};
use crate::functions::results::unknown_result;
use crate::functions::shapes::{self, Sequence, one_of};
use crate::functions::{Environment, Failure, Function};
use crate::value::{AttributeType, Data, Entries, Marks, Shape, Type, Unknown, Value};

/// The functions of this file.
pub(in crate::functions) const FUNCTIONS: &[Function] = &[
    Function {
        name: "keys",
        parameters: &[any_parameter("inputMap").or_unknown().or_marked()],
        variadic: None,
        returns: keys_type,
        not_null: true,
        compute: keys,
    },
    Function {
        name: "merge",
        parameters: &[],
        variadic: Some(
            any_parameter("maps")
                .or_null()
                .or_shaped()
                .or_dynamic()
                .or_marked(),
        ),
        returns: merge_type,
        not_null: true,
        compute: merge,
    },
    Function {
        name: "transpose",
        parameters: &[parameter("values", map_of_lists).or_unknown()],
        variadic: None,
        returns: |_| Ok(map_of_lists()),
        not_null: true,
        compute: transpose,
    },
    Function {
        name: "values",
        parameters: &[any_parameter("mapping").or_shaped().or_marked()],
        variadic: None,
        returns: values_type,
        not_null: true,
        compute: values,
    },
    Function {
        name: "zipmap",
        parameters: &[
            strings_parameter("keys").or_shaped().or_marked(),
            any_parameter("values").or_shaped().or_marked(),
        ],
        variadic: None,
        returns: zipmap_type,
        not_null: true,
        compute: zipmap,
    },
];

fn list_of_text() -> Type {
    Type::list(Type::String)
}

fn map_of_lists() -> Type {
    Type::map(list_of_text())
}

fn keys_type(arguments: &[Value]) -> Result<Type, Failure> {
    match arguments[0].ty() {
        Type::Map(_) => Ok(list_of_text()),
        Type::Object(object) => Ok(Type::Tuple(
            object.attributes.keys().map(|_| Type::String).collect(),
        )),
        _ => Err(Failure::argument(0, "a map or an object is required")),
    }
}

/// The names of an object are known from its type, even where the object is unknown.
fn keys(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let map = &arguments[0];
    let ty = keys_type(arguments)?;
    let key = |key: &SmolStr| computed(environment, Data::string(key));
    let result = match (map.as_entries(), map.ty()) {
        (_, Type::Object(object)) => computed(
            environment,
            Data::Tuple(object.attributes.keys().map(key).collect()),
        ),
        (Some(entries), _) => computed(
            environment,
            Data::List(Type::String, entries.keys().map(key).collect()),
        ),
        (None, _) => {
            let mut sequence = Sequence::default();
            let (entries, rest) = shapes::entries(map);
            entries.keys().for_each(|name| sequence.push(key(name)));
            if let Some(unknown) = rest.as_ref().and_then(|rest| rest.unknown()) {
                sequence.open(Arc::new(text_because_of(environment, unknown)));
            }
            unknown_result(environment, ty, arguments, sequence.shape())
        }
    };
    Ok(result.marked(map.marks))
}

fn text_because_of(environment: &Environment<'_>, unknown: &Unknown) -> Value {
    let text = Unknown::new(Type::String, unknown.cause.clone(), unknown.place);
    computed(environment, Data::Unknown(Arc::new(text)))
}

fn values_type(arguments: &[Value]) -> Result<Type, Failure> {
    match arguments[0].ty() {
        Type::Map(element) => Ok(Type::List(element)),
        Type::Object(object) => Ok(Type::Tuple(
            object
                .attributes
                .values()
                .map(|attribute| attribute.ty.clone())
                .collect(),
        )),
        _ => Err(Failure::call("a map or an object is required")),
    }
}

fn values(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let map = &arguments[0];
    let ty = values_type(arguments)?;
    let (entries, rest) = shapes::entries(map);
    let items: Vec<Value> = entries
        .values()
        .map(|value| value.clone().at(value.origin.within(&map.origin)))
        .collect();
    let data = match (&map.data, ty) {
        (Data::Unknown(_), ty) => {
            let items = items.into();
            let shape = rest.map(|rest| Shape::Items { items, rest });
            return Ok(unknown_result(environment, ty, arguments, shape).marked(map.marks));
        }
        (_, Type::List(element)) => Data::List(Type::clone(&element), items.into()),
        _ => Data::Tuple(items.into()),
    };
    Ok(computed(environment, data).marked(map.marks))
}

/// The type of all arguments, or an object with the attributes of all.
fn merge_type(arguments: &[Value]) -> Result<Type, Failure> {
    let mut attributes: BTreeMap<SmolStr, Type> = BTreeMap::new();
    let mut names_are_known = true;
    for argument in arguments {
        match argument.ty() {
            Type::Dynamic => return Ok(Type::Dynamic),
            Type::Object(_) | Type::Map(_) if argument.is_null() => {}
            Type::Object(object) => {
                let types = object.attributes.iter();
                attributes.extend(
                    types.map(|(name, AttributeType { ty, .. })| (name.clone(), ty.clone())),
                );
            }
            Type::Map(element) => match argument.as_entries() {
                Some(entries) => attributes.extend(
                    entries
                        .keys()
                        .map(|key| (key.clone(), Type::clone(&element))),
                ),
                None => names_are_known = false,
            },
            _ => return Err(Failure::call("all arguments must be maps or objects")),
        }
    }
    let first = arguments
        .first()
        .map_or_else(|| Type::object([]), Value::ty);
    if arguments.iter().all(|argument| argument.ty() == first) {
        return Ok(first);
    }
    Ok(if names_are_known {
        Type::object(attributes)
    } else {
        Type::Dynamic
    })
}

/// Later entries replace earlier ones.
fn merge(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let ty = merge_type(arguments)?;
    let marks = arguments.iter().fold(Marks::default(), |marks, argument| {
        marks.union(argument.marks)
    });
    if arguments
        .iter()
        .any(|argument| argument.unknown().is_some())
    {
        let shape = merged_shape(arguments);
        return Ok(unknown_result(environment, ty, arguments, shape).marked(marks));
    }
    let mut merged = Entries::new();
    for argument in arguments.iter().filter(|argument| !argument.is_null()) {
        if let Some(entries) = argument.as_entries() {
            merged.extend(entries.iter().map(|(key, value)| {
                let origin = value.origin.within(&argument.origin);
                (key.clone(), value.clone().at(origin))
            }));
        } else {
            return Err(Failure::call("all arguments must be maps or objects"));
        }
    }
    let data = match ty {
        Type::Map(element) => Data::Map(Type::clone(&element), Arc::new(merged)),
        _ => Data::Object(Arc::new(merged)),
    };
    Ok(computed(environment, data).marked(marks))
}

/// The entries that are there for certain. Those before an unknown map may have been replaced by it.
fn merged_shape(arguments: &[Value]) -> Option<Shape> {
    let mut merged = Entries::new();
    let mut any: Option<Arc<Value>> = None;
    for argument in arguments {
        let (entries, rest) = shapes::entries(argument);
        if let Some(rest) = &rest {
            for value in merged.values_mut() {
                *value = perhaps(value, rest);
            }
        }
        merged.extend(
            entries
                .iter()
                .map(|(key, value)| (key.clone(), value.clone())),
        );
        any = any.or(rest);
    }
    let entries = Arc::new(merged);
    any.map(|rest| Shape::Entries { entries, rest })
}

/// A value that is the first, unless it was replaced by the second, which is unknown.
fn perhaps(value: &Value, other: &Value) -> Value {
    let Some(cause) = other.unknown() else {
        return value.clone();
    };
    let ty = if value.ty() == other.ty() {
        value.ty()
    } else {
        Type::Dynamic
    };
    let mut unknown = Unknown::new(ty, cause.cause.clone(), cause.place);
    unknown.shape = one_of([value.clone(), other.clone()]);
    Value::new(Data::Unknown(Arc::new(unknown)), value.origin.clone())
}

fn transpose(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let map = &arguments[0];
    if !map.is_wholly_known() {
        return Ok(unknown_result(environment, map_of_lists(), arguments, None));
    }
    let mut transposed: BTreeMap<SmolStr, Vec<Value>> = BTreeMap::new();
    let (entries, _) = shapes::entries(map);
    for (key, list) in entries.iter() {
        let items = list
            .as_items()
            .ok_or_else(|| Failure::call("a list of the map is null"))?;
        for item in items.iter() {
            let name = item
                .as_str()
                .ok_or_else(|| Failure::call("a string of the map is null"))?;
            let value = Value::new(Data::string(key), list.origin.clone());
            transposed
                .entry(SmolStr::new(name))
                .or_default()
                .push(value);
        }
    }
    let lists = transposed.into_iter().map(|(key, items)| {
        let list = computed(environment, Data::List(Type::String, items.into()));
        (key, list)
    });
    let data = Data::Map(list_of_text(), Arc::new(lists.collect()));
    Ok(computed(environment, data))
}

fn zipmap_type(arguments: &[Value]) -> Result<Type, Failure> {
    let (keys, values) = (&arguments[0], &arguments[1]);
    let types = match values.ty() {
        Type::List(element) => return Ok(Type::Map(element)),
        Type::Tuple(types) => types,
        _ => return Err(Failure::call("the values must be a list or a tuple")),
    };
    if !keys.is_wholly_known() {
        return Ok(Type::Dynamic);
    }
    let names = names(keys, types.len())?;
    Ok(Type::object(names.into_iter().zip(types.iter().cloned())))
}

/// The keys, which must be as many as the values.
fn names(keys: &Value, count: usize) -> Result<Vec<SmolStr>, Failure> {
    let items = keys.as_items().map_or(&[][..], |items| items);
    if items.len() != count {
        return Err(Failure::call(format!(
            "there are {} keys, but {count} values",
            items.len()
        )));
    }
    let name = |key: &Value| {
        key.as_str()
            .map(SmolStr::new)
            .ok_or_else(|| Failure::call("a key is null"))
    };
    items.iter().map(name).collect()
}

fn zipmap(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let (keys, values) = (&arguments[0], &arguments[1]);
    let ty = zipmap_type(arguments)?;
    let marks = keys.marks.union(values.marks);
    let known_values = values.as_items().filter(|_| keys.is_wholly_known());
    let Some(items) = known_values else {
        return Ok(unknown_result(environment, ty, arguments, None).marked(marks));
    };
    let names = names(keys, items.len())?;
    let values = items
        .iter()
        .map(|item| item.clone().at(item.origin.within(&values.origin)));
    let entries: Arc<Entries> = Arc::new(names.into_iter().zip(values).collect());
    let data = match ty {
        Type::Map(element) => Data::Map(Type::clone(&element), entries),
        _ => Data::Object(entries),
    };
    let key_marks = keys
        .parts()
        .fold(marks, |marks, key| marks.union(key.marks));
    Ok(computed(environment, data).marked(key_marks))
}
