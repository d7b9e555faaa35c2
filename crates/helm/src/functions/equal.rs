//! Whether values are equal in type and all parts, as `reflect.DeepEqual` has it.

use crate::run::{Failure, Run};
use crate::value::{Data, List, Map, Value};
use go::deeper;

/// How deep values are compared. What is deeper, such as a map that holds itself, is not compared any further.
const DEEPEST: usize = 500;

/// Whether two values are equal.
///
/// # Errors
/// When the run did too much already.
pub(super) fn deep_equal(run: &mut Run, one: &Value, other: &Value) -> Result<bool, Failure> {
    equal(run, one, other, DEEPEST)
}

fn equal(run: &mut Run, one: &Value, other: &Value, depth: usize) -> Result<bool, Failure> {
    run.spend(1)?;
    let Some(depth) = depth.checked_sub(1) else {
        return Err(Failure::bound("a value is nested too deep to be compared"));
    };
    Ok(match (&one.data, &other.data) {
        (Data::Nil, Data::Nil) | (Data::Unknown, Data::Unknown) => true,
        (Data::Bool(one), Data::Bool(other)) => one == other,
        (Data::Integer(kind, one), Data::Integer(other_kind, other)) => {
            kind == other_kind && one == other
        }
        (Data::Float(one), Data::Float(other)) => one == other,
        (Data::Complex(one, i), Data::Complex(other, j)) => one == other && i == j,
        (Data::Number(one), Data::Number(other)) => one == other,
        (Data::String(one), Data::String(other)) => one == other,
        (Data::Bytes(one), Data::Bytes(other)) => **one == **other,
        (Data::List(one), Data::List(other)) => {
            one.ty.name == other.ty.name && lists(run, one, other, depth)?
        }
        (Data::Map(one), Data::Map(other)) => {
            one.ty.name == other.ty.name && maps(run, one, other, depth)?
        }
        (Data::Object(one), Data::Object(other)) => {
            one.ty.name == other.ty.name && all(run, &one.fields, &other.fields, depth)?
        }
        _ => false,
    })
}

fn lists(run: &mut Run, one: &List, other: &List, depth: usize) -> Result<bool, Failure> {
    Ok(one.is_nil() == other.is_nil() && all(run, one.items(), other.items(), depth)?)
}

fn all(run: &mut Run, one: &[Value], other: &[Value], depth: usize) -> Result<bool, Failure> {
    if one.len() != other.len() {
        return Ok(false);
    }
    for (one, other) in one.iter().zip(other) {
        if !deeper(|| equal(run, one, other, depth))? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn maps(run: &mut Run, one: &Map, other: &Map, depth: usize) -> Result<bool, Failure> {
    if one.is_same(other) {
        return Ok(true);
    }
    if one.is_nil() != other.is_nil() || one.len() != other.len() {
        return Ok(false);
    }
    for (key, value) in one.entries() {
        let Some(other) = other.get(&key.text) else {
            return Ok(false);
        };
        if !deeper(|| equal(run, &value, &other, depth))? {
            return Ok(false);
        }
    }
    Ok(true)
}
