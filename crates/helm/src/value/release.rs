//! Letting go of values that are nested so deeply that one call for each level would be too many.

use std::cell::RefCell;

use super::{Data, Value};

thread_local! {
    /// What is still to be let go of, while something is being let go of.
    static WAITING: RefCell<Option<Vec<Value>>> = const { RefCell::new(None) };
}

/// Lets go of the parts of a list or map that nobody holds any more.
pub(super) fn release<'a>(parts: impl Iterator<Item = &'a mut Value>) {
    let nested = parts.filter(|part| matches!(part.data, Data::List(_) | Data::Map(_)));
    let nested: Vec<Value> = nested.map(std::mem::take).collect();
    if nested.is_empty() || !begin(nested) {
        return;
    }
    while let Some(value) = next() {
        drop(value);
    }
}

/// Puts values in the queue, and says whether this call is the one to empty it.
fn begin(values: Vec<Value>) -> bool {
    WAITING.with_borrow_mut(|waiting| match waiting {
        Some(waiting) => {
            waiting.extend(values);
            false
        }
        None => {
            *waiting = Some(values);
            true
        }
    })
}

fn next() -> Option<Value> {
    WAITING.with_borrow_mut(|waiting| {
        let value = waiting.as_mut().and_then(Vec::pop);
        if value.is_none() {
            *waiting = None;
        }
        value
    })
}

#[cfg(test)]
mod tests {
    use crate::value::{Key, Value};

    #[test]
    fn values_may_be_nested_deeply() {
        let mut list = Value::nil();
        let mut map = Value::nil();
        for _ in 0..300_000 {
            list = Value::list([list]);
            map = Value::map([(Key::from("key"), map)]);
        }
        let held = list.clone();
        drop((list, map));
        assert_eq!(held.as_list().map(super::super::List::len), Some(1));
    }
}
