//! Functions of sets.

use std::sync::Arc;

use foldhash::HashSet;

use super::arguments::{any_parameter, computed, parameter};
use super::results::{refined, unknown_result};
use super::shapes::Sequence;
use super::{Environment, Failure, Function, json};
use crate::value::{Data, Marks, Safety, Type, Value, convert, set, set_length, unify};

/// The functions of this file.
pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        name: "setintersection",
        parameters: &[parameter("first_set", set_of_any).or_unknown().or_dynamic()],
        variadic: Some(
            parameter("other_sets", set_of_any)
                .or_unknown()
                .or_dynamic(),
        ),
        returns: common_set,
        not_null: true,
        compute: intersection,
    },
    Function {
        name: "setproduct",
        parameters: &[],
        variadic: Some(any_parameter("sets").or_unknown().or_marked()),
        returns: product_type,
        not_null: true,
        compute: product,
    },
    Function {
        name: "setsubtract",
        parameters: &[
            parameter("a", set_of_any).or_unknown().or_dynamic(),
            parameter("b", set_of_any).or_unknown().or_dynamic(),
        ],
        variadic: None,
        returns: common_set,
        not_null: true,
        compute: difference,
    },
    Function {
        name: "setunion",
        parameters: &[parameter("first_set", set_of_any).or_unknown().or_dynamic()],
        variadic: Some(
            parameter("other_sets", set_of_any)
                .or_unknown()
                .or_dynamic(),
        ),
        returns: common_set,
        not_null: true,
        compute: union,
    },
];

fn set_of_any() -> Type {
    Type::set(Type::Dynamic)
}

/// A set of the type that all elements can have.
fn common_set(arguments: &[Value]) -> Result<Type, Failure> {
    let is_bare = |argument: &&Value| {
        let is_empty = argument.as_items().is_some_and(|items| items.is_empty());
        is_empty && argument.ty().element() == Some(&Type::Dynamic)
    };
    let element = |argument: &Value| argument.ty().element().cloned().unwrap_or(Type::Dynamic);
    let elements: Vec<Type> = arguments
        .iter()
        .filter(|argument| !is_bare(argument))
        .map(element)
        .collect();
    if elements.is_empty() {
        return Ok(set_of_any());
    }
    let unified = unify(&elements, Safety::MayFail);
    let unified =
        unified.ok_or_else(|| Failure::call("the sets must have elements of one type"))?;
    Ok(Type::set(unified.ty))
}

/// The arguments as sets of one type.
fn converted(arguments: &[Value]) -> Result<(Type, Vec<Value>), Failure> {
    let ty = common_set(arguments)?;
    let convert = |(index, argument)| {
        convert(argument, &ty).map_err(|failure| Failure::argument(index, failure.to_string()))
    };
    let sets = arguments
        .iter()
        .enumerate()
        .map(convert)
        .collect::<Result<Vec<Value>, _>>()?;
    // Where the type of one is not decided, the others keep theirs, and go-cty can't put them together.
    let mut types = sets.iter().map(Value::ty);
    let first = types.next();
    if types.any(|ty| Some(ty) != first) {
        return Err(Failure::call("the sets must have elements of one type"));
    }
    Ok((ty.element().cloned().unwrap_or(Type::Dynamic), sets))
}

fn items(value: &Value) -> &[Value] {
    value.as_items().map_or(&[], |items| items)
}

fn union(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    if arguments
        .iter()
        .any(|argument| argument.unknown().is_some())
    {
        let mut sequence = Sequence::default();
        arguments
            .iter()
            .for_each(|argument| sequence.extend(argument));
        return Ok(unknown_result(
            environment,
            common_set(arguments)?,
            arguments,
            sequence.shape(),
        ));
    }
    let (element, sets) = converted(arguments)?;
    let all = sets
        .iter()
        .flat_map(|set| items(set).iter().cloned())
        .collect();
    Ok(set(&element, all, environment.origin.clone()))
}

fn intersection(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    select(environment, arguments, |item, others| {
        others.iter().all(|other| other.contains(item))
    })
}

fn difference(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    select(environment, arguments, |item, others| {
        !others.iter().any(|other| other.contains(item))
    })
}

/// The elements of the first set that are kept in view of the others. With an unknown element, nothing is known.
fn select(
    environment: &Environment<'_>,
    arguments: &[Value],
    is_kept: impl Fn(&String, &[HashSet<String>]) -> bool,
) -> Result<Value, Failure> {
    if !arguments.iter().all(Value::is_wholly_known) {
        return Ok(unknown_result(
            environment,
            common_set(arguments)?,
            arguments,
            None,
        ));
    }
    let (element, sets) = converted(arguments)?;
    // All elements have one type, so equal JSON means equal values.
    let key = |item: &Value| json::canonical(item);
    let others: Vec<HashSet<String>> = sets
        .iter()
        .skip(1)
        .map(|set| items(set).iter().map(key).collect())
        .collect();
    let first = sets.first().map_or(&[][..], items);
    let kept = first
        .iter()
        .filter(|item| is_kept(&key(item), &others))
        .cloned()
        .collect();
    Ok(set(&element, kept, environment.origin.clone()))
}

