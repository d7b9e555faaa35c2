//! What lists contain: `has`, `uniq`, `without`, `compact`.

use super::items;
use crate::functions::Arguments;
use crate::functions::defaults::is_empty;
use crate::functions::equal::deep_equal;
use crate::run::{Failure, Run};
use crate::value::Value;

fn contains(run: &mut Run, items: &[Value], wanted: &Value) -> Result<bool, Failure> {
    for item in items {
        if deep_equal(run, wanted, item)? {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(super) fn has(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let (wanted, list) = (arguments.value(0)?, arguments.value(1)?);
    if list.is_nil() {
        return Ok(Value::bool(false));
    }
    let items = items(run, list, "Cannot find has on type")?;
    Ok(Value::bool(contains(run, &items, wanted)?))
}

pub(super) fn uniq(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let items = items(run, arguments.value(0)?, "Cannot find uniq on type")?;
    let mut kept = Vec::new();
    for item in items {
        if !contains(run, &kept, &item)? {
            kept.push(item);
        }
    }
    Ok(Value::list(kept))
}

pub(super) fn without(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let items = items(run, arguments.value(0)?, "Cannot find without on type")?;
    let mut kept = Vec::new();
    for item in items {
        if !contains(run, arguments.from(1), &item)? {
            kept.push(item);
        }
    }
    Ok(Value::list(kept))
}

pub(super) fn compact(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let items = items(run, arguments.value(0)?, "Cannot compact on type")?;
    let kept = items.into_iter().filter(|item| !is_empty(run, item));
    Ok(Value::list(kept))
}
