//! `len`.

use super::super::{Arguments, Function};
use super::REFLECTED;
use crate::run::{Failure, Run};
use crate::value::{Data, Value};

pub(super) const FUNCTIONS: &[Function] = &[Function::new("len", &[REFLECTED], length)];

fn length(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let item = arguments.value(0)?;
    let length = match &item.data {
        Data::String(text) => text.len(),
        Data::Number(text) => text.len(),
        Data::Bytes(bytes) => bytes.len(),
        Data::List(list) => list.len(),
        Data::Map(map) => map.len(),
        Data::Unknown => return Ok(item.clone()),
        // Go asks an invalid value for its type, and reports the panic. Nil that stands somewhere is refused where it is
        // evaluated.
        Data::Nil => {
            return Err(Failure::new(
                "reflect: call of reflect.Value.Type on zero Value",
            ));
        }
        _ => return Err(Failure::new(format!("len of type {}", item.ty()))),
    };
    Ok(Value::int(i64::try_from(length).unwrap_or(i64::MAX)))
}
