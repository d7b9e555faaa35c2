//! Lists made of lists: `append`, `prepend`, `concat`, `reverse`, `chunk`.

use super::{items, nil_list};
use crate::functions::Arguments;
use crate::run::{Failure, Run};
use crate::value::{Data, List, ListType, Value};

pub(super) fn append(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let mut items = items(run, arguments.value(0)?, "Cannot push on type")?;
    items.push(arguments.value(1)?.clone());
    Ok(Value::list(items))
}

pub(super) fn prepend(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let mut items = items(run, arguments.value(0)?, "Cannot prepend on type")?;
    items.insert(0, arguments.value(1)?.clone());
    Ok(Value::list(items))
}

pub(super) fn reverse(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let items = items(run, arguments.value(0)?, "Cannot find reverse on type")?;
    Ok(Value::list(items.into_iter().rev()))
}

pub(super) fn concat(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let mut all = Vec::new();
    for value in arguments.all() {
        let refused = |failure: Failure| match value.is_nil() {
            true => failure,
            false => {
                let kind = value.ty().kind();
                Failure::new(format!("Cannot concat type {kind} as list"))
            }
        };
        all.extend(items(run, value, "").map_err(refused)?);
    }
    Ok(match all.is_empty() {
        true => nil_list(),
        false => Value::list(all),
    })
}

/// Lists of so many items each, the last with the rest.
#[expect(
    clippy::cast_precision_loss,
    reason = "Sprig counts with floats, which decides what it refuses"
)]
pub(super) fn chunk(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let size = arguments.integer(0)?;
    let items = items(run, arguments.value(1)?, "Cannot chunk type")?;
    let length = items.len() as f64;
    let count = ((length - 1.0) / size as f64).floor() + 1.0;
    let rest = length % size as f64;
    let last = if rest == 0.0 { size as f64 } else { rest };
    if !count.is_finite() || count < 0.0 || count > 0.0 && last < 0.0 {
        return Err(Failure::new("runtime error: makeslice: len out of range"));
    }
    let ty = &ListType::LISTS;
    let chunks: Vec<Value> = match usize::try_from(size) {
        Ok(size) => items
            .chunks(size.max(1))
            .map(|items| Value::list(items.to_vec()))
            .collect(),
        // A negative size leaves one chunk of one item, or none.
        Err(_) if count > 0.0 => vec![Value::list(items)],
        Err(_) => Vec::new(),
    };
    Ok(Value::new(Data::List(List::new(ty, chunks))))
}
