//! `eq`, `ne`, `lt`, `le`, `gt` and `ge`.

use std::cmp::Ordering;
use std::rc::Rc;

use super::super::{Arguments, Function};
use super::REFLECTED;
use crate::run::{Failure, Run};
use crate::value::{Data, Value};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("eq", &[REFLECTED], equal_to_any).variadic(REFLECTED),
    Function::new("ne", &[REFLECTED, REFLECTED], unequal),
    Function::new("lt", &[REFLECTED, REFLECTED], less),
    Function::new("le", &[REFLECTED, REFLECTED], less_or_equal),
    Function::new("gt", &[REFLECTED, REFLECTED], greater),
    Function::new("ge", &[REFLECTED, REFLECTED], greater_or_equal),
];

/// What can be compared with what. Integers compare with each other whatever their types.
#[derive(Debug, PartialEq)]
enum Basic<'a> {
    Bool(bool),
    Complex(f64, f64),
    Integer(i128, bool),
    Float(f64),
    String(&'a [u8]),
}

impl<'a> Basic<'a> {
    fn of(value: &'a Value) -> Option<Self> {
        Some(match &value.data {
            Data::Bool(truth) => Self::Bool(*truth),
            Data::Integer(kind, bits) => Self::Integer(kind.number(*bits), kind.is_signed()),
            Data::Float(number) => Self::Float(*number),
            Data::Complex(real, imaginary) => Self::Complex(*real, *imaginary),
            Data::Number(text) => Self::String(text.as_bytes()),
            Data::String(text) => Self::String(text.as_bytes()),
            Data::Object(object) => Self::Integer(i128::from(object.number()?), true),
            _ => return None,
        })
    }

    fn equals(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Integer(one, _), Self::Integer(other, _)) => Some(one == other),
            _ if std::mem::discriminant(self) == std::mem::discriminant(other) => {
                Some(self == other)
            }
            _ => None,
        }
    }
}

fn equal_to_any(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let first = arguments.value(0)?;
    let others = arguments.from(1);
    if others.is_empty() {
        return Err(Failure::new("missing argument for comparison"));
    }
    for other in others {
        if equals(run, first, other)? {
            return Ok(Value::bool(true));
        }
    }
    Ok(Value::bool(false))
}

fn unequal(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let equal = equals(run, arguments.value(0)?, arguments.value(1)?)?;
    Ok(Value::bool(!equal))
}

fn less(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    is_less(arguments).map(Value::bool)
}

fn less_or_equal(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    at_most(run, arguments).map(Value::bool)
}

fn greater(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let at_most = at_most(run, arguments)?;
    Ok(Value::bool(!at_most))
}

fn greater_or_equal(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let less = is_less(arguments)?;
    Ok(Value::bool(!less))
}

fn at_most(run: &mut Run, arguments: &Arguments) -> Result<bool, Failure> {
    Ok(is_less(arguments)? || equals(run, arguments.value(0)?, arguments.value(1)?)?)
}

fn incompatible(one: &Value, other: &Value) -> Failure {
    Failure::new(format!(
        "incompatible types for comparison: {} and {}",
        one.ty(),
        other.ty()
    ))
}

fn equals(run: &mut Run, one: &Value, other: &Value) -> Result<bool, Failure> {
    if matches!(one.data, Data::Unknown) || matches!(other.data, Data::Unknown) {
        return Ok(false);
    }
    match (Basic::of(one), Basic::of(other)) {
        (Some(basic), Some(other_basic)) => basic
            .equals(&other_basic)
            .ok_or_else(|| incompatible(one, other)),
        (None, None) => references_equal(run, one, other),
        _ if one.is_nil() || other.is_nil() => Ok(false),
        _ => Err(incompatible(one, other)),
    }
}

/// Whether two values are equal neither of which is a bool, number or string.
fn references_equal(run: &mut Run, one: &Value, other: &Value) -> Result<bool, Failure> {
    let is_comparable = one.is_nil() || other.is_nil() || one.ty().kind() == other.ty().kind();
    if !is_comparable {
        return Err(non_comparable(run, one, other));
    }
    if is_nil(one) || is_nil(other) {
        return Ok(is_nil(one) == is_nil(other));
    }
    match (&one.data, &other.data) {
        (Data::Object(object), Data::Object(other_object)) => {
            Ok(Rc::ptr_eq(object, other_object) && object.ty.is_pointer())
        }
        _ => {
            let shown = run.printed_as(other, "%s")?;
            let shown = shown.to_str();
            Err(Failure::new(format!(
                "non-comparable type {shown}: {}",
                other.ty()
            )))
        }
    }
}

/// Go's message mixes up types and values, too.
fn non_comparable(run: &mut Run, one: &Value, other: &Value) -> Failure {
    let shown = run.printed_as(one, "%s");
    let shown = shown.and_then(|one| Ok((one, run.printed(other)?)));
    match shown {
        Ok((shown, other_shown)) => Failure::new(format!(
            "non-comparable types {}: {}, {}: {}",
            shown.to_str(),
            one.ty(),
            other.ty(),
            other_shown.to_str()
        )),
        Err(failure) => failure,
    }
}

fn is_nil(value: &Value) -> bool {
    match &value.data {
        Data::Nil => true,
        Data::List(list) => list.is_nil(),
        Data::Map(map) => map.is_nil(),
        _ => false,
    }
}

fn is_less(arguments: &Arguments) -> Result<bool, Failure> {
    let (one, other) = (arguments.value(0)?, arguments.value(1)?);
    if matches!(one.data, Data::Unknown) || matches!(other.data, Data::Unknown) {
        return Ok(false);
    }
    let bad = || Failure::new("invalid type for comparison");
    let basic = Basic::of(one).ok_or_else(bad)?;
    let other_basic = Basic::of(other).ok_or_else(bad)?;
    match (basic, other_basic) {
        (Basic::Float(one), Basic::Float(other)) => {
            Ok(one.partial_cmp(&other) == Some(Ordering::Less))
        }
        (Basic::Integer(one, _), Basic::Integer(other, _)) => Ok(one < other),
        (Basic::String(one), Basic::String(other)) => Ok(one < other),
        (Basic::Bool(_), Basic::Bool(_)) | (Basic::Complex(..), Basic::Complex(..)) => Err(bad()),
        _ => Err(incompatible(one, other)),
    }
}
