//! What all functions share: their names, conversion of arguments, nulls, unknown arguments and marks.

use std::sync::{Arc, LazyLock};

use foldhash::HashMap;

use super::{Environment, Failure, Function, Parameter, TABLES, arguments};
use crate::value::{Data, Marks, Shape, Type, Value, convert};

static FUNCTIONS: LazyLock<HashMap<&'static str, &'static Function>> = LazyLock::new(|| {
    let functions = TABLES.iter().copied().flatten();
    functions
        .map(|function| (function.name, function))
        .collect()
});

/// The function with a name, which may begin with the namespace `core::`.
#[must_use]
pub fn find(name: &str) -> Option<&'static Function> {
    let name = name.strip_prefix("core::").unwrap_or(name);
    FUNCTIONS.get(name).copied()
}

/// The names of all functions, in order.
#[must_use]
pub fn names() -> Vec<&'static str> {
    let mut names: Vec<&'static str> = FUNCTIONS.keys().copied().collect();
    names.sort_unstable();
    names
}

/// Calls a function as Terraform does.
///
/// Each argument is converted to the type of its parameter. An argument that the function can't take unknown makes the
/// result unknown, of the type that the function would return. Marks that the function does not look after itself go to
/// the result.
///
/// Source: <https://pkg.go.dev/github.com/zclconf/go-cty/cty/function#Function.Call>.
///
/// # Errors
/// There are too few or too many arguments, one is wrong, or the function fails.
pub fn call(
    function: &Function,
    environment: &Environment<'_>,
    mut arguments: Vec<Value>,
) -> Result<Value, Failure> {
    check_count(function, arguments.len())?;
    convert_all(function, &mut arguments)?;
    let marks = take_unhandled_marks(function, &mut arguments);
    if let Some(undecided) = check_values(function, &arguments)? {
        let result = arguments::unknown(environment, Type::Dynamic, undecided);
        return Ok(result.marked(marks.union(deep_marks(&arguments))));
    }
    let ty = (function.returns)(&arguments)?;
    let unhandled = parameters(function, &arguments)
        .find(|(parameter, argument)| !parameter.allow_unknown && argument.unknown().is_some());
    let result = match unhandled {
        // The function is not called, so that go-cty loses the marks that the function would look after.
        Some((_, argument)) => arguments::unknown(environment, ty, argument),
        None => match (function.compute)(environment, &arguments) {
            Err(Failure::Unknown(unknown)) => {
                let unknown = Data::Unknown(Arc::new(*unknown));
                Value::new(unknown, environment.origin.clone())
            }
            result => without_lost_marks(function, &arguments, result?),
        },
    };
    Ok(refined(function, result.marked(marks)))
}

/// Fails where there are too few arguments or too many.
///
/// # Errors
/// As said.
pub fn check_count(function: &Function, found: usize) -> Result<(), Failure> {
    let expected = function.parameters.len();
    if let Some(missing) = function.parameters.get(found) {
        let missing = missing.name;
        return Err(Failure::TooFew { expected, missing });
    }
    if found > expected && function.variadic.is_none() {
        return Err(Failure::TooMany { expected });
    }
    Ok(())
}

/// The parameter of each argument.
fn all_parameters(function: &Function) -> impl Iterator<Item = &Parameter> {
    let variadic = std::iter::repeat(function.variadic.as_ref()).flatten();
    function.parameters.iter().chain(variadic)
}

fn parameters<'a>(
    function: &'a Function,
    arguments: &'a [Value],
) -> impl Iterator<Item = (&'a Parameter, &'a Value)> {
    // The arguments come first: the parameters of a variadic function have no end.
    let pairs = arguments.iter().zip(all_parameters(function));
    pairs.map(|(argument, parameter)| (parameter, argument))
}

/// Converts arguments to the types of their parameters.
///
/// # Errors
/// An argument has no conversion.
pub fn convert_all(function: &Function, arguments: &mut [Value]) -> Result<(), Failure> {
    for (index, (argument, parameter)) in arguments
        .iter_mut()
        .zip(all_parameters(function))
        .enumerate()
    {
        let converted = convert(argument, &(parameter.ty)());
        *argument = converted.map_err(|failure| Failure::argument(index, failure.to_string()))?;
    }
    Ok(())
}

/// Takes the marks off arguments whose marks the function does not look after.
fn take_unhandled_marks(function: &Function, arguments: &mut [Value]) -> Marks {
    let mut all = Marks::default();
    for (argument, parameter) in arguments.iter_mut().zip(all_parameters(function)) {
        if parameter.allow_marked {
            continue;
        }
        let marks = argument.deep_marks();
        if marks != Marks::default() {
            *argument = argument.without_marks();
            all = all.union(marks);
        }
    }
    all
}

/// Fails where an argument is null that must not be. Gives the argument whose type is not decided where it must be, if
/// there is one before that.
fn check_values<'a>(
    function: &'a Function,
    arguments: &'a [Value],
) -> Result<Option<&'a Value>, Failure> {
    for (index, (parameter, argument)) in parameters(function, arguments).enumerate() {
        if argument.is_null() && !parameter.allow_null {
            return Err(Failure::argument(index, "must not be null"));
        }
        let undecided = match &argument.data {
            Data::Unknown(unknown) => unknown.ty == Type::Dynamic,
            Data::Null(ty) => *ty == Type::Dynamic,
            _ => false,
        };
        if undecided && !parameter.allow_dynamic {
            return Ok(Some(argument));
        }
    }
    Ok(None)
}

/// The result, without the marks that are lost where an argument is unknown that go-cty does not pass on. What checks know
/// of it keeps them.
fn without_lost_marks(function: &Function, arguments: &[Value], mut result: Value) -> Value {
    let mut pairs = parameters(function, arguments);
    let is_lost =
        pairs.any(|(parameter, argument)| parameter.only_known && argument.unknown().is_some());
    let marks = deep_marks(arguments).union(result.marks);
    if !is_lost || marks == Marks::default() {
        return result;
    }
    if let Data::Unknown(unknown) = &mut result.data {
        let unknown = Arc::make_mut(unknown);
        unknown.shape = unknown.shape.take().and_then(|shape| marked(&shape, marks));
        result.marks = Marks::default();
    }
    result
}

/// A shape whose parts have more marks; none where a part can't have any.
fn marked(shape: &Shape, marks: Marks) -> Option<Shape> {
    let part = |value: &Value| value.clone().marked(marks);
    let items = |items: &[Value]| items.iter().map(part).collect();
    match shape {
        Shape::OneOf(values) => Some(Shape::OneOf(items(values))),
        Shape::Items {
            items: sure, rest, ..
        } => Some(Shape::Items {
            items: items(sure),
            rest: Arc::new(part(rest)),
        }),
        Shape::Entries { entries, rest } => {
            let entries = entries.iter();
            let entries = entries.map(|(key, value)| (key.clone(), part(value)));
            Some(Shape::Entries {
                entries: Arc::new(entries.collect()),
                rest: Arc::new(part(rest)),
            })
        }
        _ => None,
    }
}

fn deep_marks(arguments: &[Value]) -> Marks {
    let marks = arguments.iter().map(Value::deep_marks);
    marks.fold(Marks::default(), Marks::union)
}

/// The result with what is known of every result of the function.
fn refined(function: &Function, mut result: Value) -> Value {
    if let Data::Unknown(unknown) = &mut result.data
        && function.not_null
        && unknown.ty != Type::Dynamic
    {
        Arc::make_mut(unknown).known.not_null = true;
    }
    result
}
