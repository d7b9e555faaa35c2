//! `index`.

use super::super::{Arguments, Function, missing};
use super::REFLECTED;
use crate::run::{Failure, Run};
use crate::value::{Data, IntegerKind, Value};

pub(super) const FUNCTIONS: &[Function] = &[Function::new("index", &[REFLECTED], index)
    .variadic(REFLECTED)
    .keeps_origins()];

fn index(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let mut item = arguments.value(0)?.clone();
    if item.is_nil() {
        return Err(Failure::new("index of untyped nil"));
    }
    for index in arguments.from(1) {
        item = element(&item, index)?.tainted_by(&item.mark);
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
            element.ok_or_else(|| out_of_range("slice"))
        }
        Data::Bytes(bytes) => {
            let position = position(index, bytes.len())?;
            let found = bytes.get(position).copied().map(byte);
            found.ok_or_else(|| out_of_range("slice"))
        }
        Data::String(text) => string_byte(text.as_bytes(), index).map(byte),
        Data::Number(text) => string_byte(text.as_bytes(), index).map(byte),
        Data::Map(map) => {
            let key = key(index)?;
            Ok(map.get(&key).unwrap_or_else(|| missing(item, map, &key)))
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
    found.ok_or_else(|| out_of_range("string"))
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
fn out_of_range(what: &str) -> Failure {
    Failure::new(format!("reflect: {what} index out of range"))
}
