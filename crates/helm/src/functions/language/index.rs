//! `index` and `slice`.

use super::super::{Arguments, Function, zero};
use super::REFLECTED;
use crate::run::{Failure, Run};
use crate::value::{Data, IntegerKind, List, Value};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("index", &[REFLECTED], index)
        .variadic(REFLECTED)
        .keeps_origins(),
    Function::new("slice", &[REFLECTED], slice)
        .variadic(REFLECTED)
        .keeps_origins(),
];

fn index(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let mut item = arguments.value(0)?.clone();
    if item.is_nil() {
        return Err(Failure::new("index of untyped nil"));
    }
    for index in arguments.from(1) {
        item = element(&item, index)?;
    }
    Ok(item)
}

fn element(item: &Value, index: &Value) -> Result<Value, Failure> {
    let byte = |byte: u8| {
        let data = Data::Integer(IntegerKind::Uint8, i64::from(byte));
        Value::new(data).marked(item.whole_mark())
    };
    match &item.data {
        Data::Nil => Err(Failure::new("index of nil pointer")),
        Data::Unknown => Ok(item.clone()),
        Data::List(list) => {
            let position = position(index, list.len())?;
            let element = list.items().get(position).cloned();
            element.ok_or_else(|| out_of_range("slice", position, list.len()))
        }
        Data::Bytes(bytes) => {
            let position = position(index, bytes.len())?;
            let found = bytes.get(position).copied().map(byte);
            found.ok_or_else(|| out_of_range("slice", position, bytes.len()))
        }
        Data::String(text) => string_byte(text.as_bytes(), index).map(byte),
        Data::Number(text) => string_byte(text.as_bytes(), index).map(byte),
        Data::Map(map) => {
            let mut missing = zero(map.ty.element);
            if item.mark.is_unknown() {
                missing.mark = item.mark.clone();
            }
            Ok(map.get(&key(index)?).unwrap_or(missing))
        }
        _ => Err(Failure::new(format!(
            "can't index item of type {}",
            item.ty()
        ))),
    }
}

fn string_byte(bytes: &[u8], index: &Value) -> Result<u8, Failure> {
    let position = position(index, bytes.len())?;
    let found = bytes.get(position).copied();
    found.ok_or_else(|| out_of_range("string", position, bytes.len()))
}

fn key(index: &Value) -> Result<String, Failure> {
    match &index.data {
        Data::String(text) => Ok(text.to_str().into_owned()),
        Data::Unknown => Ok(String::new()),
        Data::Nil => Err(Failure::new("value is nil; should be of type string")),
        _ => Err(Failure::new(format!(
            "value has type {}; should be string",
            index.ty()
        ))),
    }
}

/// An index that may also stand right behind the last element.
fn position(index: &Value, length: usize) -> Result<usize, Failure> {
    let number = match &index.data {
        Data::Integer(_, number) => *number,
        Data::Nil => return Err(Failure::new("cannot index slice/array with nil")),
        _ => {
            return Err(Failure::new(format!(
                "cannot index slice/array with type {}",
                index.ty()
            )));
        }
    };
    let position = usize::try_from(number).ok();
    position
        .filter(|position| *position <= length)
        .ok_or_else(|| Failure::new(format!("index out of range: {number}")))
}

/// Go's reflection panics at the index that stands right behind the last element.
fn out_of_range(what: &str, _position: usize, _length: usize) -> Failure {
    Failure::new(format!("reflect: {what} index out of range"))
}

fn slice(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let item = arguments.value(0)?;
    let indexes = arguments.from(1);
    if item.is_nil() {
        return Err(Failure::new("slice of untyped nil"));
    }
    if indexes.len() > 3 {
        return Err(Failure::new(format!(
            "too many slice indexes: {}",
            indexes.len()
        )));
    }
    match &item.data {
        Data::String(text) => {
            let (start, end) = bounds(indexes, text.len(), true)?;
            Ok(Value::text(text.slice(start..end)).marked(item.mark.clone()))
        }
        Data::Number(text) => {
            let (start, end) = bounds(indexes, text.len(), true)?;
            let part = text.get(start..end).unwrap_or_default();
            Ok(Value::new(Data::Number(part.into())).marked(item.mark.clone()))
        }
        Data::List(list) => {
            let (start, end) = bounds(indexes, list.len(), false)?;
            let items = list.items().get(start..end).unwrap_or_default();
            let list = List::new(list.ty, items.iter().cloned());
            Ok(Value::new(Data::List(list)).marked(item.mark.clone()))
        }
        Data::Bytes(bytes) => {
            let (start, end) = bounds(indexes, bytes.len(), false)?;
            let part = bytes.get(start..end).unwrap_or_default();
            Ok(Value::new(Data::Bytes(part.into())).marked(item.mark.clone()))
        }
        Data::Unknown => Ok(item.clone()),
        _ => Err(Failure::new(format!(
            "can't slice item of type {}",
            item.ty()
        ))),
    }
}

fn bounds(indexes: &[Value], length: usize, is_string: bool) -> Result<(usize, usize), Failure> {
    if is_string && indexes.len() == 3 {
        return Err(Failure::new("cannot 3-index slice a string"));
    }
    let mut positions = [0, length, length];
    for (place, index) in positions.iter_mut().zip(indexes) {
        *place = position(index, length)?;
    }
    let [start, end, capacity] = positions;
    let wrong =
        |one: usize, other: usize| Failure::new(format!("invalid slice index: {one} > {other}"));
    if start > end {
        return Err(wrong(start, end));
    }
    if end > capacity {
        return Err(wrong(end, capacity));
    }
    Ok((start, end))
}
