//! Functions that ask something of a collection.

use crate::functions::arguments::{
    any_parameter, computed, computed_from, parameter, returns_bool, returns_number,
};
use crate::functions::results::{refined, str_of, unknown_result};
use crate::functions::{Environment, Failure, Function};
use crate::value::{Bound, Data, Number, Type, Value, clusters, equals, set_length};

/// The functions of this file.
pub(in crate::functions) const FUNCTIONS: &[Function] = &[
    Function {
        name: "alltrue",
        parameters: &[parameter("list", list_of_bool)],
        variadic: None,
        returns: returns_bool,
        not_null: true,
        compute: all_true,
    },
    Function {
        name: "anytrue",
        parameters: &[parameter("list", list_of_bool)],
        variadic: None,
        returns: returns_bool,
        not_null: true,
        compute: any_true,
    },
    Function {
        name: "contains",
        parameters: &[any_parameter("list"), any_parameter("value")],
        variadic: None,
        returns: returns_bool,
        not_null: true,
        compute: contains,
    },
    Function {
        name: "index",
        parameters: &[any_parameter("list"), any_parameter("value")],
        variadic: None,
        returns: returns_number,
        not_null: true,
        compute: index,
    },
    Function {
        name: "length",
        parameters: &[any_parameter("value").or_unknown().or_dynamic().or_marked()],
        variadic: None,
        returns: length_type,
        not_null: true,
        compute: length,
    },
];

fn list_of_bool() -> Type {
    Type::list(Type::Bool)
}

/// The elements of a sequence or set.
fn items(value: &Value) -> &[Value] {
    value.as_items().map_or(&[], |items| items)
}

/// The first element that is not true decides, even where it is unknown.
fn all_true(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let list = &arguments[0];
    let first = items(list).iter().find(|item| item.as_bool() != Some(true));
    Ok(match first {
        Some(item) if item.unknown().is_some() => {
            unknown_result(environment, Type::Bool, [item], None)
        }
        first => computed_from(
            environment,
            first.unwrap_or(list),
            Data::Bool(first.is_none()),
        ),
    })
}

fn any_true(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let list = &arguments[0];
    if let Some(item) = items(list).iter().find(|item| item.as_bool() == Some(true)) {
        return Ok(computed_from(environment, item, Data::Bool(true)));
    }
    let has_unknown = items(list).iter().any(|item| item.unknown().is_some());
    Ok(if has_unknown {
        unknown_result(environment, Type::Bool, arguments, None)
    } else {
        computed_from(environment, list, Data::Bool(false))
    })
}

fn contains(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let (list, value) = (&arguments[0], &arguments[1]);
    let items = list
        .as_items()
        .ok_or_else(|| Failure::call("only a list, set or tuple can be searched"))?;
    let mut may_contain = false;
    for item in items.iter() {
        match equals(value, item) {
            Some(true) => return Ok(computed_from(environment, item, Data::Bool(true))),
            Some(false) => {}
            None => may_contain = true,
        }
    }
    Ok(if may_contain {
        unknown_result(environment, Type::Bool, arguments, None)
    } else {
        computed_from(environment, list, Data::Bool(false))
    })
}

fn index(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let (list, value) = (&arguments[0], &arguments[1]);
    let (Data::List(_, items) | Data::Tuple(items)) = &list.data else {
        return Err(Failure::call("only a list or tuple can be searched"));
    };
    if items.is_empty() {
        return Err(Failure::call("an empty list can't be searched"));
    }
    for (index, item) in items.iter().enumerate() {
        match equals(item, value) {
            Some(true) => return Ok(computed_from(environment, item, Data::Number(index.into()))),
            Some(false) => {}
            None => return Ok(unknown_result(environment, Type::Number, arguments, None)),
        }
    }
    Err(Failure::call("the list holds no such value"))
}

fn length_type(arguments: &[Value]) -> Result<Type, Failure> {
    match arguments.first().map(Value::ty) {
        Some(Type::Bool | Type::Number) => Err(Failure::call(
            "only a string, a collection, a tuple or an object has a length",
        )),
        _ => Ok(Type::Number),
    }
}

fn length(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let value = &arguments[0];
    let number = |count: usize| computed(environment, Data::Number(count.into()));
    let result = match &value.data {
        Data::String(_) => number(clusters(str_of(value)).count()),
        Data::List(_, items) | Data::Tuple(items) => number(items.len()),
        Data::Map(_, entries) | Data::Object(entries) => number(entries.len()),
        Data::Set(_, items) => {
            let length = set_length(items);
            match length.exact() {
                Some(count) => number(count),
                None => between(
                    environment,
                    arguments,
                    length.least as u64,
                    Some(length.most as u64),
                ),
            }
        }
        Data::Unknown(unknown) => match &unknown.ty {
            Type::Tuple(items) => number(items.len()),
            Type::Object(object) => number(object.attributes.len()),
            Type::List(_) | Type::Set(_) | Type::Map(_) => between(
                environment,
                arguments,
                unknown.known.min_length,
                unknown.known.max_length,
            ),
            Type::String => {
                let least = clusters(&unknown.known.prefix).count() as u64;
                between(environment, arguments, least, None)
            }
            _ => unknown_result(environment, Type::Number, arguments, None),
        },
        Data::Null(_) | Data::Bool(_) | Data::Number(_) => {
            return Err(Failure::argument(0, "this has no length"));
        }
    };
    Ok(result.marked(value.marks))
}

/// A length of which only the bounds are known.
fn between(
    environment: &Environment<'_>,
    arguments: &[Value],
    least: u64,
    most: Option<u64>,
) -> Value {
    if most == Some(least)
        && let Ok(count) = i64::try_from(least)
    {
        return computed(environment, Data::Number(count.into()));
    }
    let bound = |count: u64| {
        let number = i64::try_from(count).map(Number::from).ok()?;
        Some(Bound {
            number,
            inclusive: true,
        })
    };
    let result = unknown_result(environment, Type::Number, arguments, None);
    refined(result, |known| {
        known.lower = bound(least);
        known.upper = most.and_then(bound);
    })
}
