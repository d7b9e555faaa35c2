//! Parts of lists: `first`, `last`, `rest`, `initial`, `slice`.

use super::{items, nil_list, wrong_type};
use crate::functions::Arguments;
use crate::functions::cast::to_int64;
use crate::run::{Failure, Run};
use crate::value::{Data, Value};

pub(super) fn first(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let items = items(run, arguments.value(0)?, "Cannot find first on type")?;
    Ok(items.into_iter().next().unwrap_or_default())
}

pub(super) fn last(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let items = items(run, arguments.value(0)?, "Cannot find last on type")?;
    Ok(items.into_iter().next_back().unwrap_or_default())
}

pub(super) fn rest(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let mut items = items(run, arguments.value(0)?, "Cannot find rest on type")?;
    if items.is_empty() {
        return Ok(nil_list());
    }
    items.remove(0);
    Ok(Value::list(items))
}

pub(super) fn initial(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let mut items = items(run, arguments.value(0)?, "Cannot find initial on type")?;
    match items.pop() {
        Some(_) => Ok(Value::list(items)),
        None => Ok(nil_list()),
    }
}

/// A part of a list, which stays a list of its type.
pub(super) fn slice(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let value = arguments.value(0)?;
    let length = match &value.data {
        Data::List(list) => list.len(),
        Data::Bytes(bytes) => bytes.len(),
        Data::Unknown => 0,
        _ => {
            return Err(wrong_type(
                value,
                "list should be type of slice or array but",
            ));
        }
    };
    if length == 0 {
        return Ok(Value::nil());
    }
    run.spend(length as u64)?;
    let bound = |index: usize| arguments.from(1).get(index).map(to_int64);
    let start = usize::try_from(bound(0).unwrap_or(0)).ok();
    let end = match bound(1) {
        Some(end) => usize::try_from(end).ok(),
        None => Some(length),
    };
    let (Some(start), Some(end)) = (start, end) else {
        return Err(out_of_bounds());
    };
    let part = match &value.data {
        Data::List(list) => {
            let part = list.part(start..end);
            Data::List(part.ok_or_else(out_of_bounds)?)
        }
        Data::Bytes(bytes) => {
            let part = bytes.get(start..end).ok_or_else(out_of_bounds)?;
            Data::Bytes(part.into())
        }
        _ => Data::Nil,
    };
    Ok(Value::new(part))
}

fn out_of_bounds() -> Failure {
    Failure::new("reflect.Value.Slice: slice index out of bounds")
}
