//! The dispatcher: the number and the types of arguments, and where results came from.

use std::rc::Rc;

use super::{Arguments, Function, Origins};
use crate::run::{Failure, FailureKind, Run};
use crate::value::{Data, List, Map, Mark, Object, Type, Value};

/// How deep the dispatcher looks into lists and maps for marks.
const DEEPEST: usize = 100;

/// Calls a function with arguments that have the types of its parameters.
///
/// # Errors
/// What the function itself refuses, without a place.
pub fn call(run: &mut Run, function: &Function, arguments: &Arguments) -> Result<Value, Failure> {
    let cost: u64 = arguments.all().iter().map(Value::cost).sum();
    run.spend(1 + cost)?;
    let result = match (function.call)(run, arguments) {
        Ok(result) => result,
        Err(failure) => off_helms_way(run, arguments, failure)?,
    };
    if let Some(text) = result.as_text() {
        run.room_for(text.len())?;
        run.spend(text.pieces().len() as u64)?;
    }
    let result = if function.impure {
        let cause = format!("`{}` answers differently each time", function.name);
        result.tainted_by(&run.unknown_mark(&cause))
    } else {
        result
    };
    Ok(match function.origins {
        Origins::Kept => result,
        Origins::OfArguments if result.is_marked() => result,
        Origins::OfArguments => or_marked(result, &arguments.mark()),
        Origins::OfElements => or_marked(result, &element_marks(run, arguments)?),
    })
}

/// What a function gives off Helm's way where it fails on a placeholder: with the real value it may not.
fn off_helms_way(run: &Run, arguments: &Arguments, failure: Failure) -> Result<Value, Failure> {
    let mark = arguments.mark();
    let is_placeholder = failure.kind == FailureKind::Execution && mark.is_unknown();
    match is_placeholder && run.left_helm() {
        true => Ok(Value::unknown(mark)),
        false => Err(failure),
    }
}

/// Refuses a wrong number of arguments. `final_argument` is 1 if one more comes from the pipeline.
///
/// # Errors
/// In the words of Go.
pub fn check_count(
    function: &Function,
    arguments: usize,
    final_argument: usize,
) -> Result<(), Failure> {
    let (name, wanted) = (function.name, function.parameters.len());
    let given = arguments + final_argument;
    if function.variadic.is_some() {
        if given < wanted {
            // Go counts only those written after the name here.
            return Err(Failure::new(format!(
                "wrong number of args for {name}: want at least {wanted} got {arguments}"
            )));
        }
    } else if given != wanted {
        return Err(Failure::new(format!(
            "wrong number of args for {name}: want {wanted} got {given}"
        )));
    }
    Ok(())
}

/// A value as an argument for a parameter. `is_boxed`: it is what a map, list or variable holds as `interface {}`, and not
/// what a pipeline gives, where nil has no type at all.
///
/// # Errors
/// When the value has another type, in the words of Go.
pub fn convert(value: Value, parameter: Type, is_boxed: bool) -> Result<Value, Failure> {
    if let Data::Unknown = value.data {
        return Ok(placeholder(parameter, value.mark));
    }
    if value.is_nil() && !matches!(parameter, Type::Any | Type::Reflected) {
        return nil_of(parameter, value.mark, is_boxed);
    }
    if value.ty().is_assignable_to(parameter) {
        return Ok(value);
    }
    dereferenced(&value, parameter).ok_or_else(|| wrong_type(parameter, value.ty().name()))
}

fn nil_of(parameter: Type, mark: Mark, is_boxed: bool) -> Result<Value, Failure> {
    if is_boxed {
        return Err(wrong_type(parameter, Type::Any.name()));
    }
    if !parameter.can_be_nil() {
        return Err(Failure::new(format!("invalid value; expected {parameter}")));
    }
    Ok(zero(parameter).marked(mark))
}

/// The zero value of a type.
#[must_use]
pub fn zero(ty: Type) -> Value {
    Value::new(match ty {
        Type::Any | Type::Reflected | Type::Object(_) => Data::Nil,
        Type::Bool => Data::Bool(false),
        Type::Integer(kind) => Data::Integer(kind, 0),
        Type::Float => Data::Float(0.0),
        Type::Complex => Data::Complex(0.0, 0.0),
        Type::Number => Data::Number("".into()),
        Type::String => Data::String("".into()),
        Type::List(list) => Data::List(List::nil(list)),
        Type::Map(map) => Data::Map(Map::nil(map)),
    })
}

/// What a map gives for a key that it lacks: the zero of what it holds. The mark says where the key would be set, or that the
/// whole map can't be known.
#[must_use]
pub fn missing(whole: &Value, map: &Map, key: &str) -> Value {
    let mark = if whole.mark.is_unknown() {
        whole.mark.clone()
    } else {
        let mut places = whole.mark.places().iter();
        let place = places.find_map(|place| place.of_missing(key));
        place.map(Mark::at).unwrap_or_default()
    };
    zero(map.ty.element).marked(mark)
}

/// What stands for an unknown value where a type is asked for.
fn placeholder(parameter: Type, mark: Mark) -> Value {
    match parameter {
        Type::Any | Type::Reflected => Value::unknown(mark),
        _ => zero(parameter).marked(mark),
    }
}

/// The struct that a pointer points to, where the parameter is one.
fn dereferenced(value: &Value, parameter: Type) -> Option<Value> {
    let (Data::Object(object), Type::Object(ty)) = (&value.data, parameter) else {
        return None;
    };
    (object.ty.name.strip_prefix('*') == Some(ty.name)).then(|| {
        let fields = object.fields.clone();
        Value::new(Data::Object(Rc::new(Object { ty, fields }))).marked(value.mark.clone())
    })
}

fn wrong_type(parameter: Type, given: &str) -> Failure {
    Failure::new(format!(
        "wrong type for value; expected {parameter}; got {given}"
    ))
}

/// The value, where what of it came from nowhere now has the mark.
fn or_marked(mut value: Value, mark: &Mark) -> Value {
    if mark.is_empty() {
        return value;
    }
    if let Data::String(text) = &value.data {
        value.data = Data::String(text.or_marked(mark));
    }
    if value.mark.is_empty() {
        value.mark = mark.clone();
    }
    value
}

fn element_marks(run: &mut Run, arguments: &Arguments) -> Result<Mark, Failure> {
    let mut mark = Mark::default();
    for argument in arguments.all() {
        add_marks(run, &mut mark, argument, DEEPEST)?;
    }
    Ok(mark)
}

fn add_marks(run: &mut Run, mark: &mut Mark, value: &Value, depth: usize) -> Result<(), Failure> {
    run.spend(1)?;
    *mark = mark.union(&value.whole_mark());
    if depth == 0 {
        return Ok(());
    }
    match &value.data {
        Data::List(list) => {
            for item in list.items() {
                add_marks(run, mark, item, depth - 1)?;
            }
        }
        Data::Map(map) => {
            for (_, item) in map.entries() {
                add_marks(run, mark, &item, depth - 1)?;
            }
        }
        _ => (),
    }
    Ok(())
}
