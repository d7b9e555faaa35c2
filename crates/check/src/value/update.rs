//! Updates (`|=`, `del` …). The result is a constructed value: it has no place, its untouched elements keep theirs.

use jaq_core::path::Opt;
use jaq_core::val::Range;
use jaq_core::{Error, ValX};
use smol_str::SmolStr;

use super::jq::bounds;
use super::{Object, Value, View, insert};
use crate::run::spend;

/// Replaces each element by the first output of `f`; an element without output goes.
pub(super) fn values<'a, I: Iterator<Item = ValX<'a, Value>>>(
    value: Value,
    opt: Opt,
    f: impl Fn(Value) -> I,
) -> ValX<'a, Value> {
    match value.view() {
        View::Array(elements) => {
            let updated = elements.values().filter_map(|element| f(element).next());
            Ok(Value::array(updated.collect::<Result<_, _>>()?))
        }
        View::Object(entries) => {
            let updated = entries.keys().zip(entries.values());
            let updated = updated.filter_map(|(key, value)| {
                Some(f(value).next()?.map(|value| (key.clone(), value)))
            });
            Ok(Value::object(updated.collect::<Result<Vec<_>, _>>()?))
        }
        _ => Ok(opt.fail(value, |value| {
            Error::typ(value, "iterable (array or object)")
        })?),
    }
}

/// Replaces the element at `index` by the first output of `f`.
pub(super) fn index<'a, I: Iterator<Item = ValX<'a, Value>>>(
    value: Value,
    index: &Value,
    opt: Opt,
    f: impl Fn(Value) -> I,
) -> ValX<'a, Value> {
    match (value.view(), index.view()) {
        (View::Object(entries), View::Text(key)) => {
            let mut object: Object = entries.keys().cloned().zip(entries.values()).collect();
            let old = entries.get(key).unwrap_or(Value::Null);
            put(&mut object, key, f(old).next().transpose()?);
            Ok(Value::object(object))
        }
        (View::Null, View::Text(key)) => {
            let mut object = Object::new();
            put(&mut object, key, f(Value::Null).next().transpose()?);
            Ok(Value::object(object))
        }
        (View::Array(elements), View::Int(at)) => {
            let array: Vec<Value> = elements.values().collect();
            let Some(at) = position(at, array.len()) else {
                return Ok(opt.fail(value, |_| Error::str("the index is out of bounds"))?);
            };
            replace(array, at, f)
        }
        (View::Null, View::Int(at)) if at >= 0 => replace(Vec::new(), at.unsigned_abs(), f),
        _ => Ok(opt.fail(value, |value| Error::index(value, index.clone()))?),
    }
}

/// The position of an index in a list of this length; negative ones count from its end.
fn position(index: isize, length: usize) -> Option<usize> {
    if index < 0 {
        length.checked_sub(index.unsigned_abs())
    } else {
        usize::try_from(index).ok()
    }
}

/// Replaces the element at a position by the first output of `f`. As in jq, a list that is too short gets nulls before it.
fn replace<'a, I: Iterator<Item = ValX<'a, Value>>>(
    mut array: Vec<Value>,
    at: usize,
    f: impl Fn(Value) -> I,
) -> ValX<'a, Value> {
    let old = array.get(at).cloned().unwrap_or(Value::Null);
    match f(old).next().transpose()? {
        Some(new) if at < array.len() => array[at] = new,
        Some(new) => {
            spend((at - array.len()) as u64);
            array.resize(at, Value::Null);
            array.push(new);
        }
        None if at < array.len() => drop(array.remove(at)),
        None => {}
    }
    Ok(Value::array(array))
}

/// Replaces a slice by the first output of `f`.
pub(super) fn range<'a, I: Iterator<Item = ValX<'a, Value>>>(
    value: Value,
    range: Range<&Value>,
    opt: Opt,
    f: impl Fn(Value) -> I,
) -> ValX<'a, Value> {
    let View::Array(elements) = value.view() else {
        return Ok(opt.fail(value, |value| Error::typ(value, "array"))?);
    };
    let (start, count) = bounds(range, elements.len())?;
    let mut array: Vec<Value> = elements.values().collect();
    let slice = Value::array(array[start..start + count].to_vec());
    let new = match f(slice).next().transpose()? {
        Some(new) => jaq_std::ValT::into_seq(new).map_err(|value| Error::typ(value, "array"))?,
        None => Vec::new(),
    };
    array.splice(start..start + count, new);
    Ok(Value::array(array))
}

fn put(object: &mut Object, key: &str, value: Option<Value>) {
    match value {
        Some(value) => insert(object, SmolStr::from(key), value),
        None => object.retain(|(known, _)| known != key),
    }
}