/// Lists and tuples alone give a list, sets among them a set.
fn product_type(arguments: &[Value]) -> Result<Type, Failure> {
    if arguments.len() < 2 {
        return Err(Failure::call("two arguments are needed"));
    }
    let mut elements = Vec::with_capacity(arguments.len());
    let mut is_list = true;
    for (index, argument) in arguments.iter().enumerate() {
        elements.push(match argument.ty() {
            Type::Set(element) => {
                is_list = false;
                Type::clone(&element)
            }
            Type::List(element) => Type::clone(&element),
            Type::Tuple(types) if types.is_empty() => Type::Dynamic,
            Type::Tuple(types) => {
                let unified = unify(&types, Safety::MayFail);
                unified
                    .ok_or_else(|| Failure::argument(index, "all elements must have one type"))?
                    .ty
            }
            _ => return Err(Failure::argument(index, "a set or a list is required")),
        });
    }
    let element = Type::Tuple(elements.into());
    Ok(if is_list {
        Type::list(element)
    } else {
        Type::set(element)
    })
}

/// The most elements that a product may have.
const LARGEST_PRODUCT: usize = 250_000;

fn product(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let ty = product_type(arguments)?;
    let marks = arguments.iter().fold(Marks::default(), |marks, argument| {
        marks.union(argument.marks)
    });
    if !arguments.iter().all(has_known_length) {
        return Ok(product_of_unknown(environment, &ty, arguments).marked(marks));
    }
    let element = ty.element().cloned().unwrap_or(Type::Dynamic);
    let types: Arc<[Type]> = match &element {
        Type::Tuple(types) => Arc::clone(types),
        _ => Arc::default(),
    };
    let total = arguments.iter().try_fold(1_usize, |total, argument| {
        total.checked_mul(items(argument).len())
    });
    let total = total.filter(|total| total.saturating_mul(arguments.len()) <= LARGEST_PRODUCT);
    let total = total.ok_or_else(|| Failure::call("the product has too many elements"))?;
    let mut columns = Vec::with_capacity(arguments.len());
    for (argument, ty) in arguments.iter().zip(types.iter()) {
        let convert =
            |item: &Value| convert(item, ty).map_err(|failure| Failure::call(failure.to_string()));
        columns.push(
            items(argument)
                .iter()
                .map(convert)
                .collect::<Result<Vec<Value>, Failure>>()?,
        );
    }
    let rows = (0..total).map(|row| computed(environment, Data::Tuple(tuple(&columns, row))));
    let product = match ty {
        Type::List(_) => computed(environment, Data::List(element, rows.collect())),
        _ => set(&element, rows.collect(), environment.origin.clone()),
    };
    Ok(product.marked(marks))
}

/// The row of a product with this number; the last column changes first.
fn tuple(columns: &[Vec<Value>], row: usize) -> Arc<[Value]> {
    let mut rest = row;
    let mut items: Vec<Value> = Vec::with_capacity(columns.len());
    for column in columns.iter().rev() {
        items.push(column[rest % column.len()].clone());
        rest /= column.len();
    }
    items.reverse();
    items.into()
}

fn has_known_length(value: &Value) -> bool {
    match &value.data {
        Data::Unknown(_) => false,
        Data::Set(_, items) => set_length(items).exact().is_some(),
        _ => true,
    }
}

/// A product of which only bounds of its length are known; Terraform gives up on large ones.
fn product_of_unknown(environment: &Environment<'_>, ty: &Type, arguments: &[Value]) -> Value {
    let longest = |value: &Value| match (&value.data, value.ty()) {
        (_, Type::Tuple(types)) => Some(types.len() as u64),
        (Data::Unknown(unknown), _) => unknown.known.max_length,
        _ => Some(items(value).len() as u64),
    };
    let most = arguments.iter().try_fold(1_u64, |most, argument| {
        let longest = longest(argument).filter(|longest| *longest <= 1024)?;
        Some(most * longest).filter(|most| *most <= 2048)
    });
    let element = ty.element().cloned().unwrap_or(Type::Dynamic);
    let of = |items: Vec<Value>| match ty {
        Type::List(_) => Data::List(element.clone(), items.into()),
        _ => Data::Set(element.clone(), items.into()),
    };
    let result = unknown_result(environment, ty.clone(), arguments, None);
    match most {
        None => result,
        Some(0) => computed(environment, of(Vec::new())),
        Some(1) => {
            let item = unknown_result(environment, element.clone(), arguments, None);
            computed(environment, of(vec![item]))
        }
        Some(most) => refined(result, |known| {
            known.min_length = 1;
            known.max_length = Some(most);
        }),
    }
}
